"""The life of one account, month by month, from its first bill in the city to the last."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Protocol

from app.domain.money import ZERO
from app.domain.plans import PlanState
from db.city.agenda import Agenda, Happening
from db.city.collection import STUBBORN, Collection, Conduct
from db.city.debts import Debt
from db.city.households import Household, PremisesState
from db.city.ledger import Ledger, LineTexts
from db.city.plans import SHARE_OF_OLD_PLANS, old_plan
from db.city.rows import Rows
from db.city.tariffs import Month, Timeline
from db.city.tempers import Intention, Payer, Temper, choose
from db.city.usage import BuildingUse, Meters

_REVIEW_DAY = 8
"""Days after the 1st on which the company looks at what is overdue."""

_UNREFERENCED = 0.004
"""Share of payments whose slip was written by hand without a reference; clerks find their month."""


class Decides(Protocol):
    """Whoever decides what to do with a bill: a temper, or a script."""

    def decide(self, bill: Debt, dice: Random) -> tuple[Intention, ...]:
        """Return when to pay the bill, and how much."""


@dataclass(frozen=True, slots=True)
class OldPlan:
    """A plan of before the city's first month that an account must have had."""

    programme_id: int
    instalments: int
    state: PlanState


@dataclass(frozen=True, slots=True)
class Fate:
    """What a hand-made account insists on; the others leave everything to chance."""

    payer: Payer | None = None
    script: Decides | None = None
    conduct: Conduct | None = None
    old_plan: OldPlan | None = None
    signs_plan_days_ago: int | None = None
    has_history: bool = True
    reminded_days_ago: int | None = None


@dataclass(slots=True)
class Workshop:
    """What all accounts of one worker share."""

    timeline: Timeline
    line_texts: LineTexts
    building_use: BuildingUse = field(default_factory=BuildingUse)


@dataclass(slots=True)
class Life:
    """An account when its time is up: what notes and copies are written about."""

    ledger: Ledger
    household: Household
    payer: Payer
    has_notices: bool


def live(household: Household, *, dice: Random, rows: Rows, workshop: Workshop, fate: Fate) -> Life:
    """Issue every bill, let people pay or not, collect, and write what is left."""
    timeline = workshop.timeline
    ledger = Ledger(household.ident, rows=rows, timeline=timeline, line_texts=workshop.line_texts)
    agenda = Agenda(last_day=timeline.last_moment)
    payer = fate.payer or choose(dice)
    decides: Decides = fate.script or payer
    conduct = fate.conduct or (STUBBORN if payer.temper is Temper.NEVER else Conduct())
    collection = Collection(ledger, agenda, dice, conduct, is_natural=household.is_natural)
    _remember(household, ledger, agenda, dice, collection, fate)
    meters = Meters(household, dice=dice, building_use=workshop.building_use)
    for month in timeline.months:
        if not _is_billed(household, month):
            continue
        agenda.run(before=month.issued_on)
        state = _state_at(household.states, month)
        debt = ledger.issue(
            month,
            premises=state.charged,
            usage=meters.usage(month, members=state.charged.members, services=state.charged.services),
            subsidy_percent=_subsidy_percent(household, month),
        )
        if debt.charged:
            for intention in decides.decide(debt, dice):
                agenda.add(intention.day, _payment(ledger, month, intention, payer, dice))
        if len(ledger.owed) > 2:
            day = month.issued_on + timedelta(days=_REVIEW_DAY)
            if day <= timeline.last_moment:
                agenda.run(before=day)
                collection.review(day)
    agenda.run(before=timeline.today)
    ledger.write_balances(collection.write(timeline.today))
    return Life(ledger, household, payer, collection.has_notices)


def _remember(
    household: Household, ledger: Ledger, agenda: Agenda, dice: Random, collection: Collection, fate: Fate
) -> None:
    """Let some accounts come with a plan of the years before; a hand-made one gets what it insists on."""
    if fate.old_plan is not None:
        wanted = fate.old_plan
        plan = old_plan(
            ledger,
            agenda,
            dice,
            opened_on=household.opened_on,
            programme_id=wanted.programme_id,
            instalments=wanted.instalments,
            state=wanted.state,
        )
    elif household.is_natural and fate.has_history and dice.random() < SHARE_OF_OLD_PLANS:
        plan = old_plan(ledger, agenda, dice, opened_on=household.opened_on)
    else:
        plan = None
    if plan is not None:
        collection.adopt(plan)
    today = ledger.timeline.today
    if fate.reminded_days_ago is not None:
        agenda.add(today - timedelta(days=fate.reminded_days_ago), collection.remind)
    if fate.signs_plan_days_ago is not None:
        agenda.add(today - timedelta(days=fate.signs_plan_days_ago), collection.sign_plan)


def _payment(ledger: Ledger, month: Month, intention: Intention, payer: Payer, dice: Random) -> Happening:
    with_reference = dice.random() >= _UNREFERENCED

    def happen(day: date) -> None:
        ledger.pay(
            month,
            day=day,
            amount=intention.amount,
            channel=payer.channel,
            with_reference=with_reference,
        )

    return happen


def _is_billed(household: Household, month: Month) -> bool:
    if household.opened_on > month.last_day:
        return False
    return household.closed_on is None or household.closed_on > month.first_day


def _state_at(states: list[PremisesState], month: Month) -> PremisesState:
    """Return what the premises were on the last day of a month, or when they ceased to be anything."""
    for state in reversed(states):
        if state.valid_from <= month.last_day:
            return state
    return states[0]


def _subsidy_percent(household: Household, month: Month) -> Decimal:
    given = household.subsidy
    if given is None or not given.valid_from <= month.first_day < given.valid_to:
        return ZERO
    return given.percent
