"""What becomes of plans: their history, what would follow on a day, and following them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from sqlalchemy.orm import Session

from app.domain.plans import PlanCause, PlanState
from db.queries.plans import questions as queries
from db.queries.plans import writing


@dataclass(frozen=True, slots=True)
class PlanEvent:
    """A move of a plan: from where to where, why, and by which facts."""

    id: int
    happened_at: datetime
    who: str
    """Empty where it was nobody at a desk: plans are followed every night."""

    old_state: PlanState | None
    new_state: PlanState
    cause: PlanCause
    facts: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the monitor would find of a plan in force on a day, if nothing more is paid."""

    plan_id: int
    day: date
    old_state: PlanState
    new_state: PlanState
    cause: PlanCause
    numbers: tuple[int, ...]
    """Instalments that are late, or missed where the plan is broken."""

    unpaid_bills: int
    paid: Decimal
    open: Decimal
    written_off_principal: Decimal
    written_off_interest: Decimal
    """Kept, they are written off for good; broken, they revive."""

    cases: int
    next_due_on: date | None
    breaks_on: date | None

    @property
    def moves(self) -> bool:
        return self.new_state is not self.old_state


class Followed(TypedDict):
    """How many plans were looked at, and how they stand."""

    followed: int
    settled: int
    moved: int
    active: int
    in_arrears: int
    kept: int
    broken: int


def history(session: Session, *, ident: int, plan_id: int) -> tuple[PlanEvent, ...]:
    """Return what became of a plan, in order."""
    return tuple(
        PlanEvent(
            row.id,
            row.happened_at,
            row.who,
            PlanState(row.old_state) if row.old_state else None,
            PlanState(row.new_state),
            PlanCause(row.cause),
            row.facts,
            row.reason,
        )
        for row in queries.events(session, ident=ident, plan_id=plan_id)
    )


def what_if(session: Session, *, ident: int, day: date) -> WhatIf | None:
    """Tell what would follow for the account's plan on a day; None without one in force."""
    row = queries.what_follows(session, ident=ident, on_day=day)
    if row is None:
        return None
    facts = row.facts
    return WhatIf(
        row.plan_id,
        day,
        PlanState(row.old_state),
        PlanState(row.new_state),
        PlanCause(row.cause),
        tuple(facts.get("numbers") or ()),
        int(facts.get("bills") or 0),
        Decimal(str(facts["paid"])),
        Decimal(str(facts["open"])),
        Decimal(str(facts["written_off_principal"])),
        Decimal(str(facts["written_off_interest"])),
        int(facts["cases"]),
        _day(facts["next_due_on"]),
        _day(facts["breaks_on"]),
    )


def follow(session: Session, *, day: date, ident: int | None = None, at_most: int | None = None) -> Followed:
    """Follow plans for a day up to today: all, the next so many, or that of one account.

    Once fewer than ``at_most`` were looked at, none is left for the day.

    Raises: NotServing, DayInFuture.
    """
    done = writing.follow(session, on_day=day, ident=ident, at_most=at_most)
    return Followed(
        followed=done["followed"],
        settled=done["settled"],
        moved=done["moved"],
        active=done["active"],
        in_arrears=done["in_arrears"],
        kept=done["kept"],
        broken=done["broken"],
    )


def _day(value: str | None, /) -> date | None:
    return date.fromisoformat(value) if value else None
