"""Statutory default interest (zakonska zatezna kamata) on overdue dinars.

Simple interest on the principal alone, never on interest: actual calendar days
over 365, or 366 in a leap year, the first day being the one after the due date
and the last the day of payment.  Rounded once, at the end (Zakon o zateznoj
kamati, Sl. glasnik RS 119/2012).
"""

from bisect import bisect_right
from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol, overload

from app.domain.errors import Refused
from app.domain.money import ZERO, round_rsd

_ONE_DAY = timedelta(days=1)
_BOTH_YEARS = 100 * 365 * 366

Rate = tuple[date, Decimal]
"""First day of validity, and the statutory percent a year from that day on."""


class RateUnknown(Refused):
    """The table of rates begins after the day interest is asked for."""

    field = "rates"

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


@dataclass(frozen=True, slots=True)
class Segment:
    """Days of one rate within one calendar year, both ends included."""

    first_day: date
    last_day: date
    percent: Decimal

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def days_in_year(self) -> int:
        return 366 if isleap(self.first_day.year) else 365


class RateTable(Sequence[Rate]):
    """Rates in order of their first days; remembers spans already computed.

    Any sequence of rates serves ``accrued``; this one serves it a million times.
    """

    def __init__(self, rates: Sequence[Rate]) -> None:
        self._rates = tuple(sorted(rates))
        self._first_days = [first_day for first_day, _ in self._rates]
        self._weights: dict[tuple[date, date], Decimal] = {}

    @overload
    def __getitem__(self, index: int) -> Rate: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Rate, ...]: ...
    def __getitem__(self, index: int | slice) -> Rate | tuple[Rate, ...]:
        return self._rates[index]

    def __len__(self) -> int:
        return len(self._rates)

    def segments(self, due: date, paid: date) -> tuple[Segment, ...]:
        day = due + _ONE_DAY
        if day > paid:
            return ()
        place = bisect_right(self._first_days, day) - 1
        if place < 0:
            raise RateUnknown(day)
        found = []
        while day <= paid:
            last_day = min(paid, date(day.year, 12, 31))
            has_next = place + 1 < len(self._rates)
            if has_next and self._first_days[place + 1] <= last_day:
                last_day = self._first_days[place + 1] - _ONE_DAY
            found.append(Segment(day, last_day, self._rates[place][1]))
            day = last_day + _ONE_DAY
            if has_next and day >= self._first_days[place + 1]:
                place += 1
        return tuple(found)

    def weight(self, due: date, paid: date) -> Decimal:
        """Interest on one dinar times 100 * 365 * 366, exactly."""
        weight = self._weights.get((due, paid))
        if weight is None:
            weight = sum(
                (
                    segment.percent * segment.days * (731 - segment.days_in_year)
                    for segment in self.segments(due, paid)
                ),
                start=Decimal(0),
            )
            if len(self._weights) > 100_000:
                self._weights.clear()
            self._weights[due, paid] = weight
        return weight


def accrued(principal: Decimal, *, due: date, paid: date, rates: Sequence[Rate]) -> Decimal:
    """Return the interest on a principal due one day and paid on another.

    Nothing accrues on a payment in time or on what is not a debt.

    Raises: RateUnknown.

    >>> accrued(Decimal("10000.00"), due=date(2025, 1, 31), paid=date(2025, 2, 28),
    ...         rates=[(date(2024, 9, 13), Decimal("13.75"))])
    Decimal('105.48')
    """
    if paid <= due or principal <= 0:
        return ZERO
    table = rates if isinstance(rates, RateTable) else RateTable(rates)
    return round_rsd(principal * table.weight(due, paid) / _BOTH_YEARS)


class RunningInterest(Protocol):
    """A month that owes interest: what is open on its bill, acknowledged and on no bill, and runs on.

    ``accrued_until`` is the last day whose interest some bill, or a contract, has.
    """

    @property
    def open_principal(self) -> Decimal: ...
    @property
    def open_interest(self) -> Decimal: ...
    @property
    def acknowledged(self) -> Decimal: ...
    @property
    def accrued_until(self) -> date: ...


def owed_on(month: RunningInterest, *, until: date, rates: Sequence[Rate]) -> Decimal:
    """Return all interest of a month to a day; what a later bill asks for is owed by that bill.

    Raises: RateUnknown.
    """
    ran = accrued(month.open_principal, due=month.accrued_until, paid=until, rates=rates)
    return month.open_interest + month.acknowledged + ran


def segments(due: date, *, paid: date, rates: Sequence[Rate]) -> tuple[Segment, ...]:
    """Split the days interest runs for at changes of the rate and at year ends.

    For showing how ``accrued`` came to its sum: each segment bears
    principal x percent x days / (100 x days in the year).

    Raises: RateUnknown.
    """
    return (rates if isinstance(rates, RateTable) else RateTable(rates)).segments(due, paid)
