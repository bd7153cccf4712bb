"""Reading lists of which a row may be faulty: it stands in its place as such, and the rest loads."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from app.domain.faulty import Faulty, Illegible, RowKind, reading

Stored = TypeVar("Stored")
Read = TypeVar("Read")

_log = logging.getLogger(__name__)


def read_each(
    rows: Iterable[Stored],
    read: Callable[[Stored], Read],
    *,
    kind: RowKind,
    number: Callable[[Stored], object],
) -> tuple[Read | Faulty, ...]:
    """Read rows one by one; one that cannot be read is told by its number, here and in the log.

    The log has no number: it says what was met, not whom it is about.
    """
    found: list[Read | Faulty] = []
    for row in rows:
        known_by = str(number(row))
        try:
            with reading(kind, number=known_by):
                found.append(read(row))
        except Illegible as error:
            _log.warning("a faulty %s", error, exc_info=error.__cause__)
            found.append(Faulty(kind, known_by, error.part))
    return tuple(found)
