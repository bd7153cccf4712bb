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
    IN_ARREARS = "in_arrears"
    """In force as well, with an instalment that is late."""

    KEPT = "kept"
    BROKEN = "broken"
    CANCELLED = "cancelled"


IN_FORCE = frozenset({PlanState.ACTIVE, PlanState.IN_ARREARS})
"""States in which a plan holds the months it covers."""

IN_THE_WAY = IN_FORCE | {PlanState.AWAITING_CERTIFICATION}
"""States of a plan beside which no other is signed for the account."""

ENDED = frozenset({PlanState.KEPT, PlanState.BROKEN, PlanState.CANCELLED})

TRANSITIONS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.REQUESTED: frozenset({PlanState.PROPOSED, PlanState.CANCELLED}),
    PlanState.PROPOSED: frozenset({PlanState.AWAITING_CERTIFICATION, PlanState.ACTIVE, PlanState.CANCELLED}),
    PlanState.AWAITING_CERTIFICATION: frozenset({PlanState.ACTIVE, PlanState.CANCELLED}),
    PlanState.ACTIVE: ENDED | {PlanState.IN_ARREARS},
    PlanState.IN_ARREARS: ENDED | {PlanState.ACTIVE},
    **dict.fromkeys(ENDED, frozenset[PlanState]()),
    PlanState.BROKEN: frozenset({PlanState.ACTIVE}),
}
"""From a proposal straight to active where the programme asks for no notary; from broken back
where it was not: money received in time was booked after it was found broken."""


class PlanCause(StrEnum):
    """Why a plan moved: what somebody did, or what the monitor found."""

    REGISTERED = "registered"
    SIGNED = "signed"
    CERTIFIED = "certified"
    UNDONE = "undone"
    CANCELLED = "cancelled"
    ALL_PAID = "all_paid"
    NOTHING_LATE = "nothing_late"
    INSTALMENT_LATE = "instalment_late"
    INSTALMENTS_MISSED = "instalments_missed"
    BILLS_UNPAID = "bills_unpaid"
    REINSTATED = "reinstated"
    """It had been found broken, and by what was received in time it was not."""


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
