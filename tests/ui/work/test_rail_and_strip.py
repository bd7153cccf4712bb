"""The number on the rail, the filters and the strip of a decision, each by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.changes import ChangeKind
from app.usecases.branches import Branch
from app.usecases.changes import ProviderChoice
from app.usecases.staff import Me, Role
from ui.desk.pages import PageRow, Waiting
from ui.desk.places import Page
from ui.shell.rail import Rail
from ui.words.tones import Tone
from ui.work.decision_strip import DecisionStrip
from ui.work.decisions import Move
from ui.work.filters import Filters
from ui.work.views import View


@pytest.fixture
def host(qtbot):
    made = QWidget()
    made.resize(1280, 400)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def strip(host):
    made = DecisionStrip(host)
    made.resize(1200, 120)
    return made


def me(role):
    return Me("vesna", "Vesna Marković", role, 3, "Zvezdara")


class Counted(Waiting):
    """A page on which as many wait as the test says."""

    def words(self, waiting, overdue):
        return f"{waiting} wait, {overdue} overdue"


def row(page, waiting=None, under=None):
    return PageRow(
        page, page.title, "home", frozenset(Role), "", QWidget, waiting=waiting, stands_under=under
    )


def test_the_number_on_the_rail_is_red_as_soon_as_something_is_overdue(host):
    waiting = Counted(host)
    rail = Rail(host, rows=[row(Page.HOME), row(Page.WORK, waiting), row(Page.ACCOUNT)])
    button = rail.findChild(QWidget, "rail.work")

    waiting.counted.emit(34, 0)
    assert (button.badge, button.tone) == ("34", Tone.INFO)

    waiting.counted.emit(1_204, 3)
    assert (button.badge, button.tone) == ("999+", Tone.BAD)
    assert button.accessibleName() == "Work: 1204 wait, 3 overdue"

    waiting.counted.emit(0, 0)
    assert (button.badge, button.accessibleName()) == ("", "Work")


def test_a_page_without_a_button_of_its_own_marks_the_one_it_is_reached_from(host):
    rail = Rail(host, rows=[row(Page.HOME), row(Page.PLANS), row(Page.PROGRAMMES, under=Page.PLANS)])

    rail.show_page(Page.PROGRAMMES)

    assert rail.findChild(QWidget, "rail.programmes") is None
    assert rail.findChild(QWidget, "rail.plans").isChecked()


def test_a_supervisor_chooses_among_branches_and_a_clerk_has_their_own(host):
    supervisor, clerk = Filters(me(Role.SUPERVISOR), host), Filters(me(Role.CLERK), host)
    supervisor.set_branches([Branch(5, "ZEM", "Zemun"), Branch(6, "VOZ", "Voždovac")])

    assert supervisor.chosen.branch_id is None
    supervisor.branches.setCurrentIndex(2)
    assert supervisor.chosen.branch_id == 6
    assert clerk.chosen.branch_id == 3


def test_the_parts_of_the_list_are_walked_by_arrows_and_left_by_escape(qtbot, host):
    filters = Filters(me(Role.SUPERVISOR), host)
    filters.show()
    filters.begin()

    qtbot.keyClick(filters.views, Qt.Key.Key_Right)
    assert filters.chosen.view is View.TAKEN

    with qtbot.waitSignal(filters.left):
        qtbot.keyClick(filters.views, Qt.Key.Key_Escape)


def test_what_is_chosen_stays_chosen_when_the_language_changes(host, language):
    filters = Filters(me(Role.SUPERVISOR), host)
    filters.kinds.setCurrentIndex(2)
    before = filters.chosen

    language.set("sr_Cyrl")
    filters.retranslate()

    assert filters.chosen == before
    assert before.kind is ChangeKind.MEMBERS


def test_a_reason_is_asked_for_and_kept_when_the_strip_is_closed_and_opened_again(qtbot, strip):
    strip.begin(Move.REJECT)
    strip.reason.set_value("The contract is of another flat.")

    strip.close_strip()
    strip.begin(Move.REJECT)

    assert strip.reason.value() == "The contract is of another flat."
    with qtbot.waitSignal(strip.confirmed):
        qtbot.keyClick(strip.reason.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_reason_for_one_move_is_none_for_another(strip):
    strip.begin(Move.REJECT)
    strip.reason.set_value("Not proven.")

    strip.begin(Move.RETURN)

    assert strip.reason.value() == ""


@pytest.mark.parametrize(("move", "field"), [(Move.RETURN, "reason"), (Move.ORDER, "order")])
def test_nothing_is_sent_without_what_it_asks_for(qtbot, strip, move, field):
    strip.begin(move)

    with qtbot.assertNotEmitted(strip.confirmed):
        qtbot.mouseClick(strip.findChild(QWidget, "work.decision.send"), Qt.MouseButton.LeftButton)

    assert getattr(strip, field).error


def test_the_provider_is_chosen_by_name(strip):
    strip.begin(Move.PROVIDER)

    strip.set_providers([ProviderChoice(2, "elektrane", "JKP Beogradske elektrane")])

    assert strip.provider.value() == 2
