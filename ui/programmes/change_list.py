"""What somebody else wrote into the same draft meanwhile, field by field, beside what stands here."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Column, Table, TableModel
from ui.kit.theme import current_density
from ui.kit.tokens import GRID
from ui.programmes import words
from ui.programmes.model import Change

_MOST_SEEN = 6


class ChangeList(Speaking, QFrame):
    """Says what changed; a field both wrote keeps what was typed here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("programme.changes")
        self.setProperty("look", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        self._said = label(self, "strong", name="programme.changes.said")
        self._said.setWordWrap(True)
        column.addWidget(self._said)
        self._model = TableModel(
            [
                Column(name="field", as_=words.name_of, width=190, strong=True),
                Column(name="before", text=_before, hinted=True, width=150, quiet=True),
                Column(name="theirs", text=_theirs, hinted=True, width=180),
                Column(name="mine", text=_mine, hinted=True, width=180, stretches=True),
            ],
            self,
        )
        self.table = Table(self._model, "programme.changes.table", self)
        self.table.sorts_here = False
        self.table.setProperty("framed", True)
        column.addWidget(self.table)
        self.hide()
        self.retranslate()

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Show these; none hides the list."""
        self._model.set_rows(changes)
        rows = min(len(changes), _MOST_SEEN)
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(current_density().row_height * rows + header + GRID)
        self.setVisible(bool(changes))

    def retranslate(self) -> None:
        self._said.setText(
            self.tr(
                "Somebody else changed this draft meanwhile. What you typed still stands; "
                "the rest is theirs. Look at it and save again."
            )
        )
        self.table.setAccessibleName(self.tr("What somebody else changed"))
        self._model.set_titles(
            {
                "field": self.tr("Field"),
                "before": self.tr("Before"),
                "theirs": self.tr("They wrote"),
                "mine": self.tr("Stands here now"),
            }
        )


def _before(change: Change) -> str:
    return words.value_words(change.field, change.before)


def _theirs(change: Change) -> str:
    return words.value_words(change.field, change.theirs)


def _mine(change: Change) -> str:
    return words.value_words(change.field, change.mine)
