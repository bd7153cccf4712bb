"""Three languages and two themes, switched while the program runs."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QWidget

from tests.robots.stage import ANA
from ui.desk.places import AccountSection

BILLS = {
    "desk.language_latin": "Računi",
    "desk.language_cyrillic": "Рачуни",
    "desk.language_english": "Bills",
}


@pytest.mark.parametrize("command", list(BILLS))
def test_a_language_is_switched_on_an_open_account(clerk, command):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")

    clerk.runs(command)

    bar = clerk.widget("account.sections", QTabBar)
    clerk.until(lambda: bar.tabText(0) == BILLS[command], "the language stayed")
    clerk.runs("desk.language_english")


def test_in_cyrillic_no_latin_word_is_left_on_any_section(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.runs("desk.language_cyrillic")

    for section in AccountSection:
        clerk.goes_to(section)
        for said in _words_of_the_program(clerk.page):
            assert not _is_english(said), f"{section}: {said}"
    clerk.runs("desk.language_english")


@pytest.mark.parametrize(("command", "is_dark"), [("desk.theme_dark", True), ("desk.theme_light", False)])
def test_a_theme_reaches_every_corner_of_an_open_window(clerk, command, is_dark):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")

    clerk.runs(command)

    for section in AccountSection:
        clerk.goes_to(section)
        picture = clerk.picture()
        corners = [(2, 2), (40, 400), (1360, 2), (300, 764), (900, 700)]
        lightness = [picture.pixelColor(x, y).lightness() for x, y in corners]
        assert all((light < 80) is is_dark for light in lightness), (section, lightness)
    clerk.runs("desk.theme_light")


def test_rows_can_be_closer_together(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    table = clerk.widget("bills.table")

    clerk.runs("desk.density")

    clerk.until(lambda: table.rowHeight(0) == 24, "the rows stayed as high")
    clerk.runs("desk.density")
    clerk.until(lambda: table.rowHeight(0) == 28, "the rows stayed as low")


def _words_of_the_program(page: QWidget) -> list[str]:
    """Return the titles and buttons that are seen: what the program says, not what the city is called."""
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible() and _is_title(label)]
    shown += [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]
    return [text for text in shown if text]


def _is_title(label: QLabel) -> bool:
    return label.objectName().endswith(".title") and label.property("look") in ("section", "caption")


def _is_english(said: str) -> bool:
    known = {"JMBG", "PIB", "PDF", "QR", "e.Sanduče", "E-mail", "Ctrl+P"}
    letters = [part for part in said.replace("…", " ").split() if part.strip("().,:") not in known]
    return any(part.isascii() and part.isalpha() and len(part) > 2 for part in letters)
