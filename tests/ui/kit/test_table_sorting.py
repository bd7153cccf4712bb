"""Sorting a table: by what cells mean, and without losing the chosen row."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.kit.bill_rows import Bill, bills, shown
from ui.kit.table import Table, TableModel
from ui.kit.table.order import in_order, order_of


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
