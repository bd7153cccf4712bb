"""The words of settings: what a value says, however it is stored."""

from collections.abc import Mapping, Sequence
from typing import Any

from ui.words import text


def value_words(value: Any) -> str:
    """Say a stored value on one line; its names are those of the setting's own parts."""
    if isinstance(value, bool):
        return text.yes_no(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {value_words(part)}" for name, part in value.items()) or text.DASH
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(value_words(part) for part in value) or text.DASH
    return " ".join(str(value).split()) if value not in (None, "") else text.DASH
