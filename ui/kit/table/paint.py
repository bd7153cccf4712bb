"""How a cell is painted: words, amounts, states and what a search matched.

A page of rows is some two hundred cells, each painted through Python; so whatever
is the same for all of them is looked up once for each painting of the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.faulty import Faulty
from ui.kit.table.model import TONE_ROLE, Align, Column, TableModel
from ui.kit.theme import current_density, current_tokens, text_font
from ui.kit.tokens import Tokens
from ui.words import faulty
from ui.words.tones import Tone

PADDING = 8
_DOT = 7
_SELECTED = QStyle.StateFlag.State_Selected
_NO_PEN = QPen(Qt.PenStyle.NoPen)

_Index = QModelIndex | QPersistentModelIndex


@lru_cache(maxsize=128)
def _color(name: str) -> QColor:
    return QColor(name)


@dataclass(slots=True)
class Scene:
    """What is the same for all cells of one painting."""

    tokens: Tokens
    is_focused: bool = False
    current_row: int = -1
    current_column: int = -1
    first_column: int = -1
    row_begins: int = 0
    row_width: int = 0
    """Where the columns stand in the view, for what is written across all of them."""


_WIDE = 8
"""Pixels a letter takes where letters are wide: words of fewer are not measured, which costs the most."""


class CellDelegate(QStyledItemDelegate):
    """Paints every cell of a Table in the theme's colors."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._plain = text_font()
        self._strong = text_font(weight=QFont.Weight.DemiBold)
        self._metrics = QFontMetrics(self._plain)
        self._strong_metrics = QFontMetrics(self._strong)
        self.hovered_row = -1
        self.scene = Scene(current_tokens())

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
        scene, tokens = self.scene, self.scene.tokens
        place, across = index.row(), index.column()
        column, row = model.column(across), model.row(place)
        rect = QRect(option.rect)
        left, top, width, height = cast("tuple[int, int, int, int]", rect.getRect())
        chosen = bool(option.state & _SELECTED)
        if chosen:
            painter.fillRect(rect, _color(tokens.selected if scene.is_focused else tokens.selected_idle))
        elif place == self.hovered_row:
            painter.fillRect(rect, _color(tokens.hover))
        painter.fillRect(left, top + height - 1, width, 1, _color(tokens.border))
        if scene.is_focused and place == scene.current_row:
            if across == scene.current_column:
                painter.fillRect(left, top + height - 2, width, 2, _color(tokens.focus))
            if across == scene.first_column:
                painter.fillRect(left, top, 3, height, _color(tokens.focus))
        if isinstance(row, Faulty):
            self._paint_faulty(painter, rect, row, chosen=chosen)
            return
        words = column.words(row)
        if not words:
            return
        strong = column.strong
        metrics = self._strong_metrics if strong else self._metrics
        painter.setFont(self._strong if strong else self._plain)
        left, width = left + PADDING, width - 2 * PADDING
        if (tone := column.tone_of(row)) is not None:
            _paint_dot(painter, left, top + height / 2, _color(tokens.tone(tone).dot))
            left, width = left + _DOT + PADDING, width - _DOT - PADDING
        if column.marks is not None and (marks := column.marks(row)):
            _paint_marks(painter, QRect(left, top, width, height), words, marks, metrics, tokens)
        painter.setPen(_color(_ink(words, column, tokens, chosen=chosen)))
        if len(words) * _WIDE > width and metrics.horizontalAdvance(words) > width:
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, top, width, height), column.align.value, words)

    def _paint_faulty(self, painter: QPainter, cell: QRect, row: Faulty, *, chosen: bool) -> None:
        """Write one sentence across the row, of which each cell shows its stretch."""
        scene, tokens = self.scene, self.scene.tokens
        left = scene.row_begins + PADDING
        across = QRect(left, cell.top(), max(scene.row_width - 2 * PADDING, 0), cell.height())
        painter.save()
        painter.setClipRect(cell)
        _paint_dot(painter, left, cell.top() + cell.height() / 2, _color(tokens.tone(Tone.BAD).dot))
        across.setLeft(left + _DOT + PADDING)
        painter.setFont(self._plain)
        painter.setPen(_color(tokens.selected_text if chosen else tokens.text))
        words = self._metrics.elidedText(faulty.sentence(row), Qt.TextElideMode.ElideRight, across.width())
        painter.drawText(across, Align.LEFT.value, words)
        painter.restore()


def _ink(words: str, column: Column[Any], tokens: Tokens, *, chosen: bool) -> str:
    if column.align is Align.RIGHT and words[0] in "-−":
        return tokens.negative
    if column.quiet:
        return tokens.text_soft if chosen else tokens.text_muted
    return tokens.selected_text if chosen else tokens.text


def _paint_dot(painter: QPainter, left: int, middle: float, color: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_NO_PEN)
    painter.setBrush(color)
    painter.drawEllipse(QPointF(left + _DOT / 2, middle), _DOT / 2, _DOT / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_marks(
    painter: QPainter,
    inner: QRect,
    words: str,
    marks: Sequence[tuple[int, int]],
    metrics: QFontMetrics,
    tokens: Tokens,
) -> None:
    painter.setPen(_NO_PEN)
    painter.setBrush(_color(tokens.mark))
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
