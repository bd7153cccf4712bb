"""State holidays: days on which no office is open, so that a discount does not end on one.

The library knows the Law on State and Other Holidays, Easter by the Julian
calendar, and the day off that follows a holiday on a Sunday.
"""

from datetime import date

from holidays import country_holidays


def of_year(year: int) -> frozenset[date]:
    """List the days off of one year, weekends among them or not."""
    return frozenset(country_holidays("RS", years=year))
