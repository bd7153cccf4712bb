"""Payments (uplata): the ways a debt is settled, by money that arrives or by a credit.

A discount that was earned, or the months of a plan that was kept, close what is
left of a bill without money.  That is booked as a credit (odobrenje): a row like a
payment, so that what is open always follows from the rows.
"""

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
