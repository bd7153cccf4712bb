"""An empty place that explains itself."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.buttons import Button
from ui.kit.icons import pixmap
from ui.kit.styling import PlainLabel, label
from ui.kit.tokens import GRID


class EmptyState(QWidget):
    """A drawing, what is not there, why that is, and perhaps what to do."""

    action_chosen = Signal()

    def __init__(self, name: str, parent: QWidget, *, icon_name: str = "inbox") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon_name = icon_name
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 8 * GRID, 6 * GRID, 8 * GRID)
        column.setSpacing(GRID)
        column.addStretch(2)
        self._drawing = PlainLabel(self)
        self._drawing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = label(self, "heading", name=f"{name}.title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setWordWrap(True)
        self._hint = label(self, "soft", name=f"{name}.hint")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._action = Button(f"{name}.action", self)
        self._action.hide()
        self._action.clicked.connect(self._pressed)
        column.addWidget(self._drawing)
        column.addSpacing(GRID)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addSpacing(2 * GRID)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._draw()

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def hint(self) -> str:
        return self._hint.text()

    def set_words(self, title: str, hint: str, *, action: str = "", icon_name: str = "") -> None:
        """Say what is not there and why; an action's words show its button."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{title} {hint}".strip())
        if icon_name:
            self._icon_name = icon_name
            self._draw()

    def _pressed(self) -> None:
        self.action_chosen.emit()

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        self._drawing.setPixmap(pixmap(self._icon_name, size=32, ink="text_muted", ratio=ratio))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._draw()
