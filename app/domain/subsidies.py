"""City subsidies: the categories of households whose bill the city shares."""

from enum import StrEnum


class Category(StrEnum):
    """Who is entitled (decision on categories, Official Gazette of Belgrade 31/2013)."""

    LOW_INCOME = "low_income"
    WAR_VETERAN = "war_veteran"
    WAR_INVALID = "war_invalid"
    SOCIAL_SUPPORT = "social_support"
    DISABILITY = "disability"
    FOSTER_FAMILY = "foster_family"
