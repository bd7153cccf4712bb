"""Payments (uplata): the ways money arrives."""

from enum import StrEnum


class PaymentChannel(StrEnum):
    """How a payment arrived."""

    COUNTER = "counter"
    POST = "post"
    BANK = "bank"
    STANDING_ORDER = "standing_order"
    PORTAL_CARD = "portal_card"
    BAILIFF = "bailiff"
