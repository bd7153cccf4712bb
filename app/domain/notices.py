"""Dunning notices (opomena): who is reminded of what, and the states a notice goes through.

A notice is drawn on an account, never on a bill: a payer is asked once for
everything overdue, each month named.  It is drawn about three months after the
oldest debt arose; months not yet due, settled, sued or in a plan are left out.
What a month owes stands as principal and interest apart: interest that its bill asks
for is no principal, and what a later bill asks for already is not claimed again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

from app.domain.bills.stages import BillStage
from app.domain.interest import Rate, RunningInterest, owed_on
from app.domain.money import ZERO
from app.domain.period import Period

MONTHS_BEFORE_NOTICE = 3
DAYS_TO_PAY = 8


class NoticeKind(StrEnum):
    """What a notice threatens with."""

    FIRST = "first"
    BEFORE_ENFORCEMENT = "before_enforcement"


class NoticeState(StrEnum):
    """Where a notice stands."""

    DRAWN = "drawn"
    SENT = "sent"
    DELIVERED = "delivered"
    RETURNED = "returned"
    PAID = "paid"
    PARTLY_PAID = "partly_paid"
    CANCELLED = "cancelled"
    SUED = "sued"


OUT = frozenset({NoticeState.SENT, NoticeState.DELIVERED, NoticeState.RETURNED, NoticeState.PARTLY_PAID})
"""States in which a notice was sent and still asks for something."""

ENDED = frozenset({NoticeState.PAID, NoticeState.CANCELLED, NoticeState.SUED})

_WHEN_OUT = frozenset({NoticeState.PAID, NoticeState.PARTLY_PAID, NoticeState.CANCELLED, NoticeState.SUED})

TRANSITIONS: dict[NoticeState, frozenset[NoticeState]] = {
    NoticeState.DRAWN: frozenset({NoticeState.SENT, NoticeState.PAID, NoticeState.CANCELLED}),
    NoticeState.SENT: frozenset({NoticeState.DELIVERED, NoticeState.RETURNED}) | _WHEN_OUT,
    NoticeState.DELIVERED: _WHEN_OUT,
    NoticeState.RETURNED: frozenset({NoticeState.SENT}) | _WHEN_OUT,
    NoticeState.PARTLY_PAID: _WHEN_OUT - {NoticeState.PARTLY_PAID},
    **dict.fromkeys(ENDED, frozenset[NoticeState]()),
}


class OpenMonth(Protocol):
    """What must be known of a month: what is open of it, and at which stage."""

    @property
    def period(self) -> Period: ...
    @property
    def open(self) -> Decimal: ...
    @property
    def due_on(self) -> date: ...
    @property
    def stage(self) -> BillStage: ...


_Month = TypeVar("_Month", bound=OpenMonth)


def claimable(months: Iterable[_Month], *, today: date) -> tuple[_Month, ...]:
    """List the months a notice may claim, the oldest first."""
    return tuple(
        sorted(
            (
                month
                for month in months
                if month.open > ZERO
                and month.due_on < today
                and month.stage in (BillStage.CURRENT, BillStage.UNSUED)
            ),
            key=lambda month: month.period,
        )
    )


def is_eligible(
    months: Iterable[OpenMonth], *, today: date, months_before: int = MONTHS_BEFORE_NOTICE
) -> bool:
    """Tell whether the oldest claimable month fell due so many months ago."""
    found = claimable(months, today=today)
    return bool(found) and Period.of(today).months_since(Period.of(found[0].due_on)) >= months_before


class ClaimedMonth(RunningInterest, Protocol):
    """What must be known of a month that is claimed."""

    @property
    def period(self) -> Period: ...


@dataclass(frozen=True, slots=True)
class MonthClaim:
    """What a notice, or a proposal for enforcement, asks for one month."""

    period: Period
    principal: Decimal
    interest: Decimal

    @property
    def amount(self) -> Decimal:
        return self.principal + self.interest


def claim(months: Iterable[ClaimedMonth], *, on: date, rates: Sequence[Rate]) -> tuple[MonthClaim, ...]:
    """Say what is claimed of months on a day, each with its interest to that day, and none of it twice.

    Raises: RateUnknown.
    """
    return tuple(
        MonthClaim(month.period, month.open_principal, owed_on(month, until=on, rates=rates))
        for month in months
    )


def pay_until(delivered_on: date, *, days: int = DAYS_TO_PAY) -> date:
    """Return the last day to pay, counted from delivery and not from the day of printing."""
    return delivered_on + timedelta(days=days)
