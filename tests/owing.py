"""An account in debt, made up: what payments are set against, and what is left of it afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.domain.bills import BillStage
from app.domain.money import ZERO
from app.domain.payments import Allocation, Booking
from app.domain.period import Period


@dataclass(slots=True)
class Month:
    """A billed month."""

    period: Period
    charged: Decimal
    open: Decimal
    open_interest: Decimal = ZERO
    discount: Decimal = ZERO
    discount_until: date = date(2026, 7, 15)
    due_on: date = date(2026, 7, 31)
    stage: BillStage = BillStage.UNSUED
    was_paid_late: bool = False


@dataclass(slots=True)
class Instalment:
    """One payment a plan asks for."""

    number: int
    due_on: date
    amount: Decimal
    paid: Decimal = ZERO


@dataclass(slots=True)
class Plan:
    """A plan in force."""

    id: int
    signed_on: date
    instalments: list[Instalment]


@dataclass(slots=True)
class Case:
    """A case that has not ended."""

    id: int
    months: list[Month]
    open_costs: Decimal


@dataclass(slots=True)
class Account:
    """All that is owed, and what was paid beyond it."""

    ident: int
    months: list[Month] = field(default_factory=list)
    in_force: Plan | None = None
    cases: list[Case] = field(default_factory=list)
    overpaid: Decimal = ZERO

    def month(self, period: Period, /) -> Month | None:
        return next((one for one in self.months if one.period == period), None)

    def plan(self, signed_in: Period, /) -> Plan | None:
        plan = self.in_force
        return plan if plan is not None and Period.of(plan.signed_on) == signed_in else None

    def case(self, first: Period, /) -> Case | None:
        return next((one for one in self.cases if one.months[0].period == first), None)

    def unsued(self) -> list[Month]:
        return [one for one in self.months if one.stage is BillStage.UNSUED]

    def book(self, booking: Booking) -> None:
        """Let a payment have been booked."""
        credited = () if booking.credited is None else (booking.credited,)
        for part in (*booking.parts, *credited):
            self._settle(part)
        self.overpaid += booking.overpaid

    def _settle(self, part: Allocation) -> None:
        if part.period is not None:
            (month,) = (one for one in self.months if one.period == part.period)
            month.open -= part.amount
            month.open_interest = max(month.open_interest - part.amount, ZERO)
        elif part.case_id is not None:
            (case,) = (one for one in self.cases if one.id == part.case_id)
            case.open_costs -= part.amount
        elif self.in_force is not None:
            assert self.in_force.id == part.plan_id
            (instalment,) = (one for one in self.in_force.instalments if one.number == part.instalment)
            instalment.paid += part.amount

    def open_amounts(self) -> Iterator[Decimal]:
        """Walk what is open of each debt."""
        yield from (one.open for one in self.months)
        yield from (one.open_costs for one in self.cases)
        if self.in_force is not None:
            yield from (one.amount - one.paid for one in self.in_force.instalments)
