"""The dates of a bill for month M: issued on the 1st of M+1, due on its last day.

The discount ends on the 15th of M+1, or on the next working day when offices are
closed on the 15th.
"""

from datetime import date, timedelta
from functools import lru_cache

from app.domain.period import Period

DISCOUNT_DAY = 15
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=1200)
def issued_on(period: Period) -> date:
    return period.next().first_day


@lru_cache(maxsize=1200)
def due_on(period: Period) -> date:
    return period.next().last_day


@lru_cache(maxsize=1200)
def discount_until(period: Period, *, holidays: frozenset[date]) -> date:
    """Return the last day on which the discounted amount settles the bill."""
    following = period.next()
    return next_working_day(date(following.year, following.month, DISCOUNT_DAY), holidays=holidays)


def next_working_day(day: date, *, holidays: frozenset[date]) -> date:
    """Return the day itself, or the first one after it that is no weekend and no holiday."""
    while day.weekday() >= _SATURDAY or day in holidays:
        day += _ONE_DAY
    return day
