"""Settings: what is in force through time, for whoever answers for it, and what other nouns read of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.faulty import RowKind, reading
from db.queries import settings as queries


@dataclass(frozen=True, slots=True)
class DatedSetting:
    """What a setting says from a day on, until it is said otherwise; ``value`` is as it is stored."""

    name: str
    valid_from: date
    valid_to: date | None
    value: Any
    is_unconfirmed: bool
    note: str


def all_settings(session: Session) -> tuple[DatedSetting, ...]:
    """Return every value of every setting, by name, the latest first."""
    return tuple(
        DatedSetting(row.name, row.valid_from, row.valid_to, row.value, row.is_unconfirmed, row.note)
        for row in queries.history(session)
    )


def holidays_of(kept: Iterable[Iterable[str]] | None) -> frozenset[date]:
    """Read the days on which nothing falls due, as the setting has them: a list for each year.

    Raises: Illegible.
    """
    with reading(RowKind.SETTING, number="holidays"):
        return frozenset(date.fromisoformat(day) for year in kept or () for day in year)
