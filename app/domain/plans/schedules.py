"""Schedules: what is paid in which parts, and when.

What is written off and what is to be paid always make up the principal, and the
instalments make up what is to be paid.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.bills.dates import next_working_day
from app.domain.errors import Refused
from app.domain.money import PARA, percent_of, split
from app.domain.period import Period


class InstalmentTooSmall(Refused):
    """So many instalments would each be less than the least one allowed."""

    field = "instalments"

    def __init__(self, smallest: Decimal, least: Decimal) -> None:
        super().__init__(f"{smallest} < {least}")
        self.smallest = smallest
        self.least = least


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is written off of a principal, and what is paid and in which parts."""

    principal: Decimal
    written_off: Decimal
    payable: Decimal
    instalments: tuple[Decimal, ...]


def schedule(
    principal: Decimal, *, discount_percent: Decimal | int, instalments: int, least: Decimal = PARA
) -> Schedule:
    """Split a principal, less its discount, into equal instalments; the last takes the difference.

    Raises: InstalmentTooSmall when any instalment would be under ``least`` dinars.

    >>> schedule(Decimal("47350.80"), discount_percent=10, instalments=6).instalments[0]
    Decimal('7102.62')
    """
    written_off = percent_of(principal, percent=discount_percent)
    payable = principal - written_off
    parts = split(payable, parts=instalments)
    if min(parts) < least:
        raise InstalmentTooSmall(min(parts), least)
    return Schedule(principal, written_off, payable, parts)


def due_dates(first: date, *, instalments: int, holidays: frozenset[date]) -> tuple[date, ...]:
    """List due dates a month apart, each on the first one's day of the month.

    In shorter months the last day stands in; weekends and holidays move a date to
    the next working day without moving those after it.
    """
    months = (Period.of(first).plus(step) for step in range(instalments))
    return tuple(
        next_working_day(date(month.year, month.month, min(first.day, month.last_day.day)), holidays=holidays)
        for month in months
    )
