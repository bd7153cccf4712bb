"""Tables: pages of rows, the clerk's own columns, the keyboard and the clipboard."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.kit.bill_rows import COLUMNS, Bill, bills, shown
from ui.kit.messages import MessageArea
from ui.kit.preferences import NoPreferences
from ui.kit.table import Table, TableModel
from ui.kit.table.model import TONE_ROLE
from ui.kit.theme import current_tokens
from ui.words.tones import Tone


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

    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    assert 0 < len(table.chosen_rows()) <= 5_000


def test_typing_letters_does_not_search_through_the_rows(
    qtbot: QtBot, table: Table, model: TableModel
) -> None:
    model.set_rows(bills(3))
    shown(qtbot, table).choose_row(0)

    qtbot.keyClick(table, Qt.Key.Key_0)

    assert table.chosen_row() == 0


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
