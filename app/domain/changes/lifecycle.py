"""The life of a request: which states it goes through, and who may move it.

The table below is copied into the database (``change_transition``) and held there
by a trigger, so no client and no line of SQL can take another way.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.changes.declaring import Route


class ChangeState(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    WITH_PROVIDER = "with_provider"
    APPROVED = "approved"
    REJECTED = "rejected"
    APPLIED = "applied"
    CANCELLED = "cancelled"


OPEN = frozenset(
    {ChangeState.SUBMITTED, ChangeState.RETURNED, ChangeState.WITH_PROVIDER, ChangeState.APPROVED}
)
"""States in which somebody still has to do something about a request that has a number."""

EDITABLE = frozenset({ChangeState.DRAFT, ChangeState.RETURNED})
"""States in which what a request says may still be changed."""

ENDED = frozenset({ChangeState.REJECTED, ChangeState.APPLIED, ChangeState.CANCELLED})

VOID = frozenset({ChangeState.REJECTED, ChangeState.CANCELLED})
"""States of a request of which nothing came."""

WITH_RECEIPT = frozenset(ChangeState) - {ChangeState.DRAFT, ChangeState.CANCELLED}
"""States in which whoever applied may have it in writing that the request was received."""

WITH_DECISION = frozenset(
    {ChangeState.APPROVED, ChangeState.APPLIED, ChangeState.REJECTED, ChangeState.RETURNED}
)
"""States that whoever applied is told of by letter."""


class Mover(StrEnum):
    """Who may make a move: whoever entered the request, or whoever may decide its kind."""

    ENTERER = "enterer"
    CLERK = "clerk"
    DECIDER = "decider"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"
    """Nobody by hand: the step follows from approval, within its transaction."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed step of a request that takes ``route``."""

    route: Route
    old: ChangeState
    new: ChangeState
    mover: Mover


def _transitions() -> tuple[Transition, ...]:
    s = ChangeState
    everywhere = (
        (s.DRAFT, s.SUBMITTED, Mover.ENTERER),
        (s.DRAFT, s.CANCELLED, Mover.ENTERER),
        (s.SUBMITTED, s.RETURNED, Mover.CLERK),
        (s.RETURNED, s.SUBMITTED, Mover.CLERK),
        (s.RETURNED, s.SUBMITTED, Mover.ENTERER),
        (s.SUBMITTED, s.REJECTED, Mover.DECIDER),
        (s.RETURNED, s.REJECTED, Mover.DECIDER),
        (s.SUBMITTED, s.CANCELLED, Mover.ENTERER),
        (s.RETURNED, s.CANCELLED, Mover.ENTERER),
        (s.SUBMITTED, s.CANCELLED, Mover.SUPERVISOR),
        (s.RETURNED, s.CANCELLED, Mover.SUPERVISOR),
        (s.APPROVED, s.APPLIED, Mover.SYSTEM),
    )
    past_provider = (
        (s.SUBMITTED, s.WITH_PROVIDER, Mover.CLERK),
        (s.WITH_PROVIDER, s.APPROVED, Mover.DECIDER),
        (s.WITH_PROVIDER, s.REJECTED, Mover.DECIDER),
        (s.WITH_PROVIDER, s.RETURNED, Mover.CLERK),
        (s.WITH_PROVIDER, s.CANCELLED, Mover.SUPERVISOR),
    )
    at_desk = ((s.SUBMITTED, s.APPROVED, Mover.DECIDER),)
    steps = {
        Route.DESK: everywhere + at_desk,
        Route.CONSULTED: everywhere + at_desk + past_provider,
        Route.PROVIDER: everywhere + past_provider,
    }
    return tuple(Transition(route, *step) for route, listed in steps.items() for step in listed)


TRANSITIONS: tuple[Transition, ...] = _transitions()
