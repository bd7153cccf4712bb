"""Tables are data: columns over rows that arrive in pages.

A million rows are never held: the server sends pages, and the model asks for
the next one when the view comes near the end of what it has.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from operator import attrgetter
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.faulty import Faulty
from ui.kit.styling import plain_tip
from ui.kit.table.order import in_order, order_of
from ui.words import faulty
from ui.words.tones import Tone

PAGE = 200
"""Rows in a page: enough to fill any screen, little enough not to be felt."""

ROW_ROLE = Qt.ItemDataRole.UserRole
TONE_ROLE = Qt.ItemDataRole.UserRole + 1
MARKS_ROLE = Qt.ItemDataRole.UserRole + 2

_Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class Align(Enum):
    """Where a cell's words stand."""

    LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    CENTER = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """One column: what of a row stands in it, and how it looks.

    ``field`` is read from the row, through points as in ``instalment.amount``, and said
    by ``as_``; a column without one is called as its field.  ``toned`` makes it a column
    of states, a word with a colored dot, and ``hinted`` says the words in the hint too,
    where they may be cut.  What is more than a field has readers of the whole row:
    ``text``, ``tone`` and ``hint``.  All are asked while painting, so they follow the
    language in force.

    ``marks`` returns the stretches (start, length) that a search matched.
    ``stretches`` gives a column the width that is left, and takes up to a quarter of its own.
    ``sortable`` says that the server sorts by it; once all rows have arrived, every
    column can be sorted by here.
    """

    name: str
    field: str = ""
    as_: Callable[[Any], str] = str
    toned: Callable[[Any], Tone | None] | None = None
    hinted: bool = False
    text: Callable[[Row], str] | None = None
    tone: Callable[[Row], Tone | None] | None = None
    hint: Callable[[Row], str] | None = None
    marks: Callable[[Row], Sequence[tuple[int, int]]] | None = None
    title: str = ""
    align: Align = Align.LEFT
    width: int = 120
    strong: bool = False
    quiet: bool = False
    sortable: bool = False
    hidden: bool = False
    stretches: bool = False
    read: Callable[[Row], Any] = dataclasses.field(init=False, repr=False, compare=False)
    """Returns what the field holds."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "read", attrgetter(self.field or self.name))

    def words(self, row: Row) -> str:
        """Return what stands in the cell, in the language in force."""
        return self.as_(self.read(row)) if self.text is None else self.text(row)

    def tone_of(self, row: Row) -> Tone | None:
        """Return the color of the cell's dot, if it has one."""
        if self.toned is not None:
            return self.toned(self.read(row))
        return None if self.tone is None else self.tone(row)

    def hint_of(self, row: Row) -> str | None:
        """Return what is said when the mouse rests on the cell."""
        if self.hinted:
            return self.words(row)
        return None if self.hint is None else self.hint(row)


def words_of(row: Any, column: Column[Any], *, is_first: bool) -> str:
    """Return what a cell says outside the table; a faulty row has one sentence, in its first cell."""
    if isinstance(row, Faulty):
        return faulty.sentence(row) if is_first else ""
    return column.words(row)


def as_lines(rows: Sequence[Any], columns: Sequence[Column[Any]]) -> str:
    """Return rows as text: titles first, cells parted by tabs."""
    lines = ["\t".join(column.title for column in columns)]
    for row in rows:
        words = [words_of(row, column, is_first=not place) for place, column in enumerate(columns)]
        lines.append("\t".join(" ".join(one.split()) for one in words))
    return "\n".join(lines)


