"""What nobody has confirmed of settling debts and earning discounts: dated settings and their values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from app.domain.bills.discounts import DEBT_COUNTED, EARNED_BY, DebtCounted, EarnedBy
from app.domain.settings import DEFAULTS

WITHOUT_MONTH, CASE_ORDER = "payment_without_month", "payment_case_order"
NAMES = (WITHOUT_MONTH, CASE_ORDER, EARNED_BY, DEBT_COUNTED)


class WithoutMonth(StrEnum):
    """What becomes of money that names nothing: setting ``payment_without_month``."""

    BY_HAND = "by_hand"
    """It stays with the account until a person says what it is for."""

    OLDEST_FIRST = "oldest_first"
    """It settles the oldest months that no case and no plan has: the custom before May 2018."""


class CaseOrder(StrEnum):
    """In which order money of a bailiff settles a case: setting ``payment_case_order``."""

    COSTS_MONTHS = "costs_months"
    """Costs, then month by month, the oldest first; within a month interest before principal."""

    COSTS_INTEREST_PRINCIPAL = "costs_interest_principal"
    """Costs, then interest on the bills of all months, then their principal, the oldest first."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings in force on the day a payment was received, or a bill is issued."""

    without_month: WithoutMonth = WithoutMonth.BY_HAND
    case_order: CaseOrder = CaseOrder.COSTS_MONTHS
    earned_by: EarnedBy = EarnedBy.ALL_IN_TIME
    debt_counted: DebtCounted = DebtCounted.WITH_PLANS

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> Self:
        """Read the settings in force by name; one that was never set is at its default."""
        known = {**DEFAULTS, **settings}
        return cls(
            WithoutMonth(known[WITHOUT_MONTH]),
            CaseOrder(known[CASE_ORDER]),
            EarnedBy(known[EARNED_BY]),
            DebtCounted(known[DEBT_COUNTED]),
        )
