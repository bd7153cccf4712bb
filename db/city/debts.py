"""What an account of the city owes: months, a plan, cases; payments find them here and settle them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.domain.bills import BillStage
from app.domain.enforcement import CaseState
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans import BreachRule, Left, Payer, PlanState, breaks_on
from db.city.tariffs import Month


@dataclass(slots=True)
class Debt:
    """A month that is not paid off yet."""

    month: Month
    charged: Decimal
    principal: Decimal
    open: Decimal
    discount: Decimal
    discount_until: date
    due_on: date
    accrued_until: date
    """The last day whose interest is on some bill already, or in a contract."""

    acknowledged: Decimal = ZERO
    """Interest of a contract that ended, on no bill yet."""

    case_id: int = 0
    plan_id: int = 0
    was_sued: bool = False
    was_paid_late: bool = False

    @property
    def period(self) -> Period:
        return self.month.period

    @property
    def open_principal(self) -> Decimal:
        return min(self.open, self.principal)

    @property
    def open_interest(self) -> Decimal:
        return self.open - self.open_principal

    @property
    def stage(self) -> BillStage:
        if self.plan_id:
            return BillStage.PLAN
        return BillStage.SUED if self.case_id else BillStage.UNSUED

    @property
    def is_claimed(self) -> bool:
        """True while a case or a plan, not the bill, keeps the interest."""
        return bool(self.case_id or self.plan_id)


@dataclass(slots=True)
class Case:
    """A proposal for enforcement with the days its steps happen on."""

    id: int
    claims: list[tuple[Debt, Decimal]]
    interest: Decimal
    number: str
    bailiff: int
    creditor_costs: Decimal
    bailiff_costs: Decimal
    prepared_on: date
    filed_on: date
    decided_on: date
    served_on: date
    objected_on: date | None
    final_on: date
    executing_on: date
    means: str
    paid_costs: Decimal = ZERO
    ended: CaseState | None = None
    ended_on: date | None = None
    rests_since: date | None = None

    @property
    def is_resting(self) -> bool:
        """True while a plan holds its months: nothing is done in it."""
        return self.rests_since is not None and self.ended is None

    def wake(self, day: date) -> None:
        """Go on from where it rested: what was to come comes as much later."""
        if self.rests_since is None:
            return
        rest, since = day - self.rests_since, self.rests_since
        self.rests_since = None
        self.filed_on, self.decided_on, self.served_on, self.final_on, self.executing_on = (
            step + rest if step > since else step
            for step in (self.filed_on, self.decided_on, self.served_on, self.final_on, self.executing_on)
        )
        if self.objected_on is not None and self.objected_on > since:
            self.objected_on += rest

    @property
    def first(self) -> Period:
        """The month that its reference names."""
        return self.claims[0][0].period

    @property
    def months(self) -> list[Debt]:
        return [debt for debt, _ in self.claims]

    @property
    def open_costs(self) -> Decimal:
        return self.creditor_costs + self.bailiff_costs - self.paid_costs

    @property
    def open(self) -> Decimal:
        return sum((debt.open for debt, _ in self.claims), self.open_costs)


@dataclass(slots=True)
class Instalment:
    """One payment a plan asks for."""

    number: int
    due_on: date
    amount: Decimal
    paid: Decimal = ZERO


Item = tuple[int, Decimal, Decimal, bool, int | None, date | None, Decimal]
"""ggmm, principal, interest, was it sued, in which case, since when its interest is on no bill, and
what of the interest its bill asks for."""


@dataclass(slots=True)
class PlanRecord:
    """A plan and how it went."""

    id: int
    programme_id: int
    programme_version: int
    breach: BreachRule
    contract_number: str
    state: PlanState
    signed_on: date
    is_certified: bool
    principal: Decimal
    interest: Decimal
    costs: Decimal
    written_off_principal: Decimal
    written_off_interest: Decimal
    instalments: list[Instalment]
    items: list[Item]
    costs_by_case: list[tuple[int, Decimal]] = field(default_factory=list)
    discount_percent: int = 0
    payer: Payer = Payer.ORDINARY
    debts: list[Debt] = field(default_factory=list)
    ended_on: date | None = None
    left: Left | None = None
    """What it left owed of months that have bills here, when it was broken."""

    @property
    def payable(self) -> Decimal:
        return (
            self.principal
            + self.interest
            + self.costs
            - self.written_off_principal
            - self.written_off_interest
        )

    @property
    def paid(self) -> Decimal:
        return sum((instalment.paid for instalment in self.instalments), ZERO)

    @property
    def open(self) -> Decimal:
        return sum((instalment.amount - instalment.paid for instalment in self.instalments), ZERO)

    @property
    def breaks_on(self) -> date | None:
        """The day the plan is broken if nothing more is paid."""
        return breaks_on(self.instalments, rule=self.breach)

    @property
    def next_due_on(self) -> date | None:
        return min((one.due_on for one in self.instalments if one.paid < one.amount), default=None)

    def end(self, state: PlanState, *, day: date) -> None:
        self.state, self.ended_on = state, day
