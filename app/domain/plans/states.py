"""The states of a plan and of its instalments."""

from datetime import date
from decimal import Decimal
from enum import StrEnum


class PlanState(StrEnum):
    """Where a plan stands; one plan of an account may be in force."""

    REQUESTED = "requested"
    PROPOSED = "proposed"
    AWAITING_CERTIFICATION = "awaiting_certification"
    ACTIVE = "active"
    KEPT = "kept"
    BROKEN = "broken"
    CANCELLED = "cancelled"


IN_FORCE = frozenset({PlanState.ACTIVE})
"""States in which a plan holds the months it covers."""

ENDED = frozenset({PlanState.KEPT, PlanState.BROKEN, PlanState.CANCELLED})

TRANSITIONS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.REQUESTED: frozenset({PlanState.PROPOSED, PlanState.CANCELLED}),
    PlanState.PROPOSED: frozenset({PlanState.AWAITING_CERTIFICATION, PlanState.ACTIVE, PlanState.CANCELLED}),
    PlanState.AWAITING_CERTIFICATION: frozenset({PlanState.ACTIVE, PlanState.CANCELLED}),
    PlanState.ACTIVE: ENDED,
    **dict.fromkeys(ENDED, frozenset[PlanState]()),
}
"""From a proposal straight to active where the programme asks for no notary."""


class InstalmentState(StrEnum):
    """Where an instalment stands; follows from its amount, payments and due date."""

    NOT_DUE = "not_due"
    DUE = "due"
    PAID = "paid"
    PARTLY_PAID = "partly_paid"
    LATE = "late"


def instalment_state(amount: Decimal, *, paid: Decimal, due_on: date, today: date) -> InstalmentState:
    """Tell where an instalment stands; it is due from the first of its month and late the day after."""
    if paid >= amount:
        return InstalmentState.PAID
    if today > due_on:
        return InstalmentState.LATE
    if paid > 0:
        return InstalmentState.PARTLY_PAID
    return InstalmentState.DUE if today >= due_on.replace(day=1) else InstalmentState.NOT_DUE
