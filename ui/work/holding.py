"""Holding a request while it is looked at: the claim on it, and the visit to its account."""

import functools
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.changes import PaperKind
from app.domain.papers import Flaw, Unreadable, safe_name
from app.domain.visits import Channel, Purpose
from app.usecases import accounts, changes, visits
from app.usecases.accounts import NoSuchAccount
from app.usecases.changes import FormGround, Moved, Request


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A request, and whose account it is about; an account that is yet to be opened has no name.

    ``ground`` tells of other requests and of debt; None for an account without a past.
    """

    request: Request
    name: str
    address: str
    ground: FormGround | None


def open_visits(session: Session, *, idents: Collection[int]) -> None:
    """Open a visit for work on a case to each account; its rows can be read from the next transaction on."""
    for ident in idents:
        visits.open_account(session, ident=ident, purpose=Purpose.CASE, channel=Channel.COUNTER)


def close_visits(session: Session, *, idents: Collection[int]) -> None:
    """End the visits to accounts that were opened for many decisions at once."""
    for ident in idents:
        visits.close_account(session, ident=ident)


def put_back(session: Session, *, ident: int, request_id: int, keeps_visit: bool) -> None:
    """Give the request back, and end the visit unless the account is open elsewhere at this desk."""
    changes.release(session, ident=ident, request_id=request_id)
    if not keeps_visit:
        visits.close_account(session, ident=ident)


def look_at(session: Session, *, ident: int, request_id: int, today: date) -> Reviewed:
    """Return the request with the name and address of its account."""
    request = changes.change_of(session, ident=ident, request_id=request_id, today=today)
    try:
        header = accounts.account_header(session, ident=ident, today=today)
    except NoSuchAccount:
        return Reviewed(request, "", "", None)
    ground = changes.form_of(session, ident=ident, kind=request.kind, today=today)
    return Reviewed(request, header.name, header.address, ground)


def record_order(
    session: Session, *, ident: int, request_id: int, seen_version: int, order: str, path: Path | None
) -> Moved:
    """Write down the number of the provider's order and keep its scan, or that it was seen on paper.

    Raises: Conflict, Unreadable, and what attaching a paper raises.
    """
    moved = changes.record_provider_order(
        session, ident=ident, request_id=request_id, seen_version=seen_version, provider_order=order
    )
    about = functools.partial(_paper_action(path), session, ident=ident, request_id=request_id)
    about(paper_kind=PaperKind.PROVIDER_ORDER, act="")
    return moved


def _paper_action(path: Path | None) -> Callable[..., object]:
    if path is None:
        return changes.see_original_only
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(Flaw.MALFORMED) from error
    return functools.partial(changes.attach_paper, file_name=safe_name(path.name), content=content)
