"""Asking and acting from screens: see the package for what they may rely on."""

import itertools
import logging
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal
from sqlalchemy.orm import Session

from app.domain.errors import SalterError, Unavailable
from app.domain.topics import Topic
from db.errors import Cancelled, NotDone, PasswordRefused
from db.gateway import Gateway
from db.profiles import EXPORT_SECONDS, QUESTION_SECONDS
from ui.jobs.garbage import UiThreadGarbage
from ui.jobs.runner import News, Runner
from ui.jobs.screens import Screens
from ui.jobs.threads import HEARTBEAT_SECONDS
from ui.jobs.work import (
    Action,
    Failure,
    Job,
    JobKind,
    JobState,
    Listener,
    Pending,
    Progress,
    Question,
    refuse_widgets,
)

T = TypeVar("T")

MOST_TRIES = 4
CLOSING_SECONDS = 90.0
_PATIENCE_MS = 300

_log = logging.getLogger(__name__)


class Jobs(QObject):
    """Runs questions and actions off the UI thread and brings back what became of them.

    Make one after sign-in and ``close`` it before the window goes; it outlives all jobs.
    """

    changed = Signal(object)
    """frozenset[Topic]: what an action wrote; told after its commit, ahead of its result."""
    started = Signal(int)
    progressed = Signal(int)
    finished = Signal(int)
    """The number of a titled job; ``running`` has the rest."""
    went_wrong = Signal(object)
    """Failure: something that no screen is there to tell."""
    line_lost = Signal(object)
    """SalterError: what the server or the network said last; told again when it is PasswordRefused."""
    line_restored = Signal()
    latency_measured = Signal(float)
    """Seconds of a round trip to the server, every ten seconds."""

    _posted = Signal()

    def __init__(
        self, gateway: Gateway, parent: QObject | None = None, *, heartbeat_seconds: float = HEARTBEAT_SECONDS
    ) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._jobs: dict[int, Pending] = {}
        self._screens = Screens(self._screen_closed)
        self._is_line_doubted = False
        self._is_line_lost = False
        self._is_closed = False
        self._inbox: deque[tuple[News, tuple[Any, ...]]] = deque()
        self._handlers: dict[News, Callable[..., None]] = {
            News.ANSWERED: self._answered,
            News.FAILED: self._failed,
            News.DONE: self._done,
            News.UNSETTLED: self._unsettled,
            News.PROGRESSED: self._progressed,
            News.MEASURED: self.latency_measured.emit,
            News.DOUBTED: self._doubt_line,
            News.LOST: self._lose_line,
            News.RESTORED: self._restore_line,
        }
        self._posted.connect(self._take_news)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._lose_patience)
        self._doubt = SalterError()
        self._garbage = UiThreadGarbage(self)
        self._runner = Runner(gateway, self._post, heartbeat_seconds=heartbeat_seconds)

    def ask(
        self,
        question: Question[T],
        then: Callable[[T], None],
        *,
        screen: QObject,
        lane: str = "",
        failed: Callable[[Exception], None] | None = None,
        title: str = "",
        timeout: float = QUESTION_SECONDS,
        is_counted: bool = False,
    ) -> int:
        """Ask ``question`` and call ``then`` with its answer; return the number of the job.

        ``then`` and ``failed`` are bound methods of a QObject.  In a named ``lane``
        of its screen a newer question replaces the older one.  A title puts it in
        the tray.  What searches for accounts ``is_counted``.
        """
        pending = self._note(JobKind.QUESTION, question, then, screen, failed=failed, title=title, lane=lane)
        pending.timeout = timeout
        pending.is_counted = is_counted
        self._send(pending)
        return pending.number

    def export(
        self,
        question: Callable[[Session, Progress], T],
        then: Callable[[T], None],
        *,
        screen: QObject,
        title: str,
        failed: Callable[[Exception], None] | None = None,
    ) -> int:
        """Ask a question of many minutes, one at a time, with its progress in the tray.

        ``question`` reads with ``yield_per`` (a cursor in the server) and calls its
        second argument with (done, total) every few hundred rows.
        """
        pending = self._note(JobKind.EXPORT, question, then, screen, failed=failed, title=title)
        pending.timeout = EXPORT_SECONDS
        self._send(pending)
        return pending.number

    def do(
        self,
        chore: Callable[[], T],
        then: Callable[[T], None],
        *,
        screen: QObject,
        failed: Callable[[Exception], None] | None = None,
    ) -> int:
        """Do what needs no database away from the window; it goes on when the line or ``screen`` is gone.

        What a question answered is written to a file so, after its transaction.
        """
        pending = self._note(JobKind.CHORE, chore, then, screen, failed=failed, title="")
        self._send(pending)
        return pending.number

    def act(
        self,
        action: Action[T],
        then: Callable[[T], None],
        *,
        screen: QObject,
        failed: Callable[[Exception], None] | None = None,
        title: str = "",
        key: UUID | None = None,
    ) -> int:
        """Do ``action`` after those begun before it; call ``then`` with its result once committed.

        After ``NotDone`` send it again with the ``key`` of that error.
        """
        if self._is_closed:
            raise RuntimeError("an action came after the door was closed")
        for offered in [job for job in self._jobs.values() if job.state is JobState.NOT_DONE]:
            if offered.key == key:
                self._forget(offered)
        pending = self._note(JobKind.ACTION, action, then, screen, failed=failed, title=title)
        pending.key = key or uuid4()
        self._send(pending)
        return pending.number

    def cancel(self, number: int) -> None:
        """Stop a question or export at the wish of whoever is at the desk; actions go on."""
        pending = self._jobs.get(number)
        if pending is not None and pending.kind.is_cancellable:
            self._withdraw(pending)
            if pending.failed is not None:
                pending.failed.hear(Cancelled())

    def leave(self, screen: QObject) -> None:
        """Treat ``screen`` as closed already, before Qt gets to destroy it."""
        self._screens.leave(screen)

    def withdraw(self, screen: QObject) -> None:
        """Take back what ``screen`` asked: it turns to something else.  Its actions go on and are heard."""
        for number in self._screens.waits_of(screen):
            pending = self._jobs[number]
            if pending.kind.is_cancellable:
                self._withdraw(pending)

    @property
    def running(self) -> tuple[Job, ...]:
        """Return the titled jobs under way, and the actions offered again, oldest first."""
        return tuple(pending.as_job() for pending in self._jobs.values() if pending.title)

    @property
    def is_line_lost(self) -> bool:
        """Tell whether the server has been out of reach since ``line_lost``."""
        return self._is_line_lost

    def send_again(self, number: int) -> None:
        """Send an action that was not done once more, with the same key."""
        pending = self._jobs.get(number)
        if pending is not None and pending.state is JobState.NOT_DONE:
            self._send(pending)

    def drop(self, number: int) -> None:
        """Give up an action that was not done."""
        pending = self._jobs.get(number)
        if pending is not None and pending.state is JobState.NOT_DONE:
            self._forget(pending)

    def close(self, *, seconds: float = CLOSING_SECONDS) -> bool:
        """Cancel the questions, wait for the actions, end the threads.

        Returns False when a thread was still busy after ``seconds``.  The gateway is
        left to whoever made it.
        """
        if self._is_closed:
            return True
        self._is_closed = True
        for pending in [job for job in self._jobs.values() if job.kind.is_cancellable]:
            self._withdraw(pending)
        has_ended = self._runner.end(seconds=seconds)
        try:
            while self._inbox:
                self._take_news()
        finally:
            self._patience.stop()
            self._garbage.stop()
        if not has_ended:
            _log.warning("a thread was still busy when the program closed")
        return has_ended

    def _note(
        self,
        kind: JobKind,
        work: Callable[..., Any],
        then: Callable[[Any], None],
        screen: QObject,
        *,
        failed: Callable[[Exception], None] | None,
        title: str,
        lane: str = "",
    ) -> Pending:
        refuse_widgets(work)
        pending = Pending(
            number=next(self._numbers),
            kind=kind,
            work=work,
            then=Listener(then),
            failed=Listener(failed) if failed is not None else None,
            title=title,
        )
        older = self._screens.enter(screen, job=pending.number, lane=lane)
        if older is not None:
            self._withdraw(self._jobs[older])
        self._jobs[pending.number] = pending
        if title:
            self.started.emit(pending.number)
        return pending

    def _send(self, pending: Pending) -> None:
        number, work, ticket, timeout = pending.number, pending.work, pending.ticket, pending.timeout
        if pending.key is not None:  # an action, and nothing else, has one
            self._turn(pending, JobState.RUNNING)
            self._runner.act(number, work, pending.key)
        elif self._is_closed:
            self._forget(pending)
        elif pending.kind is JobKind.CHORE:
            self._runner.do(number, work)
        elif self._is_line_doubted:
            self._turn(pending, JobState.WAITING_FOR_LINE)
        elif pending.kind is JobKind.EXPORT:
            self._turn(pending, JobState.RUNNING)
            self._runner.export(number, work, ticket, timeout=timeout)
        else:
            self._turn(pending, JobState.RUNNING)
            self._runner.ask(number, work, ticket, timeout=timeout, is_counted=pending.is_counted)

    def _turn(self, pending: Pending, state: JobState) -> None:
        if pending.state is not state:
            pending.state = state
            if pending.title:
                self.progressed.emit(pending.number)

    def _withdraw(self, pending: Pending) -> None:
        pending.ticket.withdraw()
        self._runner.cancel(pending.ticket)
        self._forget(pending)

    def _forget(self, pending: Pending) -> None:
        self._jobs.pop(pending.number, None)
        self._screens.forget(pending.number)
        if pending.title:
            self.finished.emit(pending.number)

    def _screen_closed(self, numbers: tuple[int, ...]) -> None:
        for pending in [self._jobs[number] for number in numbers]:
            if not pending.kind.is_cancellable:
                pending.then = pending.failed = None
            elif not self._is_closed:
                self._withdraw(pending)

    def _post(self, news: News, *facts: Any) -> None:
        """Carry news over from a pool thread."""
        self._inbox.append((news, facts))
        self._posted.emit()

    def _take_news(self) -> None:
        if self._inbox:  # closing empties it ahead of the signals
            news, facts = self._inbox.popleft()
            self._handlers[news](*facts)

    def _answered(self, number: int, answer: object) -> None:
        pending = self._jobs.get(number)
        if pending is not None:
            self._forget(pending)
            if pending.then is not None:
                pending.then.hear(answer)

    def _done(self, number: int, result: object, topics: frozenset[Topic]) -> None:
        pending = self._jobs[number]
        self._forget(pending)
        self.changed.emit(topics)  # first: a screen that asks anew on the result has then loaded already
        if pending.then is not None:
            pending.then.hear(result)

    def _failed(self, number: int, error: Exception) -> None:
        pending = self._jobs.get(number)
        if isinstance(error, Unavailable):
            self._doubt_line(error)
        if pending is None:
            return
        if not pending.kind.is_cancellable:
            is_offered = isinstance(error, NotDone) and bool(pending.title) and not self._is_closed
        else:
            is_offered = False
            if isinstance(error, Unavailable) and pending.tries < MOST_TRIES:
                pending.tries += 1
                self._send(pending)
                return
        if is_offered:
            self._turn(pending, JobState.NOT_DONE)
        else:
            self._forget(pending)
        pending.note_in_log(error)
        if pending.failed is None or not pending.failed.hear(error):
            self.went_wrong.emit(Failure(pending.kind, pending.title, error))

    def _unsettled(self, number: int) -> None:
        self._turn(self._jobs[number], JobState.WAITING_FOR_LINE)

    def _progressed(self, number: int, done: int, total: int) -> None:
        pending = self._jobs.get(number)
        if pending is not None:
            pending.done, pending.total = done, total
            self.progressed.emit(number)

    def _doubt_line(self, error: SalterError) -> None:
        """Hold questions back until the line has been felt; a single dead connection is no news."""
        if not self._is_line_doubted and not self._is_closed:
            self._is_line_doubted = True
            self._doubt = error
            self._runner.doubt_line()
            self._patience.start()

    def _lose_patience(self) -> None:
        self._lose_line(self._doubt)

    def _lose_line(self, error: SalterError) -> None:
        is_news = not self._is_line_lost or isinstance(error, PasswordRefused)
        if self._is_closed or not is_news:
            return
        self._is_line_doubted = self._is_line_lost = True
        self._patience.stop()
        _log.warning("the line to the server is lost: %s", error)
        self.line_lost.emit(error)

    def _restore_line(self) -> None:
        if self._is_closed:
            return
        was_lost = self._is_line_lost
        self._is_line_doubted = self._is_line_lost = False
        self._patience.stop()
        self._runner.trust_line()
        if was_lost:
            _log.info("the line to the server is back")
            self.line_restored.emit()
        for pending in tuple(self._jobs.values()):
            if pending.kind.is_cancellable and pending.state is JobState.WAITING_FOR_LINE:
                self._send(pending)
