"""All about one plan: what became of it, what was paid under it, and money that could be set against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app.domain.payments import PaymentChannel
from app.usecases.plans.watching import PlanEvent, history
from db.queries.plans import questions as queries


@dataclass(frozen=True, slots=True)
class PlanPayment:
    """What a payment brought under a plan, and which instalments it settled or helped to."""

    payment_id: int
    received_on: date
    channel: PaymentChannel
    reference: str
    payer: str
    amount: Decimal
    instalments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A payment of which something is set against nothing yet; a plan in force could take it."""

    payment_id: int
    received_on: date
    channel: PaymentChannel
    reference: str
    payer: str
    amount: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True)
class PlanStory:
    """What is told of a plan beyond its contract."""

    plan_id: int
    events: tuple[PlanEvent, ...]
    payments: tuple[PlanPayment, ...]
    """The latest first."""

    left_over: tuple[LeftOver, ...]
    case_numbers: Mapping[int, str]
    """Of the account's enforcement cases, by their ids."""

    def paid_on(self, instalment: int) -> date | None:
        """Return the day of the last money for an instalment."""
        return next((one.received_on for one in self.payments if instalment in one.instalments), None)


def story_of(session: Session, *, ident: int, plan_id: int) -> PlanStory:
    """Return what became of a plan.

    Raises: VisitNotOpen.
    """
    return PlanStory(
        plan_id,
        history(session, ident=ident, plan_id=plan_id),
        tuple(
            PlanPayment(
                row.id,
                row.received_on,
                PaymentChannel(row.channel),
                row.reference,
                row.payer,
                row.amount,
                tuple(row.instalments),
            )
            for row in queries.payments(session, ident=ident, plan_id=plan_id)
        ),
        tuple(
            LeftOver(
                row.id,
                row.received_on,
                PaymentChannel(row.channel),
                row.reference,
                row.payer,
                row.amount,
                row.left_over,
            )
            for row in queries.left_over(session, ident=ident)
        ),
        queries.case_numbers(session, ident=ident),
    )
