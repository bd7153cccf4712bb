"""The portfolio: plans of everybody's accounts, what is urgent this week, contracts to be certified."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.plans import Payer, PlanState
from app.usecases.pages import PageOfRows, cut
from db.queries.plans import listing as queries

PAGE = 100
LARGEST_PAGE = 999
"""The database hands out a thousand at once; one of them only tells that there are more."""

PortfolioKey = tuple[date, int]
"""Where a page ends: the day the list is ordered by, and the plan."""


class Which(StrEnum):
    """Which plans are listed; all of them with the latest first, the others with the most urgent."""

    ALL = "all"
    AWAITING = "awaiting"
    ARRIVING = "arriving"
    """An instalment falls due today or within a week."""

    MISSED = "missed"
    BREAKING = "breaking"
    """Broken within a week, if nothing is paid."""


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """A plan in the portfolio; no personal number is ever in it."""

    ident: int
    plan_id: int
    contract_number: str
    programme_code: str
    state: PlanState
    payer: Payer
    branch_id: int | None
    account_name: str
    address: str
    signed_on: date
    created_by: str
    next_due_on: date | None
    breaks_on: date | None
    instalments: int
    payable: Decimal
    paid: Decimal
    late: int
    late_open: Decimal

    @property
    def open(self) -> Decimal:
        return self.payable - self.paid


@dataclass(frozen=True, slots=True)
class PortfolioCount:
    """How many plans of a branch, programme and state, for how much, and how many of them are urgent."""

    branch_id: int | None
    programme_id: int
    programme_code: str
    programme: str
    state: PlanState
    count: int
    payable: Decimal
    arriving: int
    missed: int
    breaking: int

    def of(self, which: Which) -> int:
        """Return how many of them are in a list."""
        match which:
            case Which.ALL:
                return self.count
            case Which.AWAITING:
                return self.count if self.state is PlanState.AWAITING_CERTIFICATION else 0
            case Which.ARRIVING:
                return self.arriving
            case Which.MISSED:
                return self.missed
            case Which.BREAKING:
                return self.breaking


def portfolio(
    session: Session,
    *,
    today: date,
    which: Which = Which.ALL,
    programme: int | None = None,
    branch: int | None = None,
    state: PlanState | None = None,
    after: PortfolioKey | None = None,
    limit: int = PAGE,
) -> PageOfRows[PortfolioRow, PortfolioKey]:
    """Return a page of plans: of the own branch for a clerk, of any or all for a supervisor.

    Raises: NotServing.
    """
    rows = queries.page(
        session,
        which=which.value,
        programme_id=programme,
        branch=branch,
        state=state.value if state is not None else None,
        on_day=today,
        after=after,
        at_most=limit + 1,
    )
    kept, has_more = cut(rows, limit=limit)
    return PageOfRows(
        tuple(_row(row) for row in kept), (kept[-1].key_day, kept[-1].id) if has_more and kept else None
    )


def portfolio_rest(
    session: Session,
    *,
    today: date,
    which: Which,
    programme: int | None,
    branch: int | None,
    state: PlanState | None,
    after: PortfolioKey,
    at_most: int,
) -> PageOfRows[PortfolioRow, PortfolioKey]:
    """Return the plans after those of a page, for an export; ``at_most`` so many.

    Raises: NotServing.
    """
    rows: list[PortfolioRow] = []
    key: PortfolioKey | None = after
    while key is not None and len(rows) < at_most:
        page = portfolio(
            session,
            today=today,
            which=which,
            programme=programme,
            branch=branch,
            state=state,
            after=key,
            limit=min(LARGEST_PAGE, at_most - len(rows)),
        )
        rows += page.rows
        key = page.next_key
    return PageOfRows(tuple(rows), key)


def portfolio_counts(session: Session, *, today: date) -> tuple[PortfolioCount, ...]:
    """Return the portfolio in numbers.  Raises: NotServing."""
    return tuple(
        PortfolioCount(
            branch_id=row.branch_id,
            programme_id=row.programme_id,
            programme_code=row.programme_code,
            programme=row.programme,
            state=PlanState(row.state),
            count=row.plans,
            payable=row.payable,
            arriving=row.arriving,
            missed=row.missed,
            breaking=row.breaking,
        )
        for row in queries.counts(session, on_day=today)
    )


def _row(row: Row[Any], /) -> PortfolioRow:
    return PortfolioRow(
        ident=row.ident,
        plan_id=row.id,
        contract_number=row.contract_number,
        programme_code=row.programme_code,
        state=PlanState(row.state),
        payer=Payer(row.payer),
        branch_id=row.branch_id,
        account_name=row.account_name or "",
        address=row.address or "",
        signed_on=row.signed_on,
        created_by=row.created_by,
        next_due_on=row.next_due_on,
        breaks_on=row.breaks_on,
        instalments=row.instalments,
        payable=row.payable,
        paid=row.paid,
        late=row.late,
        late_open=row.late_open,
    )
