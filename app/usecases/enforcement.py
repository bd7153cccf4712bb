"""Enforcement cases of an account: what is claimed, before whom, and how far it has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.enforcement import ENDED, CaseState
from app.domain.money import ZERO
from app.domain.payment_reference import Reference
from app.domain.period import Period
from db.queries import enforcement as queries


class CaseStep(StrEnum):
    """A dated step of a case, in the order they can happen."""

    FILED = "filed"
    DECIDED = "decided"
    SERVED = "served"
    OBJECTED = "objected"
    FINAL = "final"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Bailiff:
    """The public bailiff a case is before."""

    id: int
    name: str
    seat: str
    bank_account: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A month a case claims; ``open`` is what is still unpaid of that bill."""

    period: Period
    principal: Decimal
    open: Decimal


@dataclass(frozen=True, slots=True)
class CaseStepTaken:
    """A step and its day."""

    step: CaseStep
    day: date


@dataclass(frozen=True, slots=True)
class EnforcementCase:
    """One case.

    Of the ``interest`` it claims, what its bills ask for can be paid by itself:
    ``paid_interest``.  ``remaining`` is the open principal of its months, interest
    and costs not yet paid.
    """

    id: int
    internal_number: str
    case_number: str
    state: CaseState
    bailiff: Bailiff | None
    principal: Decimal
    interest: Decimal
    interest_until: date
    creditor_costs: Decimal
    bailiff_costs: Decimal
    paid_costs: Decimal
    open_principal: Decimal
    paid_interest: Decimal
    means: str
    items: tuple[CaseItem, ...]
    steps: tuple[CaseStepTaken, ...]

    @property
    def is_open(self) -> bool:
        """True until the case is collected, discontinued, dismissed or barred."""
        return self.state not in ENDED

    @property
    def claimed(self) -> Decimal:
        """What the proposal claims, all components together."""
        return self.principal + self.interest + self.creditor_costs + self.bailiff_costs

    @property
    def open_costs(self) -> Decimal:
        """Costs that nobody has paid yet."""
        return self.creditor_costs + self.bailiff_costs - self.paid_costs

    @property
    def remaining(self) -> Decimal:
        """What would settle an open case, by its own claim; nothing once it has ended."""
        if not self.is_open:
            return ZERO
        return self.open_principal + self.interest - self.paid_interest + self.open_costs


def cases_of(session: Session, *, ident: int) -> tuple[EnforcementCase, ...]:
    """Return the cases of an account, the latest first."""
    return tuple(_case(row) for row in queries.all_of(session, ident=ident))


def case_named(cases: Iterable[EnforcementCase], reference: Reference) -> EnforcementCase | None:
    """Return the case that a reference names, by its first month; one that has not ended before others."""
    named = [case for case in cases if case.items and case.items[0].period == reference.period]
    return next((case for case in named if case.is_open), next(iter(named), None))


def _case(row: Row[Any]) -> EnforcementCase:
    days = {
        CaseStep.FILED: row.filed_on,
        CaseStep.DECIDED: row.decided_on,
        CaseStep.SERVED: row.served_on,
        CaseStep.OBJECTED: row.objected_on,
        CaseStep.FINAL: row.final_on,
        CaseStep.ENDED: row.ended_on,
    }
    bailiff = None
    if row.bailiff_id is not None:
        bailiff = Bailiff(row.bailiff_id, row.bailiff, row.seat, row.bank_account, row.phone, row.email)
    return EnforcementCase(
        id=row.id,
        internal_number=row.internal_number,
        case_number=row.case_number,
        state=CaseState(row.state),
        bailiff=bailiff,
        principal=row.principal,
        interest=row.interest,
        interest_until=row.interest_until,
        creditor_costs=row.creditor_costs,
        bailiff_costs=row.bailiff_costs,
        paid_costs=row.paid_costs,
        open_principal=row.open_principal,
        paid_interest=row.paid_interest,
        means=row.means,
        items=tuple(
            CaseItem(Period.from_ggmm(ggmm), Decimal(principal), Decimal(left or 0))
            for ggmm, principal, left in row.items or ()
        ),
        steps=tuple(CaseStepTaken(step, day) for step, day in days.items() if day is not None),
    )
