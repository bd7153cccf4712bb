"""Bounds of programmes: what one may give at most, from a day on, by the administrator's decision."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.faulty import Faulty, RowKind
from app.domain.settings import DEFAULTS
from app.usecases.faulty import read_each
from db.queries import settings
from db.queries.plans import writing

SETTING = "programme_bounds"


@dataclass(frozen=True, slots=True)
class ProgrammeBounds:
    """The most a programme published in [valid_from, valid_to) gives; without a day, what counts at first."""

    valid_from: date | None
    valid_to: date | None
    percent: int
    instalments: int
    is_unconfirmed: bool
    reason: str

    def holds_on(self, day: date) -> bool:
        """Tell whether a programme published on a day must stay within them."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


def programme_bounds(session: Session) -> tuple[ProgrammeBounds | Faulty, ...]:
    """Return the bounds through time, the latest first, down to what counted before anybody set any."""
    rows = settings.history(session, name=SETTING)
    found = read_each(rows, _bounds, kind=RowKind.SETTING, number=lambda row: f"{SETTING} {row.valid_from}")
    first = rows[-1].valid_from if rows else None
    most = DEFAULTS[SETTING]
    return (*found, ProgrammeBounds(None, first, most["percent"], most["instalments"], True, ""))


def set_programme_bounds(
    session: Session, *, from_day: date, percent: int, instalments: int, reason: str
) -> None:
    """Bound what a programme may give from a day on; what was published under others stays as it is.

    Raises: BoundsFaulty, NotServing; Forbidden to who is no administrator.
    """
    writing.set_bounds(
        session, from_day=from_day, percent=percent, instalments=instalments, reason=reason.strip()
    )


def _bounds(row: Row[Any]) -> ProgrammeBounds:
    return ProgrammeBounds(
        row.valid_from,
        row.valid_to,
        int(row.value["percent"]),
        int(row.value["instalments"]),
        row.is_unconfirmed,
        row.note,
    )
