"""Sections: content, emptiness, waiting and failure."""

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.topics import Topic
from ui.kit.banners import AlertRow, BannerAlert
from ui.kit.busy import BusyIndicator, BusyLine
from ui.kit.section import Section
from ui.words.tones import Tone


class Notices(Section):
    """A section that counts how often it was loaded."""

    def __init__(self) -> None:
        super().__init__("notices")
        self.loads = 0
        self.body.addWidget(QLabel("rows", self.content))

    def load(self) -> None:
        self.loads += 1
        self.show_busy()


@pytest.fixture
def section(qtbot: QtBot) -> Notices:
    made = Notices()
    qtbot.addWidget(made)
    made.resize(500, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def turns_over() -> None:
    """Let the event loop come to what was put off to its next turns."""
    for _turn in range(3):
        QApplication.processEvents()


def sign(section: Section, name: str) -> QWidget:
    found = section.findChild(QWidget, f"notices.{name}")
    assert found is not None
    return found


def test_a_short_wait_shows_nothing(section: Notices) -> None:
    section.load()

    assert not sign(section, "busy").isVisible()
    assert not sign(section, "wait").isVisible()


def test_a_wait_shows_a_line_first_and_then_words_with_a_way_out(qtbot: QtBot, section: Notices) -> None:
    section.load()

    qtbot.waitUntil(sign(section, "busy").isVisible, timeout=2_000)
    assert not sign(section, "wait").isVisible()
    qtbot.waitUntil(sign(section, "wait").isVisible, timeout=2_000)


def test_the_answer_takes_the_signs_of_waiting_away(qtbot: QtBot, section: Notices) -> None:
    section.load()
    qtbot.waitUntil(sign(section, "wait").isVisible, timeout=2_000)

    section.show_rows()

    assert not sign(section, "busy").isVisible()
    assert not sign(section, "wait").isVisible()
    assert not section.is_empty


def test_giving_up_waiting_is_told(qtbot: QtBot, section: Notices) -> None:
    section.load()
    qtbot.waitUntil(sign(section, "wait").isVisible, timeout=2_000)

    with qtbot.waitSignal(section.cancelled):
        sign(section, "wait.cancel").click()  # type: ignore[attr-defined]

    assert not sign(section, "wait").isVisible()


def test_an_empty_section_says_why_it_is_empty(section: Notices) -> None:
    section.show_empty("Nema opomena", "Ništa nije dospelo")

    assert section.is_empty
    assert (section.empty.title, section.empty.hint) == ("Nema opomena", "Ništa nije dospelo")


def test_a_failure_leaves_the_rows_readable_and_can_be_tried_again(section: Notices) -> None:
    section.load_once()
    section.show_rows()

    section.show_failure("Baza se ne odaziva")

    assert section.failure == "Baza se ne odaziva"
    assert section.content.isVisible()
    sign(section, "failure.action").click()  # type: ignore[attr-defined]
    assert section.loads == 2
    section.show_rows()
    assert section.failure == ""


def test_a_section_is_loaded_once_unless_it_is_forgotten(section: Notices) -> None:
    section.load_once()
    section.load_once()
    assert section.loads == 1

    section.forget()
    section.load_once()

    assert section.loads == 2


# -- what was written meanwhile ------------------------------------------------------------------------


class Writings(QObject):
    """Says what was written, as the door to the database does."""

    changed = Signal(object)

    def writes(self, *topics: Topic) -> None:
        self.changed.emit(frozenset(topics))


@pytest.fixture
def writings(qapp: object) -> Writings:
    return Writings()


@pytest.fixture
def followed(qtbot: QtBot, writings: Writings) -> Notices:
    """A section that follows notices and payments, shown and loaded."""
    made = Notices()
    qtbot.addWidget(made)
    made.follow(writings.changed, {Topic.NOTICES, Topic.PAYMENTS})
    with qtbot.waitExposed(made):
        made.show()
    made.show_rows()
    return made


def test_a_section_that_follows_something_loads_when_it_is_first_shown(followed: Notices) -> None:
    assert followed.loads == 1


def test_a_section_that_is_seen_loads_once_for_all_that_was_written(
    qtbot: QtBot, followed: Notices, writings: Writings
) -> None:
    writings.writes(Topic.NOTICES)
    writings.writes(Topic.PAYMENTS, Topic.BILLS)

    qtbot.waitUntil(lambda: followed.loads > 1)
    writings.writes(Topic.BILLS)
    turns_over()
    assert followed.loads == 2


def test_a_section_that_is_hidden_loads_when_it_is_shown_again(followed: Notices, writings: Writings) -> None:
    followed.hide()
    writings.writes(Topic.NOTICES)
    turns_over()
    assert followed.loads == 1

    followed.show()

    assert followed.loads == 2


def test_a_section_nothing_of_which_was_written_is_shown_as_it_was(
    followed: Notices, writings: Writings
) -> None:
    followed.hide()
    writings.writes(Topic.BILLS)
    followed.show()
    turns_over()

    assert followed.loads == 1


def test_a_section_that_asks_anew_by_itself_is_not_asked_twice(followed: Notices, writings: Writings) -> None:
    writings.writes(Topic.NOTICES)
    followed.load()
    turns_over()

    assert followed.loads == 2


def test_a_busy_sign_costs_nothing_while_it_is_hidden(qtbot: QtBot, section: Notices) -> None:
    ring = BusyIndicator("ring", section)
    line = BusyLine("line", section)
    ring.show()
    ring.hide()

    assert not ring.frames.isActive()
    assert not line.frames.isActive()


def test_an_alert_offers_one_action_by_its_name(qtbot: QtBot, section: Notices) -> None:
    row = AlertRow("alerts", section)
    row.set_alerts(
        [
            BannerAlert(name="case", words="Izvršenje u toku", tone=Tone.BAD, action="Otvori"),
            BannerAlert(name="mail", words="Računi e-poštom su isključeni"),
        ]
    )

    with qtbot.waitSignal(row.action_chosen) as chosen:
        row.strip("case").findChild(QWidget, "alerts.case.action").click()  # type: ignore[union-attr]

    assert chosen.args == ["case"]


def test_an_account_without_alerts_has_no_row_of_them(section: Notices) -> None:
    row = AlertRow("alerts", section)
    row.set_alerts([BannerAlert(name="case", words="Izvršenje u toku")])

    row.set_alerts([])

    assert row.isHidden()
