"""What a person has arranged for themselves, kept by whoever knows the person."""

from typing import Any, Protocol


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
