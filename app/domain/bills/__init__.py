"""Bills (račun): composed once a month, paid with or without discount, and explained.

A bill is known by its account and period.  It is the sum of its lines, among
them a subsidy (negative) and the interest of earlier months; the discount is not
a line but an offer that ends with the discount date.
"""

from app.domain.bills.comparing import Difference, DifferenceKind, DiscountReason, compare
from app.domain.bills.composing import Bill, LatePrincipal, compose_bill, late_interest
from app.domain.bills.dates import discount_until, due_on, issued_on, next_working_day
from app.domain.bills.discounts import (
    DISCOUNT_LADDER,
    DebtCounted,
    DiscountStep,
    EarnedBy,
    discount_percent,
    has_open_debt,
    streak_after,
)
from app.domain.bills.paying import Payable, payable, qr_text
from app.domain.bills.stages import BillStage

__all__ = [
    "DISCOUNT_LADDER",
    "Bill",
    "BillStage",
    "DebtCounted",
    "Difference",
    "DifferenceKind",
    "DiscountReason",
    "DiscountStep",
    "EarnedBy",
    "LatePrincipal",
    "Payable",
    "compare",
    "compose_bill",
    "discount_percent",
    "discount_until",
    "due_on",
    "has_open_debt",
    "issued_on",
    "late_interest",
    "next_working_day",
    "payable",
    "qr_text",
    "streak_after",
]
