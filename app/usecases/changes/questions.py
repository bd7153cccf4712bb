"""Reading requests of an account: the list, and one with all that belongs to it."""

from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.changes import ChangeKind, ChangeState, IntakeChannel
from app.domain.charges import ISSUER
from app.domain.faulty import Faulty, RowKind, reading
from app.domain.period import Period
from app.usecases.changes.assembling import assembled
from app.usecases.changes.requests import (
    NoSuchPaper,
    NoSuchRequest,
    ProviderChoice,
    Request,
    RequestRow,
)
from app.usecases.faulty import read_each
from app.usecases.pages import PageOfRows, cut
from db.queries.changes import requests as queries

PAGE = 100
_AFTER_THE_LAST = 2**62


def change_page(
    session: Session, *, ident: int, after: int | None = None, limit: int = PAGE
) -> PageOfRows[RequestRow | Faulty, int]:
    """Return the requests of an account, the latest first; ``after`` is the page's key."""
    rows = queries.page(session, ident=ident, before_id=after or _AFTER_THE_LAST, at_most=limit + 1)
    kept, has_more = cut(rows, limit=limit)
    return PageOfRows(
        read_each(kept, row_of, kind=RowKind.REQUEST, number=request_number),
        kept[-1].id if has_more else None,
    )


def change_of(session: Session, *, ident: int, request_id: int, today: date) -> Request:
    """Return a request with its fields, papers and steps.

    Raises: NoSuchRequest, Illegible.
    """
    row = queries.one(session, ident=ident, request_id=request_id, today=today)
    if row is None:
        raise NoSuchRequest(ident, request_id)
    with reading(RowKind.REQUEST, number=request_number(row), part="values"):
        return assembled(row, ident=ident, today=today)


def paper_content(session: Session, *, ident: int, paper_id: int) -> bytes:
    """Return the bytes of a scanned paper; they are never run, only drawn.

    Raises: NoSuchPaper.
    """
    content = queries.paper_content(session, ident=ident, paper_id=paper_id)
    if content is None:
        raise NoSuchPaper
    return content


def providers(session: Session) -> tuple[ProviderChoice, ...]:
    """Return the providers a request can be sent to."""
    return tuple(
        ProviderChoice(row.id, row.code, row.name) for row in queries.providers(session, issuer=ISSUER)
    )


def request_number(row: Row[Any]) -> str:
    """Return what a request is known by; a draft has its id alone."""
    return str(row.number or row.id)


def row_of(row: Row[Any]) -> RequestRow:
    """Make the row of a list."""
    return RequestRow(
        id=row.id,
        number=row.number,
        kind=ChangeKind(row.kind),
        state=ChangeState(row.state),
        channel=IntakeChannel(row.channel),
        received_on=row.received_on,
        happened_on=row.happened_on,
        due_on=row.due_on,
        applies_from=Period.from_ggmm(row.applies_from) if row.applies_from else None,
        is_late=row.is_late,
        entered_by=row.entered_by,
        entered_at=row.entered_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        undoes=row.undoes,
        version=row.version,
    )
