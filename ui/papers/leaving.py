"""A paper on its way out: on record first, made from the record, then taken where it is wanted.

An entry of a register is evidence that somebody let a paper out.  It is written
before the paper leaves and is never taken back; so a paper that did not arrive
keeps its entry, and trying again takes that one, not another.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.jobs import Jobs, Question
from ui.papers.ways import Made, Way


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """What a register is told of a paper before it leaves."""

    action: functools.partial[int]
    """The use case that writes it, with the facts; the id of the entry is its result."""

    question_of: Callable[[int], Question[Any]] | None = None
    """What makes the paper that is on record, by that id; None where it is the one that is seen."""

    def is_of_same_paper(self, other: "RegisterEntry") -> bool:
        """Tell whether the same register is told the same."""
        mine, others = self.action, other.action
        return (mine.func, mine.args, mine.keywords) == (others.func, others.args, others.keywords)


@dataclass(frozen=True, slots=True)
class Departure:
    """A paper that is to leave: as it is seen, the way it goes, and its entry where a register is kept."""

    made: Made
    way: Way
    entry: RegisterEntry | None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An entry whose paper did not arrive."""

    entry: RegisterEntry
    day: date
    entry_id: int


class Leaving(QObject):
    """Lets papers out one at a time, and holds the entries of those that did not arrive."""

    left = Signal(object)
    """Made: what left, as it left."""
    failed = Signal(object, bool)
    """It may not have left: the exception, and whether an entry in a register waits for another try."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._departure: Departure | None = None
        self._day = date.min
        self._waiting: list[_Waiting] = []
        self._made: Made | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether a paper is on its way out."""
        return self._departure is not None

    def begin(self, departure: Departure, *, today: date) -> None:
        """Let a paper out; only while none is under way."""
        self._departure, self._day = departure, today
        if departure.entry is None:
            self._take(departure.made)
            return
        waiting = self._waiting_for(departure)
        if waiting is not None:
            self._make(departure.entry, waiting.entry_id)
        else:
            action = departure.entry.action
            self._jobs.act(action, self._registered, screen=self, failed=self._give_up)

    def forget(self) -> None:
        """Let go of the entries of papers that did not arrive: whoever they were for is gone."""
        self._waiting.clear()

    def _waiting_for(self, departure: Departure | None) -> _Waiting | None:
        """Return the entry this paper has from another try today."""
        if departure is None or departure.entry is None:
            return None
        for waiting in self._waiting:
            if waiting.day == self._day and waiting.entry.is_of_same_paper(departure.entry):
                return waiting
        return None

    def _registered(self, entry_id: int) -> None:
        entry = self._departure.entry if self._departure is not None else None
        if entry is not None:
            self._waiting.append(_Waiting(entry, self._day, entry_id))
            self._make(entry, entry_id)

    def _make(self, entry: RegisterEntry, entry_id: int) -> None:
        if entry.question_of is not None:
            question = entry.question_of(entry_id)
            self._jobs.ask(question, self._take, screen=self, lane="leaving", failed=self._give_up)
        elif self._departure is not None:
            self._take(self._departure.made)

    def _take(self, made: Made) -> None:
        if self._departure is not None:
            self._made = made
            way = self._departure.way
            way.arrived.connect(self._arrived)
            way.failed.connect(self._give_up)
            way.take(made)

    def _arrived(self) -> None:
        made, waiting = self._made, self._waiting_for(self._departure)
        if waiting is not None:
            self._waiting.remove(waiting)  # one entry is one paper
        self._rest()
        self.left.emit(made)

    def _give_up(self, error: Exception) -> None:
        is_on_record = self._waiting_for(self._departure) is not None
        self._rest()
        self.failed.emit(error, is_on_record)

    def _rest(self) -> None:
        departure, self._departure, self._made = self._departure, None, None
        if departure is not None:
            departure.way.deleteLater()
