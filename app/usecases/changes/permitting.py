"""What may be decided about a request by whoever looks at it, and why it may not be approved.

The database decides; here is the same rule for who asks beforehand, so that nothing
is offered that would be refused.
"""

from enum import StrEnum

from app.domain.changes import (
    DECLARATIONS,
    ChangeKind,
    ChangeState,
    Decider,
    PaperKind,
    Route,
    declaration_of,
)
from app.usecases.changes.requests import Request
from app.usecases.changes.work import WorkRow
from app.usecases.staff import Me, Role


class ApprovalBarrier(StrEnum):
    """Why a request cannot be approved as it stands, or not by this person."""

    RETURNED = "returned"
    """It waits to be completed and submitted again."""

    NOT_SUPERVISOR = "not_supervisor"
    PROVIDER_FIRST = "provider_first"
    """The provider decides, and has not been asked."""

    OWN = "own"
    """Four eyes: this person entered or changed it."""

    ORIGINAL_NOT_SEEN = "original_not_seen"
    PAPERS_MISSING = "papers_missing"


class BatchBarrier(StrEnum):
    """Why a request of the work list is not approved together with others."""

    TAKEN = "taken"
    """A colleague works on it."""

    OWN = "own"
    PAPERS_MISSING = "papers_missing"


def kinds_decided_by(role: Role) -> frozenset[ChangeKind]:
    """Return the kinds of change that somebody in this role may decide."""
    if role is Role.SUPERVISOR:
        return frozenset(ChangeKind)
    if role is Role.CLERK:
        return frozenset(one.kind for one in DECLARATIONS if one.decider is Decider.CLERK)
    return frozenset()


def batch_barrier(row: WorkRow) -> BatchBarrier | None:
    """Tell why a marked request is left out when those marked are approved; None where it is not."""
    if not row.is_free:
        return BatchBarrier.TAKEN
    if row.is_entered_by_me and declaration_of(row.kind).four_eyes:
        return BatchBarrier.OWN
    return BatchBarrier.PAPERS_MISSING if row.papers_missing else None


def approval_barrier(request: Request, *, me: Me) -> ApprovalBarrier | None:
    """Tell why this person cannot approve the request; None where they can, or nothing is to be decided."""
    declared = declaration_of(request.kind)
    if request.state is ChangeState.RETURNED:
        return ApprovalBarrier.RETURNED
    if request.state not in (ChangeState.SUBMITTED, ChangeState.WITH_PROVIDER):
        return None
    if declared.decider is Decider.SUPERVISOR and not me.supervises:
        return ApprovalBarrier.NOT_SUPERVISOR
    if declared.route is Route.PROVIDER and request.state is ChangeState.SUBMITTED:
        return ApprovalBarrier.PROVIDER_FIRST
    if declared.four_eyes and ChangeState.APPROVED not in request.moves:
        return ApprovalBarrier.OWN
    lacking = [asked for asked in request.checklist if not asked.is_satisfied]
    if not lacking:
        return None
    if not any(asked.is_missing for asked in lacking):
        return ApprovalBarrier.ORIGINAL_NOT_SEEN
    return ApprovalBarrier.PAPERS_MISSING


def lacking_papers(request: Request) -> tuple[PaperKind, ...]:
    """Return the papers that are missing or whose original nobody has seen, in the order of the checklist."""
    return tuple(asked.kind for asked in request.checklist if not asked.is_satisfied)


def may_record_order(request: Request, *, me: Me) -> bool:
    """Tell whether this person may write down what the provider has ordered."""
    return request.state is ChangeState.WITH_PROVIDER and me.decides
