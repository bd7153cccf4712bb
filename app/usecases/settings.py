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

    def holds_on(self, day: date) -> bool:
        """Tell whether it is what counts on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Installation:
    """The revision of the database's schema, the server's version, and the years that bills have room for."""

    schema: str
    server: str
    years: tuple[int, ...]


def all_settings(session: Session) -> tuple[DatedSetting, ...]:
    """Return every value of every setting, by name, the latest first."""
    return tuple(
        DatedSetting(row.name, row.valid_from, row.valid_to, row.value, row.is_unconfirmed, row.note)
        for row in queries.history(session)
    )


def installation(session: Session) -> Installation:
    """Tell what the program works on."""
    row = queries.installation(session)
    return Installation(row.schema, row.server, tuple(row.years))


def holidays_of(kept: Iterable[Iterable[str]] | None) -> frozenset[date]:
    """Read the days on which nothing falls due, as the setting has them: a list for each year.

    Raises: Illegible.
    """
    with reading(RowKind.SETTING, number="holidays"):
        return frozenset(date.fromisoformat(day) for year in kept or () for day in year)
