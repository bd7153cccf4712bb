"""The strip above the list of work: its parts as tabs, and what narrows them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabBar, QWidget

from app.domain.changes import DECLARATIONS, ChangeKind
from app.usecases.branches import Branch
from app.usecases.staff import Me, Role
from ui import text
from ui.changes.words import kind_word
from ui.kit.tokens import GRID
from ui.work import words
from ui.work.views import Chosen, Deadline, View

_KIND_WIDTH, _BRANCH_WIDTH, _DEADLINE_WIDTH = 200, 174, 158


class Filters(QWidget):
    """Chooses what is listed, without the mouse: arrows between the tabs, Tab to what narrows them."""

    changed = Signal()
    left = Signal()
    """Esc or Down: the keyboard goes to the list."""

    def __init__(self, me: Me, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("work.filters")
        self._me = me
        self._counts: Mapping[View, int] = {}
        self._branches: Sequence[Branch] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(2 * GRID)
        self.views = QTabBar(self)
        self.views.setObjectName("work.views")
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        for _view in View:
            self.views.addTab("")
        self.kinds = self._combo("work.kinds", _KIND_WIDTH)
        self.branches = self._combo("work.branches", _BRANCH_WIDTH)
        self.deadlines = self._combo("work.deadlines", _DEADLINE_WIDTH)
        self.branches.setVisible(me.role is Role.SUPERVISOR)
        row.addWidget(self.views)
        row.addStretch(1)
        for combo in (self.kinds, self.branches, self.deadlines):
            row.addWidget(combo)
        self.views.currentChanged.connect(self._tell)
        self.retranslate()

    @property
    def chosen(self) -> Chosen:
        """What is to be listed."""
        kind = self.kinds.currentData()  # Qt hands an enumeration back as the text it is
        branch = self.branches.currentData() if self._me.role is Role.SUPERVISOR else self._me.branch_id
        return Chosen(
            view=list(View)[self.views.currentIndex()],
            kind=ChangeKind(kind) if kind else None,
            branch_id=branch,
            deadline=Deadline(self.deadlines.currentData()),
        )

    def begin(self) -> None:
        """Take the keyboard."""
        self.views.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose_view(self, view: View) -> None:
        """Go to another part of the list."""
        self.views.setCurrentIndex(list(View).index(view))

    def set_counts(self, counts: Mapping[View, int]) -> None:
        """Show beside the parts how many requests each has, where that is known."""
        self._counts = dict(counts)
        self._name_views()

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
        self.views.setAccessibleName(self.tr("Parts of the list"))
        kinds: list[tuple[object, str]] = [(None, self.tr("All kinds"))]
        kinds += [(declared.kind, kind_word(declared.kind)) for declared in DECLARATIONS]
        _fill(self.kinds, kinds)
        self.kinds.setAccessibleName(self.tr("Kind of change"))
        self._fill_branches()
        _fill(self.deadlines, [(deadline, words.deadline_word(deadline)) for deadline in Deadline])
        self.deadlines.setAccessibleName(self.tr("Deadline"))

    def _name_views(self) -> None:
        for place, view in enumerate(View):
            count = self._counts.get(view, 0)
            name = words.view_word(view)
            self.views.setTabText(place, f"{name}  {text.number(count)}" if count else name)

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
