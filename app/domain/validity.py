"""Validity in time: of what was one thing after another, which is in force on a day.

Ranges are half-open, [valid_from, valid_to); what has no end is in force until the
next begins.  On a day that no row covers, before the first, in a gap or after the
end, nothing is in force, and whoever asks says what counts then.  The database has
the same rule in ``is_in_force`` and ``settings_on``; a law holds the two together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Value = TypeVar("Value")
Otherwise = TypeVar("Otherwise")


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A value in [valid_from, valid_to); without ``valid_to`` until the next one begins."""

    valid_from: date
    valid_to: date | None
    value: Value

    def is_in_force(self, day: date) -> bool:
        """Tell whether the range covers a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def value_on(rows: Iterable[Dated[Value]], *, day: date, default: Otherwise) -> Value | Otherwise:
    """Return the value in force on a day: of the rows that cover it the one begun last, else ``default``.

    >>> days = [Dated(date(1977, 1, 1), None, 15), Dated(date(2015, 1, 1), None, 20)]
    >>> value_on(days, day=date(2014, 12, 31), default=0), value_on(days, day=date(1976, 1, 1), default=0)
    (15, 0)
    """
    covering = [row for row in rows if row.is_in_force(day)]
    return max(covering, key=lambda row: row.valid_from).value if covering else default
