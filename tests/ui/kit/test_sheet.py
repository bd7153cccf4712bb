"""The side sheet and the short messages."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.buttons import ButtonKind
from ui.kit.fields import TextField
from ui.kit.messages import MessageArea
from ui.kit.sheet import Sheet


class Page(QWidget):
    """A page with an input of its own and a sheet over it."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.search = QLineEdit(self)
        column.addWidget(self.search)
        column.addStretch(1)
        self.sheet = Sheet("sheet", self)
        self.reason = TextField("reason", self.sheet.inside)
        self.sheet.body.addWidget(self.reason)
        self.cancel = self.sheet.add_button("cancel")
        self.save = self.sheet.add_button("save", kind=ButtonKind.PRIMARY)
        self.undone = 0

    def undo(self) -> None:
        self.undone += 1


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.resize(900, 600)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.search.setFocus()
    return made


def test_an_opened_sheet_has_the_cursor_in_its_first_field(page: Page) -> None:
    page.sheet.open()

    assert page.reason.line.hasFocus()


def test_esc_closes_the_sheet_and_the_cursor_returns_to_where_it_was(qtbot: QtBot, page: Page) -> None:
    page.sheet.open()

    with qtbot.waitSignal(page.sheet.closed):
        qtbot.keyClick(page.reason.line, Qt.Key.Key_Escape)

    assert not page.sheet.isVisible()
    assert page.search.hasFocus()


def test_a_sheet_closes_although_what_had_the_cursor_before_is_gone(qtbot: QtBot, page: Page) -> None:
    page.sheet.open()
    page.search.deleteLater()
    QCoreApplication.sendPostedEvents(page.search, QEvent.Type.DeferredDelete.value)

    with qtbot.waitSignal(page.sheet.closed):
        page.sheet.close_sheet()

    assert not page.sheet.isVisible()


def test_a_sheet_that_holds_only_asks_to_be_closed(qtbot: QtBot, page: Page) -> None:
    page.sheet.holds = True
    page.sheet.open()

    with qtbot.waitSignal(page.sheet.close_requested):
        qtbot.keyClick(page.reason.line, Qt.Key.Key_Escape)

    assert page.sheet.isVisible()


def test_tab_goes_round_inside_the_sheet(qtbot: QtBot, page: Page) -> None:
    page.sheet.open()
    seen = []

    for _ in range(4):
        seen.append(page.window().focusWidget())
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)

    assert page.search not in seen
    assert {page.reason.line, page.cancel, page.save} <= set(seen)


def test_the_sheet_covers_the_page_at_any_size(qtbot: QtBot, page: Page) -> None:
    page.sheet.open()

    page.resize(700, 500)

    assert page.sheet.geometry() == page.rect()
    assert page.sheet.panel.geometry().right() == page.rect().right()


def test_a_message_offers_undo_where_there_is_one(qtbot: QtBot, page: Page) -> None:
    area = MessageArea("messages", page)
    area.say("Napomena je sačuvana", page.undo)
    button = area.findChild(QPushButton, "messages.undo")
    assert button is not None

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert page.undone == 1
    assert not area.isVisible()


def test_a_message_without_undo_has_no_button(page: Page) -> None:
    area = MessageArea("messages", page)

    area.say("Odštampano")

    assert area.words == "Odštampano"
    assert not area.findChild(QPushButton, "messages.undo").isVisible()  # type: ignore[union-attr]
