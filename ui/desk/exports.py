"""Putting on record what is taken out of the program in a file, before it is."""

import functools

from PySide6.QtCore import QObject

from app.usecases import exports
from ui.jobs import Jobs
from ui.kit.departing_rows import DepartingRows


class ExportRecorder(QObject):
    """Writes down every export; what could not be written down does not leave."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("export_recorder")
        self._jobs = jobs

    def record(self, table: str, export: DepartingRows, *, ident: int | None, row_count: int) -> None:
        """Put on record that rows of ``table`` leave the program; a list over accounts has no ``ident``."""
        action = functools.partial(exports.record_export, table=table, ident=ident, row_count=row_count)
        self._jobs.act(action, export.go, screen=export, failed=export.stay)
