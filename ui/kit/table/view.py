"""The one table of the desk, over rows that arrive in pages.

When everything is selected Qt asks every cell for its flags, seconds for a million rows:
Ctrl+A selects what has arrived, up to a limit.  Columns stay as a person arranged them.
"""

from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMetaMethod,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QTableView, QWidget

from ui.kit.export import Export
from ui.kit.messages import say_in_window
from ui.kit.preferences import NoPreferences, Preferences
from ui.kit.speaking import Speaking
from ui.kit.table.columns import Arrangement
from ui.kit.table.header import TableHeader
from ui.kit.table.menus import ColumnMenu, RowMenu
from ui.kit.table.model import Column, TableModel, as_lines
from ui.kit.table.paint import CellDelegate, Scene
from ui.kit.theme import current_density, current_tokens

SELECT_ALL_LIMIT = 5_000
_SAVE_AFTER = 400


class Table(Speaking, QTableView):
    """A table with the clerk's own columns, the keyboard, and copying as text."""

    row_opened = Signal(int)
    """Enter or a double click on a row."""
    row_chosen = Signal(int)
    """The current row became another one; -1 when there is none."""
    sort_requested = Signal(str, bool)
    """A header was clicked: column name, and whether ascending.  The server sorts."""
    exported = Signal(str)
    """What is seen was written to this file."""
    sorts_here = True
    """Whether a click on a title sorts rows that have all arrived; a ledger keeps its order."""
    copied = Signal(str)
    """Text went to the clipboard."""

    def __init__(
        self, model: TableModel, name: str, parent: QWidget, *, preferences: Preferences | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._restoring = False
        self._sorted: tuple[str, bool] | None = None
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self._set_behavior()
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.setInterval(_SAVE_AFTER)
        self._save_timer.timeout.connect(self.save_columns)
        self._copy_cell_action = QAction(self)
        self._copy_cell_action.triggered.connect(self.copy_cell)
        self._copy_rows_action = QAction(self)
        self._copy_rows_action.triggered.connect(self.copy_rows)
        self._export = Export(self)
        self._export.finished.connect(self.exported)
        self._export_action = QAction(self)
        self._export_action.triggered.connect(self.export)
        self._reset_action = QAction(self)
        self._reset_action.triggered.connect(self.reset_columns)
        self._model = model
        self.setModel(model)
        kept = preferences if preferences is not None else NoPreferences()
        self._arrangement = Arrangement(self.horizontalHeader(), model, kept, f"table.{name}")
        self.restore_columns()
        header = self.horizontalHeader()
        header.sectionMoved.connect(self._save_soon)
        header.sectionResized.connect(self._column_resized)
        header.sectionClicked.connect(self._header_clicked)
        header.customContextMenuRequested.connect(self._open_header_menu)
        self.customContextMenuRequested.connect(self._open_row_menu)
        self.doubleClicked.connect(self._row_double_clicked)
        model.ordered.connect(self._ordered)
        self.retranslate()

    def _set_behavior(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(20)
        rows.setDefaultSectionSize(current_density().row_height)
        header = TableHeader(self)
        self.setHorizontalHeader(header)
        header.setObjectName(f"{self.objectName()}.header")
        self._titles = header
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def model(self) -> TableModel:
        return self._model

    # rows -------------------------------------------------------------------

    def chosen_row(self) -> int:
        """Return the place of the current row; -1 where there is none, or none that could be read."""
        return self._readable(self.currentIndex().row())

    def choose_row(self, place: int) -> None:
        """Make a row the current one and bring it into sight."""
        if 0 <= place < self._model.rowCount():
            index = self._model.index(place, max(self._arrangement.first(), 0))
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def begin_anew(self) -> None:
        """Show no rows, in no order of the clerk's own: what comes next is about something else."""
        self._model.begin_anew()
        self.show_sorted("", ascending=True)

    def chosen_rows(self) -> list[int]:
        """Return the places of the selected rows, in order, without those that could not be read."""
        places = (index.row() for index in self.selectionModel().selectedRows())
        return sorted(place for place in places if self._readable(place) >= 0)

    def _readable(self, place: int) -> int:
        return -1 if self._model.is_faulty(place) else place

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.viewport().update()
            self.row_chosen.emit(self._readable(current.row()))
            if self._model.is_faulty(current.row()):  # where it stands there may be no room for all of it
                say_in_window(self, str(current.data()), icon_name="alert-circle")

    def selectAll(self) -> None:
        """Select the rows that have arrived, at most some thousands."""
        last = min(self._model.rowCount(), SELECT_ALL_LIMIT) - 1
        if last < 0:
            return
        whole = QItemSelection(
            self._model.index(0, 0), self._model.index(last, self._model.columnCount() - 1)
        )
        self.selectionModel().select(whole, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # copying ----------------------------------------------------------------

    def copy_cell(self) -> None:
        """Put the current cell's words on the clipboard."""
        index = self.currentIndex()
        if index.isValid():
            self._to_clipboard(str(index.data() or ""))

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard, titles first, cells parted by tabs."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        if places:
            self._to_clipboard(as_lines([self._model.row(place) for place in places], self.seen_columns()))

    def _to_clipboard(self, words: str) -> None:
        QApplication.clipboard().setText(words)
        self.copied.emit(words)

    # export -----------------------------------------------------------------

    def export_to(self, path: Path) -> None:
        """Write the rows that have arrived, as they are seen, to a workbook or a CSV file."""
        self._export.begin(path, self._model.rows(), self.seen_columns(), title=self.accessibleName())

    def export(self) -> None:
        """Ask for a file, and write to it what has arrived as it is seen."""
        self._export.ask_for_file(self.accessibleName() or self.objectName(), chosen=self._file_chosen)

    def _file_chosen(self, path: str) -> None:
        self.export_to(Path(path))

    # columns ----------------------------------------------------------------

    def seen_columns(self) -> list[Column[Any]]:
        """Return the columns that are shown, in the order in which they are seen."""
        return self._arrangement.seen()

    def set_column_hidden(self, name: str, *, hidden: bool) -> None:
        """Hide or show a column; the last one shown stays."""
        if hidden and [column.name for column in self.seen_columns()] == [name]:
            return
        self.horizontalHeader().setSectionHidden(self._model.place_of(name), hidden)
        self._stretch()
        self._save_soon()

    def save_columns(self) -> None:
        """Keep order, widths and hidden columns for this person."""
        self._save_timer.stop()
        self._arrangement.keep()

    def keep_now(self) -> None:
        """Keep what was arranged a moment ago and still waits to be kept."""
        if self._save_timer.isActive():
            self.save_columns()

    def restore_columns(self) -> None:
        """Arrange the columns as this person left them, new columns last."""
        self._restoring = True
        self._arrangement.restore()
        self._stretch()
        self._restoring = False

    def reset_columns(self) -> None:
        """Return to the columns as they were made."""
        self._arrangement.forget()
        self.restore_columns()

    def show_sorted(self, name: str, *, ascending: bool) -> None:
        """Show in the header what the server sorted by; an empty name shows none."""
        self._sorted = (name, ascending) if name else None
        self._titles.show_sorted(self._model.place_of(name) if name else -1, ascending=ascending)

    def _stretch(self) -> None:
        """Give what width is left to the column made for it."""
        header = self.horizontalHeader()
        taker = next((column for column in self.seen_columns() if column.stretches), None)
        if taker is None:
            return
        place = self._model.place_of(taker.name)
        taken = sum(
            header.sectionSize(self._model.place_of(column.name))
            for column in self.seen_columns()
            if column.name != taker.name
        )
        before = self._restoring
        self._restoring = True
        header.resizeSection(place, max(taker.width * 3 // 4, self.viewport().width() - taken))
        self._restoring = before

    def _column_resized(self) -> None:
        if not self._restoring:
            self._stretch()
            self._save_soon()

    def _save_soon(self) -> None:
        if not self._restoring:
            self._save_timer.start()

    def _header_clicked(self, place: int) -> None:
        column = self._model.column(place)
        here = self.sorts_here and not self._model.has_more
        if not here and not (
            column.sortable and self.isSignalConnected(QMetaMethod.fromSignal(self.sort_requested))
        ):
            return
        name, ascending = column.name, True
        if self._sorted == (name, True):
            ascending = False
        elif self._sorted == (name, False) and here:
            name, ascending = "", True
        if here:
            self._model.sort_rows(name, ascending=ascending)
        else:
            self.show_sorted(name, ascending=ascending)
            self.sort_requested.emit(name, ascending)

    def _ordered(self, name: str, ascending: bool) -> None:  # noqa: FBT001
        self.show_sorted(name, ascending=ascending)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    # menus ------------------------------------------------------------------

    def _open_header_menu(self, point: QPoint) -> None:
        menu = self.header_menu()
        menu.popup(self.horizontalHeader().mapToGlobal(point))

    def header_menu(self) -> QMenu:
        """Return the menu that hides and shows columns; it goes when closed."""
        menu = ColumnMenu(self._model.columns, self.seen_columns(), self)
        menu.addAction(self._reset_action)
        menu.addAction(self._export_action)
        menu.column_toggled.connect(self._column_toggled)
        return menu

    def _column_toggled(self, name: str, is_shown: bool) -> None:  # noqa: FBT001
        self.set_column_hidden(name, hidden=not is_shown)

    def _open_row_menu(self, point: QPoint) -> None:
        if not self.indexAt(point).isValid():
            return
        menu = RowMenu(self._copy_cell_action, self._copy_rows_action, self._export_action, self)
        menu.popup(self.viewport().mapToGlobal(point))

    def _row_double_clicked(self, index: QModelIndex) -> None:
        if not self._model.is_faulty(index.row()):
            self.row_opened.emit(index.row())

    # Qt ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif event.matches(QKeySequence.StandardKey.Copy):
            if len(self.selectionModel().selectedRows()) > 1:
                self.copy_rows()
            else:
                self.copy_cell()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            if self.chosen_row() >= 0:
                self.row_opened.emit(self.chosen_row())
            else:
                event.ignore()
        elif event.key() == Qt.Key.Key_Home and not event.modifiers():
            self.choose_row(0)
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            self.choose_row(self._model.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt would read a million rows through Python to find a letter."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(round(event.position().y())))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            self._delegate.hovered_row = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        current = self.currentIndex()
        self._delegate.scene = Scene(
            current_tokens(),
            is_focused=self.hasFocus() and self.isActiveWindow(),
            current_row=current.row(),
            current_column=current.column(),
            first_column=self._arrangement.first(),
            row_begins=-self.horizontalOffset(),
            row_width=min(self.horizontalHeader().length(), self.viewport().width()),
        )
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.verticalHeader().setDefaultSectionSize(current_density().row_height)

    def retranslate(self) -> None:
        self._copy_cell_action.setText(self.tr("Copy cell"))
        self._copy_rows_action.setText(self.tr("Copy rows"))
        self._export_action.setText(self.tr("Export what is seen…"))
        self._reset_action.setText(self.tr("Reset columns"))
        self._model.retranslate()
