"""Words of names and addresses, in any order, each typed one beginning a word.

First the btrees of the folded name and address, together with what the vocabulary
(``search_word``) knows of each typed word: a thousand names that begin so are an
answer.  Else the rare words are looked up in the word index and the common ones
checked row by row, because gathering sixty thousand rows of one municipality takes
longer than the answer may; where all are common, enough are met on the first pages
of the table in name order.  Only where that leaves the page unfilled are words
looked for that contain what was typed or look like it.

One statement mostly, two or three where the first found little.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import Any

from sqlalchemy import ARRAY, Integer, Row, Text, bindparam, text
from sqlalchemy.orm import Session

from db.queries.search.statements import (
    ADDRESS,
    CHEAP,
    CORRECTED,
    CORRECTIONS,
    COUNTED,
    DEAR_COUNTED,
    DEARER,
    EXACT,
    FEW,
    FORMER,
    GATHER,
    IN_NAME_ORDER,
    INSIDE,
    INSTEAD,
    LAST,
    LAST_RESORT,
    LISTED,
    NAME,
    OPENING,
    PAGE,
    SELECTIVE,
    SHARE_OF_A_LETTER,
    SHORTEST_INSIDE,
    SIMILAR,
    SPELLED,
    STROLL,
    WORDS,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: folded words, and those with marks as they were spelled, in lower case."""

    folded: str
    spelled: tuple[str, ...] = ()

    @property
    def tokens(self) -> tuple[str, ...]:
        """Return the different words in the order typed."""
        return tuple(dict.fromkeys(self.folded.split()))


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows (ident, name, address, is_closed, rank) in order, and how many there are.

    ``total`` is ``COUNTED`` for "more than can be counted", and a lower bound
    where ``is_exact`` is False.  ``meant`` are the words that were found instead
    of those typed.
    """

    rows: Sequence[Row[Any]]
    total: int
    is_exact: bool = True
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A typed word and the words it may stand for; more than are listed where ``is_open``."""

    token: str
    frequency: int
    words: tuple[str, ...]
    is_inside: bool = False

    @property
    def is_open(self) -> bool:
        return len(self.words) > LISTED

    @property
    def pattern(self) -> str:
        """Return what ``' ' || words || ' '`` is LIKE."""
        return f"%{self.token}%" if self.is_inside else f"% {self.token}%"


@dataclass(slots=True)
class _Where:
    """Conditions on a row of ``account_search`` and their values, named apart by ``mark``."""

    conditions: list[str]
    values: dict[str, Any]
    is_checked: bool = False

    @property
    def sql(self) -> str:
        return " AND ".join(self.conditions)


def by_words(session: Session, *, typed: Typed, limit: int = PAGE) -> Answer:
    """Find the accounts in whose name or address every typed word begins a word, best first."""
    opening = _opening(session, typed=typed, limit=limit)
    if opening.begun >= COUNTED:
        return Answer(opening.rows[:limit], COUNTED)
    if opening.begun >= limit and _rarest(opening.choices) > CHEAP:
        return Answer(opening.rows[:limit], opening.begun, is_exact=False)
    strolled = _is_common(opening.choices, size=opening.size)
    gathered = _gather(session, typed=typed, choices=opening.choices, limit=limit, is_stroll=strolled)
    if strolled and gathered.met <= limit and any(choice.words for choice in opening.choices):
        strolled = False
        gathered = _gather(session, typed=typed, choices=opening.choices, limit=limit, is_stroll=False)
    rows = _merged(opening.rows, gathered.rows)
    total = max(gathered.met, len(rows))
    if strolled:
        if len(typed.tokens) == 1:
            total = max(total, min(COUNTED, opening.choices[0].frequency))
        return Answer(rows[:limit], total, is_exact=False)
    if total >= PAGE:
        return Answer(rows[:limit], total, is_exact=not gathered.is_cut)
    return _last_resort(session, found=rows, opening=opening, gathered=gathered, limit=limit)


@dataclass(frozen=True, slots=True)
class _Opening:
    rows: list[Row[Any]]
    begun: int
    size: float
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class _Gathered:
    rows: list[Row[Any]]
    met: int
    is_cut: bool
    around: list[Choice]
    alike: list[tuple[int, str, int]]


