"""Faulty rows: what the database holds and no window can read, shown as that instead of failing a list.

The database refuses what is not in canonical form.  What got there before it did, by
the hand of its owner or from a newer program, is named by its number, with what
is wrong; everything beside it loads.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from app.domain.errors import Refused

Row = TypeVar("Row")

_NOT_OF_ITS_FORM = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class RowKind(StrEnum):
    """What a row is that may be faulty."""

    PROGRAMME = "programme"
    PLAN = "plan"
    REQUEST = "request"
    EVENT = "event"
    SETTING = "setting"


class Illegible(Refused):
    """What is stored is not of its form: ``kind`` and ``number`` say which row, ``part`` where in it."""

    def __init__(self, kind: RowKind, number: str, *, part: str = "") -> None:
        super().__init__(f"{kind} {part}".rstrip())
        self.kind = kind
        self.number = number
        self.part = part


@dataclass(frozen=True, slots=True)
class Faulty:
    """A row of a list that cannot be read: its number, and the part that is wrong, empty for all of it."""

    kind: RowKind
    number: str
    part: str = ""


@contextmanager
def reading(kind: RowKind, *, number: str, part: str = "") -> Iterator[None]:
    """Read something stored within the block; whatever is not of its form is told by one error.

    A reader's own refusal says with its ``field`` which part is meant.

    Raises: Illegible.
    """
    try:
        yield
    except Illegible:
        raise
    except Refused as error:
        raise Illegible(kind, number, part=error.field or part) from error
    except _NOT_OF_ITS_FORM as error:
        raise Illegible(kind, number, part=part) from error


def readable(rows: Iterable[Row | Faulty]) -> tuple[Row, ...]:
    """Return the rows of a list that could be read."""
    return tuple(row for row in rows if not isinstance(row, Faulty))
