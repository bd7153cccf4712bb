"""Dated settings: what the trade changes by decision, not by release."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_IN_FORCE = text("""
SELECT name, value, is_unconfirmed FROM settings_on(CAST(:names AS text[]), :today)
""")

_HISTORY = text("""
SELECT name, valid_from, lead(valid_from) OVER (PARTITION BY name ORDER BY valid_from) AS valid_to,
       value, is_unconfirmed, note
FROM setting ORDER BY name, valid_from DESC
""")


def in_force(session: Session, *, names: Sequence[str], today: date) -> dict[str, Any]:
    """Return the values in force on a day, by name; one that has none, nor a default, is missing."""
    rows = session.execute(_IN_FORCE, {"names": list(names), "today": today})
    return {row.name: row.value for row in rows}


def in_force_with_marks(
    session: Session, *, names: Sequence[str], today: date
) -> dict[str, tuple[Any, bool]]:
    """Return the values in force on a day, each with whether nobody has confirmed it yet."""
    rows = session.execute(_IN_FORCE, {"names": list(names), "today": today})
    return {row.name: (row.value, row.is_unconfirmed) for row in rows}


def history(session: Session) -> Sequence[Row[Any]]:
    """Return every value of every setting with the day it ends, by name, the latest first."""
    return session.execute(_HISTORY).all()