def _opening(session: Session, *, typed: Typed, limit: int) -> _Opening:
    values: dict[str, Any] = {
        "low": typed.folded,
        "high": typed.folded + LAST,
        "start": typed.folded + " %",
        "tokens": list(typed.tokens),
        "limit": limit,
    }
    sql = OPENING.format(
        taken="150" if typed.spelled else ":limit",
        counted=COUNTED,
        spelled=SPELLED if typed.spelled else "false",
        EXACT=EXACT,
        NAME=NAME,
        ADDRESS=ADDRESS,
    )
    rows = _rows(session, sql, values | _spelled(typed))
    known = {number: (frequency, words) for number, frequency, words in rows[0].known or ()}
    choices = [
        Choice(token, known[number][0], tuple(known[number][1])) if number in known else Choice(token, -1, ())
        for number, token in enumerate(typed.tokens, start=1)
    ]
    return _Opening(
        _merged([row for row in rows if row.ident is not None], ()), rows[0].begun, rows[0].size, choices
    )


def _is_common(choices: Sequence[Choice], *, size: float) -> bool:
    """Tell whether the first rows in name order can be expected to hold two pages of matches."""
    if size < 4 * STROLL:
        return False
    share, before = 1.0, choices[0]
    for choice in choices:
        if not choice.words:
            share *= SHARE_OF_A_LETTER
        elif choice is before or not _is_one_name(before, choice):
            share *= min(1.0, choice.frequency / size)
        before = choice
    return share * STROLL >= 2 * PAGE


def _is_dear(choice: Choice, *, rarest: int, listed: int) -> bool:
    if choice.is_inside and 0 < listed <= SELECTIVE:  # trigrams gather more than they find
        return choice.is_open
    return choice.is_open and choice.frequency > DEARER * rarest


def _rarest(choices: Iterable[Choice]) -> int:
    return min((choice.frequency for choice in choices if choice.words), default=0)


def _is_one_name(before: Choice, choice: Choice) -> bool:
    """Tell whether two words mostly stand together: Stari and Grad are not two conditions."""
    if before.is_open or choice.is_open or not before.frequency > 0:
        return False
    return 0.75 < choice.frequency / before.frequency < 1.35


def _gather(
    session: Session, *, typed: Typed, choices: Sequence[Choice], limit: int, is_stroll: bool
) -> _Gathered:
    where = _where(choices, mark="w", is_checked=is_stroll)
    values: dict[str, Any] = {
        "begins": [f"% {token}%" for token in typed.tokens],
        "whole": [f"% {token} %" for token in typed.tokens],
        "tokens": list(typed.tokens),
        "limit": limit,
    }
    most = COUNTED
    if is_stroll or (where.is_checked and _rarest(choices) > CHEAP):
        most = max(DEAR_COUNTED, 2 * limit)
    sql = GATHER.format(
        source=IN_NAME_ORDER if is_stroll else "account_search",
        where=where.sql,
        counted=most,
        page=PAGE,
        few=FEW,
        spelled=SPELLED if typed.spelled else "false",
        WORDS=WORDS,
        FORMER=FORMER,
    )
    rows = _rows(session, sql, values | where.values | _spelled(typed))
    around = [
        Choice(typed.tokens[number - 1], frequency, tuple(words), is_inside=True)
        for number, frequency, words in rows[0].around or ()
    ]
    alike = [(number - 1, word, distance) for number, word, distance in rows[0].alike or ()]
    return _Gathered(
        [row for row in rows if row.ident is not None],
        rows[0].met,
        most <= rows[0].met < COUNTED,
        around,
        alike,
    )


def _where(choices: Iterable[Choice], *, mark: str, is_checked: bool = False) -> _Where:
    """Say of ``account_search`` that every choice is met: rare ones by an index, common ones row by row."""
    choices = list(choices)
    queries, where = [], _Where([], {})
    rarest, listed = _rarest(choices), _rarest(choice for choice in choices if not choice.is_open)
    for place, choice in enumerate(choices):
        name = f"{mark}{place}"
        if choice.frequency == 0:
            where.conditions.append("false")
        elif is_checked or not choice.words or _is_dear(choice, rarest=rarest, listed=listed):
            where.is_checked = True
            where.conditions.append(f"' ' || words || ' ' LIKE :{name}")
            where.values[name] = choice.pattern
        elif not choice.is_open:
            queries.append(f"({' | '.join(choice.words)})")
        elif choice.is_inside:
            where.conditions.append(f"words LIKE :{name}")
            where.values[name] = choice.pattern
        else:
            queries.append(f"{choice.token}:*")
    if queries:
        name = f"{mark}_words"
        where.conditions.append(
            f"to_tsvector('simple'::regconfig, words) @@ to_tsquery('simple'::regconfig, :{name})"
        )
        where.values[name] = " & ".join(queries)
    return where


