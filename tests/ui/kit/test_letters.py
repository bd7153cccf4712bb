"""A letter pressed where one searches by typing is that letter, and no command of the screen around it."""

import pytest
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from tests.robots import keyboard
from ui.desk.commands import Commands
from ui.kit.fields import ChoiceField
from ui.kit.letters import keep_letters
from ui.kit.list_filters import ListFilters, fill

KINDS = [("area", "Area"), ("members", "Members"), ("use", "Use")]


class Page(QWidget):
    """A page whose requests are approved by A."""

    def __init__(self) -> None:
        super().__init__()
        self.approved = 0
        Commands(self).add("work.approve", owner=self, run=self.approve)
        QVBoxLayout(self)

    def approve(self) -> None:
        self.approved += 1

    def holds(self, widget: QWidget) -> None:
        layout = self.layout()
        assert layout is not None
        layout.addWidget(widget)


@pytest.fixture
def page(qtbot):
    made = Page()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_in_a_choice_of_the_list_above_the_requests(page):
    filters = ListFilters("work", page, parts=1)
    combo = filters.add_choice("work.kind", width=100)
    fill(combo, KINDS)
    combo.setCurrentIndex(2)
    page.holds(filters)
    combo.setFocus()

    keyboard.press(page, "A")

    assert (page.approved, combo.currentText()) == (0, "Area")


def test_in_the_opened_list_of_a_choice(page, qtbot):
    field = ChoiceField("kind", page)
    field.set_choices(KINDS)
    page.holds(field)
    combo = field.editor
    combo.showPopup()
    popup = combo.view().window()
    qtbot.waitUntil(popup.isVisible)

    keyboard.press(popup, "A")

    assert page.approved == 0


def test_in_an_open_menu(page, qtbot):
    menu = QMenu(page)
    menu.addAction("Other")
    keep_letters(menu)
    page.setFocus()
    menu.popup(page.mapToGlobal(page.rect().center()))
    qtbot.waitUntil(menu.isVisible)

    keyboard.press(menu, "A")

    assert page.approved == 0


def test_on_the_page_itself_it_is_the_command(page):
    page.setFocus()

    keyboard.press(page, "A")

    assert page.approved == 1
