"""Asked once before a version goes out: nobody alters it afterwards."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.usecases.plans import DraftFields
from ui.kit.buttons import Button, ButtonKind
from ui.kit.speaking import Speaking
from ui.kit.styling import PlainLabel
from ui.kit.tokens import GRID
from ui.programmes import words


class PublishStrip(Speaking, QFrame):
    """Says what publishing does; Enter on the button, or Ctrl+Enter, does it."""

    confirmed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("programme.publishing")
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name = ""
        self._fields: DraftFields | None = None
        self._is_own = False
        row = QHBoxLayout(self)
        row.setContentsMargins(5 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        row.setSpacing(3 * GRID)
        self.words = PlainLabel(self)
        self.words.setObjectName("programme.publishing.words")
        self.words.setWordWrap(True)
        self.leave = Button("programme.publishing.leave", self, kind=ButtonKind.QUIET)
        self.go = Button("programme.publishing.go", self, kind=ButtonKind.PRIMARY)
        row.addWidget(self.words, 1)
        row.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.go, 0, Qt.AlignmentFlag.AlignBottom)
        self.leave.clicked.connect(self.close_strip)
        self.go.clicked.connect(self.confirm)
        self.hide()
        self.retranslate()

    def begin(self, name: str, fields: DraftFields, *, is_own: bool) -> None:
        """Ask whether this version is to go out; of one's own, say who publishes it."""
        self._name, self._fields, self._is_own = name, fields, is_own
        self.set_busy(is_busy=False)
        self.retranslate()
        self.show()
        (self.leave if is_own else self.go).setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Publish it."""
        if not self.isHidden() and self.go.isEnabled():
            self.confirmed.emit()

    def set_busy(self, *, is_busy: bool) -> None:
        """While it goes out it cannot be sent again."""
        self.go.setEnabled(not is_busy and not self._is_own)

    def close_strip(self) -> None:
        """Publish nothing."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go.hasFocus():
            self.confirm()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.leave.setText(self.tr("Leave it (Esc)"))
        self.go.setText(self.tr("Publish (Ctrl+Enter)"))
        if self._is_own:
            said = self.tr(
                "Another supervisor publishes {0}: whoever wrote a version does not. "
                "Save what you typed, and tell a colleague that it waits."
            )
            self.words.setText(said.format(self._name))
        elif self._fields is not None:
            when = words.validity(self._fields.valid_from, self._fields.valid_to)
            said = self.tr(
                "Publish {0}, in force {1}? The version before it ends where this one begins. "
                "What is published is never altered: other terms are a new version."
            )
            self.words.setText(said.format(self._name, when))
