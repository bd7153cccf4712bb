"""The accounting period (obračunski period): one calendar month, written ggmm.

A bill is known by its account and its period, so the period is what the portal,
the payment reference and the database all share: 2606 is June 2026.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

from app.domain.errors import Refused
from app.domain.script import to_latin

_WRITTEN = re.compile(r"\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})\.?\s*", re.ASCII)
_YEAR_FIRST = re.compile(r"\s*(\d{4})\s*[./-]\s*(\d{1,2})\.?\s*", re.ASCII)
_IN_WORDS = re.compile(r"\s*([^\W\d_]{3,10})\.?\s*(\d{4})\.?(?:\s*god(?:ine|\.)?)?\s*")
_MONTHS = (
    "januar", "februar", "mart", "april", "maj", "jun",
    "jul", "avgust", "septembar", "oktobar", "novembar", "decembar",
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 2000, 2099


class NotAPeriod(Refused):
    """There is no such month between 2000 and 2099."""

    field = "period"

    def __init__(self, text: object) -> None:
        super().__init__(str(text))
        self.text = str(text)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One month of one year, 2000 to 2099; ordered by time.

    >>> Period(2026, 6).ggmm, str(Period(2026, 6))
    (2606, '06/2026')
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and _FIRST_YEAR <= self.year <= _LAST_YEAR):
            raise NotAPeriod(f"{self.month}/{self.year}")

    @classmethod
    def from_ggmm(cls, ggmm: int) -> Self:
        """Read the number a period is stored by.

        Raises: NotAPeriod.
        """
        if not 0 < ggmm <= 9912:
            raise NotAPeriod(ggmm)
        return cls(_FIRST_YEAR + ggmm // 100, ggmm % 100)

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month a day falls in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``06/2026``, ``6.2026.``, ``06-26``, ``2606``, ``2026-06`` or ``jun 2026``, in either script.

        Raises: NotAPeriod.
        """
        if match := _WRITTEN.fullmatch(text):
            year = int(match[2])
            return cls(year if year > 99 else _FIRST_YEAR + year, int(match[1]))
        if match := _YEAR_FIRST.fullmatch(text):
            return cls(int(match[1]), int(match[2]))
        if (match := _IN_WORDS.fullmatch(to_latin(text))) and (month := _month_called(match[1].lower())):
            return cls(int(match[2]), month)
        bare = text.strip()
        if len(bare) == 4 and bare.isascii() and bare.isdigit():
            return cls.from_ggmm(int(bare))
        raise NotAPeriod(text)

    @property
    def ggmm(self) -> int:
        """The number the period is stored by: year without century, then month."""
        return self.year % 100 * 100 + self.month

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def plus(self, months: int) -> "Period":
        """Return the period so many months later (or earlier, when negative)."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return _period(year, month + 1)

    def next(self) -> "Period":
        return self.plus(1)

    def previous(self) -> "Period":
        return self.plus(-1)

    def months_since(self, earlier: "Period") -> int:
        """Count the months from an earlier period to this one (negative if it is later)."""
        return (self.year - earlier.year) * 12 + self.month - earlier.month

    def __str__(self) -> str:
        return f"{self.month:02d}/{self.year}"


def _month_called(word: str) -> int:
    """Tell a month by its name, in the cases people write, or by what they shorten it to; 0 for none."""
    for number, name in enumerate(_MONTHS, start=1):
        stem = f"{name[:-2]}r" if name.endswith("bar") else name
        if word in (name, f"{stem}a", f"{stem}u") or (len(word) in (3, 4) and name.startswith(word)):
            return number
    return 0


@lru_cache(maxsize=1200)
def _period(year: int, month: int) -> Period:
    return Period(year, month)
