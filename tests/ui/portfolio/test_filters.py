"""The strip that chooses which plans are listed, by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.plans import PlanState
from app.usecases.branches import Branch
from app.usecases.plans import Which
from app.usecases.staff import Me, Role
from ui.portfolio.filters import PortfolioFilters
from ui.portfolio.views import ChosenPlans, ProgrammeFilter

PROGRAMMES = (ProgrammeFilter(4, "2025", "Reprogram od 2025."), ProgrammeFilter(1, "2014", "Reprogram 2014"))


@pytest.fixture
def host(qtbot):
    made = QWidget()
    made.resize(1280, 400)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def filters(host):
    made = PortfolioFilters(me(Role.SUPERVISOR), host)
    made.set_programmes(PROGRAMMES)
    made.set_branches([Branch(5, "ZEM", "Zemun"), Branch(6, "VOZ", "Voždovac")])
    made.show()
    return made


def me(role):
    return Me("vesna", "Vesna Marković", role, 3, "Zvezdara")


def test_the_lists_are_walked_by_arrows_and_left_by_escape(qtbot, filters):
    filters.begin()

    qtbot.keyClick(filters.views, Qt.Key.Key_Right)
    assert filters.chosen.which is Which.ARRIVING

    with qtbot.waitSignal(filters.left):
        qtbot.keyClick(filters.views, Qt.Key.Key_Escape)


def test_a_number_on_top_chooses_its_programme_and_state_in_one_go(qtbot, filters):
    filters.choose_view(Which.MISSED)

    with qtbot.waitSignals([filters.changed]) as _:
        filters.choose(ChosenPlans(programme_id=4, state=PlanState.BROKEN))

    assert filters.chosen == ChosenPlans(Which.ALL, 4, None, PlanState.BROKEN)
    assert filters.states.isEnabled()


def test_a_state_is_offered_only_where_it_narrows(filters):
    filters.choose(ChosenPlans(programme_id=None, state=PlanState.KEPT))

    filters.choose_view(Which.ARRIVING)

    assert not filters.states.isEnabled()
    assert filters.chosen.state is None
    filters.choose_view(Which.ALL)
    assert filters.chosen.state is PlanState.KEPT


def test_a_clerk_is_offered_no_branches(host):
    clerk = PortfolioFilters(me(Role.CLERK), host)

    assert clerk.branches.isHidden()
    assert clerk.chosen.branch_id is None


def test_what_is_chosen_stays_chosen_when_numbers_and_programmes_come_anew(filters):
    filters.choose(ChosenPlans(programme_id=1, state=PlanState.KEPT))
    before = filters.chosen

    filters.set_programmes(PROGRAMMES)
    filters.set_counts({Which.ALL: 1_234})

    assert filters.chosen == before
    assert filters.views.tabText(0).endswith("1.234")


def test_the_language_changes_and_nothing_is_chosen_anew(filters, language, qtbot):
    filters.choose(ChosenPlans(programme_id=1, state=PlanState.KEPT))

    with qtbot.assertNotEmitted(filters.changed):
        language.set("sr_Latn")
        filters.retranslate()

    assert filters.states.currentText() == "ispunjen"
    assert filters.chosen == ChosenPlans(Which.ALL, 1, None, PlanState.KEPT)
