"""Tables inside a detail: shown whole, scrolled with the page around them, some rows weightier."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QScrollArea, QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget

from ui.bills.rows import Weight
from ui.kit.preferences import Preferences
from ui.kit.table import Align, Column, Table, TableModel
from ui.kit.table.paint import PADDING, CellDelegate
from ui.kit.theme import text_font
from ui.kit.tokens import GRID, Tokens

ROW_HEIGHT = 24
_STRONG = frozenset({Weight.GROUP, Weight.SUM})


class LedgerDelegate(CellDelegate):
    """Paints groups and sums in stronger type than lines."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._plain_type = text_font()
        self._strong_type = text_font(weight=QFont.Weight.DemiBold)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        if not isinstance(model, TableModel):
            return
        row = model.row(index.row())
        weight = getattr(row, "weight", None)
        if weight is None or weight is Weight.LINE:
            super().paint(painter, option, index)
            return
        scene, tokens = self.scene, self.scene.tokens
        column = model.column(index.column())
        rect = QRect(option.rect)
        left, top, width, height = rect.x(), rect.y(), rect.width(), rect.height()
        if option.state & QStyle.StateFlag.State_Selected:
            ground = tokens.selected if scene.is_focused else tokens.selected_idle
        else:
            ground = tokens.sunken if weight is Weight.SUM else tokens.surface
        painter.fillRect(rect, QColor(ground))
        painter.fillRect(left, top + height - 1, width, 1, QColor(tokens.border))
        if scene.is_focused and index.row() == scene.current_row and index.column() == scene.first_column:
            painter.fillRect(left, top, 3, height, QColor(tokens.focus))
        words = column.words(row)
        if not words:
            return
        font = self._strong_type if weight in _STRONG else self._plain_type
        painter.setFont(font)
        painter.setPen(QColor(_ink(words, column, weight, tokens)))
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
        elided = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, column.align.value, elided)


def _ink(words: str, column: Column[Any], weight: Weight, tokens: Tokens) -> str:
    if column.align is Align.RIGHT and words.startswith("-"):
        return tokens.negative
    return tokens.text_soft if weight is Weight.REMARK or column.quiet else tokens.text


class ScrolledPage(QScrollArea):
    """Scrolls a column of parts; their right edge stays where it is whether or not there is a bar."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page = QWidget(self)
        self.column = QVBoxLayout(self.page)
        self.column.setContentsMargins(2 * GRID, 0, GRID, GRID)
        self.column.setSpacing(GRID)
        self.setWidget(self.page)
        self.verticalScrollBar().rangeChanged.connect(self._keep_edge)

    def reach(self, table: "LedgerTable", place: int) -> None:
        """Bring a row of one of the tables into sight."""
        rect = table.visualRect(table.model().index(max(place, 0), 0))
        middle = table.mapTo(self.page, rect.center())
        self.ensureVisible(middle.x(), middle.y(), 0, rect.height())

    def _keep_edge(self, _least: int, most: int) -> None:
        edges = self.column.contentsMargins()
        edges.setRight(GRID if most else GRID + self.verticalScrollBar().sizeHint().width())
        self.column.setContentsMargins(edges)


class LedgerTable(Table):
    """A short table that is never scrolled by itself."""

    sorts_here = False
    row_reached = Signal(int)
    """The keyboard came to a row: bring it into sight."""

    def __init__(
        self, columns: Sequence[Column[Any]], name: str, parent: QWidget, *, preferences: Preferences
    ) -> None:
        self._spanned = ""
        super().__init__(TableModel(columns, parent), name, parent, preferences=preferences)
        self.model().setParent(self)
        self._delegate = LedgerDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.row_chosen.connect(self.row_reached)
        self._fit()

    def span_groups(self, column: str) -> None:
        """Let the words of groups, sums and remarks run from ``column`` to the last one but one."""
        self._spanned = column
        self.horizontalHeader().setSectionsMovable(False)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, all of them."""
        self.clearSpans()
        self.model().set_rows(rows)
        if self._spanned:
            first = self.model().place_of(self._spanned)
            across = self.model().columnCount() - first - 1
            for place, row in enumerate(rows):
                if not _has_measures(row):
                    self.setSpan(place, first, 1, across)
        self._fit()

    def _fit(self) -> None:
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + self.model().rowCount() * ROW_HEIGHT + 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        ):
            self.choose_row(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
            self._fit()


def _has_measures(row: object) -> bool:
    return bool(getattr(row, "quantity", ""))
