"""What holds for every screen: names for tests and screen readers, keys, and how much is asked."""

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from tests.robots.changes import Changes
from tests.robots.overseer import Overseer
from tests.robots.plans import Plans
from tests.robots.stage import ADMIN, ANA, SUPERVISOR
from tests.robots.work import Decider
from ui.desk.commands import ENTRIES, clashes
from ui.desk.places import AccountSection

INTERACTIVE = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTabBar)

ASKED = {
    AccountSection.ENFORCEMENT: {"enforcement.cases_of": 1},
    AccountSection.PLANS: {"questions.plans_of": 1, "details.story_of": 4},
    AccountSection.NOTICES: {"notices.notices_of": 1},
    AccountSection.PAYMENTS: {"payments.payment_page": 2},
    AccountSection.DATA: {"holders.account_data": 6},
    AccountSection.CHANGES: {"questions.change_page": 1},
    AccountSection.TIMELINE: {"timeline.timeline_page": 1},
}
"""The questions of a section when it is first shown, and how many statements each of them takes."""


def test_no_keys_are_meant_for_two_commands_at_once():
    assert clashes() == []


def test_every_command_is_bound_to_something(stage):
    clerk = stage.opens()
    clerk.signs_in(SUPERVISOR)
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.presses("Ctrl+P")
    clerk.until(lambda: clerk.is_seen("copy"), "the copy did not open")
    clerk.presses("Esc")
    Changes(clerk).opens_chooser()
    clerk.presses("Esc")
    clerk.goes_to(AccountSection.PLANS)
    Plans(clerk).begins()
    clerk.presses("Esc")
    Decider(clerk).goes_to_work()
    Overseer(clerk).goes_to_plans()
    clerk.runs("desk.programmes")
    clerk.runs("desk.oversight")

    administrator = stage.opens()
    administrator.signs_in(ADMIN)

    bound = {
        action.objectName()
        for person in (clerk, administrator)
        for action in person.desk.commands_of_the_window()
    }

    assert set(ENTRIES) - bound == set()


def test_everything_one_can_act_on_has_a_name_and_words_for_a_screen_reader(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    nameless = set(_nameless(clerk.window))

    for section in AccountSection:
        clerk.goes_to(section)
        nameless |= set(_nameless(clerk.window))
    for command, form in (("account.note", "note"), ("account.delivery", "delivery")):
        clerk.runs(command)
        clerk.until(lambda form=form: clerk.is_seen(form), f"{form} did not open")
        nameless |= set(_nameless(clerk.window))
        clerk.presses("Esc")
    Changes(clerk).opens_chooser()
    nameless |= set(_nameless(clerk.window))
    clerk.types("7\n")
    Changes(clerk).sees_form()
    nameless |= set(_nameless(clerk.window))
    clerk.presses("Esc")
    Decider(clerk).goes_to_work()
    nameless |= set(_nameless(clerk.window))

    assert nameless == set()


def test_the_sign_in_screen_is_named_throughout(stage):
    assert set(_nameless(stage.opens().window)) == set()


def test_opening_an_account_costs_few_statements(clerk):
    wanted = {
        "visits.open_account": 1,
        "accounts.account_header": 1,
        "questions.bill_list": 2,
        "questions.whole_bill": 8,
    }

    asked = clerk.counts(lambda: clerk.opens(ANA), until=wanted)

    del asked["search.find"]
    del asked["search.recent_accounts"]
    assert asked == wanted


@pytest.mark.parametrize(("section", "wanted"), list(ASKED.items()))
def test_a_section_costs_few_statements(clerk, section, wanted):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")

    asked = clerk.counts(lambda: clerk.goes_to(section), until=wanted)

    assert asked == wanted


def test_the_list_of_work_and_a_review_cost_few_statements(stage):
    supervisor = stage.opens()
    supervisor.signs_in(SUPERVISOR)
    someone = Decider(supervisor)

    wanted = {"visits.open_visits": 1, "claims.look_at": 4, "work.claim": 1, "effects.effect_of": 4}
    listed = supervisor.counts(someone.goes_to_work, until=("work.work_list",))
    number = someone.numbers()[0]
    reviewed = supervisor.counts(lambda: someone.reviews(number), until=wanted)

    assert listed["work.work_list"] == 1
    assert {name: reviewed[name] for name in wanted} == wanted


def test_the_form_of_a_change_costs_few_statements(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    changes = Changes(clerk)

    kinds, form = {"grounds.kinds_for": 1}, {"steps.open_form": 2}
    chosen = clerk.counts(changes.opens_chooser, until=kinds)
    opened = clerk.counts(lambda: (clerk.types("7\n"), changes.sees_form()), until=form)

    assert (chosen, opened) == (kinds, form)


def _nameless(window: QWidget) -> list[str]:
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, INTERACTIVE) or not widget.isVisible() or _is_qts_own(widget):
            continue
        words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not widget.objectName() or not words:
            path = f"{type(widget).__name__} {widget.objectName()!r} in {widget.parent().objectName()!r}"
            found.append(path)
    return found


def _is_qts_own(widget: QWidget) -> bool:
    """Whether Qt made it inside another widget, as the scroll buttons of a tab bar."""
    if isinstance(widget, QHeaderView) or isinstance(widget.parent(), QLineEdit):
        return True  # they speak through the table and the field they belong to
    own = ("ScrollLeftButton", "ScrollRightButton", "qt_")
    return widget.objectName().startswith(own) or type(widget).__name__ in ("CloseButton", "QAbstractButton")
