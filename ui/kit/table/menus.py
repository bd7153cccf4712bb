"""The menus of a table: of its titles, which columns are shown; of a row, what is done with it."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.kit.letters import keep_letters
from ui.kit.table.model import Column


class ColumnMenu(QMenu):
    """Lists the columns with a tick at those that are shown; it goes when closed."""

    column_toggled = Signal(str, bool)
    """A column's name, and whether it is to be shown."""

    def __init__(
        self, columns: Sequence[Column[Any]], shown: Collection[Column[Any]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        keep_letters(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = {column.name for column in shown}
        for column in columns:
            action = self.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(column.name in names)
            action.setData(column.name)
        self.addSeparator()
        self.triggered.connect(self._triggered)

    def _triggered(self, action: QAction) -> None:
        name = action.data()
        if isinstance(name, str) and name:
            self.column_toggled.emit(name, action.isChecked())


class RowMenu(QMenu):
    """Copies the cell or the rows, and exports all; it goes when closed."""

    def __init__(self, copy_cell: QAction, copy_rows: QAction, export: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        keep_letters(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.addAction(copy_cell)
        self.addAction(copy_rows)
        self.addSeparator()
        self.addAction(export)
