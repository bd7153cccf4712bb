"""What went wrong, in the clerk's words: what happened, why, and what to do next.

Errors below this module carry facts only.  A class without a sentence of its own
speaks through the nearest class above it.
"""

import logging
import secrets
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.errors import SalterError
from ui.words.error_words import FACTS, SENTENCES

_log = logging.getLogger(__name__)
_LETTERS = "ACEFHJKLMNPRTUVX"
"""Letters that sound unlike each other over a phone, in Serbian and in English."""


@dataclass(frozen=True, slots=True)
class Incident:
    """An unexpected fault: its number to read out, and the sentence with the number in it."""

    number: str
    sentence: str


def sentence(error: BaseException) -> str:
    """Return what to tell the clerk about an error; a fault of ours gets an incident number."""
    if not isinstance(error, SalterError):
        return incident(error).sentence
    for kind in type(error).__mro__:
        name = f"{kind.__module__}.{kind.__qualname__}"
        if name in SENTENCES:
            return QCoreApplication.translate("errors", SENTENCES[name]).format(**_facts(name, error))
    return incident(error).sentence


def has_words(kind: type[BaseException]) -> bool:
    """Tell whether a class of errors has a sentence of its own."""
    return f"{kind.__module__}.{kind.__qualname__}" in SENTENCES


def named_errors() -> frozenset[str]:
    """Return the full names of the classes that have sentences."""
    return frozenset(SENTENCES)


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


def _facts(name: str, error: SalterError) -> dict[str, str]:
    read = FACTS.get(name)
    return read(error) if read is not None else {}
