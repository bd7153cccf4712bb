"""Which screens are open and what each still waits for; told by Qt when one is destroyed."""

import functools
import itertools
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject


@dataclass(slots=True)
class _Open:
    jobs: set[int] = field(default_factory=set)
    lanes: dict[str, int] = field(default_factory=dict)


class Screens:
    """The book of open screens; jobs are known by their numbers."""

    def __init__(self, closed: Callable[[tuple[int, ...]], None]) -> None:
        """``closed`` is called with the jobs of a screen that is gone."""
        self._closed = closed
        self._open: dict[int, _Open] = {}
        self._numbers: weakref.WeakKeyDictionary[QObject, int] = weakref.WeakKeyDictionary()
        self._next = itertools.count(1)

    def enter(self, screen: QObject, *, job: int, lane: str) -> int | None:
        """Note that ``screen`` waits for ``job``; return the older job of its ``lane``, if any."""
        book = self._book(screen)
        book.jobs.add(job)
        if not lane:
            return None
        older = book.lanes.get(lane)
        book.lanes[lane] = job
        return older

    def forget(self, job: int) -> None:
        """Note that nobody waits for ``job`` any more."""
        for book in self._open.values():
            if job in book.jobs:
                book.jobs.discard(job)
                book.lanes = {lane: number for lane, number in book.lanes.items() if number != job}
                return

    def waits_of(self, screen: QObject) -> tuple[int, ...]:
        """Return the jobs ``screen`` waits for, oldest first."""
        number = self._numbers.get(screen)
        return tuple(sorted(self._open[number].jobs)) if number is not None else ()

    def leave(self, screen: QObject) -> None:
        """Treat ``screen`` as closed."""
        number = self._numbers.pop(screen, None)
        if number is not None:
            self._close(number)

    def _book(self, screen: QObject) -> _Open:
        number = self._numbers.get(screen)
        if number is None:
            number = self._numbers[screen] = next(self._next)
            self._open[number] = _Open()
            # Not the screen itself: a half destroyed object must not be looked at again.
            screen.destroyed.connect(functools.partial(self._close, number))
        return self._open[number]

    def _close(self, number: int, _destroyed: object = None) -> None:
        book = self._open.pop(number, None)
        if book is not None and book.jobs:
            self._closed(tuple(sorted(book.jobs)))
