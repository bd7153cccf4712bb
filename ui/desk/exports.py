"""Putting on record what is taken out of the program in a file."""

import functools

from PySide6.QtCore import QObject

from app.usecases import exports
from ui.jobs import Jobs


class ExportRecorder(QObject):
    """Writes down every export; one that could not be written down is told by ``Jobs.went_wrong``."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("export_recorder")
        self._jobs = jobs

    def record(self, table: str, *, ident: int | None, row_count: int) -> None:
        """Put on record that rows of ``table`` left the program; a list over accounts has no ``ident``."""
        action = functools.partial(exports.record_export, table=table, ident=ident, row_count=row_count)
        # With a title it is offered again when the line was lost: the rows have left already.
        title = self.tr("Record of an export")
        self._jobs.act(action, self._recorded, screen=self, title=title)

    def _recorded(self, _result: object) -> None:
        pass  # nobody waits for it
