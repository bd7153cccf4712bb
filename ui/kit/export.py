"""Saving the rows of a table as they are seen: a workbook, or text for another program.

Words are gathered in the window, where they are made; the file is written on a
thread of its own, because the first workbook takes a tenth of a second.
"""

import functools
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import CannotWrite
from app.domain.office_time import ZONE
from ui.kit.departing_rows import DepartingRows, NotesExports
from ui.kit.files import ask_to_write
from ui.kit.messages import say_in_window
from ui.kit.table.model import Align, Column, words_of
from ui.kit.table.order import value_of
from ui.words import errors

_log = logging.getLogger(__name__)

FILES = "XLSX (*.xlsx);;CSV (*.csv)"
_LOOK_EVERY = 15
_PIXELS_PER_LETTER = 7


@cache
def _writer() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="export")


def seen_cells(rows: Sequence[Any], columns: Sequence[Column[Any]]) -> list[list[Any]]:
    """Return what the cells hold, by columns: days and amounts as such, the rest in words."""
    seen = []
    for place, column in enumerate(columns):
        words = [words_of(row, column, is_first=not place) for row in rows]
        cells: list[Any] = [value_of(one, is_number=column.align is Align.RIGHT) for one in words]
        kinds = {type(cell) for cell in cells if cell is not None}
        if len(kinds) > 1:
            cells = words
        seen.append(cells)
    return seen


class Export(DepartingRows):
    """Writes the files of one table, one after the other, and says in the window how it went."""

    finished = Signal(str)
    """The file was written."""

    def __init__(self, table: QWidget) -> None:
        super().__init__(table)
        self._table = table
        self._path = Path()
        self._row_count = 0
        self._future: Future[None] | None = None
        self._write: Callable[[], None] | None = None
        """What is written once it is on record."""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    def ask_for_file(self, title: str, *, chosen: Callable[[str], object]) -> None:
        """Let the person choose where to."""
        ask_to_write(
            self._table,
            self.tr("Export what is seen"),
            name=f"{self._table.objectName()}.file",
            kinds=FILES,
            suggestion=f"{title}.xlsx",
            chosen=chosen,
        )

    def begin(self, path: Path, rows: Sequence[Any], columns: Sequence[Column[Any]], *, title: str) -> None:
        """Write the rows to ``path``: CSV when it ends so, else a workbook."""
        self._path = path
        self._row_count = len(rows)
        cells = seen_cells(rows, columns)
        heads = [(column.title, column.width / _PIXELS_PER_LETTER) for column in columns]
        self._write = functools.partial(_write, path, cells, heads, title, datetime.now(ZONE))
        screen = self._table.parentWidget()
        while screen is not None:
            if isinstance(screen, NotesExports):
                screen.note_export(self._table.objectName(), self._row_count, self)
                return
            screen = screen.parentWidget()
        self.go()

    def go(self, _noted: object = None) -> None:
        if self._write is not None:
            self._future = _writer().submit(self._write)
            self._write = None
            self._timer.start()

    def stay(self, error: Exception) -> None:
        self._write = None
        say_in_window(self._table, errors.sentence(error), icon_name="alert-circle")

    def _look(self) -> None:
        if self._future is None or not self._future.done():
            return
        self._timer.stop()
        error = self._future.exception()
        self._future = None
        if error is None:
            say_in_window(self._table, self.tr("Exported to {0}").format(self._path))
            self.finished.emit(str(self._path))
            return
        _log.warning("an export was not written", exc_info=error)
        if isinstance(error, OSError):
            error = CannotWrite(str(self._path), error.strerror or "")
        say_in_window(self._table, errors.sentence(error), icon_name="alert-circle")


def _write(
    path: Path, cells: list[list[Any]], heads: list[tuple[str, float]], title: str, made_at: datetime
) -> None:
    from app.documents import workbook

    columns = [
        workbook.WorkbookColumn(head, kind=_kind(column, workbook.CellKind), width=max(width, 8.0))
        for (head, width), column in zip(heads, cells, strict=True)
    ]
    rows = list(zip(*cells, strict=True))
    with path.open("wb") as target:
        if path.suffix.lower() == ".csv":
            workbook.write_csv(target, rows, columns=columns)
        else:
            workbook.write_workbook(
                target, rows, columns=columns, title=title or path.stem, author="Šalter", made_at=made_at
            )


def _kind(cells: list[Any], kinds: Any) -> Any:
    first = next((cell for cell in cells if cell is not None), None)
    if isinstance(first, date):
        return kinds.DAY
    if not isinstance(first, Decimal):
        return kinds.TEXT
    places = {cell.as_tuple().exponent for cell in cells if cell is not None}
    return kinds.MONEY if places == {-2} else kinds.NUMBER
