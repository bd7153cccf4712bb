"""A strip that asks for a reason before something is done: the reason is kept, and read by others."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.buttons import Button, ButtonKind
from ui.kit.fields import NoteField
from ui.kit.speaking import Speaking
from ui.kit.tokens import GRID


class ReasonStrip(Speaking, QFrame):
    """Takes one reason for what was begun; Ctrl+Enter gives it, Esc leaves everything as it is."""

    given = Signal(str, str)
    """What was begun, and the reason."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("look", "card")
        self._what = self._asked = self._done = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        self.words = NoteField(f"{name}.words", self, lines=2)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addStretch(1)
        self.leave = Button(f"{name}.leave", self, kind=ButtonKind.QUIET)
        self.give = Button(f"{name}.give", self, kind=ButtonKind.DANGER)
        self.leave.clicked.connect(self.close_strip)
        self.give.clicked.connect(self._give)
        row.addWidget(self.leave)
        row.addWidget(self.give)
        column.addLayout(row)
        enter = QShortcut(QKeySequence("Ctrl+Return"), self)
        enter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        enter.activated.connect(self._give)
        self.hide()
        self.retranslate()

    def begin(self, what: str, asked: str, done: str) -> None:
        """Ask for the reason of ``what``; ``done`` is on the button."""
        self._what, self._asked, self._done = what, asked, done
        self.words.set_value("")
        self.retranslate()
        self.show()
        self.words.setFocus()

    def close_strip(self) -> None:
        """Ask no more."""
        self.hide()

    def show_error(self, sentence: str) -> None:
        """Say why it was not done."""
        if self.isHidden():
            self.show()
        self.words.set_error(sentence)

    def _give(self) -> None:
        reason = self.words.value()
        if not reason:
            self.words.set_error(self.tr("Write the reason; it is kept with the request."))
            self.words.setFocus()
            return
        self.given.emit(self._what, reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.words.set_label(self._asked, hint=self.tr("Ctrl+Enter gives the reason."))
        self.leave.setText(self.tr("Leave it"))
        self.give.setText(self._done)
