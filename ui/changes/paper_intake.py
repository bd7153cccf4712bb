"""Files and pictures on their way to a request: read and named away from the window, and looked at first.

A file is what its first bytes say, whatever it is called; it is never run.  A photograph
of a type no paper is kept in is made a JPEG.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from app.domain.errors import Refused
from app.domain.papers import Flaw, Scan, Unreadable, safe_name
from app.usecases import scanning

MOST_READ = 64 * 1024 * 1024
"""Nothing larger is even read; what may be stored is a setting of the server."""


class FileUnreadable(Refused):
    """The file is not there, or may not be read."""


class FileNotAllowed(Refused):
    """Its content is neither a PDF nor a picture."""


class FileTooBig(Refused):
    """The file is larger than anything that is kept."""


def read_scan(*, path: str) -> Scan:
    """Read a file from disk.

    Raises: FileUnreadable, FileTooBig, FileNotAllowed, Unreadable.
    """
    try:
        if Path(path).stat().st_size > MOST_READ:
            raise FileTooBig
        content = Path(path).read_bytes()
    except OSError as error:
        raise FileUnreadable(path) from error
    return _made(Path(path).name, content)


def encode_picture(*, picture: QImage, name: str) -> Scan:
    """Make a file of a picture from the clipboard."""
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return _made(name, bytes(kept.data()))


def local_paths(data: QMimeData) -> Sequence[str]:
    """Return the files that were dropped or copied."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def has_something(data: QMimeData) -> bool:
    """Tell whether there is a file or a picture in what was dropped or copied."""
    return bool(local_paths(data)) or data.hasImage()


def _made(name: str, content: bytes) -> Scan:
    try:
        kept = scanning.kept(content)
    except Unreadable as error:
        if error.flaw is Flaw.NOT_ALLOWED:
            raise FileNotAllowed(name) from error
        raise
    return Scan(safe_name(name, kind=kept.type), kept.content)
