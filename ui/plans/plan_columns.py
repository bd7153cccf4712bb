"""The tables of a plan: its schedule, money, months, costs and history; how each cell reads its row."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.plans import PlanState
from app.usecases.plans import Instalment, Plan, PlanEvent, PlanItem, PlanPayment
from ui.kit.table import Align, Column
from ui.plans import words
from ui.words import states, text


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """An instalment, and the day of the last money for it."""

    instalment: Instalment
    paid_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """A month the plan covers, and the case that claimed it."""

    item: PlanItem
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """Costs of an enforcement case that the plan covers."""

    case: str
    amount: Decimal


def list_columns() -> list[Column[Plan]]:
    return [
        Column(name="number", field="contract_number", width=156, strong=True),
        Column(name="programme", field="programme_code", width=90, hidden=True),
        Column(name="signed", field="signed_on", as_=text.day, width=92, hidden=True),
        Column(name="payable", as_=text.money, align=Align.RIGHT, width=100, hidden=True),
        Column(name="remaining", text=_remaining, align=Align.RIGHT, width=92),
        Column(name="state", as_=states.word, toned=states.tone, width=150, stretches=True),
    ]


def schedule_columns() -> list[Column[ScheduleLine]]:
    return [
        Column(name="number", field="instalment.number", align=Align.RIGHT, width=44),
        Column(name="due", field="instalment.due_on", as_=text.day, width=92),
        Column(name="amount", field="instalment.amount", as_=text.money, align=Align.RIGHT, width=96),
        Column(name="paid", field="instalment.paid", as_=text.money, align=Align.RIGHT, width=96),
        Column(
            name="open", field="instalment.open", as_=text.money, align=Align.RIGHT, width=96, strong=True
        ),
        Column(name="state", field="instalment.state", as_=states.word, toned=states.tone, width=142),
        Column(name="paid_on", text=_paid_on, width=88),
        Column(name="reference", field="instalment.reference", width=136, quiet=True, stretches=True),
    ]


def payment_columns() -> list[Column[PlanPayment]]:
    return [
        Column(name="received", field="received_on", as_=text.day, width=96),
        Column(name="amount", as_=text.money, align=Align.RIGHT, width=110),
        Column(name="instalments", as_=words.numbers_words, width=110),
        Column(name="channel", as_=states.word, width=140, stretches=True),
        Column(name="reference", width=150, quiet=True),
    ]


def month_columns() -> list[Column[MonthLine]]:
    return [
        Column(name="period", field="item.period", as_=text.period, width=90),
        Column(name="principal", field="item.principal", as_=text.money, align=Align.RIGHT, width=110),
        Column(name="interest", field="item.interest", as_=text.money, align=Align.RIGHT, width=110),
        Column(name="total", text=_total, align=Align.RIGHT, width=110, strong=True),
        Column(name="sued", field="item.was_sued", as_=text.yes_no, width=104),
        Column(name="case", width=150, stretches=True),
    ]


def cost_columns() -> list[Column[CostLine]]:
    return [
        Column(name="case", width=200, stretches=True),
        Column(name="amount", as_=text.money, align=Align.RIGHT, width=110),
    ]


def event_columns() -> list[Column[PlanEvent]]:
    return [
        Column(name="moment", field="happened_at", as_=text.moment, width=124),
        Column(name="state", field="new_state", as_=states.word, toned=states.tone, width=150),
        Column(name="what", text=words.event_words, width=260, stretches=True, hinted=True),
        Column(name="who", text=words.who_words, width=120, quiet=True),
    ]


def _remaining(row: Plan) -> str:
    is_over = row.state in (PlanState.BROKEN, PlanState.CANCELLED)  # nothing is asked for under it any more
    return text.DASH if is_over else text.money(row.remaining)


def _paid_on(row: ScheduleLine) -> str:
    return text.day(row.paid_on) if row.paid_on is not None else ""


def _total(row: MonthLine) -> str:
    return text.money(row.item.principal + row.item.interest)
