"""What the pool threads do; nothing in this module knows Qt.

Whatever they have to say goes out through ``post``, the one thing here that
reaches the UI thread.
"""

import functools
import sys
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.errors import TooSlow, Unavailable
from app.domain.topics import EVERYTHING
from db.errors import FateUnknown, NotDone
from db.gateway import Gateway
from db.tickets import Ticket
from ui.jobs.threads import Canceller, LineWatch, WorkerPool
from ui.jobs.work import Progress

T = TypeVar("T")

QUESTION_THREADS = 4
_SETTLING_PAUSE_SECONDS = 0.5
_TURN_SECONDS = 0.0005
"""How long a thread keeps the interpreter when another wants it.  Python's own 5 ms are paid by the window
every time it comes back from Qt while a paper is made: some hundred times for one painting."""


class News(StrEnum):
    """What a pool thread may say; the facts that come with it in brackets."""

    ANSWERED = "answered"  # number, answer
    FAILED = "failed"  # number, error
    DONE = "done"  # number, result, topics written
    UNSETTLED = "unsettled"  # number
    PROGRESSED = "progressed"  # number, done, total
    MEASURED = "measured"  # seconds
    DOUBTED = "doubted"  # error
    LOST = "lost"  # error
    RESTORED = "restored"


class Post(Protocol):
    """Carries news to the UI thread."""

    def __call__(self, news: News, *facts: Any) -> None: ...


class Runner:
    """The threads behind the door: four for questions and chores, one each for exports, actions, cancels."""

    def __init__(self, gateway: Gateway, post: Post, *, heartbeat_seconds: float) -> None:
        sys.setswitchinterval(_TURN_SECONDS)
        self._gateway = gateway
        self._post = post
        self._is_ending = threading.Event()
        self._line_is_up = threading.Event()
        self._line_is_up.set()
        self._questions = WorkerPool("questions", size=QUESTION_THREADS)
        self._exports = WorkerPool("exports", size=1)
        self._actions = WorkerPool("actions", size=1)
        self._canceller = Canceller()
        self._line = LineWatch(
            gateway.feel,
            measured=functools.partial(post, News.MEASURED),
            lost=functools.partial(post, News.LOST),
            restored=functools.partial(post, News.RESTORED),
            heartbeat_seconds=heartbeat_seconds,
        )

    def ask(
        self,
        number: int,
        question: Callable[[Session], Any],
        ticket: Ticket,
        *,
        timeout: float,
        is_counted: bool = False,
    ) -> None:
        """Have a question asked by the next thread that is free."""
        self._questions.give(
            functools.partial(self._ask, number, question, ticket, timeout, is_counted=is_counted)
        )

    def export(
        self,
        number: int,
        question: Callable[[Session, Progress], Any],
        ticket: Ticket,
        *,
        timeout: float,
    ) -> None:
        """Have an export made after those before it."""
        progress = Progress(ticket, functools.partial(self._post, News.PROGRESSED, number))
        whole = functools.partial(_with_progress, question, progress)
        self._exports.give(functools.partial(self._ask, number, whole, ticket, timeout))

    def act(self, number: int, action: Callable[[Session], Any], key: UUID) -> None:
        """Have an action done after those before it."""
        self._actions.give(functools.partial(self._act, number, action, key))

    def do(self, number: int, chore: Callable[[], Any]) -> None:
        """Have what needs no database done by the next thread that is free."""
        self._questions.give(functools.partial(self._do, number, chore))

    def cancel(self, ticket: Ticket) -> None:
        """Have the server stop a question."""
        self._canceller.cancel(ticket)

    def doubt_line(self) -> None:
        """Have the line looked after until it is back."""
        self._line_is_up.clear()
        self._line.doubt()

    def trust_line(self) -> None:
        """Let actions of unknown fate be looked up again."""
        self._line_is_up.set()

    def end(self, *, seconds: float) -> bool:
        """Finish what was given and end every thread; False when one was still busy after ``seconds``."""
        deadline = time.monotonic() + seconds
        self._is_ending.set()
        self._line_is_up.set()  # whoever waits for the line sees that there is no time left
        pools = (self._questions, self._exports, self._actions, self._canceller, self._line)
        for pool in pools:
            pool.dismiss()
        busy = [pool for pool in pools if not pool.join(deadline)]
        return not busy

    def _ask(
        self,
        number: int,
        question: Callable[[Session], Any],
        ticket: Ticket,
        timeout: float,
        *,
        is_counted: bool = False,
    ) -> None:
        if ticket.is_withdrawn:
            return
        try:
            answer = self._gateway.ask(question, ticket=ticket, timeout=timeout, is_counted=is_counted)
        except Exception as error:  # noqa: BLE001 - heard and logged on the UI thread
            self._post(News.FAILED, number, error)
        else:
            self._post(News.ANSWERED, number, answer)

    def _act(self, number: int, action: Callable[[Session], Any], key: UUID) -> None:
        try:
            acted = self._gateway.carry_out(action, key=key)
        except FateUnknown as error:
            self._settle(number, key, error)
        except Unavailable as error:
            self._doubt(error)
            self._post(News.FAILED, number, NotDone(key))
        except Exception as error:  # noqa: BLE001 - heard and logged on the UI thread
            self._post(News.FAILED, number, error)
        else:
            self._post(News.DONE, number, acted.result, acted.topics)

    def _do(self, number: int, chore: Callable[[], Any]) -> None:
        try:
            result = chore()
        except Exception as error:  # noqa: BLE001 - heard and logged on the UI thread
            self._post(News.FAILED, number, error)
        else:
            self._post(News.ANSWERED, number, result)

    def _settle(self, number: int, key: UUID, error: FateUnknown) -> None:
        """Find out what became of an action; those behind it wait, because they came after it."""
        self._post(News.UNSETTLED, number)
        self._doubt(error)
        while self._line_is_up.wait() and not self._is_ending.is_set():
            try:
                done = self._gateway.outcome(key)
            except Unavailable as failure:
                self._doubt(failure)
            except TooSlow:
                self._is_ending.wait(_SETTLING_PAUSE_SECONDS)
            except Exception as failure:  # noqa: BLE001 - heard and logged on the UI thread
                self._post(News.FAILED, number, failure)
                return
            else:
                if done is None:
                    self._post(News.FAILED, number, NotDone(key))
                else:
                    self._post(News.DONE, number, done.result, EVERYTHING)
                return
        self._post(News.FAILED, number, error)

    def _doubt(self, error: Unavailable) -> None:
        # Cleared before it is posted: only the UI thread sets it, when the line is back after that.
        self._line_is_up.clear()
        self._post(News.DOUBTED, error)


def _with_progress(question: Callable[[Session, Progress], T], progress: Progress, session: Session) -> T:
    return question(session, progress)
