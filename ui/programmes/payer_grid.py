"""A grid of terms: a row is a number of instalments or a size of debt, a column a kind of payer.

It is typed like a sheet of squared paper: below the last row there always is an
empty one, and a row that was emptied means nothing.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.kit.styling import label, set_look
from ui.kit.tokens import GRID
from ui.programmes.typed import PAYERS
from ui.programmes.words import payer_title

_LONGEST = 16
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PayerGrid(QWidget):
    """Cells by payer; the arrows go between rows, Enter and Tab to the next cell."""

    edited = Signal()
    committed = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._key_title = ""
        self._lines: list[list[QLineEdit]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self._hint = label(self, "caption", name=f"{name}.hint")
        self._hint.setWordWrap(True)
        column.addWidget(self._hint)
        holder = QWidget(self)
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID)
        self._titles = [label(holder, "caption", name=f"{name}.title.{place}") for place in range(6)]
        for place, title in enumerate(self._titles):
            title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(title, 0, place)
            self._grid.setColumnStretch(place, 1)
        column.addWidget(holder)
        self._error: QLabel = label(self, "error", name=f"{name}.error")
        self._error.setWordWrap(True)
        self._error.hide()
        column.addWidget(self._error)
        self._holder = holder
        self.set_rows(())

    @property
    def error(self) -> str:
        """The error that is shown, or nothing."""
        return self._error.text()

    def rows(self) -> list[list[str]]:
        """Return the rows in which something stands."""
        found = [[cell.text().strip() for cell in line] for line in self._lines]
        return [row for row in found if any(row)]

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show rows as if they had always been there, and an empty one below them."""
        while len(self._lines) > len(rows) + 1:
            for cell in self._lines.pop():
                self._grid.removeWidget(cell)
                cell.hide()
                cell.deleteLater()
        while len(self._lines) < len(rows) + 1:
            self._add_line()
        for line, row in zip(self._lines, [*rows, [""] * 6], strict=True):
            for cell, words in zip(line, row, strict=True):
                if cell.text() != words:
                    cell.setText(words)
        self.set_error("")

    def set_words(self, key_title: str, hint: str, *, name: str) -> None:
        """Name the rows and say what the cells are, in the language in force."""
        self._key_title = key_title
        self._hint.setText(hint)
        self.setAccessibleName(name)
        for title, words in zip(self._titles, self._column_words(), strict=True):
            title.setText(words)
        for place in range(len(self._lines)):
            self._name_line(place)

    def set_error(self, sentence: str) -> None:
        """Say under the grid what is wrong; no words take the error away."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        for line in self._lines:
            for cell in line:
                set_look(cell, "invalid", bool(sentence) and bool(cell.text()))
                cell.setAccessibleDescription(sentence)

    def clear_error(self) -> None:
        """Take the error away."""
        self.set_error("")

    def take_keyboard(self) -> None:
        """Put the cursor into the first cell."""
        self._lines[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _column_words(self) -> list[str]:
        return [self._key_title, *(payer_title(payer) for payer in PAYERS)]

    def _add_line(self) -> None:
        row = len(self._lines)
        line = []
        before = self._lines[-1][-1] if self._lines else None
        for place in range(len(PAYERS) + 1):
            cell = QLineEdit(self._holder)
            cell.setObjectName(f"{self.objectName()}.{row}.{place}")
            cell.setMaxLength(_LONGEST)
            cell.setAlignment(Qt.AlignmentFlag.AlignRight)
            cell.setMinimumWidth(14 * GRID)
            cell.textEdited.connect(self._cell_edited)
            cell.editingFinished.connect(self._cell_left)
            cell.installEventFilter(self)
            self._grid.addWidget(cell, row + 1, place)
            if before is not None:
                QWidget.setTabOrder(before, cell)
            before = cell
            line.append(cell)
        self._lines.append(line)
        self._name_line(row)

    def _name_line(self, row: int) -> None:
        for cell, words in zip(self._lines[row], self._column_words(), strict=True):
            cell.setAccessibleName(f"{self.accessibleName()}, {row + 1}: {words}")

    def _cell_edited(self, _words: str) -> None:
        if any(cell.text().strip() for cell in self._lines[-1]):
            self._add_line()
        if self.error:
            self.set_error("")
        self.edited.emit()

    def _cell_left(self) -> None:
        self.committed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                return self._step(watched, _STEPS[Qt.Key(event.key())])
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self.committed.emit()
                self.focusNextChild()
                return True
        return super().eventFilter(watched, event)

    def _step(self, cell: QObject, by: int) -> bool:
        for row, line in enumerate(self._lines):
            if cell in line:
                if 0 <= row + by < len(self._lines):
                    self._lines[row + by][line.index(cell)].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False
