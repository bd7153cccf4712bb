"""City subsidies: the categories of households whose bill the city shares.

The Secretariat for Social Protection grants a share of 10 to 30 percent; the
bill of a month carries it only if the month before was paid in time.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.period import Period

LEAST_PERCENT, MOST_PERCENT = Decimal(10), Decimal(30)


class Category(StrEnum):
    """Who is entitled (decision on categories, Official Gazette of Belgrade 31/2013)."""

    LOW_INCOME = "low_income"
    WAR_VETERAN = "war_veteran"
    WAR_INVALID = "war_invalid"
    SOCIAL_SUPPORT = "social_support"
    DISABILITY = "disability"
    FOSTER_FAMILY = "foster_family"


def is_earned(period: Period, *, previous_settled_on: date | None) -> bool:
    """Tell whether a granted subsidy applies to the bill of a month.

    The bill of the month before must have been settled by the end of this one.
    """
    return previous_settled_on is not None and previous_settled_on <= period.last_day
