"""Rows that are about to leave in a file: they wait until that is on record."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject


class DepartingRows(QObject):
    """Base of what is written once it is on record."""

    def go(self, _noted: object = None) -> None:
        """Write it: it is on record, or nobody keeps a record."""
        raise NotImplementedError

    def stay(self, error: Exception) -> None:
        """Write nothing, and say why."""
        raise NotImplementedError


@runtime_checkable
class NotesExports(Protocol):
    """A screen that keeps a record of what is exported from the tables within it."""

    def note_export(self, table: str, row_count: int, export: DepartingRows) -> None:
        """Put on record that rows of ``table`` leave in a file, then let ``export`` go, or stay."""
