"""Payments (uplate) and their allocation (razvrstavanje) to bills, instalments and costs."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.payments import PaymentChannel
from app.domain.period import Period
from db.models.columns import Base, one_of


class Payment(Base):
    """Money received; never altered, a mistaken booking is reversed by a row of its own.

    ``reference`` is the model 97 number it came with, empty when there was none;
    ``bank_line`` names the line of the bank's statement and makes importing it
    twice impossible.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        Index(
            "uq_payment_ident_bank_line",
            "ident",
            "bank_line",
            unique=True,
            postgresql_where=text("bank_line <> ''"),
        ),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    received_on: Mapped[date]
    booked_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    amount: Mapped[Decimal]
    channel: Mapped[PaymentChannel] = mapped_column(one_of(PaymentChannel, "channel"))
    reference: Mapped[str] = mapped_column(server_default="")
    payer: Mapped[str] = mapped_column(server_default="")
    bank_line: Mapped[str] = mapped_column(server_default="")


class Allocation(Base):
    """A part of a payment set against one bill, or one instalment, or the costs of one case."""

    __tablename__ = "allocation"
    __table_args__ = (
        ForeignKeyConstraint(["ident", "payment_id"], ["payment.ident", "payment.id"]),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("num_nonnulls(ggmm, plan_id, case_id) = 1", name="one_target"),
        CheckConstraint("(plan_id IS NULL) = (instalment_no IS NULL)", name="instalment"),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    payment_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    allocation_no: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    ggmm: Mapped[Period | None]
    plan_id: Mapped[int | None] = mapped_column(BigInteger)
    instalment_no: Mapped[int | None] = mapped_column(SmallInteger)
    case_id: Mapped[int | None] = mapped_column(BigInteger)
    amount: Mapped[Decimal]
