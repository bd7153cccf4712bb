"""Asking the person for a file: to read, or to write to."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget


class FileDialog(QFileDialog):
    """Goes when a file was chosen, and only then hands it over.

    Qt's own dialog writes down where it was as it goes, and waits for the disk: that must not
    come between the window's turning to the file and its painting of it.
    """

    def __init__(
        self, parent: QWidget, title: str, *, name: str, kinds: str, chosen: Callable[[str], object]
    ) -> None:
        super().__init__(parent, title)
        self.setObjectName(name)
        self.setNameFilter(kinds)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.directory() == QDir.current():  # where the program was started: no place of the person's
            self.setDirectory(_home())
        self._choice = _Choice(parent, chosen)
        self.fileSelected.connect(self._choice.take)
        self.rejected.connect(self._choice.deleteLater)

    def follow_kind(self, kind: str) -> None:
        """End the name of what is written as files of ``kind`` end."""
        self.setDefaultSuffix(kind.partition("*.")[2].partition(")")[0])


class _Choice(QObject):
    """Outlives the dialog until the file is handed over."""

    def __init__(self, parent: QWidget, chosen: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self._path = ""

    def take(self, path: str) -> None:
        self._path = path
        QTimer.singleShot(0, self, self._hand_over)

    def _hand_over(self) -> None:
        self.deleteLater()
        self._chosen(self._path)


def ask_to_read(
    parent: QWidget, title: str, *, name: str, kinds: str, chosen: Callable[[str], object]
) -> None:
    """Let one existing file of these ``kinds`` (a name filter) be chosen."""
    dialog = FileDialog(parent, title, name=name, kinds=kinds, chosen=chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()


def ask_to_write(
    parent: QWidget,
    title: str,
    *,
    name: str,
    kinds: str,
    suggestion: str,
    chosen: Callable[[str], object],
    folder: object = None,
) -> None:
    """Let a place for a file be chosen; it is called ``suggestion`` and lies in ``folder`` if that exists."""
    dialog = FileDialog(parent, title, name=name, kinds=kinds, chosen=chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.follow_kind(kinds)
    dialog.filterSelected.connect(dialog.follow_kind)
    if isinstance(folder, str) and QDir(folder).exists():
        dialog.setDirectory(folder)
    dialog.selectFile(suggestion)
    dialog.open()


def _home() -> str:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return documents if Path(documents).is_dir() else QDir.homePath()
