"""Dunning notices (opomene): what a payer was reminded of, and how it reached them."""

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Identity, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.notices import NoticeKind, NoticeState
from app.domain.period import Period
from db.models.columns import Base, one_of


class Notice(Base):
    """A notice drawn on an account for everything overdue on ``drawn_on``."""

    __tablename__ = "notice"
    __table_args__ = (CheckConstraint("principal >= 0 AND interest >= 0", name="sums"),)

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str]
    kind: Mapped[NoticeKind] = mapped_column(one_of(NoticeKind, "kind"))
    state: Mapped[NoticeState] = mapped_column(one_of(NoticeState, "state"))
    drawn_on: Mapped[date]
    delivery_method: Mapped[str]
    delivered_on: Mapped[date | None]
    days_to_pay: Mapped[int] = mapped_column(SmallInteger)
    principal: Mapped[Decimal]
    interest: Mapped[Decimal]


class NoticeItem(Base):
    """One month a notice asks for: the law wants each month named."""

    __tablename__ = "notice_item"
    __table_args__ = (ForeignKeyConstraint(["ident", "notice_id"], ["notice.ident", "notice.id"]),)

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    notice_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ggmm: Mapped[Period] = mapped_column(primary_key=True)
    principal: Mapped[Decimal]
    interest: Mapped[Decimal]
