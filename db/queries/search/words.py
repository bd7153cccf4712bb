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

from sqlalchemy import Row
from sqlalchemy.orm import Session

from db.queries.search.choices import (
    Alike,
    Choice,
    Where,
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
    BEGINNING,
    BY_WORDS,
    CHEAP,
    CORRECTIONS,
    COUNT,
    COUNTED,
    DEAR_COUNTED,
    FEW,
    INSTEAD,
    LONGEST_PAGE,
    PAGE,
    PAGES,
    SEVENTH,
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
    limit = min(limit, LONGEST_PAGE)
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
    """Which accounts are asked for, of how many of them first, and how far they are counted."""

    where: Where
    counted: int = COUNTED
    sample: str | None = None
    of_sample: Where | None = None
    sampled: int = 0
    enough: int = 0

    @property
    def as_json(self) -> dict[str, Any]:
        """Return it as the functions of the database take it."""
        return {
            "where": self.where.conditions,
            "counted": self.counted,
            "sample": self.sample,
            "of_sample": self.of_sample and self.of_sample.conditions,
            "sampled": self.sampled,
            "enough": self.enough,
        }


def _opening(session: Session, *, typed: Typed, limit: int) -> _Opening:
    values = {
        "typed": typed.folded,
        "tokens": list(typed.tokens),
        "spelled": list(typed.spelled),
        "limit": limit,
    }
    rows = list(session.execute(BEGINNING, values).all())
    known = {number: (frequency, words) for number, frequency, words in rows[0].known or ()}
    choices = [
        Choice(token, known[number][0], tuple(known[number][1])) if number in known else Choice(token, -1, ())
        for number, token in enumerate(typed.tokens, start=1)
    ]
    return _Opening(
        _merged([row for row in rows if row.ident is not None], ()), rows[0].begun, rows[0].size, choices
    )


def _gather(session: Session, *, typed: Typed, opening: _Opening, limit: int) -> _Gathered:
    asked = _candidates(opening, limit=limit)
    values = {
        "asked": asked.as_json,
        "tokens": list(typed.tokens),
        "unfinished": [choice.token for choice in opening.choices if not choice.is_itself],
        "spelled": list(typed.spelled),
        "limit": limit,
    }
    rows = list(session.execute(BY_WORDS, values).all())
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
    asked = _candidates(opening, limit=limit)
    row = session.execute(COUNT, {"asked": asked.as_json}).one()
    return row.met, _is_cut(row, asked)


def _candidates(opening: _Opening, *, limit: int) -> _Asked:
    where = where_all(opening.choices, size=opening.size)
    is_dear = where.is_checked and rarest_of(opening.choices) > CHEAP
    of_sample = None
    if is_plentiful(opening.choices, size=opening.size):
        of_sample = where_checked(opening.choices)
    return _asked(where, opening.choices, opening=opening, limit=limit, is_dear=is_dear, of_sample=of_sample)


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
    asked = _asked(where_all(inside, size=opening.size), inside, opening=opening, limit=limit)
    values = {
        "inside": asked.as_json,
        "attempts": [_attempt(choices, size=opening.size) for choices in corrected],
        "found": [row.ident for row in found],
        "few": FEW,
        "limit": limit,
    }
    added = list(session.execute(INSTEAD, values).all())
    if not added:
        return Answer(found[:limit], len(found))
    total = len(found) + added[0].total
    is_exact = not (added[0].is_cut or added[0].is_sample)
    meant = tuple(dict.fromkeys(near.word for near in gathered.alike))
    return Answer([*found, *added][:limit], min(COUNTED, total), is_exact=is_exact, meant=meant)


def _attempt(choices: Sequence[Choice], *, size: float) -> dict[str, Any]:
    # a seventh of a common word's accounts is more than a page, and it is the whole attempt
    is_plenty = len(choices) == 1 and is_common(choices, size=size)
    return {"where": where_all(choices, size=size).conditions, "sample": SEVENTH if is_plenty else None}


def _asked(
    where: Where,
    choices: Sequence[Choice],
    *,
    opening: _Opening,
    limit: int,
    is_dear: bool = False,
    of_sample: Where | None = None,
) -> _Asked:
    enough, sampled = 2 * limit, max(DEAR_COUNTED, 2 * limit)
    if of_sample is not None or is_everywhere(choices, size=opening.size):
        return _Asked(where, COUNTED, PAGES, of_sample, sampled, enough)
    if is_common(choices, size=opening.size):
        return _Asked(where, COUNTED, SEVENTH, None, sampled, enough)
    return _Asked(where, sampled if is_dear else COUNTED)


def _merged(first: Iterable[Row[Any]], more: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Put rows together, each account once, better ranks first and otherwise as they came."""
    by_ident: dict[int, Row[Any]] = {}
    for row in (*first, *more):
        by_ident.setdefault(row.ident, row)
    return sorted(by_ident.values(), key=lambda row: row.rank)
