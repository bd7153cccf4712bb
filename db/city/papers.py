"""Notices and enforcement cases as the demo city keeps them, and how they are written down."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from app.domain.enforcement import ENDED as CASE_ENDED
from app.domain.enforcement import CaseState
from app.domain.money import ZERO
from app.domain.notices import DAYS_TO_PAY, MonthClaim, NoticeKind, NoticeState
from db.city.debts import Case, Debt
from db.city.ledger import Ledger


@dataclass(slots=True)
class Notice:
    """A notice and what it asked for."""

    id: int
    kind: NoticeKind
    drawn_on: date
    method: str
    delivered_on: date
    was_returned: bool
    claims: list[tuple[Debt, MonthClaim]]
    became_case: bool = False
    asked: Decimal = field(init=False)
    """What was open of its bills when it was drawn."""

    def __post_init__(self) -> None:
        self.asked = sum((debt.open for debt, _ in self.claims), ZERO)

    def state(self, today: date) -> NoticeState:
        left = sum((debt.open for debt, _ in self.claims), ZERO)
        if self.became_case:
            return NoticeState.SUED
        if not left:
            return NoticeState.PAID
        if left < self.asked:
            return NoticeState.PARTLY_PAID
        if self.delivered_on < today:
            return NoticeState.RETURNED if self.was_returned else NoticeState.DELIVERED
        return NoticeState.SENT if self.drawn_on + timedelta(days=3) < today else NoticeState.DRAWN


def write_notice(ledger: Ledger, notice: Notice, *, number: int, today: date) -> None:
    """Write a notice and its months as they stand today."""
    state = notice.state(today)
    delivered = notice.delivered_on
    ledger.rows.add(
        "notice",
        ledger.ident,
        notice.id,
        f"{ledger.number('OP', day=notice.drawn_on)}-{number}",
        notice.kind.value,
        state.value,
        notice.drawn_on,
        notice.method,
        delivered if delivered < today and not notice.was_returned else None,
        DAYS_TO_PAY,
        sum((claim.principal for _, claim in notice.claims), ZERO),
        sum((claim.interest for _, claim in notice.claims), ZERO),
    )
    for _, claim in notice.claims:
        ledger.rows.add(
            "notice_item", ledger.ident, notice.id, claim.period.ggmm, claim.principal, claim.interest
        )


def write_case(ledger: Ledger, case: Case, *, number: int, today: date) -> None:
    """Write a case and its months as they stand today; steps yet to come are left out."""

    def known(day: date | None) -> date | None:
        is_past = day is not None and day < until and (case.ended_on is None or day <= case.ended_on)
        return day if is_past else None

    # nothing is done in a case that rests
    until = min(today, case.rests_since or today)

    filed = known(case.filed_on)
    ledger.rows.add(
        "enforcement_case",
        ledger.ident,
        case.id,
        f"{ledger.number('PI', day=case.prepared_on)}-{number}",
        case.number if known(case.decided_on) else "",
        case.bailiff if filed else None,
        _case_state(case, until).value,
        sum((principal for _, principal in case.claims), ZERO),
        case.interest,
        case.prepared_on,
        case.creditor_costs,
        case.bailiff_costs,
        case.paid_costs,
        filed,
        known(case.decided_on),
        known(case.served_on),
        known(case.objected_on),
        known(case.final_on) if case.ended is not CaseState.DISMISSED else None,
        case.ended_on,
        case.means if known(case.executing_on) else "",
        _step(case, until).value if case.is_resting and case.ended is None else None,
    )
    for debt, principal in case.claims:
        ledger.rows.add("enforcement_item", ledger.ident, case.id, debt.month.ggmm, principal)


def _case_state(case: Case, today: date) -> CaseState:
    if case.ended in CASE_ENDED:
        return case.ended
    if case.is_resting:
        return CaseState.SUSPENDED_BY_PLAN
    return _step(case, today)


def _step(case: Case, today: date) -> CaseState:
    steps = (
        (case.executing_on, CaseState.EXECUTING),
        (case.final_on, CaseState.FINAL),
        (case.objected_on, CaseState.OBJECTED),
        (case.decided_on, CaseState.DECIDED),
        (case.filed_on, CaseState.FILED),
    )
    for day, state in steps:
        if day is not None and day < today:
            return state
    return CaseState.PREPARED
