"""Under which license each library comes, and whether somebody has accepted it.

A license is an SPDX expression without brackets.  Of alternatives (OR) one
that is accepted is enough, and is the one we take; of a sum (AND) every part
must be.  What developers use may be under more than what is delivered.
"""

import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from tests.licenses.lock import Pinned, delivered, pinned

ROOT = Path(__file__).parents[2]
TERMS = tomllib.loads(Path(__file__).with_name("licenses.toml").read_text("utf-8"))


class NotAccepted(Exception):
    """Nobody accepted ``offered``, the license that ``name`` comes under."""

    def __init__(self, name: str, offered: str) -> None:
        super().__init__(f"{name}: {offered}")


class Unclear(Exception):
    """What ``name`` says of its license has to be read by a person and recorded in licenses.toml."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__(f"{name}: {said!r}")


@dataclass(frozen=True, slots=True)
class Library:
    """Something pinned: ``offered`` is its license, ``taken`` what we take of alternatives."""

    pin: Pinned
    offered: str
    taken: str
    is_delivered: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What comes along inside of a library, or is delivered beside them: ``comes_with`` says with what."""

    name: str
    comes_with: str
    license: str


def libraries(lock: str, *, terms: dict[str, Any] = TERMS) -> tuple[Library, ...]:
    """Return everything that the text of a lock pins, with its license.

    Raises: NotAccepted, Unclear.
    """
    pins = pinned(lock)
    comes_with = delivered(pins)
    found = []
    for pin in pins:
        offered = license_of(pin, terms=terms)
        is_delivered = pin.name in comes_with
        taken = taken_of(pin.name, offered, accepted=accepted(terms, is_delivered=is_delivered))
        found.append(Library(pin, offered, taken, is_delivered))
    return tuple(found)


def inside(*, terms: dict[str, Any] = TERMS) -> tuple[Part, ...]:
    """Return what is delivered and pinned nowhere by itself.

    Raises: NotAccepted.
    """
    allowed = accepted(terms, is_delivered=True)
    return tuple(
        Part(row["name"], row["with"], taken_of(row["name"], row["license"], accepted=allowed))
        for row in terms["inside"]
    )


def license_of(pin: Pinned, *, terms: dict[str, Any] = TERMS) -> str:
    """Return the license of ``pin``: its own word where that is clear, else what was read and recorded.

    What is pinned for some systems only has to be recorded, since the page is the same on all of them.

    Raises: Unclear.
    """
    said = said_of(pin.name)
    read = terms["read"].get(pin.name)
    if read is not None and said in (None, read["says"]):
        return str(read["license"])
    if read is not None or said is None or pin.where:
        raise Unclear(pin.name, said or "not installed here")
    return str(terms["spelled"].get(said, said))


def said_of(name: str) -> str | None:
    """Return what the installed library says of its license, None where it is not installed."""
    try:
        return _said(distribution(name))
    except PackageNotFoundError:
        return None


def _said(library: Distribution) -> str:
    words = library.metadata.json
    named = words.get("license_expression") or words.get("license") or ""
    classifiers = [
        line.rsplit(" :: ", 1)[1] for line in words.get("classifier", []) if line.startswith("License ::")
    ]
    return str(named).strip().partition("\n")[0] or ", ".join(classifiers)


def accepted(terms: dict[str, Any] = TERMS, *, is_delivered: bool) -> frozenset[str]:
    """Return the licenses accepted for what is delivered, or for what developers use."""
    return frozenset(
        name for name, row in terms["accepted"].items() if not (is_delivered and row.get("tools_only", False))
    )


def taken_of(name: str, offered: str, *, accepted: frozenset[str]) -> str:
    """Return the first alternative of ``offered`` that is accepted as a whole.

    Raises: NotAccepted.
    """
    for alternative in offered.split(" OR "):
        if set(alternative.split(" AND ")) <= accepted:
            return alternative
    raise NotAccepted(name, offered)
