"""Payment plans of the demo city, under the four real programmes.

Plans of 2014, 2019/20 and 2023/24 are about months older than the city's bills;
those under the programme of 2025 take up months whose bills are there.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from app.domain.interest import accrued
from app.domain.money import ZERO, round_rsd, split
from app.domain.payment_reference import Reference, ReferenceKind
from app.domain.payments import PaymentChannel
from app.domain.period import Period
from app.domain.plans import (
    BreachRule,
    HeldMonth,
    InterestRelief,
    Payer,
    PlanState,
    breaks_on,
    due_dates,
    leave,
    schedule,
)
from db.city.agenda import Agenda
from db.city.debts import Case, Debt, Instalment, Item, PlanRecord
from db.city.ledger import Ledger

DAYS_TO_PAY_AT_ONCE = 30

_OF_2025 = 4
_TWICE = BreachRule(missed_instalments=2)
_BREACH = {1: _TWICE, 2: _TWICE, 3: _TWICE, _OF_2025: BreachRule(missed_instalments=1, days_of_grace=30)}
_EXTENDED = {2: date(2020, 5, 9), 3: date(2024, 5, 1)}
"""From that day the second version of a programme is in force; as the code list has it."""


def version_signed(programme_id: int, *, on: date) -> int:
    """Return the version of a programme that was in force on a day."""
    extended = _EXTENDED.get(programme_id)
    return 2 if extended is not None and on >= extended else 1


def plan_of_2025(
    ledger: Ledger, *, debts: list[Debt], costs_by_case: list[tuple[int, Decimal]], signed_on: date
) -> PlanRecord:
    """Write a contract on everything due: one instalment, all interest written off."""
    items: list[Item] = [
        (
            debt.month.ggmm,
            claim.principal,
            claim.interest,
            bool(debt.case_id),
            debt.case_id or None,
            debt.accrued_until,
            debt.open_interest,
        )
        for debt, claim in zip(debts, ledger.claims(debts, on=signed_on), strict=True)
    ]
    costs = sum((amount for _, amount in costs_by_case), ZERO)
    principal = sum((item[1] for item in items), ZERO)
    interest = sum((item[2] for item in items), ZERO)
    first = signed_on + timedelta(days=DAYS_TO_PAY_AT_ONCE)
    due = due_dates(first, instalments=1, holidays=ledger.timeline.holidays)
    plan_id = ledger.new_id()
    return PlanRecord(
        plan_id,
        _OF_2025,
        version_signed(_OF_2025, on=signed_on),
        _BREACH[_OF_2025],
        f"{ledger.number('RP', day=signed_on)}-{plan_id % 1000}",
        PlanState.ACTIVE,
        signed_on,
        is_certified=False,
        principal=principal,
        interest=interest,
        costs=costs,
        written_off_principal=ZERO,
        written_off_interest=interest,
        instalments=[Instalment(1, due[0], principal + costs)],
        items=items,
        costs_by_case=costs_by_case,
        debts=debts,
    )


def break_plan(ledger: Ledger, plan: PlanRecord, *, cases: list[Case], day: date) -> None:
    """Find a plan of 2025 broken: its months are owed again as contract and event say."""
    months = [
        HeldMonth(
            debt.period,
            principal,
            interest,
            asked_then,
            accrued_from or debt.due_on,
            debt.open_principal,
            debt.open_interest,
        )
        for debt, (_, principal, interest, _, _, accrued_from, asked_then) in zip(
            plan.debts, plan.items, strict=True
        )
    ]
    plan.left = leave(
        months,
        costs=sum((case.open_costs for case in cases), ZERO),
        brought=plan.paid,
        relief=InterestRelief.ON_FULFILMENT,
        on_paid=ledger.timeline.interest_on_paid(plan.signed_on),
        signed_on=plan.signed_on,
        rates=ledger.timeline.rates,
    )
    for debt, left in zip(plan.debts, plan.left.months, strict=True):
        debt.plan_id = 0
        debt.acknowledged = left.acknowledged
        debt.accrued_until = plan.signed_on
        if left.acknowledged and not any(known is debt for known in ledger.left):
            ledger.left.append(debt)
    del ledger.plans[plan.id]
    plan.end(PlanState.BROKEN, day=day)


def pay_instalment(
    ledger: Ledger, plan: PlanRecord, number: int, *, day: date, channel: PaymentChannel
) -> None:
    """Pay one instalment in full."""
    instalment = plan.instalments[number - 1]
    ledger.receive(
        day,
        amount=instalment.amount - instalment.paid,
        channel=channel,
        named=Reference(ledger.ident, Period.of(plan.signed_on), ReferenceKind.PLAN, number),
    )


@dataclass(frozen=True, slots=True)
class _Programme:
    id: int
    signed_from: date
    signed_days: int
    last_month: Period
    steps: tuple[tuple[int, int], ...]
    """How many instalments earn how many percent."""


_PROGRAMMES = (
    _Programme(1, date(2014, 6, 2), 145, Period(2014, 3), ((6, 0), (12, 0))),
    _Programme(2, date(2019, 11, 4), 270, Period(2019, 8), ((1, 15), (3, 12), (6, 10), (12, 5))),
    _Programme(3, date(2023, 11, 2), 355, Period(2023, 6), ((1, 15), (3, 12), (6, 10), (12, 5))),
)
_SOCIAL = _Programme(3, date(2023, 11, 2), 355, Period(2023, 6), ((24, 20), (48, 20), (60, 20)))

SHARE_OF_OLD_PLANS = 0.045
_SHARE_BROKEN, _SHARE_CANCELLED, _SHARE_SOCIAL = 0.16, 0.03, 0.2


def old_plan(
    ledger: Ledger,
    agenda: Agenda,
    dice: Random,
    *,
    opened_on: date,
    programme_id: int | None = None,
    instalments: int | None = None,
    state: PlanState | None = None,
) -> PlanRecord | None:
    """Invent a plan of before the city's first month; None where the account is too young for one.

    What is left None is left to chance.
    """
    fitting = [one for one in _PROGRAMMES if opened_on < one.last_month.plus(-14).first_day]
    if programme_id is not None:
        fitting = [one for one in fitting if one.id == programme_id]
    if not fitting:
        return None
    programme = dice.choice(fitting)
    if programme.id == _SOCIAL.id and (
        instalments is not None or (state is None and dice.random() < _SHARE_SOCIAL)
    ):
        programme = _SOCIAL
    steps = [step for step in programme.steps if instalments in (None, step[0])]
    count, percent = dice.choice(steps)
    signed = programme.signed_from + timedelta(days=dice.randrange(programme.signed_days))
    plan = _contract(ledger, dice, programme, signed, count, percent)
    if state is None:
        fate = dice.random()
        state = PlanState.KEPT if fate > _SHARE_BROKEN + _SHARE_CANCELLED else PlanState.BROKEN
        if fate < _SHARE_CANCELLED:
            state = PlanState.CANCELLED
    _live(ledger, agenda, dice, plan, state)
    return plan


def _contract(
    ledger: Ledger, dice: Random, programme: _Programme, signed: date, count: int, percent: int
) -> PlanRecord:
    last = min(programme.last_month, ledger.timeline.first.previous())
    months = [last.plus(-back) for back in range(dice.randint(4, 11), -1, -1)]
    is_sued = dice.random() < 0.5
    items: list[Item] = []
    for month in months:
        principal = Decimal(dice.randint(280_000, 980_000)) / 100 + ZERO
        due = month.next().last_day
        interest = accrued(principal, due=due, paid=signed, rates=ledger.timeline.rates)
        items.append((month.ggmm, principal, interest, is_sued, None, due, ZERO))
    principal = sum((item[1] for item in items), ZERO)
    interest = sum((item[2] for item in items), ZERO)
    written_off_interest = ZERO if programme.id == 1 else interest
    costs = round_rsd(Decimal(dice.randint(3000, 9000))) if is_sued else ZERO
    written_off = schedule(principal, discount_percent=percent, instalments=count).written_off
    payable = principal + interest + costs - written_off - written_off_interest
    first = signed + timedelta(days=DAYS_TO_PAY_AT_ONCE)
    dues = due_dates(first, instalments=count, holidays=ledger.timeline.holidays)
    parts = split(payable, parts=count)
    plan_id = ledger.new_id()
    return PlanRecord(
        plan_id,
        programme.id,
        version_signed(programme.id, on=signed),
        _BREACH[programme.id],
        f"{ledger.number('RP', day=signed)}-{plan_id % 1000}",
        PlanState.ACTIVE,
        signed,
        is_certified=programme.id in (2, 3),
        principal=principal,
        interest=interest,
        costs=costs,
        written_off_principal=written_off,
        written_off_interest=written_off_interest,
        instalments=[
            Instalment(number, due, part)
            for number, (due, part) in enumerate(zip(dues, parts, strict=True), 1)
        ],
        items=items,
        costs_by_case=[(0, costs)] if costs else [],
        discount_percent=percent,
        payer=Payer.PENSIONER if programme is _SOCIAL else Payer.ORDINARY,
    )


def _live(ledger: Ledger, agenda: Agenda, dice: Random, plan: PlanRecord, state: PlanState) -> None:
    """Pay the instalments, or not: those before the city's first month at once, the others in their time."""
    if state is PlanState.CANCELLED:
        plan.end(state, day=plan.signed_on + timedelta(days=20))
        return
    count = len(plan.instalments)
    breaks_at = dice.randint(1, max(1, count - 1)) if state is PlanState.BROKEN else count + 1
    channel = dice.choice((PaymentChannel.POST, PaymentChannel.BANK, PaymentChannel.COUNTER))
    ledger.plans[plan.id] = plan
    for instalment in plan.instalments:
        if instalment.number < breaks_at:
            day = instalment.due_on - timedelta(days=dice.randrange(9))
            _happen(ledger, agenda, day, partial(_pay, ledger, plan, instalment.number, channel))
    if state is PlanState.BROKEN:
        paid = [replace(one, paid=one.amount) for one in plan.instalments[: breaks_at - 1]]
        left = breaks_on([*paid, *plan.instalments[breaks_at - 1 :]], rule=plan.breach)
        if left is not None:
            _happen(ledger, agenda, left, partial(_break, ledger, plan))


def _happen(ledger: Ledger, agenda: Agenda, day: date, what: "partial[None]") -> None:
    if day < ledger.timeline.first.first_day:
        what(day)
    else:
        agenda.add(day, what)


def _pay(ledger: Ledger, plan: PlanRecord, number: int, channel: PaymentChannel, day: date) -> None:
    if plan.state is not PlanState.ACTIVE:
        return
    pay_instalment(ledger, plan, number, day=day, channel=channel)
    if not plan.open:
        del ledger.plans[plan.id]
        plan.end(PlanState.KEPT, day=day)


def _break(ledger: Ledger, plan: PlanRecord, day: date) -> None:
    del ledger.plans[plan.id]
    plan.end(PlanState.BROKEN, day=day)
