"""Payments (uplata): the ways a debt is settled, and what money that arrives is set against.

A discount that was earned, or the months of a plan that was kept, close what is
left of a bill without money.  That is booked as a credit (odobrenje): a row like a
payment, so that what is open always follows from the rows.
"""

from app.domain.payments.allocating import (
    Allocation,
    Booking,
    Debts,
    OwedCase,
    OwedMonth,
    OwedPlan,
    allocate,
)
from app.domain.payments.channels import PaymentChannel
from app.domain.payments.rules import CaseOrder, Rules, WithoutMonth

__all__ = [
    "Allocation",
    "Booking",
    "CaseOrder",
    "Debts",
    "OwedCase",
    "OwedMonth",
    "OwedPlan",
    "PaymentChannel",
    "Rules",
    "WithoutMonth",
    "allocate",
]
