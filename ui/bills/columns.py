"""The columns of the section's tables: how each cell reads its row."""

from app.usecases.bills import BillLink, BillRow, LinkKind
from app.usecases.reissues import Reissue
from ui.bills import words
from ui.bills.rows import LedgerRow, ReasonRow, VatRow
from ui.kit.table import Align, Column
from ui.words import states, text
from ui.words.tones import Tone


def bill_columns() -> list[Column]:
    """Return the columns of the list of bills."""
    return [
        Column(name="month", text=_month, width=70, strong=True, sortable=False),
        Column(name="charged", text=_charged, align=Align.RIGHT, width=86, sortable=False),
        Column(name="paid", text=_paid, align=Align.RIGHT, width=86, sortable=False),
        Column(name="open", text=_open, align=Align.RIGHT, width=86, sortable=False),
        Column(name="due", text=_due, width=90, quiet=True, sortable=False),
        Column(name="state", text=_state, tone=_state_tone, width=108, sortable=False, stretches=True),
    ]


def line_columns() -> list[Column]:
    """Return the columns of the lines of a bill."""
    return [
        Column(name="code", text=_code, width=58, quiet=True, sortable=False),
        Column(name="service", text=_service, width=170, sortable=False, stretches=True, hint=_hint),
        Column(name="quantity", text=_quantity, align=Align.RIGHT, width=80, sortable=False),
        Column(name="unit", text=_unit, width=50, quiet=True, sortable=False),
        Column(name="price", text=_price, align=Align.RIGHT, width=76, sortable=False),
        Column(
            name="vat_percent", text=_vat_percent, align=Align.RIGHT, width=58, quiet=True, sortable=False
        ),
        Column(name="vat", text=_vat, align=Align.RIGHT, width=72, quiet=True, sortable=False),
        Column(name="amount", text=_amount, align=Align.RIGHT, width=88, sortable=False),
    ]


def vat_columns() -> list[Column]:
    """Return the columns of the recapitulation of VAT."""
    return [
        Column(name="rate", text=_rate, width=76, sortable=False, stretches=True),
        Column(name="base", text=_base, align=Align.RIGHT, width=92, sortable=False),
        Column(name="vat", text=_rate_vat, align=Align.RIGHT, width=84, sortable=False),
        Column(name="amount", text=_rate_amount, align=Align.RIGHT, width=92, sortable=False),
    ]


def link_columns() -> list[Column]:
    """Return the columns of what names this month."""
    return [
        Column(name="kind", text=_link_kind, width=120, sortable=False),
        Column(name="number", text=_link_number, width=150, sortable=False),
        Column(name="day", text=_link_day, width=92, quiet=True, sortable=False),
        Column(
            name="state",
            text=words.link_state,
            tone=words.link_tone,
            width=150,
            sortable=False,
            stretches=True,
        ),
        Column(name="amount", text=_link_amount, align=Align.RIGHT, width=96, sortable=False),
    ]


def copy_columns() -> list[Column]:
    """Return the columns of the register of copies."""
    return [
        Column(name="number", text=_copy_number, align=Align.RIGHT, width=44, sortable=False),
        Column(name="made_at", text=_made_at, width=128, sortable=False),
        Column(name="operator", text=_operator, width=190, sortable=False, stretches=True, hint=_operator),
        Column(name="reason", text=_reason, width=150, sortable=False, hint=_note),
        Column(name="medium", text=_medium, width=136, quiet=True, sortable=False),
    ]


def reason_columns() -> list[Column]:
    """Return the columns of why a bill changed."""
    return [
        Column(name="sentence", text=_sentence, width=240, sortable=False, stretches=True, hint=_sentence),
        Column(name="amount", text=_weight, align=Align.RIGHT, width=96, sortable=False),
    ]


def _month(row: BillRow) -> str:
    return text.period(row.period)


def _charged(row: BillRow) -> str:
    return text.money(row.charged)


def _paid(row: BillRow) -> str:
    return text.money(row.paid)


def _open(row: BillRow) -> str:
    return text.money(row.open)


def _due(row: BillRow) -> str:
    return text.day(row.due_on)


def _state(row: BillRow) -> str:
    return states.word(row.state)


def _state_tone(row: BillRow) -> Tone:
    return states.tone(row.state)


def _code(row: LedgerRow) -> str:
    return row.code


def _service(row: LedgerRow) -> str:
    return row.words


def _hint(row: LedgerRow) -> str:
    return row.hint


def _quantity(row: LedgerRow) -> str:
    return row.quantity


def _unit(row: LedgerRow) -> str:
    return row.unit


def _price(row: LedgerRow) -> str:
    return row.price


def _vat_percent(row: LedgerRow) -> str:
    return row.vat_percent


def _vat(row: LedgerRow) -> str:
    return row.vat


def _amount(row: LedgerRow) -> str:
    return text.money(row.amount)


def _rate(row: VatRow) -> str:
    return row.rate


def _base(row: VatRow) -> str:
    return text.money(row.base)


def _rate_vat(row: VatRow) -> str:
    return text.money(row.vat)


def _rate_amount(row: VatRow) -> str:
    return text.money(row.amount)


def _link_kind(link: BillLink) -> str:
    return states.word(link.kind)


def _link_number(link: BillLink) -> str:
    return words.version(link.record_id) if link.kind is LinkKind.VERSION else link.number or text.DASH


def _link_day(link: BillLink) -> str:
    return text.day(link.day)


def _link_amount(link: BillLink) -> str:
    return text.money(link.amount)


def _copy_number(copy: Reissue) -> str:
    return str(copy.number)


def _made_at(copy: Reissue) -> str:
    return text.moment(copy.made_at)


def _operator(copy: Reissue) -> str:
    return f"{copy.operator}, {text.listed(copy.branch)}"


def _reason(copy: Reissue) -> str:
    return copy.note or states.word(copy.reason)


def _note(copy: Reissue) -> str:
    return f"{states.word(copy.reason)}. {copy.note}" if copy.note else states.word(copy.reason)


def _medium(copy: Reissue) -> str:
    return states.word(copy.medium)


def _sentence(row: ReasonRow) -> str:
    return row.sentence


def _weight(row: ReasonRow) -> str:
    return words.signed(row.amount)
