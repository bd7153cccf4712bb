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

COUNTED = 1001
"""Matches are counted so far and not further."""

PAGE = 50
FEW = 5
"""Where fewer were found, words that look alike are tried."""

EXACT, NAME, ADDRESS, WORDS, FORMER, INSIDE, SIMILAR = range(7)
"""Ranks as the statements give them, best first."""

DEARER = 8
"""Checking a row costs as much as gathering so many from the word index."""

CHEAP = 2_000
"""Above so many rows nothing is looked up only to count it, where the page is full already."""

STROLL = 5_000
"""So many rows in name order are looked at where they can be expected to fill a page."""

SHORTEST_INSIDE = 4

_LISTED = 16
_SHARE_OF_A_LETTER = 0.3
_CORRECTIONS = 6
_CORRECTED = 100
_LAST = "~"  # after every letter and digit in COLLATE "C"


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
        return len(self.words) > _LISTED

    @property
    def pattern(self) -> str:
        """Return what ``' ' || words || ' '`` is LIKE."""
        return f"%{self.token}%" if self.is_inside else f"% {self.token}%"


@dataclass(slots=True)
class _Where:
    """Conditions on a row of ``account_search`` and their values, named apart by ``mark``."""

    conditions: list[str]
    values: dict[str, Any]

    @property
    def sql(self) -> str:
        return " AND ".join(self.conditions)


_OPENING = """
WITH by_name AS MATERIALIZED (
    -- the index has all that is asked for: no row is fetched that will not be shown
    SELECT ident, name_fold FROM account_search WHERE name_fold >= :low AND name_fold < :high
    ORDER BY name_fold, ident LIMIT {taken}
), by_address AS MATERIALIZED (
    SELECT ident, address_fold FROM account_search WHERE address_fold >= :low AND address_fold < :high
    ORDER BY address_fold, ident LIMIT :limit
), begun AS MATERIALIZED (
    SELECT greatest(
        (SELECT count(*) FROM (SELECT FROM account_search WHERE name_fold >= :low AND name_fold < :high
                               ORDER BY name_fold LIMIT {counted}) one),
        (SELECT count(*) FROM (SELECT FROM account_search WHERE address_fold >= :low AND address_fold < :high
                               ORDER BY address_fold LIMIT {counted}) one)) AS n,
        (SELECT reltuples FROM pg_class WHERE oid = 'account_search'::regclass) AS size
), known AS MATERIALIZED (
    SELECT * FROM words_beginning(:tokens)
), page AS (
    SELECT s.ident, name, address, is_closed,
           CASE WHEN f.name_fold || ' ' LIKE :start THEN {EXACT} ELSE {NAME} END AS rank,
           {spelled} AS misspelled, f.name_fold AS place
    FROM by_name f JOIN account_search s USING (ident)
    UNION ALL
    SELECT s.ident, name, address, is_closed,
           CASE WHEN f.address_fold || ' ' LIKE :start THEN {EXACT} ELSE {ADDRESS} END, false, f.address_fold
    FROM by_address f JOIN account_search s USING (ident)
)
SELECT page.*, begun.n AS begun, begun.size,
       (SELECT jsonb_agg(jsonb_build_array(token_no, frequency, words)) FROM known) AS known
FROM begun LEFT JOIN page ON true
ORDER BY rank, misspelled, place, ident
"""

_SPELLED = "NOT lower(translate(name || ' ' || address, 'ČĆŽŠĐ', 'čćžšđ') COLLATE \"C\") LIKE ALL (:spelled)"

_GATHER = """
WITH candidates AS MATERIALIZED (
    SELECT ident, name, address, is_closed, name_fold, address_fold, words
    FROM {source} WHERE {where} LIMIT {counted}
), met AS MATERIALIZED (
    SELECT count(*) AS n FROM candidates
), page AS (
    SELECT ident, name, address, is_closed,
           CASE WHEN ' ' || name_fold || ' ' || address_fold LIKE ALL (:begins) THEN {WORDS}
                ELSE {FORMER} END AS rank,
           NOT ' ' || words || ' ' LIKE ALL (:whole) AS unfinished,
           {spelled} AS misspelled, name_fold
    FROM candidates
    ORDER BY rank, misspelled, unfinished, name_fold, ident LIMIT :limit
), around AS MATERIALIZED (
    SELECT * FROM words_around(:tokens) WHERE (SELECT n FROM met) < {page}
), alike AS MATERIALIZED (
    SELECT * FROM similar_words(:tokens) WHERE (SELECT n FROM met) < {few}
)
SELECT page.*, met.n AS met,
       (SELECT jsonb_agg(jsonb_build_array(token_no, frequency, words)) FROM around) AS around,
       (SELECT jsonb_agg(jsonb_build_array(token_no, word, distance)) FROM alike) AS alike
FROM met LEFT JOIN page ON true
ORDER BY rank, misspelled, unfinished, name_fold, ident
"""

