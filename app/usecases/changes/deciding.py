"""Deciding on a request: return it, ask the provider, approve, reject, cancel, undo."""

from collections.abc import Mapping
from typing import Any, TypedDict

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.changes import ChangeState, clean
from app.usecases.changes.conflicts import conflict
from db.queries.changes import writing


class Moved(TypedDict):
    """A request after a move."""

    request_id: int
    state: str
    version: int


def return_for_completion(
    session: Session, *, ident: int, request_id: int, seen_version: int, reason: str
) -> Moved:
    """Return a request to the applicant for completion.  Raises: Conflict, refusals."""
    return _moved(
        session, ident, request_id, seen_version, {"state": ChangeState.RETURNED, "reason": reason.strip()}
    )


def send_to_provider(
    session: Session, *, ident: int, request_id: int, seen_version: int, provider_id: int
) -> Moved:
    """Ask the provider, whose order decides.  Raises: Conflict, refusals."""
    return _moved(
        session,
        ident,
        request_id,
        seen_version,
        {"state": ChangeState.WITH_PROVIDER, "provider_id": provider_id},
    )


def record_provider_order(
    session: Session, *, ident: int, request_id: int, seen_version: int, provider_order: str
) -> Moved:
    """Write down the number of the provider's order.  Raises: Conflict, refusals."""
    return _moved(session, ident, request_id, seen_version, {"provider_order": clean(provider_order)})


def approve(
    session: Session, *, ident: int, request_id: int, seen_version: int, provider_order: str = ""
) -> Moved:
    """Approve a request and let it take effect, in this one transaction.

    Raises: Conflict with who, when and which fields; OwnApproval, PapersMissing,
    OriginalNotSeen, Outdated and the other refusals of the database.
    """
    values: dict[str, Any] = {"state": ChangeState.APPROVED}
    if provider_order:
        values["provider_order"] = clean(provider_order)
    _moved(session, ident, request_id, seen_version, values)
    return _as_moved(writing.apply(session, ident=ident, request_id=request_id))


def reject(session: Session, *, ident: int, request_id: int, seen_version: int, reason: str) -> Moved:
    """Reject a request.  Raises: Conflict, refusals."""
    return _moved(
        session, ident, request_id, seen_version, {"state": ChangeState.REJECTED, "reason": reason.strip()}
    )


def cancel(session: Session, *, ident: int, request_id: int, seen_version: int, reason: str) -> Moved:
    """Withdraw a request that was entered in error or is no longer wanted.  Raises: Conflict, refusals."""
    return _moved(
        session, ident, request_id, seen_version, {"state": ChangeState.CANCELLED, "reason": reason.strip()}
    )


def undo(session: Session, *, ident: int, request_id: int, reason: str) -> Moved:
    """File the inverse of an applied request; it remembers what it undoes and is decided like any other.

    Raises: UndoneAlready, Superseded, ChangeReasonMissing.
    """
    return _as_moved(writing.undo(session, ident=ident, request_id=request_id, reason=reason.strip()))


def _moved(
    session: Session, ident: int, request_id: int, seen_version: int, values: Mapping[str, Any], /
) -> Moved:
    row = writing.change(
        session, ident=ident, request_id=request_id, seen_version=seen_version, values=values
    )
    if row is None:
        raise conflict(session, ident=ident, request_id=request_id, seen_version=seen_version)
    return _as_moved(row)


def _as_moved(row: Row[Any]) -> Moved:
    return Moved(request_id=row.id, state=str(ChangeState(row.state)), version=row.version)
