"""The columns of the section's tables: how each cell reads its row."""

from app.usecases.bills import BillLink, BillRow, LinkKind
from app.usecases.reissues import Reissue
from ui.bills import words
from ui.bills.rows import LedgerRow, ReasonRow, VatRow
from ui.kit.table import Align, Column
from ui.words import states, text


def bill_columns() -> list[Column[BillRow]]:
    """Return the columns of the list of bills."""
    return [
        Column(name="month", field="period", as_=text.period, width=70, strong=True),
        Column(name="charged", as_=text.money, align=Align.RIGHT, width=86),
        Column(name="paid", as_=text.money, align=Align.RIGHT, width=86),
        Column(name="open", as_=text.money, align=Align.RIGHT, width=86),
        Column(name="due", field="due_on", as_=text.day, width=90, quiet=True),
        Column(name="state", as_=states.word, toned=states.tone, width=108, stretches=True),
    ]


def line_columns() -> list[Column[LedgerRow]]:
    """Return the columns of the lines of a bill."""
    return [
        Column(name="code", width=58, quiet=True),
        Column(name="service", field="words", width=170, stretches=True, hint=_hint),
        Column(name="quantity", align=Align.RIGHT, width=80),
        Column(name="unit", width=50, quiet=True),
        Column(name="price", align=Align.RIGHT, width=76),
        Column(name="vat_percent", align=Align.RIGHT, width=58, quiet=True),
        Column(name="vat", align=Align.RIGHT, width=72, quiet=True),
        Column(name="amount", as_=text.money, align=Align.RIGHT, width=88),
    ]


def vat_columns() -> list[Column[VatRow]]:
    """Return the columns of the recapitulation of VAT."""
    return [
        Column(name="rate", width=76, stretches=True),
        Column(name="base", as_=text.money, align=Align.RIGHT, width=92),
        Column(name="vat", as_=text.money, align=Align.RIGHT, width=84),
        Column(name="amount", as_=text.money, align=Align.RIGHT, width=92),
    ]


def link_columns() -> list[Column[BillLink]]:
    """Return the columns of what names this month."""
    return [
        Column(name="kind", as_=states.word, width=120),
        Column(name="number", text=_link_number, width=150),
        Column(name="day", as_=text.day, width=92, quiet=True),
        Column(name="state", text=words.link_state, tone=words.link_tone, width=150, stretches=True),
        Column(name="amount", as_=text.money, align=Align.RIGHT, width=96),
    ]


def copy_columns() -> list[Column[Reissue]]:
    """Return the columns of the register of copies."""
    return [
        Column(name="number", align=Align.RIGHT, width=44),
        Column(name="made_at", as_=text.moment, width=128),
        Column(name="operator", text=_operator, width=190, stretches=True, hinted=True),
        Column(name="reason", text=_reason, width=150, hint=_note),
        Column(name="medium", as_=states.word, width=136, quiet=True),
    ]


def reason_columns() -> list[Column[ReasonRow]]:
    """Return the columns of why a bill changed."""
    return [
        Column(name="sentence", width=240, stretches=True, hinted=True),
        Column(name="amount", as_=words.signed, align=Align.RIGHT, width=96),
    ]


def _hint(row: LedgerRow) -> str:
    return row.hint


def _link_number(link: BillLink) -> str:
    return words.version(link.record_id) if link.kind is LinkKind.VERSION else link.number or text.DASH


def _operator(copy: Reissue) -> str:
    return f"{copy.operator}, {text.listed(copy.branch)}"


def _reason(copy: Reissue) -> str:
    return copy.note or states.word(copy.reason)


def _note(copy: Reissue) -> str:
    return f"{states.word(copy.reason)}. {copy.note}" if copy.note else states.word(copy.reason)
