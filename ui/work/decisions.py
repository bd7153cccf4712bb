"""What may be decided about a request by whoever looks at it, and in words why something may not be."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.changes import ChangeState
from app.domain.papers import Flaw, Scan, Unreadable, safe_name
from app.usecases import changes, scanning
from app.usecases.changes import ApprovalBarrier, Moved, Request
from app.usecases.staff import Me
from ui.changes.words import paper_word
from ui.jobs import Action


class Move(StrEnum):
    """What a decision bar offers."""

    APPROVE = "approve"
    REJECT = "reject"
    RETURN = "return"
    PROVIDER = "provider"
    ORDER = "order"
    """Write down the provider's order."""
    UNDO = "undo"


NEED_WORDS = frozenset({Move.REJECT, Move.RETURN, Move.UNDO, Move.PROVIDER, Move.ORDER})
"""Moves that ask for something first: a reason, a provider, the number of an order."""

_TARGETS = {
    Move.APPROVE: ChangeState.APPROVED,
    Move.REJECT: ChangeState.REJECTED,
    Move.RETURN: ChangeState.RETURNED,
    Move.PROVIDER: ChangeState.WITH_PROVIDER,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided last, for the message in the bar."""

    ident: int
    request_id: int
    number: str
    move: Move


def moves_of(request: Request, me: Me) -> frozenset[Move]:
    """Return what is offered for a request that this person holds."""
    offered = {move for move, state in _TARGETS.items() if state in request.moves}
    if changes.approval_barrier(request, me=me) is not None:
        offered.discard(Move.APPROVE)
    if changes.may_record_order(request, me=me):
        offered.add(Move.ORDER)
    if request.can_undo:
        offered.add(Move.UNDO)
    return frozenset(offered)


def why_not_approved(request: Request, me: Me) -> str:
    """Say why this person cannot approve the request as it stands; nothing if they can."""
    tr = QCoreApplication.translate
    barrier = changes.approval_barrier(request, me=me)
    if barrier is None:
        return ""
    lacking = ", ".join(paper_word(kind) for kind in changes.lacking_papers(request))
    return {
        ApprovalBarrier.RETURNED: tr(
            "work", "Returned for completion: it can be approved once it is submitted again."
        ),
        ApprovalBarrier.NOT_SUPERVISOR: tr("work", "A supervisor decides on changes of this kind."),
        ApprovalBarrier.PROVIDER_FIRST: tr(
            "work", "The provider decides: ask them first (P), and approve by their order."
        ),
        ApprovalBarrier.OWN: tr(
            "work", "You entered or changed this request: somebody else has to approve it."
        ),
        ApprovalBarrier.ORIGINAL_NOT_SEEN: tr("work", "The original has not been seen yet: {0}."),
        ApprovalBarrier.PAPERS_MISSING: tr("work", "Papers are missing: {0}."),
    }[barrier].format(lacking)


def action_of(move: Move, request: Request, *, reason: str, order: str, provider_id: int) -> Action[Moved]:
    """Return the action that makes a move on a request as it was seen."""
    about: dict[str, Any] = {"ident": request.ident, "request_id": request.id}
    seen = about | {"seen_version": request.version}
    match move:
        case Move.APPROVE:
            return functools.partial(changes.approve, **seen, provider_order=order)
        case Move.REJECT:
            return functools.partial(changes.reject, **seen, reason=reason)
        case Move.RETURN:
            return functools.partial(changes.return_for_completion, **seen, reason=reason)
        case Move.PROVIDER:
            return functools.partial(changes.send_to_provider, **seen, provider_id=provider_id)
        case Move.ORDER:
            return functools.partial(changes.record_order, **seen, order=order, scan=None)
        case Move.UNDO:
            return functools.partial(changes.undo, **about, reason=reason)


def with_order(action: Callable[..., Moved], *, path: Path) -> Action[Moved]:
    """Read the scan of an order for the action that records it; a chore, for a disk may be slow.

    Raises: Unreadable.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(Flaw.MALFORMED) from error
    kept = scanning.kept(content)
    return functools.partial(action, scan=Scan(safe_name(path.name, kind=kept.type), kept.content))
