"""Payment plans of an account: under which programme, what was written off, what is still to come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain import payment_reference
from app.domain.faulty import Faulty, RowKind, readable
from app.domain.money import ZERO
from app.domain.payment_reference import Reference, ReferenceKind
from app.domain.period import Period
from app.domain.plans import (
    IN_FORCE,
    BreachRule,
    InstalmentState,
    InterestRelief,
    Payer,
    PlanState,
    instalment_state,
)
from app.domain.plans.programmes import breach_from_json
from app.usecases.faulty import read_each
from db.queries.plans import questions as queries


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A month of debt that a plan covers."""

    period: Period
    principal: Decimal
    interest: Decimal
    was_sued: bool
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment a plan asks for; its state is as of the day it was asked, or the plan ended."""

    number: int
    due_on: date
    amount: Decimal
    paid: Decimal
    state: InstalmentState
    reference: str

    @property
    def open(self) -> Decimal:
        """What is still to be paid of it."""
        return self.amount - self.paid


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with its months and instalments."""

    id: int
    contract_number: str
    state: PlanState
    programme: str
    programme_code: str
    legal_basis: str
    signed_on: date
    certified_on: date | None
    certification_number: str
    ended_on: date | None
    principal: Decimal
    interest: Decimal
    costs: Decimal
    written_off_principal: Decimal
    written_off_interest: Decimal
    payable: Decimal
    created_by: str
    created_at: datetime
    version: int
    items: tuple[PlanItem, ...]
    instalments: tuple[Instalment, ...]
    programme_id: int
    programme_version: int
    payer: Payer
    branch_id: int | None
    discount_percent: Decimal
    interest_relief: InterestRelief
    breach: BreachRule
    costs_by_case: Mapping[int, Decimal]
    debtor: Mapping[str, str]
    """What the contract says of the debtor; ``signing.DebtorFields`` without the empty ones."""

    followed_on: date | None
    next_due_on: date | None
    breaks_on: date | None
    """The day it is broken if nothing more is paid; None once nothing is left to pay."""

    is_mine: bool
    """Whether it was registered by who asks."""

    @property
    def paid(self) -> Decimal:
        """What the instalments brought so far."""
        return sum((one.paid for one in self.instalments), ZERO)

    @property
    def remaining(self) -> Decimal:
        """What is still to be paid under the plan."""
        return sum((one.open for one in self.instalments), ZERO)

    @property
    def paid_instalments(self) -> int:
        """How many instalments are settled."""
        return sum(one.state is InstalmentState.PAID for one in self.instalments)

    @property
    def late(self) -> tuple[Instalment, ...]:
        """Instalments past their day and not settled."""
        return tuple(one for one in self.instalments if one.state is InstalmentState.LATE)

    @property
    def next_instalment(self) -> Instalment | None:
        """The first instalment that is not settled."""
        return next((one for one in self.instalments if one.open), None)


def plans_of(session: Session, *, ident: int, today: date) -> tuple[Plan | Faulty, ...]:
    """Return the plans of an account, the latest first; a faulty one as such, by its contract's number."""
    return read_each(
        queries.all_of(session, ident=ident),
        lambda row: _plan(row, ident, today),
        kind=RowKind.PLAN,
        number=lambda row: row.contract_number,
    )


def plan_of(session: Session, *, ident: int, plan_id: int, today: date) -> Plan | None:
    """Return one plan of an account; None if there is none such."""
    found = readable(plans_of(session, ident=ident, today=today))
    return next((plan for plan in found if plan.id == plan_id), None)


def plan_named(plans: Iterable[Plan], reference: Reference) -> Plan | None:
    """Return the plan that a reference of an instalment names, by the month of its signing.

    Of several signed in one month, the latest first as they are listed, it is the one in force.
    """
    signed = [plan for plan in plans if Period.of(plan.signed_on) == reference.period]
    return next((plan for plan in signed if plan.state in IN_FORCE), next(iter(signed), None))


def _plan(row: Row[Any], ident: int, today: date) -> Plan:
    return Plan(
        id=row.id,
        contract_number=row.contract_number,
        state=PlanState(row.state),
        programme=row.programme,
        programme_code=row.programme_code,
        legal_basis=row.legal_basis,
        signed_on=row.signed_on,
        certified_on=row.certified_on,
        certification_number=row.certification_number,
        ended_on=row.ended_on,
        principal=row.principal,
        interest=row.interest,
        costs=row.costs,
        written_off_principal=row.written_off_principal,
        written_off_interest=row.written_off_interest,
        payable=row.payable,
        created_by=row.created_by,
        created_at=row.created_at,
        version=row.version,
        items=tuple(
            PlanItem(Period.from_ggmm(ggmm), Decimal(principal), Decimal(interest), was_sued, case_id)
            for ggmm, principal, interest, was_sued, case_id in row.items or ()
        ),
        instalments=tuple(
            _instalment(part, ident, Period.of(row.signed_on), min(today, row.ended_on or today))
            for part in row.instalments or ()
        ),
        programme_id=row.programme_id,
        programme_version=row.programme_version,
        payer=Payer(row.payer),
        branch_id=row.branch_id,
        discount_percent=row.discount_percent,
        interest_relief=InterestRelief(row.interest_relief),
        breach=breach_from_json(row.terms),
        costs_by_case={int(case): Decimal(amount) for case, amount in (row.costs_by_case or {}).items()},
        debtor=row.debtor,
        followed_on=row.followed_on,
        next_due_on=row.next_due_on,
        breaks_on=row.breaks_on,
        is_mine=row.is_mine,
    )


def _instalment(part: list[Any], ident: int, signed_in: Period, today: date) -> Instalment:
    number, due_on, amount, paid = part[0], date.fromisoformat(part[1]), Decimal(part[2]), Decimal(part[3])
    return Instalment(
        number=number,
        due_on=due_on,
        amount=amount,
        paid=paid,
        state=instalment_state(amount, paid=paid, due_on=due_on, today=today),
        reference=payment_reference.compose(
            ident, period=signed_in, kind=ReferenceKind.PLAN, instalment=number
        ),
    )
