"""Finding an account from whatever the clerk has: a number, a name, an address, a scanned bill.

The meanings of the text are tried in the order in which they are plausible, and
the first that finds something answers.  A personal number is the exception: it is
not looked up here but by ``look_up_personal_number``, an action, because asking
whose it is goes on record.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.payment_reference import Reference
from app.domain.script import fold, to_latin
from app.domain.search import Meaning, MeaningKind, highlight, interpret
from db.queries import search as queries

SHORTEST = 2
"""A single letter finds too much to be worth asking for."""


class Rank(StrEnum):
    """How well a hit fits, best first."""

    EXACT = "exact"
    PREFIX = "prefix"
    WORDS = "words"
    FORMER = "former"
    INSIDE = "inside"
    SIMILAR = "similar"


_RANKS = {
    queries.EXACT: Rank.EXACT,
    queries.NAME: Rank.PREFIX,
    queries.ADDRESS: Rank.PREFIX,
    queries.WORDS: Rank.WORDS,
    queries.FORMER: Rank.FORMER,
    queries.INSIDE: Rank.INSIDE,
    queries.SIMILAR: Rank.SIMILAR,
}

_DATA = {
    MeaningKind.PHONE: "phone",
    MeaningKind.PHONE_TAIL: "phone_tail",
    MeaningKind.EMAIL: "email",
    MeaningKind.PIB: "pib",
    MeaningKind.COMPANY_NUMBER: "company_number",
    MeaningKind.CASE_NUMBER: "case_number",
}

_WORD = re.compile(r"[^\W_]+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """An account found; the spans say what of its name and address matched.

    ``FORMER`` means that what was typed is part of an earlier holder's name.
    """

    ident: int
    name: str
    address: str
    is_closed: bool
    rank: Rank
    name_spans: tuple[Span, ...] = ()
    address_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits in order of rank, and an honest count.

    ``total`` is exact where ``is_total_exact`` says so and otherwise a lower bound:
    "first 50 of 1 000+".  ``kind`` is the meaning that answered, or the most
    plausible one where nothing did; None for a text too short to be looked for.
    ``named`` is what a reference or a scanned code names (a month, or an instalment
    of a plan); there the only hit is its account.  ``is_mistyped`` says that nothing was found and
    the check digits do not fit.  ``must_go_on_record`` asks for
    ``look_up_personal_number``.
    """

    hits: tuple[Hit, ...]
    total: int
    is_total_exact: bool
    kind: MeaningKind | None
    named: Reference | None = None
    is_mistyped: bool = False
    must_go_on_record: bool = False


@dataclass(frozen=True, slots=True)
class Recent:
    """An account this person had open, and when it was opened last."""

    ident: int
    name: str
    address: str
    is_closed: bool
    opened_at: datetime


def find(session: Session, *, text: str, limit: int = queries.PAGE) -> Found:
    """Find the accounts that ``text`` may mean, at most ``limit`` (200) of them.

    Raises: NotServing, CeilingReached, MustBeRecorded in a READ ONLY transaction, where nothing can
    be counted.
    """
    intent = interpret(text)
    if intent.best is None or len(fold(text)) < SHORTEST:
        return Found((), 0, is_total_exact=True, kind=None)
    for meaning in intent.meanings:
        if meaning.kind is MeaningKind.JMBG and meaning.is_sound:
            return Found((), 0, is_total_exact=True, kind=meaning.kind, must_go_on_record=True)
        answer = _answer(session, meaning=meaning, limit=limit)
        if answer is not None and answer.rows:
            return _found(answer, meaning=meaning)
    unanswered = intent.of(MeaningKind.JMBG) or intent.best
    return Found(
        (),
        0,
        is_total_exact=True,
        kind=unanswered.kind,
        is_mistyped=not unanswered.is_sound,
        must_go_on_record=unanswered.kind is MeaningKind.JMBG,
    )


def recent_accounts(session: Session, *, limit: int = 12) -> tuple[Recent, ...]:
    """Return the accounts this person opened lately, the latest first."""
    return tuple(
        Recent(row.ident, row.name, row.address, row.is_closed, row.opened_at)
        for row in queries.recent(session, limit=limit)
    )


def look_up_personal_number(session: Session, *, number: str) -> int:
    """Put on record whose the JMBG ``number`` is, and return the record for ``looked_up``.

    They are two, because what is told by the transaction that logs it could be read and rolled back.

    Raises: NotServing, TooManyAttempts.
    """
    return queries.look_up(session, number=number)


def looked_up(session: Session, *, record: int) -> Found:
    """Return the accounts a personal number put on ``record`` belongs to, for five minutes after.

    Raises: NotServing, TooManyAttempts, MustBeRecorded.
    """
    return accounts(session, idents=queries.looked_up(session, record=record))


def accounts(session: Session, *, idents: Sequence[int]) -> Found:
    """Return the accounts ``idents`` as hits, 200 at most.

    Raises: as ``find``.
    """
    answer = queries.of_idents(session, idents=idents, limit=queries.LONGEST_PAGE)
    return _found(answer, meaning=Meaning(MeaningKind.JMBG, ""))


def _answer(session: Session, *, meaning: Meaning, limit: int) -> queries.Answer | None:
    match meaning.kind:
        case MeaningKind.WORDS if meaning.tokens:
            return queries.by_words(session, typed=_typed(meaning), limit=limit)
        case MeaningKind.IDENT_PREFIX:
            return queries.by_ident(session, digits=meaning.value, limit=limit)
        case MeaningKind.IDENT | MeaningKind.REFERENCE | MeaningKind.IPS_QR if meaning.ident:
            return queries.of_idents(session, idents=[meaning.ident], limit=limit)
        case kind if kind in _DATA:
            return queries.by_datum(session, kind=_DATA[kind], datum=meaning.value, limit=limit)
        case _:
            return None


def _typed(meaning: Meaning) -> queries.Typed:
    plain = to_latin(unicodedata.normalize("NFC", meaning.value)).lower()
    marked = tuple(word for word in _WORD.findall(plain) if not word.isascii())
    return queries.Typed(" ".join(meaning.tokens), spelled=marked)


def _found(answer: queries.Answer, *, meaning: Meaning) -> Found:
    return Found(
        tuple(_hit(row, tokens=(*meaning.tokens, *answer.meant)) for row in answer.rows),
        min(answer.total, queries.COUNTED - 1),
        is_total_exact=answer.is_exact and answer.total < queries.COUNTED,
        kind=meaning.kind,
        named=meaning.named,
    )


def _hit(row: Row[Any], *, tokens: tuple[str, ...]) -> Hit:
    return Hit(
        row.ident,
        row.name,
        row.address,
        row.is_closed,
        _RANKS[row.rank],
        tuple(highlight(row.name, tokens)),
        tuple(highlight(row.address, tokens)),
    )
