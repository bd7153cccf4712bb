"""Deciding on a request: return it, ask the provider, approve, reject, cancel, undo."""

from typing import TypedDict

from sqlalchemy.orm import Session


class Moved(TypedDict):
    """A request after a move."""

    request_id: int
    state: str
    version: int


def return_for_completion(
    session: Session, *, ident: int, request_id: int, seen_version: int, reason: str
) -> Moved:
    """Return a request to the applicant for completion.  Raises: Conflict, refusals."""
    raise NotImplementedError


def send_to_provider(
    session: Session, *, ident: int, request_id: int, seen_version: int, provider_id: int
) -> Moved:
    """Ask the provider, whose order decides.  Raises: Conflict, refusals."""
    raise NotImplementedError


def record_provider_order(
    session: Session, *, ident: int, request_id: int, seen_version: int, provider_order: str
) -> Moved:
    """Write down the number of the provider's order.  Raises: Conflict, refusals."""
    raise NotImplementedError


def approve(
    session: Session, *, ident: int, request_id: int, seen_version: int, provider_order: str = ""
) -> Moved:
    """Approve a request and let it take effect, in this one transaction.

    Raises: Conflict with who, when and which fields; OwnApproval, PapersMissing,
    OriginalNotSeen, Outdated and the other refusals of the database.
    """
    raise NotImplementedError


def reject(session: Session, *, ident: int, request_id: int, seen_version: int, reason: str) -> Moved:
    """Reject a request.  Raises: Conflict, refusals."""
    raise NotImplementedError


def cancel(session: Session, *, ident: int, request_id: int, seen_version: int, reason: str) -> Moved:
    """Withdraw a request that was entered in error or is no longer wanted.  Raises: Conflict, refusals."""
    raise NotImplementedError


def undo(session: Session, *, ident: int, request_id: int, reason: str) -> Moved:
    """File the inverse of an applied request; it remembers what it undoes and is decided like any other.

    Raises: UndoneAlready, Superseded.
    """
    raise NotImplementedError
