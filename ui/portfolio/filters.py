"""The strip above the plans: the lists as tabs with their numbers, and what narrows them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabBar, QWidget

from app.domain.plans import PlanState
from app.usecases.branches import Branch
from app.usecases.plans import Which
from app.usecases.staff import Me, Role
from ui import states, text
from ui.kit.tokens import GRID
from ui.portfolio import words
from ui.portfolio.views import STATES, VIEWS, ChosenPlans, ProgrammeChoice

_PROGRAMME_WIDTH, _BRANCH_WIDTH, _STATE_WIDTH = 172, 172, 172


class PortfolioFilters(QWidget):
    """Chooses what is listed, without the mouse: arrows between the tabs, Tab to what narrows them."""

    changed = Signal()
    left = Signal()
    """Esc, Down or Enter: the keyboard goes to the list."""

    def __init__(self, me: Me, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("portfolio.filters")
        self._me = me
        self._counts: Mapping[Which, int] = {}
        self._programmes: Sequence[ProgrammeChoice] = ()
        self._branches: Sequence[Branch] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(2 * GRID)
        self.views = QTabBar(self)
        self.views.setObjectName("portfolio.views")
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        for _which in VIEWS:
            self.views.addTab("")
        self.programmes = self._combo("portfolio.programme", _PROGRAMME_WIDTH)
        self.branches = self._combo("portfolio.branch", _BRANCH_WIDTH)
        self.states = self._combo("portfolio.state", _STATE_WIDTH)
        self.branches.setVisible(me.role is Role.SUPERVISOR)
        row.addWidget(self.views)
        row.addStretch(1)
        for combo in (self.programmes, self.branches, self.states):
            row.addWidget(combo)
        self.views.currentChanged.connect(self._view_chosen)
        self.retranslate()

    @property
    def chosen(self) -> ChosenPlans:
        """What is to be listed; a state only narrows the list of all."""
        which = VIEWS[self.views.currentIndex()]
        state = self.states.currentData() if which is Which.ALL else None
        return ChosenPlans(
            which=which,
            programme_id=self.programmes.currentData(),
            branch_id=self.branches.currentData() if self._me.role is Role.SUPERVISOR else None,
            state=PlanState(state) if state else None,  # Qt hands an enumeration back as the text it is
        )

    def begin(self) -> None:
        """Take the keyboard."""
        self.views.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose(self, *, programme_id: int | None, state: PlanState | None) -> None:
        """List all plans of a programme and a state; None is any."""
        self.views.blockSignals(True)
        self.views.setCurrentIndex(VIEWS.index(Which.ALL))
        self.views.blockSignals(False)
        for combo, value in ((self.programmes, programme_id), (self.states, state)):
            values = [combo.itemData(place) for place in range(combo.count())]
            combo.setCurrentIndex(values.index(value) if value in values else 0)
        self.states.setEnabled(True)
        self.changed.emit()

    def choose_view(self, which: Which) -> None:
        """Go to another list."""
        self.views.setCurrentIndex(VIEWS.index(which))

    def set_counts(self, counts: Mapping[Which, int]) -> None:
        """Show beside the lists how many plans each has."""
        self._counts = dict(counts)
        self._name_views()

    def set_programmes(self, programmes: Sequence[ProgrammeChoice]) -> None:
        """Offer the programmes that plans were signed under."""
        self._programmes = tuple(programmes)
        self._fill_programmes()

    def set_branches(self, branches: Sequence[Branch]) -> None:
        """Let a supervisor choose among these branches."""
        self._branches = tuple(branches)
        self._fill_branches()

    def _combo(self, name: str, width: int) -> QComboBox:
        made = QComboBox(self)
        made.setObjectName(name)
        made.setFixedWidth(width)
        made.setMaxVisibleItems(20)
        made.activated.connect(self._tell)
        return made

    def _tell(self, _place: int) -> None:
        self.changed.emit()

    def _view_chosen(self, place: int) -> None:
        self.states.setEnabled(VIEWS[place] is Which.ALL)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._name_views()
        self.views.setAccessibleName(self.tr("Lists of plans"))
        self._fill_programmes()
        self._fill_branches()
        listed: list[tuple[object, str]] = [(None, self.tr("All states"))]
        listed += [(state, states.word(state)) for state in STATES]
        _fill(self.states, listed)
        self.states.setAccessibleName(self.tr("State"))
        self.states.setToolTip(self.tr("A state narrows the list of all plans only."))

    def _name_views(self) -> None:
        for place, which in enumerate(VIEWS):
            count = self._counts.get(which, 0)
            name = words.view_word(which)
            self.views.setTabText(place, f"{name}  {text.number(count)}" if count else name)
            self.views.setTabToolTip(place, words.view_hint(which))

    def _fill_programmes(self) -> None:
        choices: list[tuple[object, str]] = [(None, self.tr("All programmes"))]
        choices += [(one.id, text.listed(one.name)) for one in self._programmes]
        _fill(self.programmes, choices)
        self.programmes.setAccessibleName(self.tr("Programme"))

    def _fill_branches(self) -> None:
        choices: list[tuple[object, str]] = [(None, self.tr("All branches"))]
        choices += [(branch.id, text.listed(branch.name)) for branch in self._branches]
        _fill(self.branches, choices)
        self.branches.setAccessibleName(self.tr("Branch"))


def _fill(combo: QComboBox, choices: Sequence[tuple[object, str]]) -> None:
    """Offer these choices; what was chosen stays chosen."""
    before = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for value, word in choices:
        combo.addItem(word, value)
    places = [place for place, (value, _) in enumerate(choices) if value == before]
    combo.setCurrentIndex(places[0] if places else 0)
    combo.blockSignals(False)
