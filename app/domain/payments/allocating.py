"""Allocation (razvrstavanje): what a payment names is settled as far as it is open, and nothing else.

A reference names one month, one plan or one case.  Money is never moved on to
another month because it is older: what is beyond the named stays with the account
as overpaid, until somebody decides.  The database books by the same rule, in
``settle_payment``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from app.domain.bills.discounts import EarnedBy
from app.domain.bills.paying import Payable, payable
from app.domain.payment_reference import Reference, ReferenceKind
from app.domain.payments.rules import CaseOrder, Rules, WithoutMonth
from app.domain.period import Period
from app.domain.plans.following import Owed


class OwedMonth(Payable, Protocol):
    """A billed month; ``open_interest`` is what is open of the interest its bill asks for."""

    @property
    def period(self) -> Period: ...
    @property
    def open(self) -> Decimal: ...
    @property
    def open_interest(self) -> Decimal: ...
    @property
    def was_paid_late(self) -> bool:
        """True if something was paid of it after its discount date."""


class OwedPlan(Protocol):
    """A plan in force."""

    @property
    def id(self) -> int: ...
    @property
    def signed_on(self) -> date: ...
    @property
    def instalments(self) -> Sequence[Owed]: ...


class OwedCase(Protocol):
    """A case that has not ended, with its months in order."""

    @property
    def id(self) -> int: ...
    @property
    def open_costs(self) -> Decimal: ...
    @property
    def months(self) -> Sequence[OwedMonth]: ...


class Debts(Protocol):
    """What an account owes, found by what references say."""

    @property
    def ident(self) -> int: ...
    def month(self, period: Period, /) -> OwedMonth | None: ...
    def plan(self, signed_in: Period, /) -> OwedPlan | None:
        """Return the plan in force if it was signed in that month."""

    def case(self, first: Period, /) -> OwedCase | None:
        """Return the case that has not ended and whose first month that is."""

    def unsued(self) -> Iterable[OwedMonth]:
        """Walk the months that no case and no plan has, the oldest first."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """A part of a payment set against one month, or one instalment, or the costs of one case."""

    amount: Decimal
    period: Period | None = None
    plan_id: int | None = None
    instalment: int | None = None
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """What becomes of a payment: ``parts`` and ``overpaid`` make up its amount.

    ``credited`` closes without money what the discount leaves of a month paid in time.
    """

    parts: tuple[Allocation, ...]
    overpaid: Decimal
    credited: Allocation | None = None


def allocate(
    amount: Decimal, *, received_on: date, named: Reference | None, debts: Debts, rules: Rules
) -> Booking:
    """Set a payment against what it names.

    ``named`` is what its reference says, or what a person found out where it had
    none; None where nobody knows.  A month is settled in time by what its bill asks
    for on that day, instalments in their order, a case by the order of ``rules``.
    A notice names several months: which of them is meant, a person says.
    """
    if named is None:
        if rules.without_month is WithoutMonth.OLDEST_FIRST:
            return _months(debts.unsued(), amount, received_on, rules.earned_by)
    elif named.ident != debts.ident:
        pass
    elif named.kind is ReferenceKind.BILL:
        month = debts.month(named.period)
        if month is not None:
            return _months((month,), amount, received_on, rules.earned_by)
    elif named.kind is ReferenceKind.PLAN:
        plan = debts.plan(named.period)
        if plan is not None and plan.signed_on <= received_on:
            return _in_order(_instalments(plan), amount)
    elif named.kind is ReferenceKind.ENFORCEMENT:
        case = debts.case(named.period)
        if case is not None:
            return _in_order(_of_case(case, rules.case_order), amount)
    return Booking((), amount)


def _months(months: Iterable[OwedMonth], amount: Decimal, received_on: date, earned_by: EarnedBy) -> Booking:
    rest, parts, credited = amount, [], None
    adds_up = earned_by is EarnedBy.ALL_IN_TIME
    for month in months:
        left = month.open
        if not left:
            continue
        if not rest:
            break
        asked = left
        if credited is None and not (adds_up and month.was_paid_late):
            asked = payable(month, open_amount=left, today=received_on, earned_by=earned_by)
        used = min(rest, asked if adds_up else left)
        parts.append(Allocation(used, month.period))
        if used < left and rest >= asked:
            credited = Allocation(left - used, month.period)
        rest -= used
    return Booking(tuple(parts), rest, credited)


def _in_order(debts: Iterable[Allocation], amount: Decimal) -> Booking:
    """Settle debts one after another; the last one reached may be settled in part."""
    rest, parts = amount, []
    for debt in debts:
        used = min(rest, debt.amount)
        if used:
            parts.append(replace(debt, amount=used))
            rest -= used
    return Booking(tuple(parts), rest)


def _instalments(plan: OwedPlan) -> Iterator[Allocation]:
    for one in sorted(plan.instalments, key=lambda one: one.number):
        yield Allocation(one.amount - one.paid, plan_id=plan.id, instalment=one.number)


def _of_case(case: OwedCase, order: CaseOrder) -> Iterator[Allocation]:
    yield Allocation(case.open_costs, case_id=case.id)
    if order is CaseOrder.COSTS_MONTHS:
        for month in case.months:
            yield Allocation(month.open, month.period)
        return
    for month in case.months:
        yield Allocation(month.open_interest, month.period)
    for month in case.months:
        yield Allocation(month.open - month.open_interest, month.period)
