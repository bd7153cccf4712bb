"""What went through the gateway lately, and under which name."""

import functools
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

_KEPT_WORKS = 200
_STATEMENTS = "statements"


@dataclass(frozen=True, slots=True)
class Work:
    """One question or action as it went: its own statements, without those of the gateway."""

    kind: str
    name: str
    statements: tuple[str, ...]
    seconds: float


class Stats:
    """The latest questions and actions, for tests that pin a number of statements and for tuning."""

    def __init__(self) -> None:
        self._works: deque[Work] = deque(maxlen=_KEPT_WORKS)

    @property
    def works(self) -> tuple[Work, ...]:
        """Return what was done, oldest first, 200 at most."""
        return tuple(self._works)

    @property
    def last(self) -> Work:
        """Return what was done last."""
        return self._works[-1]

    def add(self, work: Work) -> None:
        """Remember ``work``."""
        self._works.append(work)


def name_of(work: Callable[..., Any]) -> str:
    """Return the name of a question or action as it appears in logs: ``plans.cancel_plan``."""
    while isinstance(work, functools.partial):
        work = work.func
    module = getattr(work, "__module__", "").rpartition(".")[2]
    return f"{module}.{getattr(work, '__qualname__', type(work).__name__)}"


@contextmanager
def own_statements(
    connection: Connection, *, kind: str, work: Callable[..., Any], stats: Stats
) -> Iterator[None]:
    """Let ``stats`` know of ``work`` when the block ends, with the statements made within it."""
    statements: list[str] = []
    info = connection.info  # a connection that breaks meanwhile has none any more
    info[_STATEMENTS] = statements
    started = time.perf_counter()
    try:
        yield
    finally:
        info.pop(_STATEMENTS, None)
        stats.add(Work(kind, name_of(work), tuple(statements), time.perf_counter() - started))


def note_statement(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    """Write down a statement where somebody's own are listened for."""
    statements = connection.info.get(_STATEMENTS)
    if statements is not None:
        statements.append(statement)
