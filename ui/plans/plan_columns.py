"""The tables of a plan: its schedule, money, months, costs and history; how each cell reads its row."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.plans import PlanState
from app.usecases.plans import Instalment, Plan, PlanEvent, PlanItem, PlanPayment
from ui.kit.table import Align, Column
from ui.plans import words
from ui.words import states, text
from ui.words.tones import Tone


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


def list_columns() -> list[Column]:
    return [
        Column(name="number", text=_number, width=156, strong=True, sortable=False),
        Column(name="programme", text=_programme, width=90, hidden=True, sortable=False),
        Column(name="signed", text=_signed, width=92, hidden=True, sortable=False),
        Column(name="payable", text=_payable, align=Align.RIGHT, width=100, hidden=True, sortable=False),
        Column(name="remaining", text=_remaining, align=Align.RIGHT, width=92, sortable=False),
        Column(name="state", text=_state, tone=_tone, width=150, stretches=True, sortable=False),
    ]


def schedule_columns() -> list[Column]:
    return [
        Column(name="number", text=_line_number, align=Align.RIGHT, width=44, sortable=False),
        Column(name="due", text=_due, width=92, sortable=False),
        Column(name="amount", text=_amount, align=Align.RIGHT, width=96, sortable=False),
        Column(name="paid", text=_paid, align=Align.RIGHT, width=96, sortable=False),
        Column(name="open", text=_open, align=Align.RIGHT, width=96, strong=True, sortable=False),
        Column(name="state", text=_line_state, tone=_line_tone, width=142, sortable=False),
        Column(name="paid_on", text=_paid_on, width=88, sortable=False),
        Column(name="reference", text=_reference, width=136, quiet=True, stretches=True, sortable=False),
    ]


def payment_columns() -> list[Column]:
    return [
        Column(name="received", text=_received, width=96, sortable=False),
        Column(name="amount", text=_payment_amount, align=Align.RIGHT, width=110, sortable=False),
        Column(name="instalments", text=_instalments, width=110, sortable=False),
        Column(name="channel", text=_channel, width=140, stretches=True, sortable=False),
        Column(name="reference", text=_payment_reference, width=150, quiet=True, sortable=False),
    ]


def month_columns() -> list[Column]:
    return [
        Column(name="period", text=_period, width=90, sortable=False),
        Column(name="principal", text=_principal, align=Align.RIGHT, width=110, sortable=False),
        Column(name="interest", text=_interest, align=Align.RIGHT, width=110, sortable=False),
        Column(name="total", text=_total, align=Align.RIGHT, width=110, strong=True, sortable=False),
        Column(name="sued", text=_was_sued, width=104, sortable=False),
        Column(name="case", text=_case, width=150, stretches=True, sortable=False),
    ]


def cost_columns() -> list[Column]:
    return [
        Column(name="case", text=_case, width=200, stretches=True, sortable=False),
        Column(name="amount", text=_cost, align=Align.RIGHT, width=110, sortable=False),
    ]


def event_columns() -> list[Column]:
    return [
        Column(name="moment", text=_moment, width=124, sortable=False),
        Column(name="state", text=_event_state, tone=_event_tone, width=150, sortable=False),
        Column(name="what", text=_what, width=260, stretches=True, sortable=False, hint=_what),
        Column(name="who", text=_who, width=120, quiet=True, sortable=False),
    ]


def _number(row: Plan) -> str:
    return row.contract_number


def _programme(row: Plan) -> str:
    return row.programme_code


def _signed(row: Plan) -> str:
    return text.day(row.signed_on)


def _payable(row: Plan) -> str:
    return text.money(row.payable)


def _remaining(row: Plan) -> str:
    is_over = row.state in (PlanState.BROKEN, PlanState.CANCELLED)  # nothing is asked for under it any more
    return text.DASH if is_over else text.money(row.remaining)


def _state(row: Plan) -> str:
    return states.word(row.state)


def _tone(row: Plan) -> Tone:
    return states.tone(row.state)


def _line_number(row: ScheduleLine) -> str:
    return str(row.instalment.number)


def _due(row: ScheduleLine) -> str:
    return text.day(row.instalment.due_on)


def _amount(row: ScheduleLine) -> str:
    return text.money(row.instalment.amount)


def _paid(row: ScheduleLine) -> str:
    return text.money(row.instalment.paid)


def _open(row: ScheduleLine) -> str:
    return text.money(row.instalment.open)


def _line_state(row: ScheduleLine) -> str:
    return states.word(row.instalment.state)


def _line_tone(row: ScheduleLine) -> Tone:
    return states.tone(row.instalment.state)


def _paid_on(row: ScheduleLine) -> str:
    return text.day(row.paid_on) if row.paid_on is not None else ""


def _reference(row: ScheduleLine) -> str:
    return row.instalment.reference


def _received(row: PlanPayment) -> str:
    return text.day(row.received_on)


def _payment_amount(row: PlanPayment) -> str:
    return text.money(row.amount)


def _instalments(row: PlanPayment) -> str:
    return words.numbers_words(row.instalments)


def _channel(row: PlanPayment) -> str:
    return states.word(row.channel)


def _payment_reference(row: PlanPayment) -> str:
    return row.reference


def _period(row: MonthLine) -> str:
    return text.period(row.item.period)


def _principal(row: MonthLine) -> str:
    return text.money(row.item.principal)


def _interest(row: MonthLine) -> str:
    return text.money(row.item.interest)


def _total(row: MonthLine) -> str:
    return text.money(row.item.principal + row.item.interest)


def _was_sued(row: MonthLine) -> str:
    return text.yes_no(row.item.was_sued)


def _case(row: MonthLine | CostLine) -> str:
    return row.case


def _cost(row: CostLine) -> str:
    return text.money(row.amount)


def _moment(row: PlanEvent) -> str:
    return text.moment(row.happened_at)


def _event_state(row: PlanEvent) -> str:
    return states.word(row.new_state)


def _event_tone(row: PlanEvent) -> Tone:
    return states.tone(row.new_state)


def _what(row: PlanEvent) -> str:
    return words.event_words(row)


def _who(row: PlanEvent) -> str:
    return words.who_words(row)
