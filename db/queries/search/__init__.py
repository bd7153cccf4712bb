"""Finding accounts: by number, by what may not be shown, by words (``words.py``).

Everything goes through functions that answer with a page of 200 at most and are
counted, so a transaction that searches is not READ ONLY.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Integer, Row, bindparam, text
from sqlalchemy.orm import Session

from db.queries.search.statements import (
    ADDRESS,
    COUNTED,
    EXACT,
    FORMER,
    INSIDE,
    LONGEST_PAGE,
    NAME,
    PAGE,
    SIMILAR,
    WORDS,
)
from db.queries.search.words import Answer, Typed, by_words

__all__ = [
    "ADDRESS",
    "COUNTED",
    "EXACT",
    "FORMER",
    "INSIDE",
    "LONGEST_PAGE",
    "NAME",
    "PAGE",
    "SIMILAR",
    "WORDS",
    "Answer",
    "Typed",
    "by_datum",
    "by_ident",
    "by_words",
    "look_up",
    "looked_up",
    "of_idents",
    "recent",
]

_BY_IDENT = text("SELECT * FROM find_by_ident(:digits, :limit)")
_OF_IDENTS = text("SELECT * FROM find_accounts(:idents, :limit)").bindparams(
    bindparam("idents", type_=ARRAY(Integer))
)

_BY_DATUM = {
    "phone": text("SELECT found FROM find_by_contact('phone', :datum) AS found"),
    "phone_tail": text("SELECT found FROM find_by_phone_end(:datum) AS found"),
    "email": text("SELECT found FROM find_by_contact('email', :datum) AS found"),
    "pib": text("SELECT found FROM find_by_business_number('pib', :datum) AS found"),
    "company_number": text("SELECT found FROM find_by_business_number('company_number', :datum) AS found"),
    "case_number": text("SELECT found FROM find_by_case_number(:datum) AS found"),
}

_LOOK_UP = text("SELECT look_up_personal_number(:number)")
_LOOKED_UP = text("SELECT found FROM looked_up_accounts(:record) AS found")

_RECENT = text("SELECT * FROM recent_accounts(:limit)")


def by_ident(session: Session, *, digits: str, limit: int = PAGE) -> Answer:
    """Find accounts whose seven digits begin with ``digits``; the account of that very number first."""
    return _answer(session.execute(_BY_IDENT, {"digits": digits, "limit": limit}).all())


def by_datum(session: Session, *, kind: str, datum: str, limit: int = PAGE) -> Answer:
    """Find accounts by a telephone with or without its network, or a whole address, PIB or number."""
    idents = session.execute(_BY_DATUM[kind], {"datum": datum}).scalars().all()
    if not idents:
        return Answer((), 0)
    found = of_idents(session, idents=idents, limit=limit)
    return Answer(found.rows, found.total, is_exact=len(idents) < LONGEST_PAGE)


def look_up(session: Session, *, number: str) -> int:
    """Put on record whose the JMBG ``number`` is, and return the id of the record."""
    return session.execute(_LOOK_UP, {"number": number}).scalar_one()  # type: ignore[no-any-return]


def looked_up(session: Session, *, record: int) -> list[int]:
    """Return the idents a committed look-up found."""
    return list(session.execute(_LOOKED_UP, {"record": record}).scalars())


def of_idents(session: Session, *, idents: Sequence[int], limit: int = PAGE) -> Answer:
    """Return the findable part of the accounts ``idents``."""
    return _answer(session.execute(_OF_IDENTS, {"idents": list(idents), "limit": limit}).all())


def recent(session: Session, *, limit: int) -> Sequence[Row[Any]]:
    """Return the accounts this person opened lately, the latest first."""
    return session.execute(_RECENT, {"limit": limit}).all()


def _answer(rows: Sequence[Row[Any]]) -> Answer:
    return Answer(rows, min(COUNTED, rows[0].total) if rows else 0)
