"""The words of subsidies."""

from enum import StrEnum

from app.domain.subsidies import Category

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    Category: {
        Category.LOW_INCOME: "pensioners and low-income households",
        Category.WAR_VETERAN: "war veterans",
        Category.WAR_INVALID: "war invalids and families of the fallen",
        Category.SOCIAL_SUPPORT: "receivers of social support",
        Category.DISABILITY: "households with a disabled member",
        Category.FOSTER_FAMILY: "foster families",
    },
}
