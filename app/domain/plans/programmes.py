"""Programmes: the city's decisions under which debts may be repaid in instalments.

A plan is no standing right.  It exists only while a decision of the City Council
is in force, and on that decision's terms: which debts, who, how many instalments
earn how much off the principal, what becomes of interest, and when it is broken.
All of that is data with a date; a published version is never altered, an
extension is a new version.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.domain.errors import Refused
from app.domain.money import ZERO


class TermsFaulty(Refused):
    """A programme cannot be published as it stands; ``field`` names the term."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Payer(StrEnum):
    """Who repays, as programmes tell them apart."""

    ORDINARY = "ordinary"
    PENSIONER = "pensioner"
    SOCIAL_BENEFIT = "social_benefit"
    FORMER_ENTREPRENEUR = "former_entrepreneur"
    COMPANY = "company"


class VersionState(StrEnum):
    """Whether the terms of a programme may still be edited; a published version never is."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    """It was published and found wrong: nothing is signed under it any more, and what was signed stays."""


class InterestRelief(StrEnum):
    """What becomes of the interest accrued until the contract."""

    NONE = "none"
    AT_ONCE = "at_once"
    ON_FULFILMENT = "on_fulfilment"
    """Written off on condition that the plan is kept; it revives when the plan is broken."""


class FirstDue(StrEnum):
    """When the first instalment falls due."""

    DAYS_AFTER_SIGNING = "days_after_signing"
    END_OF_NEXT_MONTH = "end_of_next_month"


@dataclass(frozen=True, slots=True)
class LadderStep:
    """Up to so many instalments earn so many percent off the principal, for whom it is meant."""

    payer: Payer
    instalments: int
    discount_percent: Decimal


@dataclass(frozen=True, slots=True)
class SizeRule:
    """The most instalments for a debt of up to so many dinars; ``up_to`` None bounds nothing."""

    payer: Payer
    up_to: Decimal | None
    most_instalments: int


@dataclass(frozen=True, slots=True)
class DebtRule:
    """Which months of debt a programme takes in."""

    due_until: date | None = None
    takes_unsued: bool = True
    takes_sued: bool = True
    up_to_last_sued: bool = False
    """The last month that entered enforcement is the cut-off; without a case, everything due."""

    least_unsued_bills: int = 0


@dataclass(frozen=True, slots=True)
class BreachRule:
    """When a plan is broken.

    ``missed_instalments`` in a row unpaid ``days_of_grace`` after their dates, or
    ``unpaid_bills`` of the current months overdue; 0 turns a rule off.
    """

    missed_instalments: int = 2
    unpaid_bills: int = 0
    days_of_grace: int = 0

    def in_a_row(self, *, of: int) -> int:
        """Return how many instalments missed in a row break a plan of so many: all, where it has fewer.

        The contract prints this number and the monitor applies it; how many are
        left when one is late changes nothing.
        """
        return min(self.missed_instalments, of)


@dataclass(frozen=True, slots=True)
class Terms:
    """What one version of a programme says.

    ``most_payable`` bounds what a role may sign, by role; a role without a bound
    is missing.  ``unconfirmed`` names the terms that no published source gives.
    """

    steps: tuple[LadderStep, ...]
    debts: DebtRule = DebtRule()
    size_rules: tuple[SizeRule, ...] = ()
    interest: InterestRelief = InterestRelief.NONE
    least_instalment: Decimal = ZERO
    down_payment_percent: Decimal = ZERO
    first_due: FirstDue = FirstDue.DAYS_AFTER_SIGNING
    first_due_days: int = 30
    is_certified: bool = False
    takes_other_counts: bool = True
    """Whether a number of instalments between the steps may be agreed."""

    breach: BreachRule = BreachRule()
    may_replan: bool = False
    """Whether somebody who broke a plan under this programme may sign another."""

    most_payable: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    unconfirmed: frozenset[str] = frozenset()

    @property
    def payers(self) -> frozenset[Payer]:
        """Whom the programme is for: those it has a step for."""
        return frozenset(step.payer for step in self.steps)

    def steps_for(self, payer: Payer) -> tuple[LadderStep, ...]:
        """Return the ladder of a payer, the fewest instalments first."""
        return tuple(
            sorted((step for step in self.steps if step.payer is payer), key=lambda step: step.instalments)
        )

    def most_instalments(self, payer: Payer, *, debt: Decimal) -> int:
        """Return how many instalments a debt of that size may be split into; 0 for whom it is not."""
        ladder = self.steps_for(payer)
        if not ladder:
            return 0
        most = ladder[-1].instalments
        rules = [rule for rule in self.size_rules if rule.payer is payer]
        for rule in sorted(rules, key=lambda rule: (rule.up_to is None, rule.up_to or ZERO)):
            if rule.up_to is None or debt <= rule.up_to:
                return min(most, rule.most_instalments)
        return most

    def discount_percent(self, payer: Payer, *, instalments: int) -> Decimal | None:
        """Return what so many instalments earn; None where the programme knows no such number.

        A number between two steps earns what the longer one does.
        """
        for step in self.steps_for(payer):
            if step.instalments == instalments:
                return step.discount_percent
            if step.instalments > instalments:
                return step.discount_percent if self.takes_other_counts else None
        return None


def check(terms: Terms) -> None:
    """Refuse terms that contradict themselves.

    Raises: TermsFaulty.
    """
    seen: set[tuple[Payer, int]] = set()
    for step in terms.steps:
        if not 1 <= step.instalments <= 99 or not 0 <= step.discount_percent <= 100:
            raise TermsFaulty("steps")
        if (step.payer, step.instalments) in seen:
            raise TermsFaulty("steps")
        seen.add((step.payer, step.instalments))
    if not terms.steps:
        raise TermsFaulty("steps")
    if any(
        rule.most_instalments < 1 or (rule.up_to is not None and rule.up_to <= 0) for rule in terms.size_rules
    ):
        raise TermsFaulty("size_rules")
    if not (terms.debts.takes_unsued or terms.debts.takes_sued):
        raise TermsFaulty("debts")
    if terms.least_instalment < 0:
        raise TermsFaulty("least_instalment")
    if not 0 <= terms.down_payment_percent < 100:
        raise TermsFaulty("down_payment_percent")
    if not 0 <= terms.first_due_days <= 366:
        raise TermsFaulty("first_due_days")
    breach = terms.breach
    if min(breach.missed_instalments, breach.unpaid_bills, breach.days_of_grace) < 0:
        raise TermsFaulty("breach")


def to_json(terms: Terms) -> dict[str, Any]:
    """Write terms as the database keeps them; ``from_json`` reads them back."""
    return {
        "steps": [[step.payer.value, step.instalments, str(step.discount_percent)] for step in terms.steps],
        "debts": {
            "due_until": terms.debts.due_until.isoformat() if terms.debts.due_until else None,
            "takes_unsued": terms.debts.takes_unsued,
            "takes_sued": terms.debts.takes_sued,
            "up_to_last_sued": terms.debts.up_to_last_sued,
            "least_unsued_bills": terms.debts.least_unsued_bills,
        },
        "size_rules": [
            [rule.payer.value, None if rule.up_to is None else str(rule.up_to), rule.most_instalments]
            for rule in terms.size_rules
        ],
        "interest": terms.interest.value,
        "least_instalment": str(terms.least_instalment),
        "down_payment_percent": str(terms.down_payment_percent),
        "first_due": terms.first_due.value,
        "first_due_days": terms.first_due_days,
        "is_certified": terms.is_certified,
        "takes_other_counts": terms.takes_other_counts,
        "breach": {
            "missed_instalments": terms.breach.missed_instalments,
            "unpaid_bills": terms.breach.unpaid_bills,
            "days_of_grace": terms.breach.days_of_grace,
        },
        "may_replan": terms.may_replan,
        "most_payable": {role: str(amount) for role, amount in sorted(terms.most_payable.items())},
        "unconfirmed": sorted(terms.unconfirmed),
    }


def from_json(kept: Mapping[str, Any]) -> Terms:
    """Read terms as the database keeps them; what is missing takes its default.

    Raises: TermsFaulty.
    """
    try:
        terms = _read(kept)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        raise TermsFaulty("terms") from None
    check(terms)
    return terms


def breach_from_json(kept: Mapping[str, Any]) -> BreachRule:
    """Read only when a plan is broken: a plan is followed to its end, whatever else its terms have become.

    Raises: TermsFaulty.
    """
    try:
        return _read_breach(kept.get("breach", {}))
    except (ArithmeticError, AttributeError, TypeError, ValueError):
        raise TermsFaulty("breach") from None


def _read_breach(breach: Mapping[str, Any]) -> BreachRule:
    plain = BreachRule()
    return BreachRule(
        int(breach.get("missed_instalments", plain.missed_instalments)),
        int(breach.get("unpaid_bills", plain.unpaid_bills)),
        int(breach.get("days_of_grace", plain.days_of_grace)),
    )


def _read(kept: Mapping[str, Any]) -> Terms:
    plain = Terms(())
    debts = kept.get("debts", {})
    due_until = debts.get("due_until")
    return Terms(
        tuple(
            LadderStep(Payer(payer), int(count), Decimal(percent)) for payer, count, percent in kept["steps"]
        ),
        DebtRule(
            None if due_until is None else date.fromisoformat(due_until),
            bool(debts.get("takes_unsued", True)),
            bool(debts.get("takes_sued", True)),
            bool(debts.get("up_to_last_sued", False)),
            int(debts.get("least_unsued_bills", 0)),
        ),
        tuple(
            SizeRule(Payer(payer), None if up_to is None else Decimal(up_to), int(most))
            for payer, up_to, most in kept.get("size_rules", ())
        ),
        InterestRelief(kept.get("interest", plain.interest)),
        Decimal(kept.get("least_instalment", plain.least_instalment)),
        Decimal(kept.get("down_payment_percent", plain.down_payment_percent)),
        FirstDue(kept.get("first_due", plain.first_due)),
        int(kept.get("first_due_days", plain.first_due_days)),
        bool(kept.get("is_certified", plain.is_certified)),
        bool(kept.get("takes_other_counts", plain.takes_other_counts)),
        _read_breach(kept.get("breach", {})),
        bool(kept.get("may_replan", plain.may_replan)),
        MappingProxyType({role: Decimal(amount) for role, amount in kept.get("most_payable", {}).items()}),
        frozenset(kept.get("unconfirmed", ())),
    )
