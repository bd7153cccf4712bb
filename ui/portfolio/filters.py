"""The strip above the plans: the lists as tabs with their numbers, and what narrows them."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from app.domain.plans import PlanState
from app.usecases.branches import Branch
from app.usecases.plans import Which
from app.usecases.staff import Me
from ui.kit.list_filters import ListFilters, fill
from ui.kit.styling import set_tab_tip, set_tip
from ui.portfolio import words
from ui.portfolio.views import STATES, VIEWS, ChosenPlans, ProgrammeFilter
from ui.words import states, text

_WIDTH = 172


class PortfolioFilters(ListFilters):
    """Which plans, of which programme, branch and state."""

    def __init__(self, me: Me, parent: QWidget) -> None:
        super().__init__("portfolio", parent, parts=len(VIEWS))
        self._me = me
        self._counts: Mapping[Which, int] = {}
        self._programmes: Sequence[ProgrammeFilter] = ()
        self._branches: Sequence[Branch] = ()
        self.programmes = self.add_choice("portfolio.programme", width=_WIDTH)
        self.branches = self.add_choice("portfolio.branch", width=_WIDTH)
        self.states = self.add_choice("portfolio.state", width=_WIDTH)
        self.branches.setVisible(me.supervises)
        self.retranslate()

    @property
    def chosen(self) -> ChosenPlans:
        """What is to be listed; a state only narrows the list of all."""
        which = VIEWS[self.views.currentIndex()]
        state = self.states.currentData() if which is Which.ALL else None
        return ChosenPlans(
            which=which,
            programme_id=self.programmes.currentData(),
            branch_id=self.branches.currentData() if self._me.supervises else None,
            state=PlanState(state) if state else None,  # Qt hands an enumeration back as the text it is
        )

    def choose(self, wanted: ChosenPlans) -> None:
        """List what was chosen elsewhere."""
        self.views.blockSignals(True)
        self.views.setCurrentIndex(VIEWS.index(wanted.which))
        self.views.blockSignals(False)
        for combo, value in (
            (self.programmes, wanted.programme_id),
            (self.branches, wanted.branch_id),
            (self.states, wanted.state),
        ):
            values = [combo.itemData(place) for place in range(combo.count())]
            combo.setCurrentIndex(values.index(value) if value in values else 0)
        self.states.setEnabled(wanted.which is Which.ALL)
        self.changed.emit()

    def choose_view(self, which: Which) -> None:
        """Go to another list."""
        self.views.setCurrentIndex(VIEWS.index(which))

    def set_counts(self, counts: Mapping[Which, int]) -> None:
        """Show beside the lists how many plans each has."""
        self._counts = dict(counts)
        self._name_views()

    def set_programmes(self, programmes: Sequence[ProgrammeFilter]) -> None:
        """Offer the programmes that plans were signed under."""
        self._programmes = tuple(programmes)
        self._fill_programmes()

    def set_branches(self, branches: Sequence[Branch]) -> None:
        """Let a supervisor choose among these branches."""
        self._branches = tuple(branches)
        self._fill_branches()

    def part_chosen(self, place: int) -> None:
        self.states.setEnabled(VIEWS[place] is Which.ALL)

    def retranslate(self) -> None:
        self._name_views()
        self.views.setAccessibleName(self.tr("Lists of plans"))
        self._fill_programmes()
        self._fill_branches()
        listed: list[tuple[object, str]] = [(None, self.tr("All states"))]
        listed += [(state, states.word(state)) for state in STATES]
        fill(self.states, listed)
        self.states.setAccessibleName(self.tr("State"))
        set_tip(self.states, self.tr("A state narrows the list of all plans only."))

    def _name_views(self) -> None:
        names = [words.view_word(which) for which in VIEWS]
        self.name_parts(names, counts=[self._counts.get(which, 0) for which in VIEWS])
        for place, which in enumerate(VIEWS):
            set_tab_tip(self.views, place, words.view_hint(which))

    def _fill_programmes(self) -> None:
        choices: list[tuple[object, str]] = [(None, self.tr("All programmes"))]
        choices += [(one.id, text.listed(one.name)) for one in self._programmes]
        fill(self.programmes, choices)
        self.programmes.setAccessibleName(self.tr("Programme"))

    def _fill_branches(self) -> None:
        choices: list[tuple[object, str]] = [(None, self.tr("All branches"))]
        choices += [(branch.id, text.listed(branch.name)) for branch in self._branches]
        fill(self.branches, choices)
        self.branches.setAccessibleName(self.tr("Branch"))
