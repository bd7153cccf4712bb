"""State holidays: days on which no office is open, so that a discount does not end on one.

The Law on State and Other Holidays: two days each for the New Year, Statehood Day
and Labor Day, one for Christmas and Armistice Day, and the four days of Easter by
the Julian calendar.  Where one of the first three falls on a Sunday, the next
working day is free too.
"""

from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)
_SUNDAY = 6
_JULIAN_LAG = 13
"""Days between the calendars, from 1900 to 2099."""


def easter(year: int) -> date:
    """Return Orthodox Easter Sunday.

    >>> easter(2026)
    datetime.date(2026, 4, 12)
    """
    age = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - age + 34) % 7
    month, day = divmod(age + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=_JULIAN_LAG)


def of_year(year: int) -> frozenset[date]:
    """List the days off of one year, weekends among them or not."""
    days = {date(year, 1, 7), date(year, 11, 11)}
    for first in (date(year, 1, 1), date(year, 2, 15), date(year, 5, 1)):
        days |= {first, first + _ONE_DAY}
        if first.weekday() == _SUNDAY or (first + _ONE_DAY).weekday() == _SUNDAY:
            days.add(first + 2 * _ONE_DAY)
    sunday = easter(year)
    return frozenset(days | {sunday + timedelta(days=offset) for offset in (-2, -1, 0, 1)})
