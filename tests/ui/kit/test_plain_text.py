"""What a customer wrote is shown as it was written: no label and no tip takes it for a page."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import ui
from ui.kit.banners import Banner
from ui.kit.labels import Amount, Badge, Item, KeyValueGrid
from ui.kit.styling import label, plain_tip, set_tip
from ui.kit.table import Column, TableModel
from ui.words.tones import Tone

SOURCES = sorted(Path(ui.__file__).parent.rglob("*.py"))
FACTORY = "styling.py"


def calls(tree: ast.AST) -> list[str]:
    """What is called in a module, by its last name."""
    return [
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]


def bases(tree: ast.AST) -> list[str]:
    return [
        base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
    ]


@pytest.mark.parametrize(
    "way",
    [
        "QLabel",
        "setToolTip",
        "setTextFormat",
        "QMessageBox",
        "QTextBrowser",
        "setHtml",
        "setTabToolTip",
        "setWhatsThis",
        "QTextEdit",
    ],
)
def test_labels_and_tips_are_made_in_one_place(way):
    modules = [path for path in SOURCES if path.name != FACTORY]
    trees = {path: ast.parse(path.read_text("utf-8")) for path in modules}

    assert len(trees) > 100
    assert [path.name for path, tree in trees.items() if way in calls(tree) + bases(tree)] == []


def test_a_picture_named_in_a_customers_words_is_not_fetched(qtbot: QtBot, tmp_path: Path):
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    picture.save(str(tmp_path / "red.png"))
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    words = f'<img src="{(tmp_path / "red.png").as_uri()}">'
    shown = label(window)
    column.addWidget(shown)
    shown.setText(words)

    drawn = window.grab().toImage()

    assert shown.text() == words
    red = QImage(picture).pixel(0, 0)
    assert not any(drawn.pixel(x, y) == red for x in range(drawn.width()) for y in range(drawn.height()))


def test_whatever_shows_words_shows_their_signs(qtbot: QtBot):
    window = QWidget()
    qtbot.addWidget(window)
    Badge("badge", window).set_state("<b>x</b>", Tone.WARN)
    Amount("amount", window)
    KeyValueGrid("grid", window).set_items([Item(name="holder", title="Holder", value="<b>x</b>")])
    Banner("banner", window).tell("<b>x</b>", tone=Tone.WARN)

    labels = window.findChildren(QLabel)

    assert len(labels) >= 5
    assert {one.textFormat() for one in labels} == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("words", ['<img src="file://host/x">', "a < b", "&lt;b&gt;", "one\n<b>two</b>"])
def test_a_tip_that_looks_like_a_page_is_shown_sign_for_sign(qtbot: QtBot, words: str):
    window = QWidget()
    qtbot.addWidget(window)
    set_tip(window, words)
    page = QLabel(window)  # what Qt makes of it
    page.setTextFormat(Qt.TextFormat.RichText)
    page.setText(window.toolTip())
    page.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    page.setSelection(0, len(words))

    assert page.selectedText().replace("\u2028", "\n") == words


def test_a_tip_without_signs_stays_as_it_is():
    assert plain_tip("Print (Ctrl+P)") == "Print (Ctrl+P)"


def test_the_tip_of_a_cell_is_no_page(qapp: QApplication):
    model = TableModel([Column(name="name", text=str, hint=str)], qapp)
    model.set_rows(["<b>x</b>"], more=False)

    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "<qt>&lt;b&gt;x&lt;/b&gt;</qt>"
