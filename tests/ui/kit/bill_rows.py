"""Bills as rows of a table, for the tests of tables."""

from dataclasses import dataclass
from decimal import Decimal

from pytestqt.qtbot import QtBot

from ui.kit.table import Align, Column, Table
from ui.words import text
from ui.words.tones import Tone


@dataclass(frozen=True, slots=True)
class Bill:
    """A row."""

    month: str
    balance: Decimal
    is_paid: bool = False


def month_of(bill: Bill) -> str:
    return bill.month


def balance_of(bill: Bill) -> str:
    return text.money(bill.balance)


def state_of(bill: Bill) -> str:
    return "paid" if bill.is_paid else "unpaid"


def tone_of(bill: Bill) -> Tone:
    return Tone.GOOD if bill.is_paid else Tone.WARN


COLUMNS = (
    Column(name="month", title="Month", width=90),
    Column(name="balance", title="Balance", as_=text.money, align=Align.RIGHT, width=110, sortable=True),
    Column(name="state", title="State", text=state_of, tone=tone_of, width=100),
)


def bills(count: int, *, first: int = 1) -> list[Bill]:
    return [Bill(f"{place:07d}", Decimal(-place), place % 2 == 0) for place in range(first, first + count)]


def shown(qtbot: QtBot, table: Table) -> Table:
    with qtbot.waitExposed(table):
        table.show()
    table.activateWindow()
    table.setFocus()
    return table
