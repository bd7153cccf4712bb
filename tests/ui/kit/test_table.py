"""Tables: pages of rows, the clerk's own columns, the keyboard and the clipboard."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import openpyxl
import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui import text
from ui.kit.messages import MessageArea
from ui.kit.preferences import NoPreferences
from ui.kit.table import Align, Column, Table, TableModel
from ui.kit.table_model import TONE_ROLE
from ui.kit.table_order import in_order, order_of
from ui.kit.theme import current_tokens
from ui.kit.tokens import Tone


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
    Column(name="month", title="Month", text=month_of, width=90),
    Column(name="balance", title="Balance", text=balance_of, align=Align.RIGHT, width=110),
    Column(name="state", title="State", text=state_of, tone=tone_of, width=100, sortable=False),
)


def bills(count: int, *, first: int = 1) -> list[Bill]:
    return [Bill(f"{place:07d}", Decimal(-place), place % 2 == 0) for place in range(first, first + count)]


@pytest.fixture
def model(qapp: QApplication) -> Iterator[TableModel]:
    owner = QObject()
    yield TableModel(COLUMNS, owner)
    owner.deleteLater()


@pytest.fixture
def table(qtbot: QtBot, model: TableModel) -> Table:
    made = Table(model, "bills", None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(400, 300)
    return made


def shown(qtbot: QtBot, table: Table) -> Table:
    with qtbot.waitExposed(table):
        table.show()
    table.activateWindow()
    table.setFocus()
    return table


def test_the_model_keeps_qts_rules_while_rows_come_and_go(
    model: TableModel, qtmodeltester: ModelTester
) -> None:
    model.set_rows(bills(5), more=True)
    qtmodeltester.check(model, force_py=False)

    model.append_rows(bills(5, first=6), more=False)
    model.replace_row(0, Bill("new", Decimal(1)))
    model.set_rows(bills(2))
    model.clear()


def test_a_page_is_asked_for_once_until_it_arrives(qtbot: QtBot, model: TableModel) -> None:
    model.set_rows(bills(200), more=True)
    asked: list[bool] = []
    model.more_wanted.connect(lambda: asked.append(True))

    model.fetchMore(model.index(-1, -1))
    model.fetchMore(model.index(-1, -1))

    assert len(asked) == 1
    model.append_rows(bills(200, first=201), more=True)
    model.fetchMore(model.index(-1, -1))
    assert len(asked) == 2


def test_nothing_is_asked_for_after_the_last_page(model: TableModel) -> None:
    model.set_rows(bills(200), more=False)

    assert not model.canFetchMore(model.index(-1, -1))


def test_a_page_that_failed_can_be_asked_for_again(qtbot: QtBot, model: TableModel) -> None:
    model.set_rows(bills(1), more=True)
    model.fetchMore(model.index(-1, -1))
    assert not model.canFetchMore(model.index(-1, -1))

    model.resume()

    with qtbot.waitSignal(model.more_wanted):
        model.fetchMore(model.index(-1, -1))


def test_scrolling_to_the_end_asks_for_the_next_page(qtbot: QtBot, table: Table, model: TableModel) -> None:
    shown(qtbot, table)
    model.set_rows(bills(200), more=True)

    with qtbot.waitSignal(model.more_wanted):
        table.scrollToBottom()


def test_two_columns_of_one_name_are_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="one name"):
        TableModel((COLUMNS[0], COLUMNS[0]), qapp)


def test_a_state_is_a_word_with_a_tone(model: TableModel) -> None:
    model.set_rows([Bill("06/2026", Decimal(0), is_paid=True)])
    cell = model.index(0, model.place_of("state"))

    assert cell.data() == "paid"
    assert cell.data(TONE_ROLE) == Tone.GOOD


def test_titles_follow_the_language(qtbot: QtBot, model: TableModel) -> None:
    with qtbot.waitSignal(model.headerDataChanged):
        model.set_titles({"month": "Mesec"})

    assert model.headerData(0, Qt.Orientation.Horizontal) == "Mesec"


def test_enter_opens_the_chosen_row(qtbot: QtBot, table: Table, model: TableModel) -> None:
    model.set_rows(bills(3))
    shown(qtbot, table).choose_row(1)

    with qtbot.waitSignal(table.row_opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)

    assert opened.args == [1]


def test_the_arrow_keys_choose_rows(qtbot: QtBot, table: Table, model: TableModel) -> None:
    model.set_rows(bills(3))
    shown(qtbot, table).choose_row(0)

    with qtbot.waitSignal(table.row_chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Down)

    assert chosen.args == [1]
    assert table.chosen_row() == 1


def test_home_and_end_go_to_the_first_and_last_row(qtbot: QtBot, table: Table, model: TableModel) -> None:
    model.set_rows(bills(50))
    shown(qtbot, table).choose_row(10)

    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.chosen_row() == 49
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.chosen_row() == 0


def test_ctrl_c_copies_the_cell(qtbot: QtBot, table: Table, model: TableModel) -> None:
    model.set_rows([Bill("06/2026", Decimal("-1234.5"))])
    shown(qtbot, table)
    table.setCurrentIndex(model.index(0, 1))

    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.clipboard().text() == "-1.234,50"


def test_several_rows_are_copied_with_their_titles_in_the_seen_order(
    qtbot: QtBot, table: Table, model: TableModel
) -> None:
    model.set_rows(bills(2))
    shown(qtbot, table)
    table.horizontalHeader().moveSection(1, 0)
    table.set_column_hidden("state", hidden=True)

    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.clipboard().text() == "Balance\tMonth\n-1,00\t0000001\n-2,00\t0000002"


def test_selecting_all_of_a_million_rows_does_not_hold_the_window(
    qtbot: QtBot, table: Table, model: TableModel
) -> None:
    row = Bill("06/2026", Decimal(0))
    model.set_rows([row] * 1_000_000)
    shown(qtbot, table)

    began = perf_counter()
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    assert perf_counter() - began < 1.0
    assert 0 < len(table.chosen_rows()) <= 5_000


def test_typing_letters_does_not_search_through_the_rows(
    qtbot: QtBot, table: Table, model: TableModel
) -> None:
    model.set_rows(bills(3))
    shown(qtbot, table).choose_row(0)

    qtbot.keyClick(table, Qt.Key.Key_0)

    assert table.chosen_row() == 0


def click_title(qtbot: QtBot, table: Table, name: str) -> None:
    header = table.horizontalHeader()
    left = header.sectionViewportPosition(table.model().place_of(name))
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left + 20, 10))


def months(model: TableModel) -> list[str]:
    return [bill.month for bill in model.rows()]


def test_a_click_on_a_title_sorts_a_second_one_turns_and_a_third_one_undoes_it(
    qtbot: QtBot, table: Table, model: TableModel
) -> None:
    shown(qtbot, table)
    model.set_rows([Bill("2", Decimal(5)), Bill("3", Decimal(-1000)), Bill("1", Decimal(40))])

    click_title(qtbot, table, "balance")
    assert months(model) == ["3", "2", "1"]
    click_title(qtbot, table, "balance")
    assert months(model) == ["1", "2", "3"]
    click_title(qtbot, table, "balance")
    assert months(model) == ["2", "3", "1"]


def test_the_chosen_row_stays_chosen_when_the_rows_are_sorted(
    qtbot: QtBot, table: Table, model: TableModel
) -> None:
    shown(qtbot, table)
    model.set_rows([Bill("b", Decimal(1)), Bill("c", Decimal(2)), Bill("a", Decimal(3))])
    table.choose_row(0)

    model.sort_rows("month", ascending=True)

    assert model.row(table.chosen_row()).month == "b"


def test_new_rows_keep_the_order_that_was_asked_for(model: TableModel) -> None:
    model.set_rows(bills(2))
    model.sort_rows("month", ascending=False)

    model.set_rows(bills(3))
    model.replace_row(0, Bill("0000009", Decimal(1)))

    assert months(model) == ["0000009", "0000002", "0000001"]
    model.sort_rows("", ascending=True)
    assert months(model) == ["0000001", "0000002", "0000009"]


def test_sorting_keeps_qts_rules(model: TableModel, qtmodeltester: ModelTester) -> None:
    model.set_rows(bills(20))
    qtmodeltester.check(model, force_py=False)

    model.sort_rows("balance", ascending=True)
    model.sort_rows("balance", ascending=False)
    model.set_rows(bills(5), more=True)

    assert model.order is None


def test_while_rows_are_missing_the_server_is_asked_to_sort(
    qtbot: QtBot, table: Table, model: TableModel
) -> None:
    shown(qtbot, table)
    model.set_rows(bills(3), more=True)
    asked: list[tuple[str, bool]] = []
    table.sort_requested.connect(lambda name, ascending: asked.append((name, ascending)))

    for _ in range(2):
        click_title(qtbot, table, "balance")

    assert asked == [("balance", True), ("balance", False)]


def test_a_title_nobody_can_sort_by_wears_no_arrow(qtbot: QtBot, table: Table, model: TableModel) -> None:
    shown(qtbot, table)
    model.set_rows(bills(3), more=True)
    before = table.horizontalHeader().sorted_section

    click_title(qtbot, table, "state")

    assert table.horizontalHeader().sorted_section == before == -1


def test_a_ledger_keeps_its_order(qtbot: QtBot, table: Table, model: TableModel) -> None:
    shown(qtbot, table)
    table.sorts_here = False
    model.set_rows(bills(3))

    click_title(qtbot, table, "balance")

    assert model.order is None


@pytest.mark.parametrize(
    "words",
    [
        ["31.12.2025.", "01.01.2026.", "15.03.2026. 08:00", "15.03.2026. 14:30"],
        ["12/2025", "01/2026"],
        ["-1.234,50", "0,00", "9,00", "10,00", "999,99", "1.000,00"],
        ["9 m²", "54 m²", "155 m²"],
        ["Cetinje", "Čačak", "Ćuprija", "Luk", "Ljig", "Šabac", "Žabalj"],
    ],
)
def test_cells_are_sorted_by_what_they_mean(words: list[str]) -> None:
    turned = list(reversed(words))

    assert in_order(turned, [order_of(one) for one in turned], ascending=True) == words


def test_empty_cells_come_last_whichever_way_the_rows_go() -> None:
    words = ["–", "2,00", "", "1,00"]
    keys = [order_of(one) for one in words]

    assert in_order(words, keys, ascending=True) == ["1,00", "2,00", "–", ""]
    assert in_order(words, keys, ascending=False) == ["2,00", "1,00", "–", ""]


def test_the_sorted_column_wears_an_arrow_beside_its_title(qtbot: QtBot, table: Table) -> None:
    shown(qtbot, table)
    header = table.horizontalHeader()
    before = header.grab().toImage()

    table.show_sorted("balance", ascending=False)
    down = header.grab().toImage()
    table.show_sorted("balance", ascending=True)

    assert down != before
    assert header.grab().toImage() != down
    table.show_sorted("", ascending=True)
    assert header.grab().toImage() == before


def test_columns_stay_as_the_person_left_them(qtbot: QtBot, model: TableModel) -> None:
    drawer = NoPreferences()
    first = Table(model, "bills", None, preferences=drawer)  # type: ignore[arg-type]
    qtbot.addWidget(first)
    first.horizontalHeader().moveSection(1, 0)
    first.horizontalHeader().resizeSection(0, 222)
    first.set_column_hidden("state", hidden=True)
    first.save_columns()

    second = Table(model, "bills", None, preferences=drawer)  # type: ignore[arg-type]
    qtbot.addWidget(second)

    assert [column.name for column in second.seen_columns()] == ["balance", "month"]
    assert second.horizontalHeader().sectionSize(model.place_of("month")) == 222


def test_what_was_remembered_of_columns_that_are_gone_is_passed_over(qtbot: QtBot, model: TableModel) -> None:
    drawer = NoPreferences()
    drawer.set("table.bills", [{"name": "gone", "width": 50, "hidden": False}, "rubbish"])

    table = Table(model, "bills", None, preferences=drawer)  # type: ignore[arg-type]
    qtbot.addWidget(table)

    assert [column.name for column in table.seen_columns()] == ["month", "balance", "state"]


def test_the_last_column_cannot_be_hidden(table: Table) -> None:
    for name in ("month", "balance", "state"):
        table.set_column_hidden(name, hidden=True)

    assert [column.name for column in table.seen_columns()] == ["state"]


def test_columns_can_be_put_back_as_they_were_made(table: Table) -> None:
    table.horizontalHeader().moveSection(2, 0)
    table.set_column_hidden("month", hidden=True)

    table.reset_columns()

    assert [column.name for column in table.seen_columns()] == ["month", "balance", "state"]


def test_the_header_menu_hides_a_column(qtbot: QtBot, table: Table) -> None:
    menu = table.header_menu()
    action = next(action for action in menu.actions() if action.data() == "balance")

    action.trigger()

    assert [column.name for column in table.seen_columns()] == ["month", "state"]


def test_what_is_seen_is_exported_as_days_amounts_and_words(
    qtbot: QtBot, table: Table, model: TableModel, tmp_path: Path
) -> None:
    model.set_rows([Bill("06/2026", Decimal("-1234.5")), Bill("07/2026", Decimal(10), is_paid=True)])
    table.set_column_hidden("month", hidden=True)

    with qtbot.waitSignal(table.exported) as exported:
        table.export_to(tmp_path / "bills.xlsx")

    assert exported.args == [str(tmp_path / "bills.xlsx")]
    sheet = openpyxl.load_workbook(tmp_path / "bills.xlsx").active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Balance", "State"],
        [-1234.5, "unpaid"],
        [10, "paid"],
    ]


def test_a_file_that_cannot_be_written_is_told_in_words(
    qtbot: QtBot, model: TableModel, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    messages = MessageArea("messages", window)
    table = Table(model, "bills", window)
    model.set_rows(bills(1))

    with qtbot.waitSignal(messages.said):
        table.export_to(tmp_path / "no such folder" / "bills.csv")

    assert "could not be written" in messages.words
    caplog.clear()


def test_an_amount_below_zero_is_painted_red(qtbot: QtBot, table: Table, model: TableModel) -> None:
    shown(qtbot, table)
    red = current_tokens().negative
    model.set_rows([Bill("06/2026", Decimal(100))])
    assert red not in painted(table, "balance")

    model.set_rows([Bill("06/2026", Decimal(-100))])

    assert red in painted(table, "balance")


def test_a_states_dot_wears_its_tone(qtbot: QtBot, table: Table, model: TableModel) -> None:
    shown(qtbot, table)
    model.set_rows([Bill("06/2026", Decimal(0), is_paid=True)])

    assert current_tokens().tone(Tone.GOOD).dot in painted(table, "state")
    assert current_tokens().tone(Tone.WARN).dot not in painted(table, "state")


def painted(table: Table, name: str) -> set[str]:
    """Return the colors of a column's first cell."""
    rect = table.visualRect(table.model().index(0, table.model().place_of(name)))
    image = table.viewport().grab(rect).toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
