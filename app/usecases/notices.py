"""Dunning notices of an account: what was asked for, until when, and how it was delivered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app.domain.notices import NoticeKind, NoticeState, pay_until
from app.domain.payment_reference import Reference
from app.domain.period import Period
from db.queries import notices as queries


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """One month a notice asks for."""

    period: Period
    principal: Decimal
    interest: Decimal


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice and the months it names; the term runs from delivery, or from drawing while undelivered."""

    id: int
    number: str
    kind: NoticeKind
    state: NoticeState
    drawn_on: date
    delivery_method: str
    delivered_on: date | None
    days_to_pay: int
    principal: Decimal
    interest: Decimal
    items: tuple[NoticeItem, ...]

    @property
    def total(self) -> Decimal:
        """What the notice asks for."""
        return self.principal + self.interest

    @property
    def pay_until(self) -> date:
        """The last day of the term."""
        return pay_until(self.delivered_on or self.drawn_on, days=self.days_to_pay)


def notices_of(session: Session, *, ident: int) -> tuple[Notice, ...]:
    """Return the notices of an account, the latest first."""
    return tuple(
        Notice(
            id=row.id,
            number=row.number,
            kind=NoticeKind(row.kind),
            state=NoticeState(row.state),
            drawn_on=row.drawn_on,
            delivery_method=row.delivery_method,
            delivered_on=row.delivered_on,
            days_to_pay=row.days_to_pay,
            principal=row.principal,
            interest=row.interest,
            items=tuple(
                NoticeItem(Period.from_ggmm(ggmm), Decimal(principal), Decimal(interest))
                for ggmm, principal, interest in row.items or ()
            ),
        )
        for row in queries.all_of(session, ident=ident)
    )


def notice_named(notices: Iterable[Notice], reference: Reference) -> Notice | None:
    """Return the notice of a reference: the latest drawn up in its month, else one that asks for it."""
    listed = tuple(notices)
    drawn = (notice for notice in listed if Period.of(notice.drawn_on) == reference.period)
    asking = (notice for notice in listed if any(item.period == reference.period for item in notice.items))
    return next(drawn, next(asking, None))
