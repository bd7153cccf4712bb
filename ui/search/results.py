"""What a search found: ranked, with what matched marked, and an honest count beneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.usecases.search import Found, Hit, Recent
from ui.kit.styling import label, rule
from ui.kit.theme import current_tokens, text_font
from ui.kit.tokens import FONT_PIXELS, GRID
from ui.words import text

_ROW = 44
_MOST_ROWS = 9
_ENTRY = Qt.ItemDataRole.UserRole + 1
_AnyIndex = QModelIndex | QPersistentModelIndex
Spans = Sequence[tuple[int, int]]
_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
_RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the list: an account that was found, or a command."""

    title: str
    under: str
    right: str
    title_spans: Spans = ()
    under_spans: Spans = ()
    ident: int = 0
    command: str = ""
    is_faded: bool = False


class _Rows(QAbstractListModel):
    """The lines in their order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []

    def set_rows(self, rows: list[_Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, index: int) -> _Row:
        return self._rows[index]

    def rowCount(self, parent: _AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _ENTRY:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}, {row.under}, {row.right}"
        return None


class SearchResults(QFrame):
    """Hangs under the search box while there is something to choose from."""

    hit_opened = Signal(int)
    command_chosen = Signal(str)
    left_upwards = Signal()
    dismissed = Signal()

    def __init__(self, box: QWidget, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("search.results")
        self.setProperty("look", "card")
        self.answers = ""
        """What was typed that is answered here."""
        self._box = box
        self._host = host
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        self._model = _Rows(self)
        self.list = _List(self)
        self.list.setObjectName("search.list")
        self.list.setModel(self._model)
        self.list.setItemDelegate(_RowPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        column.addWidget(self.list, 1)
        self._rule = rule(self)
        column.addWidget(self._rule)
        self.count = label(self, "caption", name="search.count")
        self.count.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        column.addWidget(self.count)
        self.list.clicked.connect(self._clicked)
        self.list.activated.connect(self._clicked)
        self.list.installEventFilter(self)
        host.installEventFilter(self)
        self._found: Found | None = None
        self.hide()

    # what can be shown -----------------------------------------------------------------------------

    def show_found(self, found: Found) -> None:
        """Show the hits of a search and how many there are in truth."""
        self._found = found
        self._fill([_row_of(hit) for hit in found.hits], self._counted(found))

    def show_recent(self, hits: Sequence[Recent]) -> None:
        """Show the accounts opened lately."""
        words = self.tr("Accounts opened lately") if hits else self.tr("No account was opened lately.")
        self._fill([_row_of(hit) for hit in hits], words)

    def show_commands(self, actions: Sequence[QAction]) -> None:
        """Show the commands that can be run now."""
        rows = [
            _Row(
                title=action.text(),
                under="",
                right=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                command=action.objectName(),
            )
            for action in actions
        ]
        self._fill(rows, self.tr("%n command(s)", "", len(rows)))

    def open_current(self) -> bool:
        """Open the chosen line, else the first; False when nothing is shown."""
        if not self.isVisible() or not self._model.rowCount():
            return False
        index = self.list.currentIndex()
        self._clicked(index if index.isValid() else self._model.index(0))
        return True

    def enter_list(self) -> None:
        """Take the keyboard: the arrows choose from here on."""
        if self._model.rowCount():
            self.list.setFocus()
            here = self.list.currentIndex().row()
            self.list.setCurrentIndex(self._model.index(min(here + 1, self._model.rowCount() - 1)))

    @property
    def titles(self) -> list[str]:
        """What is listed, first line of each, for tests and screen readers."""
        return [self._model.row(at).title for at in range(self._model.rowCount())]

    # inside ------------------------------------------------------------------------------------------

    def _fill(self, rows: list[_Row], words: str) -> None:
        self._model.set_rows(rows)
        if rows:
            self.list.setCurrentIndex(self._model.index(0))
        self.count.setText(words)
        self.count.setAccessibleName(words)
        self.list.setAccessibleName(words)
        self._place()
        self.show()
        self.raise_()

    def _counted(self, found: Found) -> str:
        shown = len(found.hits)
        if found.must_go_on_record:
            return self.tr("A personal number: press Enter to look it up. That goes on record.")
        if not shown and found.is_mistyped:
            return self.tr("Nothing was found, and the check digits do not fit: a digit may be mistyped.")
        if not shown:
            return self.tr("Nothing was found. Try fewer letters, the address or the account number.")
        if not found.is_total_exact:
            return self.tr("First {0} of {1}+, type more").format(
                text.number(shown), text.number(found.total)
            )
        if shown < found.total:
            return self.tr("First {0} of {1}, type more").format(text.number(shown), text.number(found.total))
        return self.tr("%n account(s)", "", shown)

    def _place(self) -> None:
        corner = self._box.mapTo(self._host, QPoint(0, self._box.height() + GRID))
        lines = max(1, min(self._model.rowCount(), _MOST_ROWS))
        height = (lines * _ROW if self._model.rowCount() else 0) + self.count.sizeHint().height() + 5 * GRID
        self.list.setVisible(self._model.rowCount() > 0)
        self._rule.setVisible(self._model.rowCount() > 0)
        self.setGeometry(
            corner.x(), corner.y(), self._box.width(), min(height, self._host.height() - corner.y() - GRID)
        )

    def _clicked(self, index: QModelIndex) -> None:
        row = self._model.row(index.row())
        if row.command:
            self.command_chosen.emit(row.command)
        else:
            self.hit_opened.emit(row.ident)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.parentWidget() and event.type() == QEvent.Type.MouseButtonPress:
            self.hide()
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Up and self.list.currentIndex().row() <= 0:
                self.left_upwards.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.dismissed.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return self.open_current()
        return super().eventFilter(watched, event)


class _List(QListView):
    """Hides what is beneath it: the page there is not painted anew with every letter that is typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), _color(current_tokens().surface))
        painter.end()
        super().paintEvent(event)


