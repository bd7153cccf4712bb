"""What nobody caught: it goes to the log under a number, and the number to the person at the desk.

Qt goes on after a slot has failed, so the window lives; without this the fault
would only be written to a terminal that a desk does not have.
"""

import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from ui.words import errors

_LINE = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"
_LARGEST = 1_000_000
_KEPT = 5


def keep_log(folder: Path, *, level: int) -> None:
    """Write the log to ``salter.log`` in ``folder``, five old ones kept, and to a terminal if there is one.

    A folder that cannot be written costs the file, never the start.
    """
    handlers: list[logging.Handler] = [logging.StreamHandler()] if sys.stderr is not None else []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(
            RotatingFileHandler(
                folder / "salter.log", maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
            )
        )
    except OSError as error:
        logging.getLogger(__name__).warning("there is no log file: %s", error)
    logging.basicConfig(level=level, format=_LINE, handlers=handlers, force=True)


class FaultWatch(QObject):
    """Hears of every exception nobody caught, on any thread; ``told`` says it in words."""

    told = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._hear
        threading.excepthook = self._hear_thread

    def leave(self) -> None:
        """Let things be as they were before."""
        sys.excepthook, threading.excepthook = self._before

    def _hear(self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if not issubclass(kind, Exception):  # Ctrl+C in a terminal
            self._before[0](kind, error, traceback)
            return
        self.told.emit(errors.incident(error).sentence)

    def _hear_thread(self, what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None and isinstance(what.exc_value, Exception):
            self.told.emit(errors.incident(what.exc_value).sentence)