def _last_resort(
    session: Session, *, found: list[Row[Any]], opening: _Opening, gathered: _Gathered, limit: int
) -> Answer:
    """Add accounts with words that contain what was typed, and with words it may have been meant to be."""
    inside = _inside(opening.choices, gathered.around)
    attempts = [inside] if inside else []
    corrected = list(islice(_corrections(opening.choices, gathered.alike), CORRECTIONS))
    attempts += corrected
    if not attempts:
        return Answer(found[:limit], len(found))
    parts: list[str] = []
    values: dict[str, Any] = {"found": [row.ident for row in found], "limit": limit}
    for place, choices in enumerate(attempts):
        is_inside = choices is inside
        is_stroll = is_inside and _is_common(choices, size=opening.size)
        where = _where(choices, mark=f"a{place}w", is_checked=is_stroll)
        values |= where.values
        parts.append(
            INSTEAD.format(
                rank=INSIDE if is_inside else SIMILAR,
                place=place,
                source=IN_NAME_ORDER if is_stroll else "account_search",
                where=where.sql,
                most=COUNTED if is_inside else CORRECTED,
            )
        )
    sql = LAST_RESORT.format(parts=" UNION ALL ".join(parts), INSIDE=INSIDE)
    added = _rows(session, sql, values)
    if not added:
        return Answer(found[:limit], len(found))
    total = len(found) + added[0].total
    is_exact = not (inside and _is_common(inside, size=opening.size))
    if added[0].inside >= FEW:  # what was typed is a word's inside, not an error
        added, total = [row for row in added if row.rank == INSIDE], len(found) + added[0].inside
    meant = tuple(dict.fromkeys(word for _, word, _ in gathered.alike))
    return Answer([*found, *added][:limit], min(COUNTED, total), is_exact=is_exact, meant=meant)


def _inside(choices: Sequence[Choice], around: Sequence[Choice]) -> list[Choice] | None:
    """Return what to look for inside of words, or None where nothing more than at their beginnings is."""
    by_token = {choice.token: choice for choice in around if len(choice.token) >= SHORTEST_INSIDE}
    wider = [by_token.get(choice.token, choice) for choice in choices]
    if any(choice.frequency == 0 for choice in wider):
        return None
    is_wider = any(
        new.frequency > old.frequency for new, old in zip(wider, choices, strict=True) if new.is_inside
    )
    return wider if is_wider else None


def _corrections(choices: Sequence[Choice], alike: Sequence[tuple[int, str, int]]) -> Iterable[list[Choice]]:
    """Yield choices in which one or two words are what they were meant to be, nearest first."""
    options: dict[int, list[tuple[str, int]]] = {}
    for place, word, distance in alike:
        options.setdefault(place, []).append((word, distance))
    unknown = {place for place, choice in enumerate(choices) if choice.frequency == 0}
    attempts = [
        (sum(far for _, (_, far) in chosen) + 2 * how_many, sum(order for order, _ in chosen), places, chosen)
        for how_many in (1, 2)
        for places in combinations(sorted(options), how_many)
        if unknown <= set(places)
        for chosen in product(*(list(enumerate(options[place])) for place in places))
    ]
    for _, _, places, chosen in sorted(attempts, key=lambda attempt: attempt[:2]):
        attempt = list(choices)
        for place, (_, (word, _)) in zip(places, chosen, strict=True):
            attempt[place] = Choice(word, 1, (word,))
        yield attempt


def _merged(first: Iterable[Row[Any]], more: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Put rows together, each account once, better ranks first and otherwise as they came."""
    by_ident: dict[int, Row[Any]] = {}
    for row in (*first, *more):
        by_ident.setdefault(row.ident, row)
    return sorted(by_ident.values(), key=lambda row: row.rank)


def _spelled(typed: Typed) -> dict[str, Any]:
    return {"spelled": [f"%{spelled}%" for spelled in typed.spelled]} if typed.spelled else {}


def _rows(session: Session, sql: str, values: dict[str, Any]) -> list[Row[Any]]:
    lists = [
        bindparam(name, type_=ARRAY(Integer if name == "found" else Text))
        for name, value in values.items()
        if isinstance(value, list)
    ]
    return list(session.execute(text(sql).bindparams(*lists), values).all())
