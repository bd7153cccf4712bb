"""Statutory default interest in dinars, as far as it is known: data to load, not law.

The rate is the reference rate of the National Bank plus eight points and applies
from the day after the session that set it.  Rows not confirmed by a published
table are marked; the database holds the table that counts, and people edit it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.domain.interest import Rate

POINTS_ABOVE_REFERENCE = Decimal("8.00")


@dataclass(frozen=True, slots=True)
class KnownRate:
    """A rate of the National Bank, in percent a year, and the day it was decided."""

    session: date
    reference: Decimal
    confirmed: bool

    @property
    def first_day(self) -> date:
        return self.session + timedelta(days=1)

    @property
    def percent(self) -> Decimal:
        return self.reference + POINTS_ABOVE_REFERENCE


_SESSIONS = """
    2012-12-06 11.25 ?  2013-01-17 11.50 ?  2013-02-05 11.75 ?  2013-05-14 11.25 ?  2013-06-06 11.00 ?
    2013-10-17 10.50 ?  2013-11-07 10.00 ?  2013-12-17  9.50 ?  2014-05-08  9.00 .  2014-06-12  8.50 .
    2014-11-13  8.00 .  2015-03-12  7.50 ?  2015-04-09  7.00 ?  2015-05-11  6.50 ?  2015-06-11  6.00 ?
    2015-08-13  5.50 .  2015-09-10  5.00 .  2015-10-15  4.50 ?  2016-02-11  4.25 ?  2016-07-07  4.00 ?
    2017-09-07  3.75 ?  2017-10-09  3.50 ?  2018-03-14  3.25 .  2018-04-12  3.00 .  2019-07-11  2.75 .
    2019-08-08  2.50 .  2019-11-07  2.25 .  2020-03-12  1.75 .  2020-04-09  1.50 .  2020-06-11  1.25 .
    2020-12-10  1.00 ?  2022-04-07  1.50 ?  2022-05-12  2.00 ?  2022-06-09  2.50 ?  2022-07-07  2.75 ?
    2022-08-11  3.00 ?  2022-09-08  3.50 ?  2022-10-06  4.00 .  2022-11-10  4.50 ?  2022-12-08  5.00 .
    2023-01-12  5.25 .  2023-02-09  5.50 .  2023-03-09  5.75 .  2023-04-06  6.00 .  2023-06-08  6.25 .
    2023-07-13  6.50 .  2024-06-13  6.25 ?  2024-07-11  6.00 ?  2024-09-12  5.75 ?
"""
"""Day of session, reference rate, and a dot where a table or the press confirms the day."""

_FIELDS = _SESSIONS.split()
KNOWN_RATES: tuple[KnownRate, ...] = tuple(
    KnownRate(date.fromisoformat(session), Decimal(reference), mark == ".")
    for session, reference, mark in zip(_FIELDS[::3], _FIELDS[1::3], _FIELDS[2::3], strict=True)
)

STATUTORY_RATES: tuple[Rate, ...] = tuple((known.first_day, known.percent) for known in KNOWN_RATES)
"""What ``interest.accrued`` takes: first day and percent a year, in order."""
