"""Premises (prostor): what kinds there are and by what measurable services are shared out."""

from enum import StrEnum


class PremisesKind(StrEnum):
    """What the premises are used for (namena)."""

    FLAT = "flat"
    HOUSE = "house"
    GARAGE = "garage"
    BUSINESS = "business"


class ChargingMethod(StrEnum):
    """By what a building's shared consumption is divided (način obračuna)."""

    AREA = "area"
    MEMBERS = "members"
