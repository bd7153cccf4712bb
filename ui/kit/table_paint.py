"""How a cell is painted: words, amounts, states and what a search matched."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.kit.table_model import TONE_ROLE, Align, Column, TableModel
from ui.kit.theme import current_density, current_tokens, text_font
from ui.kit.tokens import Tokens, Tone

PADDING = 8
_DOT = 7

_Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints every cell of a Table in the theme's colors."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._plain = text_font()
        self._strong = text_font(weight=QFont.Weight.DemiBold)
        self._metrics = QFontMetrics(self._plain)
        self._strong_metrics = QFontMetrics(self._strong)
        self.hovered_row = -1

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._strong_metrics.horizontalAdvance(str(index.data() or "")) + 2 * PADDING
        if index.data(TONE_ROLE) is not None:
            width += _DOT + PADDING
        return QSize(width, current_density().row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, TableModel):
            super().paint(painter, option, index)
            return
        tokens = current_tokens()
        column = model.column(index.column())
        row = model.row(index.row())
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, option, index, tokens)
        words = column.text(row)
        font, metrics = (
            (self._strong, self._strong_metrics) if column.strong else (self._plain, self._metrics)
        )
        painter.setFont(font)
        inner = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        tone = column.tone(row) if column.tone is not None else None
        if tone is not None and words:
            inner = _paint_dot(painter, inner, tokens, tone)
        painter.setPen(QColor(_ink(words, column, tokens, chosen=chosen)))
        marks = column.marks(row) if column.marks is not None else ()
        if marks:
            _paint_marks(painter, inner, words, marks, metrics, tokens)
        side = Qt.TextElideMode.ElideRight
        painter.drawText(inner, column.align.value, metrics.elidedText(words, side, inner.width()))
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, tokens: Tokens
    ) -> None:
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            active = option.state & QStyle.StateFlag.State_Active
            view = option.widget
            focused = bool(active) and view is not None and view.hasFocus()
            painter.fillRect(rect, QColor(tokens.selected if focused else tokens.selected_idle))
        elif index.row() == self.hovered_row:
            painter.fillRect(rect, QColor(tokens.hover))
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        view = option.widget
        if isinstance(view, QTableView) and view.hasFocus() and index.row() == view.currentIndex().row():
            self._paint_focus(painter, view, rect, index, tokens)

    def _paint_focus(
        self, painter: QPainter, view: QTableView, rect: QRect, index: _Index, tokens: Tokens
    ) -> None:
        pen = QPen(QColor(tokens.focus), 2)
        painter.setPen(pen)
        if index.column() == view.currentIndex().column():
            painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if view.horizontalHeader().visualIndex(index.column()) == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), QColor(tokens.focus))


def _ink(words: str, column: Column, tokens: Tokens, *, chosen: bool) -> str:
    if column.align is Align.RIGHT and words[:1] in ("-", "−"):
        return tokens.negative
    if column.quiet:
        return tokens.text_soft if chosen else tokens.text_muted
    return tokens.selected_text if chosen else tokens.text


def _paint_dot(painter: QPainter, inner: QRect, tokens: Tokens, tone: Tone) -> QRect:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.tone(tone).dot))
    middle = QPointF(inner.left() + _DOT / 2, inner.center().y() + 0.5)
    painter.drawEllipse(middle, _DOT / 2, _DOT / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    return inner.adjusted(_DOT + PADDING, 0, 0, 0)


def _paint_marks(
    painter: QPainter,
    inner: QRect,
    words: str,
    marks: Sequence[tuple[int, int]],
    metrics: QFontMetrics,
    tokens: Tokens,
) -> None:
    pen = painter.pen()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.mark))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    height = metrics.height()
    top = inner.center().y() - height / 2 + 1
    for start, length in marks:
        left = inner.left() + metrics.horizontalAdvance(words[:start])
        width = metrics.horizontalAdvance(words[start : start + length])
        right = min(left + width + 1, inner.right())
        if right > left:
            painter.drawRoundedRect(QRectF(left - 1, top, right - left + 1, height), 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(pen)