class _RowPainter(QStyledItemDelegate):
    """Paints two lines with the matches marked, and the account number at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _AnyIndex) -> QSize:
        return QSize(option.rect.width(), _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        row: _Row = index.data(_ENTRY)
        tokens = current_tokens()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        left, top, width, height = cast("tuple[int, int, int, int]", rect.getRect())
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_color(tokens.selected if chosen else tokens.hover))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        left, width = left + 2 * GRID, width - 4 * GRID
        strong, strong_metrics = _type(FONT_PIXELS, QFont.Weight.DemiBold)
        painter.setFont(strong)
        painter.setPen(_color(tokens.text_soft))
        painter.drawText(QRect(left, top, width, height), _RIGHT, row.right)
        room = width - strong_metrics.horizontalAdvance(row.right) - 4 * GRID
        ink = tokens.text_muted if row.is_faded else tokens.text
        if row.under:
            small = _type(FONT_PIXELS - 1, QFont.Weight.Normal)
            upper, lower = QRect(left, top + 4, room, 19), QRect(left, top + 23, room, 17)
            _write(painter, upper, row.title, row.title_spans, (strong, strong_metrics), ink)
            _write(painter, lower, row.under, row.under_spans, small, tokens.text_soft)
        else:
            whole = QRect(left, top, room, height)
            _write(painter, whole, row.title, (), (strong, strong_metrics), ink)


def _row_of(hit: Hit | Recent) -> _Row:
    found = hit if isinstance(hit, Hit) else None
    return _Row(
        title=hit.name,
        under=hit.address,
        right=text.ident(hit.ident),
        title_spans=found.name_spans if found else (),
        under_spans=found.address_spans if found else (),
        ident=hit.ident,
        is_faded=hit.is_closed,
    )


@cache
def _type(pixels: int, weight: QFont.Weight) -> tuple[QFont, QFontMetrics]:
    """Return a type and its measures, made once: a list is painted with every letter that is typed."""
    font = text_font(pixels=pixels, weight=weight)
    return font, QFontMetrics(font)


@cache
def _color(name: str) -> QColor:
    return QColor(name)


def _write(
    painter: QPainter, rect: QRect, words: str, spans: Spans, font: tuple[QFont, QFontMetrics], ink: str
) -> None:
    """Write one line, cut with an ellipsis, over the marks of its matches."""
    face, metrics = font
    painter.setFont(face)
    shown = words
    if metrics.horizontalAdvance(words) > rect.width():
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    for start, end in spans:
        if start >= len(shown):
            continue
        left = rect.left() + metrics.horizontalAdvance(shown[:start])
        width = metrics.horizontalAdvance(shown[start : min(end, len(shown))])
        mark = QRect(left, rect.center().y() - metrics.height() // 2, width, metrics.height())
        painter.fillRect(mark, _color(current_tokens().mark))
    painter.setPen(_color(ink))
    painter.drawText(rect, _LEFT, shown)
