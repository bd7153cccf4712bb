"""Dated settings: what the trade changes by decision, not by release."""

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

_IN_FORCE = text("""
SELECT value FROM setting WHERE name = :name AND valid_from <= :today ORDER BY valid_from DESC LIMIT 1
""")


def in_force(session: Session, *, name: str, today: date) -> Any:
    """Return the value of a setting on a day, or None where there is none yet."""
    return session.execute(_IN_FORCE, {"name": name, "today": today}).scalar_one_or_none()
