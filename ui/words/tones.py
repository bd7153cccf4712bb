"""What a state means at a glance; the kit gives each of these its colors, and the word stands beside it."""

from enum import StrEnum


class Tone(StrEnum):
    """The meanings a color may carry."""

    NEUTRAL = "neutral"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    PLAN = "plan"
