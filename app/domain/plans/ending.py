"""Ending a plan: what it leaves owed of the months it held.

A plan that is broken or cancelled gives its months back as its contract says: what
was paid under it is set against costs, then principal, then interest, the oldest
month first; interest until the signing is owed as it was acknowledged, and from then
on it runs on the principal that is left.  A plan that was kept closes everything; a
registration that was taken back never was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.interest import Rate, accrued
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans.programmes import InterestRelief

INTEREST_ON_PAID = "plan_interest_on_paid"


class InterestOnPaid(StrEnum):
    """What becomes of written-off interest on principal that was paid: setting ``plan_interest_on_paid``.

    Nobody has confirmed it; what is in force on the day of the signing stands in the contract.
    """

    STAYS = "stays"
    """It had run until the signing, and is owed again with the rest."""

    LAPSES = "lapses"
    """Only what had run on the principal that is left is owed again."""


@dataclass(frozen=True, slots=True)
class HeldMonth:
    """A month of a contract: what it acknowledged at the signing, and what is open at the end.

    Of ``interest`` the bill asked for ``asked_then``; the rest, of which what accrued
    since ``accrued_from`` is a part, was on no bill.
    """

    period: Period
    principal: Decimal
    interest: Decimal
    asked_then: Decimal
    accrued_from: date
    open_principal: Decimal
    open_on_bill: Decimal


@dataclass(frozen=True, slots=True)
class LeftMonth:
    """What is owed of a month after the end: ``acknowledged`` interest is on no bill until the next one."""

    period: Period
    principal: Decimal
    on_bill: Decimal
    acknowledged: Decimal


@dataclass(frozen=True, slots=True)
class Left:
    """What a plan that ended early leaves; ``overpaid`` is beyond all that the contract came to."""

    costs: Decimal
    months: tuple[LeftMonth, ...]
    overpaid: Decimal


def leave(
    months: Sequence[HeldMonth],
    *,
    costs: Decimal,
    brought: Decimal,
    relief: InterestRelief,
    on_paid: InterestOnPaid,
    signed_on: date,
    rates: Sequence[Rate],
) -> Left:
    """Tell what is owed after a plan was broken, ``brought`` having been paid under it and not credited yet.

    Of a plan that was cancelled ``relief`` is never at once: nothing is written off.

    Raises: RateUnknown.
    """
    ordered = sorted(months, key=lambda month: month.period)
    is_given = relief is InterestRelief.AT_ONCE
    rest = brought
    left_costs, rest = _less(costs, rest)
    principals, on_bills, acknowledged = [], [], []
    for month in ordered:
        principal, rest = _less(month.open_principal, rest)
        principals.append(principal)
    for month in ordered:
        on_bill, rest = (ZERO, rest) if is_given else _less(month.open_on_bill, rest)
        on_bills.append(on_bill)
    for month, principal in zip(ordered, principals, strict=True):
        stated = ZERO if is_given else month.interest - month.asked_then
        if stated and on_paid is InterestOnPaid.LAPSES and relief is InterestRelief.ON_FULFILMENT:
            stated -= accrued(month.principal, due=month.accrued_from, paid=signed_on, rates=rates)
            stated += accrued(
                min(month.principal, principal), due=month.accrued_from, paid=signed_on, rates=rates
            )
        one, rest = _less(stated, rest)
        acknowledged.append(one)
    return Left(
        left_costs,
        tuple(
            LeftMonth(month.period, *parts)
            for month, *parts in zip(ordered, principals, on_bills, acknowledged, strict=True)
        ),
        rest,
    )


def _less(amount: Decimal, money: Decimal, /) -> tuple[Decimal, Decimal]:
    used = min(amount, max(money, ZERO))
    return amount - used, money - used
