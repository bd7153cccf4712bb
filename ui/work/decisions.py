"""What may be decided about a request by whoever looks at it, and in words why something may not be.

The database decides; this only says beforehand what it would say.
"""

import functools
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.changes import ChangeState, Decider, Route, declaration_of
from app.domain.papers import Flaw, Scan, Unreadable, safe_name
from app.usecases import changes
from app.usecases.changes import Moved, Request
from app.usecases.staff import Me, Role
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
    if Move.APPROVE in offered and why_not_approved(request, me):
        offered.discard(Move.APPROVE)
    if request.state is ChangeState.WITH_PROVIDER and me.role in (Role.CLERK, Role.SUPERVISOR):
        offered.add(Move.ORDER)
    if request.can_undo:
        offered.add(Move.UNDO)
    return frozenset(offered)


def why_not_approved(request: Request, me: Me) -> str:
    """Say why this person cannot approve the request as it stands; nothing if they can."""
    tr = QCoreApplication.translate
    declared = declaration_of(request.kind)
    if request.state is ChangeState.RETURNED:
        return tr("work", "Returned for completion: it can be approved once it is submitted again.")
    if request.state not in (ChangeState.SUBMITTED, ChangeState.WITH_PROVIDER):
        return ""
    if declared.decider is Decider.SUPERVISOR and me.role is not Role.SUPERVISOR:
        return tr("work", "A supervisor decides on changes of this kind.")
    if declared.route is Route.PROVIDER and request.state is ChangeState.SUBMITTED:
        return tr("work", "The provider decides: ask them first (P), and approve by their order.")
    if declared.four_eyes and ChangeState.APPROVED not in request.moves:
        return tr("work", "You entered or changed this request: somebody else has to approve it.")
    lacking = [asked for asked in request.checklist if not asked.is_satisfied]
    if lacking:
        names = ", ".join(paper_word(asked.kind) for asked in lacking)
        if all(asked.papers for asked in lacking):
            return tr("work", "The original has not been seen yet: {0}.").format(names)
        return tr("work", "Papers are missing: {0}.").format(names)
    return ""


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


def with_order(action: Action[Moved], *, path: Path) -> Action[Moved]:
    """Read the scan of an order for the action that records it; a chore, for a disk may be slow.

    Raises: Unreadable.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(Flaw.MALFORMED) from error
    return functools.partial(action, scan=Scan(safe_name(path.name), content))
