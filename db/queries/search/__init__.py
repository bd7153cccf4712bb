"""Finding accounts: by number, by what may not be shown, by words (``words.py``).

The connection should plan with ``plan_cache_mode = force_custom_plan``: which
index is right depends on how rare the typed word is.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Integer, Row, Text, bindparam, text
from sqlalchemy.orm import Session

from db.queries.search.statements import (
    ADDRESS,
    COUNTED,
    EXACT,
    FORMER,
    INSIDE,
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

_BY_IDENT = text(
    f"""
WITH begun AS MATERIALIZED (
    SELECT ident FROM account_search
    WHERE lpad(ident::text, 7, '0') COLLATE "C" >= :low AND lpad(ident::text, 7, '0') COLLATE "C" < :high
    ORDER BY lpad(ident::text, 7, '0') COLLATE "C" LIMIT {COUNTED}
), page AS (
    SELECT :ident AS ident, {EXACT} AS rank
    UNION ALL
    (SELECT ident, {NAME} FROM begun WHERE ident <> :ident LIMIT :limit)
)
SELECT s.ident, s.name, s.address, s.is_closed, page.rank,
       (SELECT count(*) FROM begun WHERE ident <> :ident)
       + (SELECT count(*) FROM account_search WHERE ident = :ident) AS total
FROM page JOIN account_search s ON s.ident = page.ident
ORDER BY page.rank, s.ident LIMIT :limit
"""  # noqa: S608
).bindparams(bindparam("low", type_=Text), bindparam("high", type_=Text), bindparam("ident", type_=Integer))

_OF_IDENTS = text(
    f"""
SELECT ident, name, address, is_closed, {EXACT} AS rank, count(*) OVER () AS total
FROM account_search WHERE ident = ANY (:idents) ORDER BY is_closed, name_fold, ident LIMIT :limit
"""  # noqa: S608
).bindparams(bindparam("idents", type_=ARRAY(Integer)))

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

_RECENT = text(
    """
WITH mine AS MATERIALIZED (
    SELECT ident, opened_at FROM visit
    WHERE login = session_user ORDER BY opened_at DESC LIMIT 300
), latest AS (
    SELECT ident, max(opened_at) AS opened_at FROM mine GROUP BY ident
    ORDER BY opened_at DESC LIMIT :limit
)
SELECT s.ident, s.name, s.address, s.is_closed, latest.opened_at
FROM latest JOIN account_search s USING (ident) ORDER BY latest.opened_at DESC
"""
)


def by_ident(session: Session, *, digits: str, limit: int = PAGE) -> Answer:
    """Find accounts whose seven digits begin with ``digits``; the account of that very number first."""
    values = {"low": digits, "high": digits + "~", "ident": int(digits), "limit": limit}
    return _answer(session.execute(_BY_IDENT, values).all())


def by_datum(session: Session, *, kind: str, datum: str, limit: int = PAGE) -> Answer:
    """Find accounts by a telephone with or without its network, or a whole address, PIB or number."""
    idents = session.execute(_BY_DATUM[kind], {"datum": datum}).scalars().all()
    return of_idents(session, idents=idents, limit=limit) if idents else Answer((), 0)


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
