"""Dunning notices (opomena): their kinds and the states they go through."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice threatens with."""

    FIRST = "first"
    BEFORE_ENFORCEMENT = "before_enforcement"


class NoticeState(StrEnum):
    """Where a notice stands."""

    DRAWN = "drawn"
    SENT = "sent"
    DELIVERED = "delivered"
    RETURNED = "returned"
    PAID = "paid"
    PARTLY_PAID = "partly_paid"
    CANCELLED = "cancelled"
    SUED = "sued"
