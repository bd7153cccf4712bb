"""What went wrong, in the clerk's words: what happened, why, and what to do next.

Errors below this module carry facts only.  A class without a sentence of its own
speaks through the nearest class above it.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication

from ui.words.subjects import subject_of

_log = logging.getLogger(__name__)
_LETTERS = "ACEFHJKLMNPRTUVX"
"""Letters that sound unlike each other over a phone, in Serbian and in English."""
_LONGEST = 40
"""Letters of what was typed that are repeated."""


@dataclass(frozen=True, slots=True)
class Incident:
    """An unexpected fault: its number to read out, and the sentence with the number in it."""

    number: str
    sentence: str


def nothing(_error: object) -> dict[str, str]:
    """Fill no place."""
    return {}


class Says(NamedTuple):
    """The sentence of one type of error, and what fills the places in it."""

    words: str
    facts: Callable[[Any], dict[str, str]] = nothing


def told(*names: str) -> Callable[[Any], dict[str, str]]:
    """Fill places with the error's own facts of the same names, as they are."""
    return lambda error: {name: str(getattr(error, name)) for name in names}


def typed(error: Any) -> dict[str, str]:
    """Fill ``{text}`` with what was typed, shortened to a line."""
    words = " ".join(str(error.text).split())
    return {"text": words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"}


def sentence(error: BaseException) -> str:
    """Return what to tell the clerk about an error; a fault of ours gets an incident number."""
    for kind in type(error).__mro__:
        says = said_of(kind)
        if says is not None:
            return QCoreApplication.translate("errors", says.words).format(**says.facts(error))
    return incident(error).sentence


def said_of(kind: type) -> Says | None:
    """Return the sentence that a type of error has of its own."""
    sentences: Mapping[type, Says] = getattr(subject_of(kind), "ERRORS", {})
    return sentences.get(kind)


def incident(error: BaseException) -> Incident:
    """Log a fault of ours with its traceback under a number that can be read out."""
    number = f"{secrets.choice(_LETTERS)}{secrets.choice(_LETTERS)}-{secrets.randbelow(10_000):04d}"
    _log.error("incident %s", number, exc_info=(type(error), error, error.__traceback__))
    words = QCoreApplication.translate(
        "errors",
        "Something went wrong in the program. Nothing you typed is lost; try again. "
        "If it happens again, read this number to support: {number}.",
    )
    return Incident(number, words.format(number=number))
