"""Ceilings: the functions that tell of alerts, of what somebody did, and that raise a ceiling."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session

from app.domain.ceilings import Ceiling
from db.models.ceilings import CeilingRaise
from db.models.staff import Staff

_ALERTS = text("SELECT login, full_name, branch, ceiling, counted, most, began_at, last_at FROM alerts()")
_DOINGS = text(
    "SELECT done_at, what, ident, name, address, detail"
    " FROM doings_of(:login, :what, :since, :until, :before, :at_most)"
)
_STANDING = text("SELECT ceiling, counted, most FROM standing_of(:login)")
_COLLEAGUES = text(
    "SELECT login, full_name FROM staff"
    " WHERE is_active AND role <> 'desk_admin' AND login <> session_user ORDER BY full_name, login"
)


def alerts(session: Session) -> Sequence[Row[Any]]:
    """Return the alerts that are for whoever asks."""
    return session.execute(_ALERTS).all()


def see_alert(session: Session, *, login: str, ceiling: str, began_at: datetime, reason: str) -> None:
    """Write down what was found of an alert."""
    session.execute(select(func.see_alert(login, ceiling, began_at, reason)))


def doings(
    session: Session,
    *,
    login: str,
    what: str | None,
    since: datetime,
    until: datetime,
    before: datetime | None,
    limit: int,
) -> Sequence[Row[Any]]:
    """Return what somebody did, the latest first; those of one moment are not parted, so it may be more."""
    given = {
        "login": login,
        "what": what,
        "since": since,
        "until": until,
        "before": before,
        "at_most": limit,
    }
    return session.execute(_DOINGS, given).all()


def standing(session: Session, *, login: str) -> Sequence[Row[Any]]:
    """Return how much somebody did by now, and how much it may be."""
    return session.execute(_STANDING, {"login": login}).all()


def raises_in_force(
    session: Session,
) -> Sequence[Row[int, str, str, Ceiling, int, date, str, str, datetime]]:
    """Return the ceilings that are raised now, those first that end first."""
    asked = (
        select(
            CeilingRaise.id,
            CeilingRaise.login,
            Staff.full_name,
            CeilingRaise.ceiling,
            CeilingRaise.most,
            CeilingRaise.last_day,
            CeilingRaise.reason,
            CeilingRaise.raised_by,
            CeilingRaise.raised_at,
        )
        .join(Staff, Staff.login == CeilingRaise.login)
        .where(CeilingRaise.ended_at.is_(None), CeilingRaise.last_day >= func.office_day())
        .order_by(CeilingRaise.last_day, CeilingRaise.id)
    )
    return session.execute(asked).all()


def raise_ceiling(
    session: Session, *, login: str, ceiling: str, most: int, last_day: date, reason: str
) -> int:
    """Raise a ceiling and return the id of the record."""
    asked = select(func.raise_ceiling(login, ceiling, most, last_day, reason))
    return session.execute(asked).scalar_one()  # type: ignore[no-any-return]


def end_raise(session: Session, *, raise_id: int) -> None:
    """End a raised ceiling."""
    session.execute(select(func.end_raise(raise_id)))


def colleagues(session: Session) -> Sequence[Row[Any]]:
    """Return those who serve now, but whoever asks."""
    return session.execute(_COLLEAGUES).all()
