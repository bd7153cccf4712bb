"""Visits: the functions through which an account is opened and a caller verified."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, literal, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

_OPEN = text("SELECT visit_id, is_verified, must_verify FROM open_visit(:ident, :purpose, :channel)")


def open_visit(session: Session, *, ident: int, purpose: str, channel: str) -> Row[Any]:
    """Open a visit, or find the one held already."""
    return session.execute(_OPEN, {"ident": ident, "purpose": purpose, "channel": channel}).one()


def close_visit(session: Session, *, ident: int) -> None:
    """Close the visit held, if any."""
    session.execute(select(func.close_visit(ident)))


def verification_choices(session: Session, *, ident: int) -> Sequence[str]:
    """Return which data a caller can be asked for."""
    return session.execute(select(func.verification_choices(ident))).scalar_one()  # type: ignore[no-any-return]


def verify_caller(session: Session, *, ident: int, claims: Mapping[str, object]) -> dict[str, Any]:
    """Compare claims in the database and log the try."""
    tried = select(func.verify_caller(ident, literal(dict(claims), JSONB), type_=JSONB))
    return session.execute(tried).scalar_one()  # type: ignore[no-any-return]


def reveal_personal_number(session: Session, *, ident: int, valid_from: date, reason: str) -> None:
    """Log that a holder's JMBG will be looked at."""
    session.execute(select(func.reveal_personal_number(ident, valid_from, reason)))


def revealed_personal_number(session: Session, *, ident: int, valid_from: date) -> str | None:
    """Read a holder's JMBG, once the log has it."""
    return session.execute(  # type: ignore[no-any-return]
        select(func.revealed_personal_number(ident, valid_from))
    ).scalar_one()
