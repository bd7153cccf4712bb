"""Short messages at the foot of the window: saved, printed, sent, with Undo where undo exists."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.kit.buttons import Button
from ui.kit.icons import pixmap
from ui.kit.speaking import Speaking
from ui.kit.styling import PlainLabel, label
from ui.kit.tokens import GRID

_PER_LETTER = 60
_SHORTEST = 4_000


class MessageArea(Speaking, QFrame):
    """One message over the foot of ``host``; the next one takes its place."""

    said = Signal(str)

    def __init__(self, name: str, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName(name)
        self.setProperty("look", "toast")
        self._host = host
        self._undo: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(2 * GRID)
        self._icon = PlainLabel(self)
        self._words = label(self, name=f"{name}.words")
        self._words.setMinimumHeight(28)
        self._button = Button(f"{name}.undo", self)
        self._button.clicked.connect(self._pressed)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        host.installEventFilter(self)
        self.hide()
        self.retranslate()

    @property
    def words(self) -> str:
        """What was said last."""
        return self._words.text()

    def say(self, words: str, undo: Callable[[], object] | None = None, *, icon_name: str = "check") -> None:
        """Show a message for as long as it takes to read; ``undo`` is a bound method."""
        self._words.setText(words)
        self._undo = undo
        self._button.setVisible(undo is not None)
        self._icon.setPixmap(pixmap(icon_name, size=16, ink="tooltip_text", ratio=self.devicePixelRatioF()))
        self.setAccessibleName(words)
        self.show()
        self._place()
        self.raise_()
        lasts = max(_SHORTEST, len(words) * _PER_LETTER)
        self._timer.start(lasts * 2 if undo is not None else lasts)
        self.said.emit(words)

    def _pressed(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _place(self) -> None:
        self.adjustSize()
        left = (self._host.width() - self.width()) // 2
        self.move(max(left, GRID), self._host.height() - self.height() - 10 * GRID)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        self._button.setText(self.tr("Undo"))


def say_in_window(widget: QWidget, words: str, *, icon_name: str = "check") -> None:
    """Show a message at the foot of the window that ``widget`` is in, if it has a place for one."""
    area = widget.window().findChild(MessageArea)
    if area is not None:
        area.say(words, icon_name=icon_name)
