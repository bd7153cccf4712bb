"""Signs that work is under way, as quiet as the wait is short."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.kit.speaking import Speaking
from ui.kit.theme import current_tokens

QUIET_AFTER = 300
"""Milliseconds before any sign is shown: shorter waits are not noticed."""
PROGRESS_AFTER = 600
"""Milliseconds before the wait is named and may be cancelled."""

_FRAME = 40


class _Moving(Speaking, QWidget):
    """Something that moves while it is seen, and costs nothing while it is not."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._step = 0
        self.frames = QTimer(self)
        self.frames.setInterval(_FRAME)
        self.frames.timeout.connect(self._advance)
        self.retranslate()

    def _advance(self) -> None:
        self._step += 1
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.frames.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.frames.stop()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Working"))


class BusyIndicator(_Moving):
    """A small turning ring, for beside words."""

    def __init__(self, name: str, parent: QWidget, *, side: int = 16) -> None:
        super().__init__(name, parent)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(QColor(tokens.border_strong), 2))
        painter.drawEllipse(ring)
        pen = QPen(QColor(tokens.accent_ink), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(ring, (90 - self._step * 15) * 16, -100 * 16)


class BusyLine(_Moving):
    """A thin line along an edge with a part of it running."""

    def sizeHint(self) -> QSize:
        return QSize(80, 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        width = self.width()
        part = max(60, width // 5)
        left = (self._step * 14) % (width + part) - part
        painter.fillRect(QRectF(left, 0, part, self.height()), QColor(tokens.accent_ink))
