"""What a clerk types for a day, read with the shortcuts of the counter.

``15`` is the 15th of this month, ``15.3`` the 15th of March of this year,
``+7`` and ``-7`` count days from today, ``t`` is today.  ``15032026`` and
``2026-03-15`` are read too.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

_TODAY = {"t", "т", "d", "danas", "данас", "today"}
_COUNTED = re.compile(r"([+-])\s*(\d{1,4})")
_PARTS = re.compile(r"(\d{1,2})(?:\s*[./, -]\s*(\d{1,2}))?(?:\s*[./, -]\s*(\d{4}|\d{2}))?\s*\.?")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class NotADay(ValueError):
    """The text is no day of any calendar."""


def read_day(text: str, *, today: date) -> date | None:
    """Return the day that was typed, or None for nothing.

    Raises: NotADay.

    >>> read_day("15.3", today=date(2026, 11, 21))
    datetime.date(2026, 3, 15)
    """
    typed = text.strip().lower()
    if not typed:
        return None
    if typed in _TODAY:
        return today
    try:
        if match := _COUNTED.fullmatch(typed):
            days = int(match[2])
            return today + timedelta(days if match[1] == "+" else -days)
        if match := _ISO.fullmatch(typed):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if (match := _PARTS.fullmatch(typed)) or (match := _RUN.fullmatch(typed)):
            return _made(match[1], match[2], match[3], today)
    except (ValueError, OverflowError):
        raise NotADay(text) from None
    raise NotADay(text)


def _made(day: str, month: str | None, year: str | None, today: date) -> date:
    whole_year = today.year if year is None else int(year)
    if year is not None and len(year) == 2:
        whole_year += 2000 if whole_year <= (today.year - 2000) + 20 else 1900
    whole_month = today.month if month is None else int(month)
    if not 1 <= whole_month <= 12 or not 1 <= int(day) <= monthrange(whole_year, whole_month)[1]:
        raise ValueError(day)
    return date(whole_year, whole_month, int(day))
