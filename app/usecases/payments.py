"""Payments of an account, and what each was set against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from app.domain.payments import PaymentChannel
from app.domain.period import Period
from app.usecases.pages import PageOfRows, cut
from db import errors
from db.errors import RuleBroken
from db.queries import payments as queries

PAGE = 200
_AFTER_THE_LAST = (date.max, 2**62)

PaymentKey = tuple[date, int]
"""Where a page of payments ends: the day received and the id."""


class AllocationExceedsPayment(RuleBroken):
    """More was to be set against debts than the payment brought."""


class AllocationWithoutTarget(RuleBroken):
    """Money was to be set against a bill, an instalment or a case that is not there."""


class NotAnAmount(RuleBroken):
    """What was to be booked is no number."""


errors.register("allocation_exceeds_payment", AllocationExceedsPayment)
errors.register("allocation_without_target", AllocationWithoutTarget)
errors.register("not_an_amount", NotAnAmount)


class AllocationTarget(StrEnum):
    """What a part of a payment can settle."""

    BILL = "bill"
    INSTALMENT = "instalment"
    CASE_COSTS = "case_costs"


@dataclass(frozen=True, slots=True)
class AllocatedPart:
    """A part of a payment: ``period`` of a bill, or ``number`` and ``record_id`` of a plan or case."""

    target: AllocationTarget
    amount: Decimal
    period: Period | None = None
    record_id: int | None = None
    number: str = ""
    instalment: int = 0


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received; ``unallocated`` of it is not set against anything yet."""

    id: int
    received_on: date
    booked_at: datetime
    amount: Decimal
    unallocated: Decimal
    channel: PaymentChannel
    reference: str
    payer: str
    bank_line: str
    parts: tuple[AllocatedPart, ...]


def payment_page(
    session: Session, *, ident: int, before: PaymentKey | None = None, limit: int = PAGE
) -> PageOfRows[Payment, PaymentKey]:
    """Return payments of an account, the latest first; ``before`` is the page's key."""
    day, payment_id = before or _AFTER_THE_LAST
    rows = queries.page(session, ident=ident, before_day=day, before_id=payment_id, at_most=limit + 1)
    kept, has_more = cut(rows, limit=limit)
    has_plans_or_cases = any(part[0] is None for row in kept for part in row.parts)
    names = queries.names(session, ident=ident) if has_plans_or_cases else {}
    payments = tuple(
        Payment(
            id=row.id,
            received_on=row.received_on,
            booked_at=row.booked_at,
            amount=row.amount,
            unallocated=row.unallocated,
            channel=PaymentChannel(row.channel),
            reference=row.reference,
            payer=row.payer,
            bank_line=row.bank_line,
            parts=tuple(_part(part, names) for part in row.parts),
        )
        for row in kept
    )
    last = payments[-1] if has_more else None
    return PageOfRows(payments, (last.received_on, last.id) if last else None)


def _part(part: list[Any], names: Mapping[tuple[str, int], str]) -> AllocatedPart:
    ggmm, plan_id, instalment, case_id, amount = part
    if ggmm is not None:
        return AllocatedPart(AllocationTarget.BILL, Decimal(amount), period=Period.from_ggmm(ggmm))
    if plan_id is not None:
        return AllocatedPart(
            AllocationTarget.INSTALMENT,
            Decimal(amount),
            record_id=plan_id,
            number=names.get(("plan", plan_id), ""),
            instalment=instalment,
        )
    return AllocatedPart(
        AllocationTarget.CASE_COSTS,
        Decimal(amount),
        record_id=case_id,
        number=names.get(("case", case_id), ""),
    )
