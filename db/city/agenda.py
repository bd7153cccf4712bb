"""What is going to happen to one account, in order of time."""

from collections.abc import Callable
from datetime import date
from heapq import heappop, heappush

Happening = Callable[[date], None]


class Agenda:
    """Events of one account; those of one day happen in the order they were made."""

    __slots__ = ("_count", "_events", "_last_day")

    def __init__(self, *, last_day: date) -> None:
        self._events: list[tuple[date, int, Happening]] = []
        self._count = 0
        self._last_day = last_day

    def add(self, day: date, happening: Happening) -> None:
        """Plan an event; what would happen after the city's last day never does."""
        if day <= self._last_day:
            self._count += 1
            heappush(self._events, (day, self._count, happening))

    def run(self, *, before: date) -> None:
        """Let happen what is planned for days before one."""
        events = self._events
        while events and events[0][0] < before:
            day, _, happening = heappop(events)
            happening(day)
