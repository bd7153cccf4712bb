"""Dated settings: what the trade changes by decision, not by release."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

_IN_FORCE = text("""
SELECT DISTINCT ON (name) name, value, is_unconfirmed FROM setting
WHERE name = ANY (:names) AND valid_from <= :today
ORDER BY name, valid_from DESC
""")


def in_force(session: Session, *, names: Sequence[str], today: date) -> dict[str, Any]:
    """Return the values in force on a day, by name; a setting without one is missing."""
    rows = session.execute(_IN_FORCE, {"names": list(names), "today": today})
    return {row.name: row.value for row in rows}


def in_force_with_marks(
    session: Session, *, names: Sequence[str], today: date
) -> dict[str, tuple[Any, bool]]:
    """Return the values in force on a day, each with whether nobody has confirmed it yet."""
    rows = session.execute(_IN_FORCE, {"names": list(names), "today": today})
    return {row.name: (row.value, row.is_unconfirmed) for row in rows}
