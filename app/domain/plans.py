"""Payment plans (reprogram): the states of a plan and of its instalments."""

from enum import StrEnum


class PlanState(StrEnum):
    """Where a plan stands; one plan of an account may be active."""

    REQUESTED = "requested"
    PROPOSED = "proposed"
    AWAITING_CERTIFICATION = "awaiting_certification"
    ACTIVE = "active"
    KEPT = "kept"
    BROKEN = "broken"
    CANCELLED = "cancelled"


class InstalmentState(StrEnum):
    """Where an instalment stands; follows from its amount, payments and due date."""

    NOT_DUE = "not_due"
    DUE = "due"
    PAID = "paid"
    PARTLY_PAID = "partly_paid"
    LATE = "late"
