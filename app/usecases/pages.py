"""Pages: a list is fetched a part at a time, and each part says where the next one begins.

The key is a value of the last row, never a row number: a page deep in the
history costs as much as the first, and rows added meanwhile shift nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class PageOfRows(Generic[Row, Key]):
    """Some rows in order; ``next_key`` asks for those after them and is None when there are none."""

    rows: tuple[Row, ...]
    next_key: Key | None = None


def cut(rows: Sequence[Row], *, limit: int) -> tuple[tuple[Row, ...], bool]:
    """Return the first ``limit`` of rows fetched one too many, and whether any were left out."""
    return tuple(rows[:limit]), len(rows) > limit
