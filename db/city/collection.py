"""What the company does about debts: notices after three months, then a bailiff, or a plan.

Written at the end, when it is known how each thing turned out by the city's
last day.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from app.domain.enforcement import CaseState
from app.domain.money import ZERO
from app.domain.notices import DAYS_TO_PAY, NoticeKind, is_eligible
from app.domain.payment_reference import Reference, ReferenceKind
from app.domain.payments import Allocation, PaymentChannel
from app.domain.plans import PlanState
from db.city.agenda import Agenda
from db.city.debts import Case, Debt, PlanRecord
from db.city.ledger import Ledger
from db.city.papers import Notice, write_case, write_notice
from db.city.plan_rows import write_plan
from db.city.plans import break_plan, pay_instalment, plan_of_2025

BAILIFFS = 8
PLANS_SINCE = date(2025, 10, 6)
"""The first days under the programme in force since October 2025."""

_MEANS = ("zarada", "penzija", "račun u banci", "pokretne stvari", "nepokretnost")
_METHODS = ("mail", "mail", "mail", "mail", "email", "portal", "in_person")
_MOST_MONTHS = 24
_KEPT = "reprogram ispunjen"
_HUNDRED = Decimal(100)
_AFTER_A_REST = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Conduct:
    """How likely somebody in debt is to do what; probabilities from 0 to 1."""

    heeds_notice: float = 0.5
    heeds_partly: float = 0.15
    is_sued: float = 0.55
    objects: float = 0.08
    is_collected: float = 0.65
    is_dropped: float = 0.06
    signs_plan: float = 0.025
    keeps_plan: float = 0.82


STUBBORN = Conduct(heeds_notice=0.05, heeds_partly=0.05, is_sued=0.8, is_collected=0.55, signs_plan=0.008)


@dataclass(slots=True)
class Collection:
    """The company's side of one account's debts."""

    ledger: Ledger
    agenda: Agenda
    dice: Random
    conduct: Conduct
    is_natural: bool
    _notices: list[Notice] = field(default_factory=list)
    _cases: list[Case] = field(default_factory=list)
    _plans: list[PlanRecord] = field(default_factory=list)

    @property
    def has_notices(self) -> bool:
        return bool(self._notices)

    @property
    def _has_plan(self) -> bool:
        return any(plan.state is PlanState.ACTIVE for plan in self._plans)

    # -- what is decided once a month --------------------------------------------------------------

    def review(self, day: date) -> None:
        """Look at what is overdue on a day: sue over an old notice, draw a new one, offer a plan."""
        overdue = self.ledger.overdue(day)
        if self.is_natural and day >= PLANS_SINCE and not self._has_plan:
            self._offer_plan(day)
        if not overdue:
            return
        if not is_eligible(overdue, today=day):
            return
        last = self._notices[-1] if self._notices else None
        if last is None or (day - last.drawn_on).days > 150:
            self.draw_notice(day, overdue)
        elif (
            not last.became_case
            and (day - last.drawn_on).days > 55
            and len(self._cases) < 3
            and self.dice.random() < self.conduct.is_sued / 2
        ):
            self.sue(day, overdue)

    def remind(self, day: date) -> None:
        """Draw a notice whatever its time, unless one is fresh."""
        overdue = self.ledger.overdue(day)
        if overdue and (not self._notices or (day - self._notices[-1].drawn_on).days > 60):
            self.draw_notice(day, overdue)

    def draw_notice(self, day: date, overdue: list[Debt]) -> None:
        """Ask for everything overdue, each month named."""
        dice, ledger = self.dice, self.ledger
        debts = overdue[-_MOST_MONTHS:]
        claims = list(zip(debts, ledger.claims(debts, on=day), strict=True))
        is_second = bool(self._notices) and (day - self._notices[-1].drawn_on).days < 400
        notice = Notice(
            ledger.new_id(),
            NoticeKind.BEFORE_ENFORCEMENT if is_second else NoticeKind.FIRST,
            day,
            dice.choice(_METHODS),
            day + timedelta(days=5 + dice.randrange(9)),
            dice.random() < 0.08,
            claims,
        )
        self._notices.append(notice)
        mood = dice.random()
        if mood < self.conduct.heeds_notice:
            paid = claims
        elif mood < self.conduct.heeds_notice + self.conduct.heeds_partly:
            paid = claims[: max(1, len(claims) // 2)]
        else:
            return
        pay_on = notice.delivered_on + timedelta(days=1 + dice.randrange(DAYS_TO_PAY + 6))
        for debt, _ in paid:
            self.agenda.add(pay_on, partial(self._pay_noticed, debt))

    def _pay_noticed(self, debt: Debt, day: date) -> None:
        if debt.open and not debt.is_claimed:
            self.ledger.pay(
                debt.month, day=day, amount=None, channel=PaymentChannel.POST, with_reference=True
            )

    # -- enforcement -------------------------------------------------------------------------------

    def sue(self, day: date, overdue: list[Debt]) -> None:
        """Propose enforcement of what a notice did not bring in; a month is claimed once."""
        ledger, dice = self.ledger, self.dice
        debts = [
            debt for debt in overdue if not debt.was_sued and (day - debt.due_on).days > 60 and debt.open
        ][:_MOST_MONTHS]
        if not debts:
            return
        claims = ledger.claims(debts, on=day)
        if self._notices:
            self._notices[-1].became_case = True
        principal = sum((one.principal for one in claims), ZERO)
        filed = day + timedelta(days=4 + dice.randrange(12))
        decided = filed + timedelta(days=10 + dice.randrange(30))
        served = decided + timedelta(days=6 + dice.randrange(35))
        objected = (
            served + timedelta(days=dice.randint(2, 8)) if dice.random() < self.conduct.objects else None
        )
        final = objected + timedelta(days=60 + dice.randrange(90)) if objected else served + timedelta(days=9)
        big = principal > 30_000
        case = Case(
            ledger.new_id(),
            [(debt, one.principal) for debt, one in zip(debts, claims, strict=True)],
            sum((one.interest for one in claims), ZERO),
            f"I.Iv {dice.randint(1, 9999)}/{decided.year}",
            1 + dice.randrange(BAILIFFS),
            Decimal(dice.choice((4500, 6000, 7500)) if big else dice.choice((2340, 3120, 3900))) + ZERO,
            Decimal(dice.choice((7200, 8640, 10800)) if big else dice.choice((3600, 4320, 5040))) + ZERO,
            day,
            filed,
            decided,
            served,
            objected,
            final,
            final + timedelta(days=3),
            dice.choice(_MEANS),
        )
        for debt in debts:
            debt.case_id, debt.was_sued = case.id, True
        self._cases.append(case)
        ledger.cases[case.id] = case
        self._plan_outcome(case)

    def _plan_outcome(self, case: Case) -> None:
        dice = self.dice
        if case.objected_on and dice.random() < 0.35:
            self.agenda.add(case.final_on, partial(self._end_case, case, CaseState.DISMISSED))
            return
        fate = dice.random()
        after = case.executing_on + timedelta(days=20 + dice.randrange(330))
        if fate < self.conduct.is_collected:
            parts = dice.choice((1, 1, 1, 2, 4))
            for part in range(1, parts):
                day = case.executing_on + (after - case.executing_on) * part // parts
                self.agenda.add(day, partial(self._collect_part, case))
            self.agenda.add(after, partial(self._collect, case))
        elif fate < self.conduct.is_collected + self.conduct.is_dropped:
            is_late = dice.random() < 0.15
            state = CaseState.TIME_BARRED if is_late else CaseState.DISCONTINUED
            self.agenda.add(after, partial(self._end_case, case, state))

    def _collect_part(self, case: Case, day: date) -> None:
        if case.ended or case.is_resting or day < case.executing_on:
            return
        part = (case.open * self.dice.randint(2, 5) / 10 // _HUNDRED * _HUNDRED) + ZERO
        if part:
            self._receive_from_bailiff(case, day, part)

    def _collect(self, case: Case, day: date) -> None:
        if case.ended or case.is_resting:
            return
        if day < case.executing_on:  # it rested meanwhile
            self.agenda.add(case.executing_on + _AFTER_A_REST, partial(self._collect, case))
            return
        if case.open:
            self._receive_from_bailiff(case, day, case.open)
        self._close(case, CaseState.COLLECTED, day)

    def _receive_from_bailiff(self, case: Case, day: date, amount: Decimal) -> None:
        self.ledger.receive(
            day,
            amount=amount,
            channel=PaymentChannel.BAILIFF,
            named=Reference(self.ledger.ident, case.first, ReferenceKind.ENFORCEMENT),
        )

    def _close(self, case: Case, state: CaseState, day: date) -> None:
        case.ended, case.ended_on = state, day
        del self.ledger.cases[case.id]
        for debt, _ in case.claims:
            debt.case_id = 0

    def _end_case(self, case: Case, state: CaseState, day: date) -> None:
        """End a case uncollected, unless it rests: its months go back to where they were."""
        if case.ended or case.is_resting:
            return
        due = case.final_on if state is CaseState.DISMISSED else case.executing_on
        if day < due:  # it rested meanwhile
            self.agenda.add(due, partial(self._end_case, case, state))
            return
        self._close(case, state, day)
        for debt, _ in case.claims:
            debt.accrued_until = max(debt.accrued_until, day)

    # -- plans -------------------------------------------------------------------------------------

    def _offer_plan(self, day: date) -> None:
        debts = [debt for debt in self.ledger.owed.values() if debt.due_on < day]
        if (
            len(debts) > 2
            and sum(debt.open for debt in debts) > 6000
            and self.dice.random() < self.conduct.signs_plan
        ):
            self.sign_plan(day)

    def sign_plan(self, day: date) -> None:
        """Sign a plan of one instalment over everything due."""
        debts = [debt for debt in self.ledger.owed.values() if debt.due_on < day]
        if not debts or self._has_plan:
            return
        covered = {debt.case_id for debt in debts}
        cases = [case for case in self._cases if not case.ended and case.id in covered]
        plan = plan_of_2025(
            self.ledger,
            debts=debts,
            costs_by_case=[(case.id, case.open_costs) for case in cases],
            signed_on=day,
        )
        for debt in debts:
            debt.plan_id = plan.id
        for case in cases:
            case.rests_since = day
        self._plans.append(plan)
        self.ledger.plans[plan.id] = plan
        keeps = self.dice.random() < self.conduct.keeps_plan
        due = plan.instalments[0].due_on
        if keeps:
            self.agenda.add(due - timedelta(days=self.dice.randrange(12)), partial(self._keep_plan, plan))
        elif plan.breaks_on is not None:
            self.agenda.add(plan.breaks_on, partial(self._break_plan, plan))

    def _keep_plan(self, plan: PlanRecord, day: date) -> None:
        ledger = self.ledger
        pay_instalment(ledger, plan, 1, day=day, channel=PaymentChannel.POST)
        del ledger.plans[plan.id]
        asked = sum((item[1] + item[6] for item in plan.items), plan.costs)
        owed = sum((debt.open for debt in plan.debts), ZERO)
        owed += sum((case.open_costs for case in self._cases if case.is_resting), ZERO)
        if asked > owed:  # months were paid by their own bills meanwhile
            ledger.give_back(min(asked - owed, plan.payable), day=day, payer=_KEPT)
        for debt in plan.debts:
            debt.plan_id = debt.case_id = 0
            debt.acknowledged, debt.accrued_until = ZERO, day
            if debt.open:
                ledger.credit(Allocation(debt.open, period=debt.period), day=day, payer=_KEPT)
        for case in self._cases:
            if case.is_resting:
                if case.open_costs:
                    ledger.credit(Allocation(case.open_costs, case_id=case.id), day=day, payer=_KEPT)
                self._close(case, CaseState.COLLECTED, day)
        plan.end(PlanState.KEPT, day=day)

    def _break_plan(self, plan: PlanRecord, day: date) -> None:
        cases = [case for case in self._cases if case.is_resting]
        break_plan(self.ledger, plan, cases=cases, day=day)
        for case in cases:
            case.wake(day)

    def adopt(self, plan: PlanRecord) -> None:
        """Take over a plan of before the city's first month."""
        self._plans.append(plan)

    # -- what is written ---------------------------------------------------------------------------

    def write(self, today: date) -> dict[int, str]:
        """Write everything as it stands today; return the stages of months sued or in a plan."""
        stages: dict[int, str] = {}
        for number, case in enumerate(self._cases, 1):
            write_case(self.ledger, case, number=number, today=today)
            if not case.ended:
                stages.update((debt.month.ggmm, "sued") for debt, _ in case.claims)
        for number, notice in enumerate(self._notices, 1):
            write_notice(self.ledger, notice, number=number, today=today)
        for plan in self._plans:
            write_plan(self.ledger, plan)
            if plan.state is PlanState.ACTIVE:
                stages.update((debt.month.ggmm, "plan") for debt in plan.debts)
        return stages
