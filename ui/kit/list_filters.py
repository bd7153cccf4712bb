"""The strip above a long list: its parts as tabs, and what narrows them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabBar, QWidget

from ui.kit.letters import keep_letters
from ui.kit.speaking import Speaking
from ui.kit.tokens import GRID
from ui.words import text

_LEAVING = (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ListFilters(Speaking, QWidget):
    """Chooses what is listed, without the mouse: arrows between the tabs, Tab to what narrows them.

    ``retranslate`` is where a list names its parts and fills its choices.
    """

    changed = Signal()
    left = Signal()
    """Esc, Down or Enter: the keyboard goes to the list."""

    def __init__(self, name: str, parent: QWidget, *, parts: int) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.filters")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._row.setSpacing(2 * GRID)
        self.views = QTabBar(self)
        self.views.setObjectName(f"{name}.views")
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        for _part in range(parts):
            self.views.addTab("")
        self._row.addWidget(self.views)
        self._row.addStretch(1)
        self.views.currentChanged.connect(self._part_chosen)

    def add_choice(self, name: str, *, width: int) -> QComboBox:
        """Put one more choice to the right; it is filled by ``fill``."""
        made = QComboBox(self)
        made.setObjectName(name)
        made.setFixedWidth(width)
        made.setMaxVisibleItems(20)
        made.activated.connect(self._tell)
        keep_letters(made)
        self._row.addWidget(made)
        return made

    def begin(self) -> None:
        """Take the keyboard."""
        self.views.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def name_parts(self, names: Sequence[str], *, counts: Sequence[int]) -> None:
        """Name the tabs; beside each stands how many it has, where that is known and not none."""
        for place, (name, count) in enumerate(zip(names, counts, strict=True)):
            self.views.setTabText(place, f"{name}  {text.number(count)}" if count else name)

    def part_chosen(self, place: int) -> None:
        """Another tab is on top; what narrows only some of them may be turned off here."""

    def _part_chosen(self, place: int) -> None:
        self.part_chosen(place)
        self.changed.emit()

    def _tell(self, _place: int) -> None:
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEAVING:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def fill(combo: QComboBox, choices: Sequence[tuple[object, str]]) -> None:
    """Offer these choices, each a value and its word; what was chosen stays chosen."""
    before = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for value, word in choices:
        combo.addItem(word, value)
    places = [place for place, (value, _) in enumerate(choices) if value == before]
    combo.setCurrentIndex(places[0] if places else 0)
    combo.blockSignals(False)
