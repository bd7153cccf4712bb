"""A row that cannot be read says so in its place, and is nothing that could be opened or decided."""

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.faulty import Faulty, RowKind
from tests.ui.kit.bill_rows import bills, shown
from ui.kit.messages import MessageArea
from ui.kit.table import Table, TableModel
from ui.words import faulty

FAULTY = Faulty(RowKind.PROGRAMME, "P1/2", "steps")
SENTENCE = faulty.sentence(FAULTY)


def among(table: Table) -> list[object]:
    first, last = bills(2)
    rows = [first, FAULTY, last]
    table.model().set_rows(rows)
    return rows


def test_it_is_named_by_its_number_with_what_is_wrong_and_whom_to_tell() -> None:
    assert "P1/2" in SENTENCE
    assert "ladder" in SENTENCE
    assert "administrator" in SENTENCE


def test_every_cell_of_it_says_the_sentence_and_the_rows_beside_it_are_as_ever(
    model: TableModel, table: Table
) -> None:
    among(table)

    assert [model.index(1, at).data() for at in range(model.columnCount())] == [
        SENTENCE
    ] * model.columnCount()
    assert model.index(0, 0).data() == "0000001"
    assert model.index(2, 0).data() == "0000002"


def test_it_can_be_gone_to_but_neither_chosen_nor_opened(qtbot: QtBot, table: Table) -> None:
    among(table)
    chosen: list[int] = []
    opened: list[int] = []
    table.row_chosen.connect(chosen.append)
    table.row_opened.connect(opened.append)

    table.choose_row(1)
    qtbot.keyClick(table, Qt.Key.Key_Return)

    assert table.currentIndex().row() == 1
    assert (chosen, opened, table.chosen_row(), table.chosen_rows()) == ([-1], [], -1, [])

    table.choose_row(2)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert (chosen, opened) == ([-1, 2], [2])


def test_all_of_its_sentence_is_said_when_one_goes_to_it(qtbot: QtBot, table: Table) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    table.setParent(host)
    area = MessageArea("messages", host)
    among(table)

    table.choose_row(0)
    assert area.words == ""
    table.choose_row(1)
    assert area.words == SENTENCE
    table.setParent(None)


def test_it_stands_last_whichever_way_the_others_are_sorted(table: Table) -> None:
    first, _, last = among(table)

    table.model().sort_rows("month", ascending=False)

    assert table.model().rows() == [last, first, FAULTY]


def test_what_is_copied_and_exported_has_its_sentence_once(
    qtbot: QtBot, table: Table, tmp_path: Path
) -> None:
    among(table)
    table.selectAll()

    table.copy_rows()
    with qtbot.waitSignal(table.exported):
        table.export_to(tmp_path / "seen.xlsx")

    assert QApplication.clipboard().text().count(SENTENCE) == 1
    sheet = openpyxl.load_workbook(tmp_path / "seen.xlsx").active
    assert sheet is not None
    assert [cell.value for row in sheet.iter_rows() for cell in row].count(SENTENCE) == 1
    QApplication.clipboard().clear()


def test_its_sentence_is_painted_across_the_row(qtbot: QtBot, table: Table) -> None:
    model = table.model()
    model.set_rows([FAULTY])
    shown(qtbot, table)
    image = table.viewport().grab().toImage()

    assert _inked(image, left=0, right=90)
    assert _inked(image, left=110, right=190)


def _inked(image: QImage, *, left: int, right: int) -> bool:
    """Tell whether anything but the ground stands in a stretch of the first row."""
    ratio = image.devicePixelRatio()
    ground = image.pixelColor(int(2 * ratio), int(4 * ratio))
    return any(
        image.pixelColor(int(x * ratio), int(y * ratio)) != ground
        for x in range(left + 10, right)
        for y in range(6, 20)
    )
