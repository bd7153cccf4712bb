"""The work list: requests of everybody's accounts that wait for somebody, and whose turn it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from sqlalchemy.orm import Session

from app.domain.changes import ChangeKind, ChangeState, IntakeChannel
from app.domain.period import Period
from app.usecases.pages import Page

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


class Claim(TypedDict):
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
) -> Page[WorkRow, WorkKey]:
    """Return requests that wait, the nearest deadline first; ``claimant`` is a login, empty for anybody's."""
    raise NotImplementedError


def work_counts(session: Session) -> WorkCounts:
    """Return how much waits, by branch, kind, state and deadline."""
    raise NotImplementedError


def claim(session: Session, *, ident: int, request_id: int) -> Claim:
    """Take a request to work on it, or learn who has it; a claim expires by itself."""
    raise NotImplementedError


def release(session: Session, *, ident: int, request_id: int) -> None:
    """Give a claimed request back."""
    raise NotImplementedError


def take_next(
    session: Session,
    *,
    states: Collection[ChangeState],
    kinds: Collection[ChangeKind] = tuple(ChangeKind),
    branch: int | None = None,
) -> Taken | None:
    """Claim the request whose turn it is; two people asking at once get two different ones."""
    raise NotImplementedError
