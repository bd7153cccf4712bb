"""Something done once on a thread of its own before there are jobs: starting, signing in."""

import contextlib
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance

Report = Callable[[float, str], None]
"""Tell how far it is: a fraction from 0 to 1, or below 0 when unknown, and what is being done."""


class GivenUp(Exception):
    """The window is closing: whoever reports progress next is not to go on."""


class StartupTask(QObject):
    """Runs ``work`` on a thread; its outcome arrives on the UI thread, once.

    The thread touches nothing of Qt but these signals, whose receivers live on
    the UI thread and therefore hear them there.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    progressed = Signal(float, str)

    def __init__(self, work: Callable[[Report], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._is_given_up = threading.Event()
        self._thread = threading.Thread(target=self._run, name="task", daemon=True)

    def start(self) -> None:
        """Set out."""
        self._thread.start()

    def give_up(self) -> None:
        """End it at its next report of progress, and wait for that; nobody hears its outcome."""
        self._is_given_up.set()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def is_under_way(self) -> bool:
        """Whether the thread is still at it."""
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            outcome = self._work(self._report)
        except Exception as error:  # noqa: BLE001 - the receiver tells errors apart
            self._tell(self.failed, error)
        else:
            self._tell(self.succeeded, outcome)

    def _report(self, fraction: float, what: str) -> None:
        if self._is_given_up.is_set():
            raise GivenUp
        self._tell(self.progressed, fraction, what)

    def _tell(self, signal: SignalInstance, *values: object) -> None:
        if self._is_given_up.is_set():
            return
        with contextlib.suppress(RuntimeError):  # the window was closed before the task was done
            signal.emit(*values)
