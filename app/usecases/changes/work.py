"""The work list: requests of everybody's accounts that wait for somebody, and whose turn it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.changes import ChangeKind, ChangeState, IntakeChannel
from app.domain.faulty import Faulty, RowKind
from app.domain.period import Period
from app.usecases.changes.questions import request_number
from app.usecases.faulty import read_each
from app.usecases.pages import PageOfRows, cut
from db.queries.changes import work as queries

PAGE = 100

WorkKey = tuple[date, int]
"""Where a page of the work list ends: deadline and request."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A request in the work list; no personal number is ever in it."""

    ident: int
    id: int
    number: str
    kind: ChangeKind
    state: ChangeState
    channel: IntakeChannel
    account_name: str
    address: str
    branch_id: int
    received_on: date
    due_on: date
    applies_from: Period | None
    is_late: bool
    claimed_login: str
    claimed_by: str
    claimed_at: datetime | None
    is_claimed_by_me: bool
    entered_login: str
    entered_by: str
    is_entered_by_me: bool
    papers_missing: bool
    version: int

    @property
    def is_free(self) -> bool:
        """Whether no colleague works on it."""
        return self.claimed_at is None or self.is_claimed_by_me


@dataclass(frozen=True, slots=True)
class WorkCount:
    """How many requests of one branch, kind and state wait, in time or overdue."""

    branch_id: int
    kind: ChangeKind
    state: ChangeState
    is_overdue: bool
    count: int


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """The work list in numbers."""

    rows: tuple[WorkCount, ...]

    def of(
        self,
        *,
        states: Collection[ChangeState],
        kinds: Collection[ChangeKind] = tuple(ChangeKind),
        branch: int | None = None,
        only_overdue: bool = False,
    ) -> int:
        """Count requests; all branches unless one is named."""
        return sum(
            row.count
            for row in self.rows
            if row.state in states
            and row.kind in kinds
            and branch in (None, row.branch_id)
            and (row.is_overdue or not only_overdue)
        )


class RequestClaim(TypedDict):
    """Who holds a request; ``claimed_at`` is an ISO moment."""

    claimed_by: str
    full_name: str
    claimed_at: str
    is_mine: bool


class Taken(TypedDict):
    """The request whose turn it is, now claimed."""

    ident: int
    request_id: int


def work_list(
    session: Session,
    *,
    states: Collection[ChangeState],
    kinds: Collection[ChangeKind] = tuple(ChangeKind),
    branch: int | None = None,
    claimant: str = "",
    after: WorkKey | None = None,
    limit: int = PAGE,
) -> PageOfRows[WorkRow | Faulty, WorkKey]:
    """Return requests that wait, the nearest deadline first; ``claimant`` is a login, empty for anybody's."""
    rows = queries.page(
        session,
        states=[ChangeState(state).value for state in states],
        kinds=_narrowed(kinds),
        branch=branch,
        claimant=claimant or None,
        after=after,
        at_most=limit + 1,
    )
    kept, has_more = cut(rows, limit=limit)
    last = kept[-1] if has_more else None
    next_key = (last.due_on, last.id) if last is not None else None
    return PageOfRows(read_each(kept, _work_row, kind=RowKind.REQUEST, number=request_number), next_key)


def work_counts(session: Session) -> WorkCounts:
    """Return how much waits, by branch, kind, state and deadline."""
    return WorkCounts(
        tuple(
            WorkCount(
                row.branch_id, ChangeKind(row.kind), ChangeState(row.state), row.is_overdue, row.requests
            )
            for row in queries.counts(session)
        )
    )


def claim(session: Session, *, ident: int, request_id: int) -> RequestClaim:
    """Take a request to work on it, or learn who has it; a claim expires by itself."""
    held = queries.claim(session, ident=ident, request_id=request_id)
    return RequestClaim(
        claimed_by=held["claimed_by"],
        full_name=held["full_name"] or held["claimed_by"],
        claimed_at=held["claimed_at"],
        is_mine=held["is_mine"],
    )


def release(session: Session, *, ident: int, request_id: int) -> None:
    """Give a claimed request back."""
    queries.release(session, ident=ident, request_id=request_id)


def take_next(
    session: Session,
    *,
    states: Collection[ChangeState],
    kinds: Collection[ChangeKind] = tuple(ChangeKind),
    branch: int | None = None,
) -> Taken | None:
    """Claim the request whose turn it is; two people asking at once get two different ones."""
    row = queries.take_next(
        session, states=[ChangeState(state).value for state in states], kinds=_narrowed(kinds), branch=branch
    )
    return None if row is None else Taken(ident=row.ident, request_id=row.id)


def _narrowed(kinds: Collection[ChangeKind]) -> list[str] | None:
    """Name the kinds asked for; all of them need no naming, and are read from one index."""
    return None if set(kinds) == set(ChangeKind) else [ChangeKind(kind).value for kind in kinds]


def _work_row(row: Row[Any]) -> WorkRow:
    return WorkRow(
        ident=row.ident,
        id=row.id,
        number=row.number or "",
        kind=ChangeKind(row.kind),
        state=ChangeState(row.state),
        channel=IntakeChannel(row.channel),
        account_name=row.account_name or "",
        address=row.address or "",
        branch_id=row.branch_id,
        received_on=row.received_on,
        due_on=row.due_on,
        applies_from=Period.from_ggmm(row.applies_from) if row.applies_from else None,
        is_late=row.is_late,
        claimed_login=row.claimed_login or "",
        claimed_by=row.claimed_by,
        claimed_at=row.claimed_at,
        is_claimed_by_me=row.is_claimed_by_me,
        entered_login=row.entered_login,
        entered_by=row.entered_by,
        is_entered_by_me=row.is_entered_by_me,
        papers_missing=row.papers_missing,
        version=row.version,
    )
