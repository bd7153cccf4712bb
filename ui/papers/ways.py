"""The ways a paper leaves by: to a printer, into a file, onto the clipboard."""

import functools
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ui.jobs import Jobs
from ui.jobs.files import write_file
from ui.kit.printing import PictureRun, PrintProfile, PrintRun


class Made(Protocol):
    """A finished paper."""

    @property
    def pdf(self) -> bytes: ...

    @property
    def file_name(self) -> str:
        """What its file may be called, without an ending."""


Part = tuple[bytes, int]
"""What is printed in one go, and how many times."""


class Way(QObject):
    """Takes one paper where it is wanted; made for that, and done with after it."""

    arrived = Signal()
    failed = Signal(object)
    """It may not have arrived: the exception."""

    def take(self, made: Made) -> None:
        """Take the paper there; ``arrived`` or ``failed`` is told once."""
        raise NotImplementedError


class ToPrinter(Way):
    """Prints a paper, or the parts it is printed in, one after the other."""

    def __init__(
        self, profile: PrintProfile, parent: QObject, *, parts_of: Callable[[Any], Sequence[Part]]
    ) -> None:
        super().__init__(parent)
        self._profile = profile
        self._parts_of = parts_of
        self._parts: list[Part] = []
        self._name = ""

    def take(self, made: Made) -> None:
        self._name = made.file_name
        self._parts = list(self._parts_of(made))
        self._print_next()

    def _print_next(self) -> None:
        if not self._parts:
            self.arrived.emit()
            return
        pdf, copies = self._parts.pop(0)
        run = PrintRun(pdf, name=self._name, profile=self._profile, parent=self, copies=copies)
        run.printed.connect(self._print_next)
        run.failed.connect(self.failed)
        run.start()


class ToFile(Way):
    """Writes a paper into a file, away from the window: the place may be far."""

    def __init__(self, jobs: Jobs, path: str, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._path = path

    def take(self, made: Made) -> None:
        chore = functools.partial(write_file, content=made.pdf, path=self._path)
        self._jobs.do(chore, self._written, screen=self, failed=self._not_written)

    def _written(self, _path: str) -> None:
        self.arrived.emit()

    def _not_written(self, error: Exception) -> None:
        self.failed.emit(error)


class ToClipboard(ToFile):
    """Puts a paper on the clipboard as a document, as a picture of its first page and as a file."""

    def take(self, made: Made) -> None:
        self._made = made
        super().take(made)

    def _written(self, _path: str) -> None:
        picture = PictureRun(self._made.pdf, self)
        picture.drawn.connect(self._drawn)
        picture.failed.connect(self.failed)
        picture.start()

    def _drawn(self, picture: QImage) -> None:
        data = QMimeData()
        data.setData("application/pdf", QByteArray(self._made.pdf))
        data.setImageData(picture)
        data.setUrls([QUrl.fromLocalFile(self._path)])
        QApplication.clipboard().setMimeData(data)
        self.arrived.emit()
