"""Eligibility: which months a programme takes in, and why it is not for somebody.

The desk shows every programme, and beside each that cannot be signed one reason:
the first that holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans.programmes import DebtRule, Payer, Terms


@dataclass(frozen=True, slots=True)
class MonthOfDebt:
    """What is open of one month on the day a plan is made.

    ``principal`` is without interest; ``interest`` is all of it to that day: what
    is open of the interest on the bill, and what accrued since the last bill.
    """

    period: Period
    due_on: date
    principal: Decimal
    interest: Decimal
    is_sued: bool = False
    case_id: int = 0

    @property
    def amount(self) -> Decimal:
        return self.principal + self.interest


class WhyNot(StrEnum):
    """Why a programme cannot be signed."""

    NOT_YET = "not_yet"
    OVER = "over"
    OTHER_PAYERS = "other_payers"
    NOTHING_DUE = "nothing_due"
    DEBT_TOO_YOUNG = "debt_too_young"
    ONLY_SUED = "only_sued"
    ONLY_UNSUED = "only_unsued"
    TOO_FEW_BILLS = "too_few_bills"
    PLAN_IN_FORCE = "plan_in_force"
    BROKEN_BEFORE = "broken_before"


@dataclass(frozen=True, slots=True)
class Ineligibility:
    """A reason with its facts, such as the day a programme ended."""

    why: WhyNot
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def coverable(months: Iterable[MonthOfDebt], *, rule: DebtRule, today: date) -> tuple[MonthOfDebt, ...]:
    """List the months a programme takes in, the oldest first: overdue, of its stages, up to its cut-off."""
    overdue = sorted((m for m in months if m.due_on < today and m.amount > ZERO), key=lambda m: m.period)
    cutoff = None
    if rule.up_to_last_sued:
        cutoff = max((m.period for m in overdue if m.is_sued), default=None)
    return tuple(
        month
        for month in overdue
        if (rule.takes_sued if month.is_sued else rule.takes_unsued)
        and (rule.due_until is None or month.due_on <= rule.due_until)
        and (cutoff is None or month.period <= cutoff)
    )


def obstacle(
    terms: Terms,
    *,
    valid_from: date,
    valid_to: date | None,
    payer: Payer,
    months: Sequence[MonthOfDebt],
    has_plan_in_force: bool,
    broke_it_before: bool,
    today: date,
) -> Ineligibility | None:
    """Say why a programme valid in [valid_from, valid_to) cannot be signed today; None if it can."""
    if today < valid_from:
        return Ineligibility(WhyNot.NOT_YET, MappingProxyType({"valid_from": valid_from}))
    if valid_to is not None and today >= valid_to:
        return Ineligibility(WhyNot.OVER, MappingProxyType({"valid_to": valid_to}))
    if has_plan_in_force:
        return Ineligibility(WhyNot.PLAN_IN_FORCE)
    if payer not in terms.payers:
        return Ineligibility(WhyNot.OTHER_PAYERS, MappingProxyType({"payers": terms.payers}))
    if broke_it_before and not terms.may_replan:
        return Ineligibility(WhyNot.BROKEN_BEFORE)
    return _debt_obstacle(terms.debts, months, today)


def _debt_obstacle(rule: DebtRule, months: Sequence[MonthOfDebt], today: date) -> Ineligibility | None:
    overdue = [month for month in months if month.due_on < today and month.amount > ZERO]
    if not overdue:
        return Ineligibility(WhyNot.NOTHING_DUE)
    if not rule.takes_sued and all(month.is_sued for month in overdue):
        return Ineligibility(WhyNot.ONLY_SUED)
    if not rule.takes_unsued and not any(month.is_sued for month in overdue):
        return Ineligibility(WhyNot.ONLY_UNSUED)
    covered = coverable(months, rule=rule, today=today)
    if not covered:
        return Ineligibility(WhyNot.DEBT_TOO_YOUNG, MappingProxyType({"due_until": rule.due_until}))
    unsued = sum(not month.is_sued for month in covered)
    # a programme that asks for so many unpaid bills asks it of unsued debt only
    if rule.least_unsued_bills and unsued == len(covered) and unsued < rule.least_unsued_bills:
        facts = {"least": rule.least_unsued_bills, "there_are": unsued}
        return Ineligibility(WhyNot.TOO_FEW_BILLS, MappingProxyType(facts))
    return None