_IN_NAME_ORDER = f"(SELECT * FROM account_search ORDER BY name_fold, ident LIMIT {STROLL}) AS first_rows"  # noqa: S608

_INSTEAD = """
    (SELECT ident, name, address, is_closed, name_fold, {rank} AS rank, {place} AS nearness
     FROM {source} WHERE {where} AND ident <> ALL (:found) LIMIT {most})
"""

_LAST_RESORT = """
WITH instead AS MATERIALIZED ({parts}
), nearest AS (
    SELECT DISTINCT ON (ident) * FROM instead ORDER BY ident, nearness
)
SELECT ident, name, address, is_closed, rank, count(*) OVER () AS total,
       count(*) FILTER (WHERE rank = {INSIDE}) OVER () AS inside
FROM nearest ORDER BY nearness, name_fold, ident LIMIT :limit
"""


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
        return Answer(rows[:limit], total)
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
    around: list[Choice]
    alike: list[tuple[int, str, int]]


def _opening(session: Session, *, typed: Typed, limit: int) -> _Opening:
    values: dict[str, Any] = {
        "low": typed.folded,
        "high": typed.folded + _LAST,
        "start": typed.folded + " %",
        "tokens": list(typed.tokens),
        "limit": limit,
    }
    sql = _OPENING.format(
        taken="150" if typed.spelled else ":limit",
        counted=COUNTED,
        spelled=_SPELLED if typed.spelled else "false",
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
    share, before = 1.0, 0
    for choice in choices:
        if not choice.words:
            share *= _SHARE_OF_A_LETTER
        elif not _is_same(choice.frequency, before):  # Stari and Grad are not two conditions
            share *= min(1.0, choice.frequency / size)
        before = choice.frequency
    return share * STROLL >= 2 * PAGE


def _rarest(choices: Iterable[Choice]) -> int:
    return min((choice.frequency for choice in choices if choice.words), default=0)


def _is_same(frequency: int, before: int) -> bool:
    return before > 0 and 0.75 < frequency / before < 1.35


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
    sql = _GATHER.format(
        source=_IN_NAME_ORDER if is_stroll else "account_search",
        where=where.sql,
        counted=COUNTED,
        page=PAGE,
        few=FEW,
        spelled=_SPELLED if typed.spelled else "false",
        WORDS=WORDS,
        FORMER=FORMER,
    )
    rows = _rows(session, sql, values | where.values | _spelled(typed))
    around = [
        Choice(typed.tokens[number - 1], frequency, tuple(words), is_inside=True)
        for number, frequency, words in rows[0].around or ()
    ]
    alike = [(number - 1, word, distance) for number, word, distance in rows[0].alike or ()]
    return _Gathered([row for row in rows if row.ident is not None], rows[0].met, around, alike)


def _where(choices: Iterable[Choice], *, mark: str, is_checked: bool = False) -> _Where:
    """Say of ``account_search`` that every choice is met: rare ones by an index, common ones row by row."""
    choices = list(choices)
    queries, where = [], _Where([], {})
    rarest = _rarest(choices)
    for place, choice in enumerate(choices):
        name = f"{mark}{place}"
        if choice.frequency == 0:
            where.conditions.append("false")
        elif is_checked or not choice.words or (choice.is_open and choice.frequency > DEARER * rarest):
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
    corrected = list(islice(_corrections(opening.choices, gathered.alike), _CORRECTIONS))
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
            _INSTEAD.format(
                rank=INSIDE if is_inside else SIMILAR,
                place=place,
                source=_IN_NAME_ORDER if is_stroll else "account_search",
                where=where.sql,
                most=COUNTED if is_inside else _CORRECTED,
            )
        )
    sql = _LAST_RESORT.format(parts=" UNION ALL ".join(parts), INSIDE=INSIDE)
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
