"""What requirements.lock pins, and which of it comes with the program."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PROGRAM = "salter (pyproject.toml)"
"""Who wants a library, where it is the program itself and not its developers' tools."""

_PINNED = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^\s;]+)(?:\s*;\s*(?P<where>[^\\]+?))?\s*\\"
)


@dataclass(frozen=True, slots=True)
class Pinned:
    """A line of the lock: ``where`` is its condition, empty for everywhere; ``wanted_by`` are names."""

    name: str
    version: str
    where: str
    wanted_by: tuple[str, ...]


def pinned(lock: str) -> tuple[Pinned, ...]:
    """Return what the text of a lock pins, in its order."""
    return tuple(_entries(lock))


def _entries(lock: str) -> Iterator[Pinned]:
    blocks = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)
    for block in blocks[1:]:
        head, *rest = block.splitlines()
        found = _PINNED.fullmatch(head)
        if found is None:
            raise ValueError(head)
        comments = [line.strip().removeprefix("#").strip() for line in rest if line.strip().startswith("#")]
        wanted_by = [words.removeprefix("via").strip() for words in comments]
        yield Pinned(
            found["name"], found["version"], found["where"] or "", tuple(name for name in wanted_by if name)
        )


def delivered(pins: tuple[Pinned, ...]) -> frozenset[str]:
    """Return the names of what the program needs, directly or through what it needs."""
    wanted_by = {pin.name: pin.wanted_by for pin in pins}
    return frozenset(name for name in wanted_by if _is_wanted(name, wanted_by, set()))


def _is_wanted(name: str, wanted_by: Mapping[str, tuple[str, ...]], seen: set[str]) -> bool:
    if name in seen:
        return False
    seen.add(name)
    wanters = wanted_by.get(name, ())
    return PROGRAM in wanters or any(_is_wanted(wanter, wanted_by, seen) for wanter in wanters)
