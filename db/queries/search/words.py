"""Words of names and addresses, in any order, each typed one beginning a word.

First the btrees of the folded name and address, together with what the vocabulary
(``search_word``) knows of each typed word: a thousand names that begin so are an
answer.  Else all words are looked up in the index of terms, in which beginnings of
up to four letters are terms as well; where every word is common, first among a
seventh of the accounts, because gathering sixty thousand rows of one municipality
takes longer than the answer may, and a seventh of them fills the page.  Only where
that leaves the page unfilled are words looked for that contain what was typed or
look like it.

One statement mostly, two or three where the first found little.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ARRAY, Integer, Row, Text, bindparam, text
from sqlalchemy.orm import Session

from db.queries.search.choices import (
    Alike,
    Choice,
    corrections,
    inside_of,
    is_common,
    is_everywhere,
    is_plentiful,
    rarest_of,
    where_all,
    where_checked,
)
from db.queries.search.statements import (
    A_SEVENTH,
    ACCOUNTS,
    ADDRESS,
    AT_RANDOM,
    CANDIDATE,
    CHEAP,
    CORRECTED,
    CORRECTED_BY,
    CORRECTIONS,
    COUNT,
    COUNTED,
    DEAR_COUNTED,
    DIRECT,
    EXACT,
    FEW,
    FORMER,
    GATHER,
    IF_FEW,
    INSIDE,
    INSTEAD,
    LAST,
    LAST_RESORT,
    NAME,
    NOTHING,
    OPENING,
    PAGE,
    SAMPLE_FIRST,
    SIMILAR,
    SPELLED,
    UNFINISHED,
    WAS_ENOUGH,
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


def by_words(session: Session, *, typed: Typed, limit: int = PAGE) -> Answer:
    """Find the accounts in whose name or address every typed word begins a word, best first."""
    opening = _opening(session, typed=typed, limit=limit)
    if opening.begun >= COUNTED:
        return Answer(opening.rows[:limit], COUNTED)
    if opening.begun >= limit and rarest_of(opening.choices) > CHEAP:
        return Answer(opening.rows[:limit], opening.begun, is_exact=False)
    if len(opening.rows) >= limit:  # what is met elsewhere ranks below: it is only counted
        met, is_cut = _count(session, opening=opening, limit=limit)
        return Answer(opening.rows[:limit], max(met, len(opening.rows)), is_exact=not is_cut)
    gathered = _gather(session, typed=typed, opening=opening, limit=limit)
    rows = _merged(opening.rows, gathered.rows)
    total = max(gathered.met, len(rows))
    if gathered.is_cut and len(opening.choices) == 1:
        total = max(total, min(COUNTED, opening.choices[0].frequency))
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
    alike: list[Alike]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The part of a statement that reads accounts, and what tells whether it read only some of them."""

    sql: str
    is_sample: str
    counted: int


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


def _gather(session: Session, *, typed: Typed, opening: _Opening, limit: int) -> _Gathered:
    choices = opening.choices
    asked, where = _candidates(opening, limit=limit)
    ambiguous = [choice.token for choice in choices if not choice.is_itself]
    values: dict[str, Any] = {
        "begins": [f"% {token}%" for token in typed.tokens],
        "tokens": list(typed.tokens),
        "limit": limit,
    }
    if ambiguous:
        values["whole"] = [f"% {token} %" for token in ambiguous]
    sql = GATHER.format(
        candidates=asked.sql,
        is_sample=asked.is_sample,
        page=PAGE,
        few=FEW,
        unfinished=UNFINISHED if ambiguous else "false",
        spelled=SPELLED if typed.spelled else "false",
        WORDS=WORDS,
        FORMER=FORMER,
    )
    rows = _rows(session, sql, values | where | _spelled(typed))
    around = [
        Choice(typed.tokens[number - 1], frequency, tuple(words), is_inside=True)
        for number, frequency, words in rows[0].around or ()
    ]
    alike = [Alike(*near) for near in rows[0].alike or ()]
    return _Gathered(
        rows=[row for row in rows if row.ident is not None],
        met=rows[0].met,
        is_cut=_is_cut(rows[0], asked),
        around=around,
        alike=alike,
    )


def _count(session: Session, *, opening: _Opening, limit: int) -> tuple[int, bool]:
    asked, values = _candidates(opening, limit=limit)
    row = _rows(session, COUNT.format(candidates=asked.sql, is_sample=asked.is_sample), values)[0]
    return row.met, _is_cut(row, asked)


