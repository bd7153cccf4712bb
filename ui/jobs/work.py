"""What the door remembers of a question or action while it is under way."""

import functools
import logging
import time
import types
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject
from sqlalchemy.orm import Session

from app.domain.errors import Forbidden, SalterError, TooSlow, Unavailable
from db.errors import Cancelled
from db.gateway import name_of
from db.tickets import Ticket

T = TypeVar("T")

Question = Callable[[Session], T]
"""A use case that reads, with everything it wants to know but the session."""
Action = Callable[[Session], T]
"""A use case that writes, with everything it wants to know but the session."""

_REPORT_SECONDS = 0.1

_log = logging.getLogger(__name__)


class JobKind(StrEnum):
    """What a job is; only actions write to the database, and only what writes cannot be cancelled."""

    QUESTION = "question"
    EXPORT = "export"
    ACTION = "action"
    CHORE = "chore"
    """What needs no database: a file is written, a picture becomes one."""

    @property
    def is_cancellable(self) -> bool:
        """Tell whether nothing but an answer is lost when it is taken back."""
        return self in (JobKind.QUESTION, JobKind.EXPORT)


class JobState(StrEnum):
    """Where a job stands, for the tray."""

    RUNNING = "running"
    WAITING_FOR_LINE = "waiting_for_line"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class Job:
    """A line of the job tray; ``total`` is 0 while nobody knows how much there is to do."""

    number: int
    title: str
    kind: JobKind
    state: JobState
    done: int
    total: int

    @property
    def is_cancellable(self) -> bool:
        """Tell whether the tray may offer to cancel it."""
        return self.kind.is_cancellable


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that went wrong with nobody else left to say so; the window says it."""

    kind: JobKind
    title: str
    error: Exception


class Listener:
    """A bound method of a QObject, held weakly and called only while the object lives."""

    def __init__(self, method: Callable[[Any], None]) -> None:
        """Raises: TypeError for anything that is not a bound method of a QObject."""
        if not isinstance(method, types.MethodType) or not isinstance(method.__self__, QObject):
            raise TypeError(f"{method!r} is not a bound method of a QObject")
        self._method = weakref.WeakMethod(method)

    def hear(self, heard: object) -> bool:
        """Call the method with ``heard``; False when its object is gone."""
        method = self._method()
        if method is None or not shiboken6.isValid(method.__self__):
            return False
        method(heard)
        return True


@dataclass(slots=True)
class Pending:
    """A job under way, known to the UI thread only."""

    number: int
    kind: JobKind
    work: Callable[..., Any]
    then: Listener | None
    failed: Listener | None
    title: str
    timeout: float = 0.0
    is_counted: bool = False
    ticket: Ticket = field(default_factory=Ticket)
    key: UUID | None = None
    state: JobState = JobState.RUNNING
    tries: int = 1
    done: int = 0
    total: int = 0

    def as_job(self) -> Job:
        """Return what the tray shows of it."""
        return Job(self.number, self.title, self.kind, self.state, self.done, self.total)

    def note_in_log(self, error: Exception) -> None:
        """Name the work only: what it was given, and the title the tray shows, may be about a person."""
        if not isinstance(error, SalterError):
            _log.error("%s %s broke", self.kind, name_of(self.work), exc_info=error)
        elif isinstance(error, (Forbidden, TooSlow, Unavailable)):
            _log.warning("%s %s: %s", self.kind, name_of(self.work), type(error).__name__)


class Progress:
    """Given to an export: call it with how many are done of how many (0 for unknown).

    It tells the tray ten times a second at most, and ends an export nobody waits for.
    """

    def __init__(self, ticket: Ticket, report: Callable[[int, int], None]) -> None:
        self._ticket = ticket
        self._report = report
        self._reported_at = 0.0

    def __call__(self, done: int, total: int = 0) -> None:
        """Raises: Cancelled."""
        if self._ticket.is_withdrawn:
            raise Cancelled
        now = time.monotonic()
        if done == total or now - self._reported_at >= _REPORT_SECONDS:
            self._reported_at = now
            self._report(done, total)


def refuse_widgets(work: Callable[..., Any]) -> None:
    """Refuse work that would carry a QObject to a pool thread.

    Raises: TypeError.
    """
    carried: list[Any] = []
    while isinstance(work, functools.partial):
        carried += [*work.args, *work.keywords.values()]
        work = work.func
    carried.append(getattr(work, "__self__", None))
    for cell in getattr(work, "__closure__", None) or ():
        carried.append(cell.cell_contents)
    widgets = [thing for thing in carried if isinstance(thing, QObject)]
    if widgets:
        raise TypeError(f"{name_of(work)} would take {widgets!r} to another thread")
