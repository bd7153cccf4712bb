"""The words of a document in one of the two Serbian scripts.

Every fixed text is written here and in the layouts once, in Latin; Cyrillic is
made from it, by the rule the screen has too (``app.domain.script``).
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from app.domain.money import format_rsd
from app.domain.period import Period
from app.domain.script import to_cyrillic, to_latin

MONTHS = (
    "januar", "februar", "mart", "april", "maj", "jun",
    "jul", "avgust", "septembar", "oktobar", "novembar", "decembar",
)  # fmt: skip
_SWAPPED = str.maketrans(",.", ".,")


class Script(StrEnum):
    """The script a document is printed in."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"

    @property
    def language(self) -> str:
        """The language tag of a document in this script."""
        return "sr-Latn-RS" if self is Script.LATIN else "sr-Cyrl-RS"


@lru_cache(maxsize=16384)
def written(words: str, script: Script) -> str:
    """Write a text in the script of the document."""
    return to_latin(words) if script is Script.LATIN else to_cyrillic(words)


def money(amount: Decimal) -> str:
    """An amount as printed: 1.234,56."""
    return format_rsd(amount)


@lru_cache(maxsize=4096)
def measured(number: Decimal, *, least: int = 2) -> str:
    """A quantity or price with at least so many decimals, and all that it has."""
    exponent = number.normalize().as_tuple().exponent
    decimals = max(least, -exponent if isinstance(exponent, int) else 0)
    return f"{number:,.{decimals}f}".translate(_SWAPPED)


@lru_cache(maxsize=256)
def percent(number: Decimal) -> str:
    """A rate: 10 %."""
    return f"{measured(number, least=0)} %"


@lru_cache(maxsize=4096)
def day(when: date) -> str:
    """A date as printed: 15.07.2026."""
    return f"{when:%d.%m.%Y.}"


def moment(when: datetime) -> str:
    """A date and time as printed, on the clock it was given by."""
    return f"{when:%d.%m.%Y. %H:%M}"


def month(period: Period) -> str:
    """A period in words, in Latin: jun 2026."""
    return f"{MONTHS[period.month - 1]} {period.year}."
