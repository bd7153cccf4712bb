"""The titles of a table: quiet words, and an arrow beside the one it is sorted by."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.kit.icons import drawing
from ui.kit.theme import current_density, current_tokens, text_font
from ui.kit.tokens import FONT_PIXELS

PADDING = 8
_ARROW = 12
_GAP = 3


class TableHeader(QHeaderView):
    """Paints its own sections: a style sheet would put the arrow over right-aligned words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._font = text_font(pixels=FONT_PIXELS - 1, weight=QFont.Weight.DemiBold)
        self._metrics = QFontMetrics(self._font)
        self._sorted = -1
        self._ascending = True
        self._hovered = -1
        self.setMouseTracking(True)

    def show_sorted(self, section: int, *, ascending: bool) -> None:
        """Put the arrow beside a section's title; -1 takes it away."""
        self._sorted = section
        self._ascending = ascending
        self.viewport().update()

    @property
    def sorted_section(self) -> int:
        """The section with the arrow, or -1."""
        return self._sorted

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), current_density().row_height)

    def sectionSizeFromContents(self, section: int) -> QSize:
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        width = self._metrics.horizontalAdvance(title) + 2 * PADDING + _ARROW + _GAP
        return QSize(width, current_density().row_height)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if not rect.isValid():
            return
        tokens = current_tokens()
        model = self.model()
        hovered = section == self._hovered
        painter.fillRect(rect, QColor(tokens.hover if hovered else tokens.surface))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.border))
        title = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        align = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        side = Qt.AlignmentFlag(align) if align is not None else Qt.AlignmentFlag.AlignLeft
        inner = rect.adjusted(PADDING, 0, -PADDING, -1)
        is_sorted = section == self._sorted
        room = inner.width() - (_ARROW + _GAP if is_sorted else 0)
        words = self._metrics.elidedText(title, Qt.TextElideMode.ElideRight, max(room, 0))
        width = self._metrics.horizontalAdvance(words)
        if side & Qt.AlignmentFlag.AlignRight:
            left = inner.right() + 1 - width
            arrow_left = left - _ARROW - _GAP
        elif side & Qt.AlignmentFlag.AlignHCenter:
            left = inner.left() + (inner.width() - width) // 2
            arrow_left = left + width + _GAP
        else:
            left = inner.left()
            arrow_left = left + width + _GAP
        painter.setFont(self._font)
        ink = tokens.text if is_sorted or hovered else tokens.text_muted
        painter.setPen(QColor(ink))
        painter.drawText(
            QRect(left, inner.top(), width + 2, inner.height()),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            words,
        )
        if is_sorted:
            top = inner.center().y() - _ARROW // 2 + 1
            name = "arrow-up" if self._ascending else "arrow-down"
            drawing(name, ink).render(painter, QRectF(arrow_left, top, _ARROW, _ARROW))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(event.position().toPoint())

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)  # type: ignore[arg-type]
        self._hover(QPoint(-1, -1))

    def _hover(self, point: QPoint) -> None:
        section = self.logicalIndexAt(point) if point.x() >= 0 else -1
        if section != self._hovered:
            self._hovered = section
            self.viewport().update()
