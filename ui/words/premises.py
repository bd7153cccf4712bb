"""The words of premises and of how they are charged."""

from enum import StrEnum

from app.domain.premises import ChargingMethod, PremisesKind

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    PremisesKind: {
        PremisesKind.FLAT: "flat",
        PremisesKind.HOUSE: "house",
        PremisesKind.GARAGE: "garage",
        PremisesKind.BUSINESS: "business premises",
    },
    ChargingMethod: {
        ChargingMethod.AREA: "by area",
        ChargingMethod.MEMBERS: "by household members",
    },
}
