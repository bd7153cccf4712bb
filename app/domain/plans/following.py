"""Following a plan: it moves by itself, by what was paid and when.

Every day a plan is looked at once: all instalments paid and it is kept, too much
missed by the programme's rule and it is broken, something late and it is in
arrears.  Looking twice on one day changes nothing the second time.  What counts is
the day money was received: a plan that was found broken before money received in
time was booked is in force again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol

from app.domain.plans.programmes import BreachRule
from app.domain.plans.states import PlanCause, PlanState


class Owed(Protocol):
    """What must be known of an instalment."""

    @property
    def number(self) -> int: ...
    @property
    def due_on(self) -> date: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def paid(self) -> Decimal: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a plan in force stands on a day, why, and by which facts."""

    state: PlanState
    cause: PlanCause
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def follow(instalments: Sequence[Owed], *, rule: BreachRule, unpaid_bills: int, today: date) -> Verdict:
    """Tell how a plan in force stands.

    ``unpaid_bills`` counts bills issued since the signing that are overdue.  An
    instalment is late the day after its date, and missed once the days of grace
    are over as well.
    """
    owed = [one for one in sorted(instalments, key=lambda one: one.number) if one.paid < one.amount]
    if not owed:
        return Verdict(PlanState.KEPT, PlanCause.ALL_PAID)
    grace = timedelta(days=rule.days_of_grace)
    missed = [one.number for one in owed if one.due_on + grace < today]
    # settled in order, so those missed follow one another
    if rule.missed_instalments and len(missed) >= rule.in_a_row(of=len(instalments)):
        return Verdict(
            PlanState.BROKEN, PlanCause.INSTALMENTS_MISSED, MappingProxyType({"numbers": tuple(missed)})
        )
    if rule.unpaid_bills and unpaid_bills >= rule.unpaid_bills:
        return Verdict(PlanState.BROKEN, PlanCause.BILLS_UNPAID, MappingProxyType({"bills": unpaid_bills}))
    late = [one for one in owed if one.due_on < today]
    if late:
        facts = {"numbers": tuple(one.number for one in late), "since": late[0].due_on}
        return Verdict(PlanState.IN_ARREARS, PlanCause.INSTALMENT_LATE, MappingProxyType(facts))
    return Verdict(PlanState.ACTIVE, PlanCause.NOTHING_LATE)


def breaks_on(instalments: Sequence[Owed], *, rule: BreachRule) -> date | None:
    """Return the first day the plan is broken if nothing more is paid; None if that cannot be.

    ``instalments`` are all of the plan, those paid too.
    """
    owed = sorted((one for one in instalments if one.paid < one.amount), key=lambda one: one.number)
    in_a_row = rule.in_a_row(of=len(instalments))
    if not in_a_row or len(owed) < in_a_row:
        return None
    return owed[in_a_row - 1].due_on + timedelta(days=rule.days_of_grace + 1)


def is_in_time(received_on: date, *, instalments: Sequence[Owed], rule: BreachRule) -> bool:
    """Tell whether money received on a day came before the plan is broken without it.

    The day it was received counts, not the day it is booked: a plan that was found
    broken meanwhile is in force again.
    """
    day = breaks_on(instalments, rule=rule)
    return day is None or received_on < day
