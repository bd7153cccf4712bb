"""Plain threads behind the door; nothing in this module knows Qt.

A thread lets go of its task before it waits for the next one: the last reference
to what a task held must never die here.
"""

import contextlib
import logging
import queue
import random
import threading
import time
from collections.abc import Callable

from app.domain.errors import SalterError, Unavailable
from db.errors import PasswordRefused
from db.tickets import Ticket

Task = Callable[[], None]

HEARTBEAT_SECONDS = 10.0
CANCEL_AGAIN_SECONDS = 0.02
FIRST_RETRY_SECONDS = 0.1
LONGEST_RETRY_SECONDS = 3.0
REFUSED_RETRY_SECONDS = 60.0

_log = logging.getLogger(__name__)


class WorkerPool:
    """Threads that take tasks in the order they were given."""

    def __init__(self, name: str, *, size: int) -> None:
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(1, size + 1)
        ]
        for thread in self._threads:
            thread.start()

    def give(self, task: Task) -> None:
        """Have ``task`` done after those given before."""
        self._tasks.put(task)

    def dismiss(self) -> None:
        """End the threads once everything given so far is done; does not wait."""
        for _thread in self._threads:
            self._tasks.put(None)

    def join(self, deadline: float) -> bool:
        """Wait until ``deadline`` (monotonic) for the threads to end; False when some did not."""
        return _join(self._threads, deadline)

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            if task is None:
                return
            try:
                task()
            except Exception:  # noqa: BLE001 - the next task must still be done
                _log.exception("a task of %s broke", threading.current_thread().name)
            del task


class Canceller:
    """The thread that takes questions back from the server, again and again until each has let go."""

    def __init__(self) -> None:
        self._tickets: queue.SimpleQueue[Ticket | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="cancels-1", daemon=True)
        self._thread.start()

    def cancel(self, ticket: Ticket) -> None:
        """Have the server stop what it does for ``ticket``."""
        self._tickets.put(ticket)

    def dismiss(self) -> None:
        """End the thread once everything given so far is cancelled; does not wait."""
        self._tickets.put(None)

    def join(self, deadline: float) -> bool:
        """Wait until ``deadline`` (monotonic) for the thread to end; False when it did not."""
        return _join([self._thread], deadline)

    def _work(self) -> None:
        remaining: list[Ticket] = []
        is_dismissed = False
        while remaining or not is_dismissed:
            with contextlib.suppress(queue.Empty):
                ticket = self._tickets.get(timeout=CANCEL_AGAIN_SECONDS if remaining else None)
                if ticket is None:
                    is_dismissed = True
                else:
                    remaining.append(ticket)
            remaining = [ticket for ticket in remaining if not ticket.send_cancel()]


class LineWatch:
    """The thread that feels the pulse of the line, and knocks until a lost one is back.

    ``lost`` and later ``restored`` follow when it does not answer, ``lost`` again when
    the reason becomes another; ``restored`` alone when it was doubted for nothing.
    ``measured``, ``lost`` and ``restored`` are called on this thread.
    """

    def __init__(
        self,
        ping: Callable[[], float],
        *,
        measured: Callable[[float], None],
        lost: Callable[[SalterError], None],
        restored: Callable[[], None],
        heartbeat_seconds: float,
    ) -> None:
        self._ping = ping
        self._measured = measured
        self._lost = lost
        self._restored = restored
        self._heartbeat_seconds = heartbeat_seconds
        self._changed = threading.Condition()
        self._is_doubted = False
        self._is_dismissed = False
        self._thread = threading.Thread(target=self._watch, name="line-1", daemon=True)
        self._thread.start()

    def doubt(self) -> None:
        """Report that the line seems lost: ``restored`` follows as soon as the server answers."""
        with self._changed:
            self._is_doubted = True
            self._changed.notify()

    def dismiss(self) -> None:
        """End the thread; does not wait."""
        with self._changed:
            self._is_dismissed = True
            self._changed.notify()

    def join(self, deadline: float) -> bool:
        """Wait until ``deadline`` (monotonic) for the thread to end; False when it did not."""
        return _join([self._thread], deadline)

    def _watch(self) -> None:
        is_doubted = False
        while True:
            failure = self._feel()
            if failure is not None:
                self._lost(failure)
                self._knock(failure)
            elif is_doubted:
                self._restored()
            with self._changed:
                self._changed.wait_for(
                    lambda: self._is_doubted or self._is_dismissed, timeout=self._heartbeat_seconds
                )
                is_doubted, self._is_doubted = self._is_doubted, False
                if self._is_dismissed:
                    return

    def _knock(self, failure: SalterError) -> None:
        pause = FIRST_RETRY_SECONDS
        while not self._is_dismissed:
            with self._changed:
                # Jitter: three hundred desks must not knock in step at a server that is just starting.
                self._changed.wait_for(
                    lambda: self._is_dismissed,
                    timeout=pause * (0.5 + random.random()),  # noqa: S311
                )
            found = self._feel()
            if found is None:
                self._restored()
                return
            if type(found) is not type(failure):
                failure = found
                self._lost(found)
            # Many a server shuts out who offers a wrong password too often.
            is_refused = isinstance(found, PasswordRefused)
            pause = REFUSED_RETRY_SECONDS if is_refused else min(2 * pause, LONGEST_RETRY_SECONDS)

    def _feel(self) -> SalterError | None:
        try:
            self._measured(self._ping())
        except SalterError as error:
            return error
        except Exception as error:  # noqa: BLE001 - the line must be felt again
            _log.exception("the pulse of the line could not be felt")
            return Unavailable(str(error))
        return None


def _join(threads: list[threading.Thread], deadline: float) -> bool:
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return not any(thread.is_alive() for thread in threads)
