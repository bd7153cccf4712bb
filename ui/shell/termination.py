"""Ctrl+C in the terminal, or the system ending the program: the window closes as by hand.

Python hears a signal only between two steps of its own, and the event loop takes
none while nothing happens; a pair of sockets wakes it.
"""

import contextlib
import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class TerminationSignals(QObject):
    """Tells when the program was asked to end; on systems without such signals it never does."""

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._far, self._near = socket.socketpair()
        self._far.setblocking(False)
        self._near.setblocking(False)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), _nothing)

    def _woken(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._near.recv(64)
        self.asked.emit()


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """Be a handler, so that the signal does not end the program by itself."""
