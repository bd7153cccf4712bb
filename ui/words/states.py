"""A state of the trade in a word, and what it means at a glance.

The words of each are kept with its subject, so that a state is called the same on
every screen.  A state without a word is a KeyError, and a test looks for such states.
"""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from ui.words.subjects import subject_of
from ui.words.tones import Tone


def word(state: StrEnum) -> str:
    """Return a state's word in the language in force.

    Raises: KeyError for a state nobody has named.
    """
    kind = type(state)
    words: Mapping[type, Mapping[StrEnum, str]] = getattr(subject_of(kind), "STATES", {})
    return QCoreApplication.translate(kind.__name__, words[kind][state])


def tone(state: StrEnum) -> Tone:
    """Return what a state means at a glance; neutral where it means nothing in particular."""
    kind = type(state)
    tones: Mapping[type, Mapping[StrEnum, Tone]] = getattr(subject_of(kind), "TONES", {})
    return tones.get(kind, {}).get(state, Tone.NEUTRAL)
