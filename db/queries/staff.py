"""Who is asking."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, Row, func, select, text
from sqlalchemy.orm import Session

_ME = text("SELECT login, full_name, role, branch_id, branch_name FROM who_am_i()")

_PEOPLE = text("""
SELECT s.login, s.full_name, s.role, b.name AS branch, s.is_active
FROM staff s JOIN branch b ON b.id = s.branch_id
""")


def me(session: Session) -> Row[Any] | None:
    """Return the signed-in person, or None for a role that is no active member of staff."""
    return session.execute(_ME).one_or_none()


def people(session: Session) -> Sequence[Row[Any]]:
    """Return the staff list."""
    return session.execute(_PEOPLE).all()


def login(session: Session) -> str:
    """Return the name of the role that signed in, be it of the staff or not."""
    return session.execute(text("SELECT session_user::text")).scalar_one()  # type: ignore[no-any-return]


def today(session: Session) -> date:
    """Return the day of the office by the server's clock: the one its own rules go by."""
    return session.execute(select(func.office_day(type_=Date))).scalar_one()