def _candidates(opening: _Opening, *, limit: int) -> tuple[_Asked, dict[str, Any]]:
    where = where_all(opening.choices, mark="w", size=opening.size)
    is_dear = where.is_checked and rarest_of(opening.choices) > CHEAP
    select = CANDIDATE.format(where=where.sql)
    sample, values = None, where.values
    if is_plentiful(opening.choices, size=opening.size):
        checked = where_checked(opening.choices, mark="r")
        sample = CANDIDATE.format(where=checked.sql).format(source=AT_RANDOM)
        values = values | checked.values
    asked = _asked(
        "candidates", select, opening.choices, opening=opening, limit=limit, is_dear=is_dear, sample=sample
    )
    return asked, values


def _is_cut(row: Row[Any], asked: _Asked) -> bool:
    return bool(row.is_sample) or asked.counted <= row.met < COUNTED


def _last_resort(
    session: Session, *, found: list[Row[Any]], opening: _Opening, gathered: _Gathered, limit: int
) -> Answer:
    """Add accounts with words that contain what was typed, and with words it may have been meant to be."""
    inside = inside_of(opening.choices, gathered.around)
    attempts = CORRECTIONS // 2 if found else CORRECTIONS
    corrected = list(islice(corrections(opening.choices, gathered.alike), attempts))
    if not inside and not corrected:
        return Answer(found[:limit], len(found))
    values: dict[str, Any] = {"found": [row.ident for row in found], "limit": limit}

    def attempt(place: int, choices: Sequence[Choice]) -> str:
        where = where_all(choices, mark=f"a{place}w", size=opening.size)
        values.update(where.values)
        # a seventh of a common word's accounts is more than a page, and it is the whole attempt
        is_plenty = place > 0 and len(choices) == 1 and is_common(choices, size=opening.size)
        return INSTEAD.format(
            rank=SIMILAR if place else INSIDE, place=place, where=where.sql + A_SEVENTH * is_plenty
        )

    asked = _asked("inside", attempt(0, inside) if inside else NOTHING, inside, opening=opening, limit=limit)
    # an attempt that fills the page is the last: whatever is further away would not be shown
    names = [f"corrected_{place}" for place in range(1, len(corrected) + 1)]
    gates = [IF_FEW.format(name="inside", few=FEW), *(IF_FEW.format(name=name, few=limit) for name in names)]
    sql = LAST_RESORT.format(
        inside=asked.sql,
        is_sample=asked.is_sample,
        nothing=NOTHING.format(source=ACCOUNTS),
        attempts="".join(
            CORRECTED_BY.format(
                name=name,
                select=attempt(place, choices).format(source=ACCOUNTS),
                gates=" AND ".join(gates[:place]),
                most=max(CORRECTED, limit),
            )
            for place, (name, choices) in enumerate(zip(names, corrected, strict=True), start=1)
        ),
        corrected=" UNION ALL ".join(f"SELECT * FROM {name}" for name in ("tried", *names)),  # noqa: S608
    )
    added = _rows(session, sql, values)
    if not added:
        return Answer(found[:limit], len(found))
    total = len(found) + added[0].total
    is_exact = not (added[0].is_cut or added[0].is_sample)
    meant = tuple(dict.fromkeys(near.word for near in gathered.alike))
    return Answer([*found, *added][:limit], min(COUNTED, total), is_exact=is_exact, meant=meant)


def _asked(
    name: str,
    select: str,
    choices: Sequence[Choice],
    *,
    opening: _Opening,
    limit: int,
    is_dear: bool = False,
    sample: str | None = None,
) -> _Asked:
    enough, sampled = 2 * limit, max(DEAR_COUNTED, 2 * limit)
    everywhere = select.format(source=ACCOUNTS)
    if sample is not None:
        pass
    elif is_common(choices, size=opening.size):
        sample = everywhere + A_SEVENTH
    elif is_everywhere(choices, size=opening.size):
        sample = select.format(source=AT_RANDOM)
    else:
        counted = sampled if is_dear else COUNTED
        return _Asked(DIRECT.format(name=name, select=everywhere, counted=counted), "false", counted)
    sql = SAMPLE_FIRST.format(
        name=name, select=everywhere, sample=sample, sampled=sampled, enough=enough, counted=COUNTED
    )
    return _Asked(sql, WAS_ENOUGH.format(enough=enough), COUNTED)


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