class TableModel(QAbstractTableModel):
    """Rows of any one kind under given columns, faulty ones among them: those say so and no more."""

    more_wanted = Signal()
    """The view is near the end of the rows: append the next page."""
    ordered = Signal(str, bool)
    """The rows were put in the order of a column, ascending or not; no name: as they came."""

    def __init__(self, columns: Sequence[Column[Any]], parent: QObject) -> None:
        super().__init__(parent)
        self._columns = list(columns)
        self._places = {column.name: place for place, column in enumerate(self._columns)}
        if len(self._places) != len(self._columns):
            raise ValueError("two columns of one name")
        self._rows: list[Any] = []
        self._more = False
        self._asked = False
        self._order: tuple[str, bool] | None = None
        self._arrived: list[Any] = []

    # rows -------------------------------------------------------------------

    def set_rows(self, rows: Iterable[Any], *, more: bool = False) -> None:
        """Show these rows only; ``more`` says that a next page can be asked for."""
        self.beginResetModel()
        self._rows = list(rows)
        self._more = more
        self._asked = False
        dropped = self._order is not None and more
        if dropped:
            self._order = None
        if self._order is not None:
            self._arrived, self._rows = self._rows, self._in_order(self._rows, self._order)
        self.endResetModel()
        if dropped:
            self.ordered.emit("", True)

    def append_rows(self, rows: Iterable[Any], *, more: bool = False) -> None:
        """Add a page at the end."""
        added = list(rows)
        self._more = more
        self._asked = False
        if not added:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(added) - 1)
        self._rows.extend(added)
        self.endInsertRows()

    def replace_row(self, place: int, row: Any) -> None:
        """Put a newer version of one row in its place; what is chosen stays chosen."""
        if self._order is not None:
            self._arrived = [row if one is self._rows[place] else one for one in self._arrived]
        self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._columns) - 1))

    def begin_anew(self) -> None:
        """Show nothing, and forget the order that was chosen."""
        self._order = None
        self._arrived = []
        self.set_rows(())

    def clear(self) -> None:
        """Show nothing."""
        self.set_rows(())

    def row(self, place: int) -> Any:
        """Return the row at ``place``."""
        return self._rows[place]

    def is_faulty(self, place: int) -> bool:
        """Tell whether the row at ``place`` is one that could not be read."""
        return 0 <= place < len(self._rows) and isinstance(self._rows[place], Faulty)

    def rows(self) -> list[Any]:
        """Return the rows that have arrived."""
        return list(self._rows)

    @property
    def has_more(self) -> bool:
        """Whether the server holds rows that have not arrived."""
        return self._more

    def resume(self) -> None:
        """Let the next page be asked for again, after asking for it failed."""
        self._asked = False

    # order ------------------------------------------------------------------

    @property
    def order(self) -> tuple[str, bool] | None:
        """The column the rows were sorted by here, and whether ascending."""
        return self._order

    def sort_rows(self, name: str, *, ascending: bool) -> None:
        """Put the rows in the order of a column; no name puts them as they came.

        Only for rows that have all arrived: the rest is the server's to sort.
        """
        if self._more:
            raise ValueError("rows that have not arrived cannot be sorted here")
        self.layoutAboutToBeChanged.emit()
        if self._order is None:
            self._arrived = list(self._rows)
        before = self._rows
        self._order = (name, ascending) if name else None
        self._rows = self._in_order(self._arrived, self._order) if self._order else list(self._arrived)
        self._follow(before)
        self.layoutChanged.emit()
        self.ordered.emit(name, ascending)

    def _in_order(self, rows: list[Any], order: tuple[str, bool]) -> list[Any]:
        column = self._columns[self._places[order[0]]]
        keys = [None if isinstance(row, Faulty) else order_of(column.words(row)) for row in rows]
        return in_order(rows, keys, ascending=order[1])

    def _follow(self, before: list[Any]) -> None:
        """Let what points at a row go with it."""
        places = {id(row): place for place, row in enumerate(self._rows)}
        held = self.persistentIndexList()
        moved = [self.index(places[id(before[index.row()])], index.column()) for index in held]
        self.changePersistentIndexList(held, moved)

    # columns ----------------------------------------------------------------

    @property
    def columns(self) -> list[Column[Any]]:
        return list(self._columns)

    def column(self, place: int) -> Column[Any]:
        """Return the column that stands at ``place`` in the model."""
        return self._columns[place]

    def place_of(self, name: str) -> int:
        """Return where the column called ``name`` stands in the model."""
        return self._places[name]

    def set_titles(self, titles: Mapping[str, str]) -> None:
        """Name the columns, by column name, in the language in force."""
        for name, title in titles.items():
            place = self._places[name]
            self._columns[place] = replace(self._columns[place], title=title)
        self.retranslate()

    def retranslate(self) -> None:
        """Have titles and cells read again."""
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # Qt ---------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if isinstance(row, Faulty):
            return _said_of(row, role)
        column = self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.words(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align.value
        if role == Qt.ItemDataRole.ToolTipRole:
            hint = column.hint_of(row)
            return plain_tip(hint) if hint else None
        if role == ROW_ROLE:
            return row
        if role == TONE_ROLE:
            return column.tone_of(row)
        if role == MARKS_ROLE:
            return column.marks(row) if column.marks else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align.value
        return None

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: _Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()


def _said_of(row: Faulty, role: int) -> object:
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return faulty.sentence(row)
    if role == Qt.ItemDataRole.ToolTipRole:
        return plain_tip(faulty.sentence(row))
    if role == ROW_ROLE:
        return row
    return Tone.BAD if role == TONE_ROLE else None
