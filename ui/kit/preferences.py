"""What a person has arranged for themselves, kept by whoever knows the person.

Anything may stand there: another version of the program wrote it, or another client.
What is not of the form that is asked for counts as not arranged.
"""

from collections.abc import Collection
from typing import Any, Protocol

MOST_PIXELS = 20_000


class Preferences(Protocol):
    """A small drawer of JSON values by key."""

    def get(self, key: str) -> Any:
        """Return what was set under ``key``, or None."""

    def set(self, key: str, value: object) -> None:
        """Keep ``value``, made of lists, dicts, text and numbers, under ``key``."""


class NoPreferences:
    """Remembers as long as the program runs and the table lives."""

    def __init__(self) -> None:
        self._kept: dict[str, object] = {}

    def get(self, key: str) -> Any:
        return self._kept.get(key)

    def set(self, key: str, value: object) -> None:
        self._kept[key] = value


def sizes_kept(preferences: Preferences, key: str) -> list[int] | None:
    """Return the sizes of two parts beside each other, or None where none of that form are kept."""
    kept = preferences.get(key)
    if not isinstance(kept, list) or len(kept) != 2:
        return None
    sizes = [pixels(size, otherwise=-1) for size in kept]
    return sizes if min(sizes) >= 0 and sum(sizes) > 0 else None


def choice_kept(preferences: Preferences, key: str, among: Collection[str]) -> str:
    """Return what was chosen of these; empty where nothing was, or nothing of them."""
    kept = preferences.get(key)
    return kept if isinstance(kept, str) and kept in among else ""


def pixels(kept: object, *, otherwise: int) -> int:
    """Return something kept, if it is a length on a screen."""
    is_length = isinstance(kept, int) and not isinstance(kept, bool) and 0 <= kept <= MOST_PIXELS
    return kept if isinstance(kept, int) and is_length else otherwise
