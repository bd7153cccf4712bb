"""The ways a debt is settled: by money that arrives, or by a credit."""

from enum import StrEnum


class PaymentChannel(StrEnum):
    """How a payment arrived; a credit is no money and is never counted as collected."""

    COUNTER = "counter"
    POST = "post"
    BANK = "bank"
    STANDING_ORDER = "standing_order"
    PORTAL_CARD = "portal_card"
    BAILIFF = "bailiff"
    CREDIT = "credit"
