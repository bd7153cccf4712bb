"""Master left, detail right: a list, and all about the row that is chosen in it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from ui.kit.labels import Item, KeyValueGrid
from ui.kit.list_section import Asking, ListSection
from ui.kit.preferences import Preferences, sizes_kept
from ui.kit.styling import label
from ui.kit.table import Column, Table, TableModel
from ui.kit.theme import current_density
from ui.kit.tokens import GRID

_MOST_ROWS_OF_PART = 14


class MasterDetail(ListSection):
    """Base of the sections that list rows and show one of them in full.

    A subclass overrides ``show_detail(row)`` besides; it builds the detail from parts
    it adds to ``self.detail`` once.  The division between the two sides is remembered
    for the person.
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Any]],
        parent: QWidget,
        *,
        jobs: Asking,
        preferences: Preferences,
    ) -> None:
        super().__init__(name, parent, jobs=jobs)
        self._preferences = preferences
        self.body.setContentsMargins(0, 0, 0, 0)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self.content)
        self._splitter.setObjectName(f"{name}.splitter")
        self._splitter.setChildrenCollapsible(False)
        self.make_table(columns, f"{name}.table", self._splitter, preferences=preferences)
        self.table.setMinimumWidth(80 * GRID)
        self._scroll = QScrollArea(self._splitter)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setMinimumWidth(80 * GRID)
        self.detail_host = QWidget(self._scroll)
        self.detail_host.setObjectName(f"{name}.detail")
        self.detail_host.setProperty("ground", "surface")
        self.detail_host.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        upright = QVBoxLayout(self.detail_host)
        upright.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 4 * GRID)
        self.detail = QVBoxLayout()
        self.detail.setSpacing(2 * GRID)
        upright.addLayout(self.detail)
        upright.addStretch(1)  # or a short detail is spread over the height of the window
        self._scroll.setWidget(self.detail_host)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self._scroll)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 1)
        self.body.addWidget(self._splitter)
        self._splitter.setSizes(sizes_kept(preferences, f"{name}.splitter") or [640, 640])
        self._splitter.splitterMoved.connect(self._keep_division)
        self.table.row_chosen.connect(self._row_chosen)

    def forget_account(self) -> bool:
        self._scroll.verticalScrollBar().setValue(0)
        self.want_none()
        self.show_nothing()
        return True

    def show_detail(self, row: Any) -> None:
        """Show all about ``row``."""
        raise NotImplementedError

    def show_again(self) -> None:
        """Show the detail anew, as after a change of language."""
        if self.chosen is not None:
            self.show_detail(self.chosen)

    def _row_chosen(self, place: int) -> None:
        self.detail_host.setVisible(place >= 0)
        if place >= 0:
            self.show_detail(self.model.row(place))

    def _keep_division(self, _at: int, _index: int) -> None:
        self._preferences.set(f"{self.objectName()}.splitter", self._splitter.sizes())


class Part(QFrame):
    """A titled part of a detail: facts beside their names."""

    def __init__(self, name: str, parent: QWidget, *, across: int = 2) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GRID)
        self._title = label(self, "section", name=f"{name}.title")
        self.column.addWidget(self._title)
        self.facts = KeyValueGrid(f"{name}.facts", self, across=across)
        self.facts.hide()
        self.column.addWidget(self.facts)

    def set_title(self, words: str) -> None:
        """Name the part in the language in force."""
        self._title.setText(words)
        self.setAccessibleName(words)

    def set_facts(self, items: Sequence[Item]) -> None:
        """Show facts beside their names."""
        self.facts.set_items(items)
        self.facts.setVisible(bool(items))


class TablePart(Part):
    """A titled part of a detail: a short table, below facts if there are any."""

    def __init__(
        self,
        name: str,
        parent: QWidget,
        *,
        columns: Sequence[Column[Any]],
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__(name, parent)
        self.model = TableModel(columns, self)
        self.table = Table(self.model, f"{name}.table", self, preferences=preferences)
        self.table.setProperty("framed", True)
        self.column.addWidget(self.table)

    def set_title(self, words: str) -> None:
        super().set_title(words)
        self.table.setAccessibleName(words)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show the rows, in full height up to fourteen; without rows the part hides."""
        self.model.set_rows(rows)
        height = current_density().row_height * min(len(rows), _MOST_ROWS_OF_PART)
        self.table.setFixedHeight(height + self.table.horizontalHeader().sizeHint().height() + GRID)
        self.setVisible(bool(rows))
