"""What a search found: ranked, with what matched marked, and an honest count beneath."""

from collections.abc import Sequence
from dataclasses import dataclass

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
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter
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
from ui import text
from ui.kit.looks import label, rule
from ui.kit.theme import current_tokens, text_font
from ui.kit.tokens import GRID

_ROW = 44
_MOST_ROWS = 9
_ENTRY = Qt.ItemDataRole.UserRole + 1
_AnyIndex = QModelIndex | QPersistentModelIndex
Spans = Sequence[tuple[int, int]]


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
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        self._model = _Rows(self)
        self.list = QListView(self)
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
        host = self.parentWidget()
        corner = self._box.mapTo(host, QPoint(0, self._box.height() + GRID))
        lines = max(1, min(self._model.rowCount(), _MOST_ROWS))
        height = (lines * _ROW if self._model.rowCount() else 0) + self.count.sizeHint().height() + 5 * GRID
        self.list.setVisible(self._model.rowCount() > 0)
        self._rule.setVisible(self._model.rowCount() > 0)
        self.setGeometry(
            corner.x(), corner.y(), self._box.width(), min(height, host.height() - corner.y() - GRID)
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


class _RowPainter(QStyledItemDelegate):
    """Paints two lines with the matches marked, and the account number at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _AnyIndex) -> QSize:
        return QSize(option.rect.width(), _ROW)  # type: ignore[attr-defined]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        row: _Row = index.data(_ENTRY)
        tokens = current_tokens()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(tokens.selected))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        inner = rect.adjusted(2 * GRID, 0, -2 * GRID, 0)
        right = text_font(weight=QFont.Weight.DemiBold)
        painter.setFont(right)
        painter.setPen(QColor(tokens.text_soft))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.right)
        room = inner.width() - QFontMetrics(right).horizontalAdvance(row.right) - 4 * GRID
        ink = tokens.text_muted if row.is_faded else tokens.text
        strong = text_font(weight=QFont.Weight.DemiBold)
        if row.under:
            upper = QRect(inner.left(), rect.top() + 4, room, 19)
            lower = QRect(inner.left(), rect.top() + 23, room, 17)
            _write(painter, upper, row.title, row.title_spans, strong, ink)
            _write(painter, lower, row.under, row.under_spans, text_font(pixels=12), tokens.text_soft)
        else:
            _write(painter, QRect(inner.left(), rect.top(), room, _ROW), row.title, (), strong, ink)
        painter.restore()


def _row_of(hit: Hit | Recent) -> _Row:
    is_hit = isinstance(hit, Hit)
    return _Row(
        title=hit.name,
        under=hit.address,
        right=text.ident(hit.ident),
        title_spans=hit.name_spans if is_hit else (),
        under_spans=hit.address_spans if is_hit else (),
        ident=hit.ident,
        is_faded=hit.is_closed,
    )


def _write(painter: QPainter, rect: QRect, words: str, spans: Spans, font: QFont, ink: str) -> None:
    """Write one line, cut with an ellipsis, over the marks of its matches."""
    tokens = current_tokens()
    metrics = QFontMetrics(font)
    painter.setFont(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    for start, end in spans:
        if start >= len(shown):
            continue
        left = rect.left() + metrics.horizontalAdvance(shown[:start])
        width = metrics.horizontalAdvance(shown[start : min(end, len(shown))])
        mark = QRect(left, rect.center().y() - metrics.height() // 2, width, metrics.height())
        painter.fillRect(mark, QColor(tokens.mark))
    painter.setPen(QColor(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
