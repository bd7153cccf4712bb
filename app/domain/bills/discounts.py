"""The discount for regular payers: it grows with every month paid in time.

Five percent for whoever has no open debts, six after six consecutive months of
using the discount, seven after twelve; one late payment starts again at five.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

EARNED_BY, DEBT_COUNTED = "discount_earned_by", "discount_debt"


class EarnedBy(StrEnum):
    """What earns the discount: setting ``discount_earned_by``; nobody has confirmed either."""

    ALL_IN_TIME = "all_in_time"
    """All that is paid until the discount date adds up, and more than the bill asks for earns it too."""

    ONE_PAYMENT = "one_payment"
    """One payment of an untouched bill, of what it asks for; what is above that is kept against it."""


class DebtCounted(StrEnum):
    """Which debts leave no discount on the next bill: setting ``discount_debt``, unconfirmed as well."""

    WITH_PLANS = "with_plans"
    """Whatever is open of earlier months, under a plan as well."""

    WITHOUT_PLANS = "without_plans"
    """What a plan in force covers is paid by the plan, and counts no more."""


def has_open_debt(*, in_plan: bool, elsewhere: bool, counted: DebtCounted) -> bool:
    """Tell whether a payer has debts that leave no discount on the next bill."""
    return elsewhere or (in_plan and counted is DebtCounted.WITH_PLANS)


@dataclass(frozen=True, slots=True)
class DiscountStep:
    """From so many consecutive months in time on, so many percent."""

    months: int
    percent: Decimal


DISCOUNT_LADDER = (
    DiscountStep(12, Decimal(7)),
    DiscountStep(6, Decimal(6)),
    DiscountStep(0, Decimal(5)),
)
"""The published steps, longest continuity first."""

_NONE = Decimal(0)


def discount_percent(
    streak: int, *, has_open_debt: bool, ladder: tuple[DiscountStep, ...] = DISCOUNT_LADDER
) -> Decimal:
    """Return the percent a payer is offered on the next bill.

    >>> [int(discount_percent(months, has_open_debt=False)) for months in (0, 5, 6, 11, 12)]
    [5, 5, 6, 6, 7]
    """
    if has_open_debt:
        return _NONE
    for step in ladder:
        if streak >= step.months:
            return step.percent
    return _NONE


def streak_after(streak: int, *, settled_on: date | None, discount_until: date) -> int:
    """Count the months in a row in which the discount was used, one bill later.

    ``settled_on`` is the day the bill was settled, None if it is still open.
    """
    return streak + 1 if settled_on is not None and settled_on <= discount_until else 0
