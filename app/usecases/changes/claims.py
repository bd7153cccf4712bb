"""Holding a request while it is looked at: the claim on it, and the visit to its account."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.changes import ENDED, PaperKind
from app.domain.papers import Scan
from app.usecases import visits
from app.usecases.accounts import NoSuchAccount, account_header
from app.usecases.changes.deciding import Moved, record_provider_order
from app.usecases.changes.grounds import FormGround, form_of
from app.usecases.changes.papers import attach_paper, see_original_only
from app.usecases.changes.questions import change_of
from app.usecases.changes.requests import Request, RequestRow
from app.usecases.changes.work import release


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A request, and whose account it is about; an account that is yet to be opened has no name.

    ``ground`` tells of other requests and of debt; None for an account without a past.
    """

    request: Request
    name: str
    address: str
    ground: FormGround | None

    @property
    def others_open(self) -> tuple[RequestRow, ...]:
        """Other requests of this kind that are open on the account, while this one is not decided."""
        if self.ground is None or self.request.state in ENDED:
            return ()
        return tuple(row for row in self.ground.open_duplicates if row.id != self.request.id)


def look_at(session: Session, *, ident: int, request_id: int, today: date) -> Reviewed:
    """Return the request with the name and address of its account."""
    request = change_of(session, ident=ident, request_id=request_id, today=today)
    try:
        header = account_header(session, ident=ident, today=today)
    except NoSuchAccount:
        return Reviewed(request, "", "", None)
    ground = form_of(session, ident=ident, kind=request.kind, today=today)
    return Reviewed(request, header.name, header.address, ground)


def put_back(session: Session, *, ident: int, request_id: int, keeps_visit: bool) -> None:
    """Give the request back, and end the visit unless the account is open elsewhere at this desk."""
    release(session, ident=ident, request_id=request_id)
    if not keeps_visit:
        visits.close_account(session, ident=ident)


def record_order(
    session: Session, *, ident: int, request_id: int, seen_version: int, order: str, scan: Scan | None
) -> Moved:
    """Write down the number of the provider's order and keep its scan, or that it was seen on paper.

    Raises: Conflict, and what attaching a paper raises.
    """
    moved = record_provider_order(
        session, ident=ident, request_id=request_id, seen_version=seen_version, provider_order=order
    )
    kind = PaperKind.PROVIDER_ORDER
    if scan is None:
        see_original_only(session, ident=ident, request_id=request_id, paper_kind=kind, act="")
    else:
        attach_paper(
            session,
            ident=ident,
            request_id=request_id,
            paper_kind=kind,
            act="",
            file_name=scan.file_name,
            content=scan.content,
        )
    return moved
