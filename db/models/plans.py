"""Payment plans (reprogram): programmes decided by the city, and contracts signed under them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.period import Period
from app.domain.plans import PlanState
from db.models.columns import PERCENT, Base, one_of


class Programme(Base):
    """A plan exists only under a decision of the city: its validity and terms are data."""

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    code: Mapped[str]
    name: Mapped[str]
    legal_basis: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    debts_due_until: Mapped[date | None]
    terms: Mapped[dict[str, Any]]
    published_at: Mapped[datetime | None]


class ProgrammeStep(Base):
    """So many instalments earn so many percent off the principal."""

    __tablename__ = "programme_step"

    programme_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("programme.id"), primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    instalments: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    discount_percent: Mapped[Decimal] = mapped_column(PERCENT)


class Plan(Base):
    """A contract on acknowledgement of debt and its repayment in instalments."""

    __tablename__ = "plan"
    __table_args__ = (
        Index("uq_plan_in_force", "ident", unique=True, postgresql_where=text("state = 'active'")),
        UniqueConstraint("contract_number"),
        CheckConstraint(
            "payable = principal + interest + costs - written_off_principal - written_off_interest",
            name="adds_up",
        ),
        CheckConstraint("principal >= 0 AND interest >= 0 AND costs >= 0 AND payable >= 0", name="sums"),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    programme_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("programme.id"))
    contract_number: Mapped[str]
    state: Mapped[PlanState] = mapped_column(one_of(PlanState, "state"))
    signed_on: Mapped[date]
    certified_on: Mapped[date | None]
    certification_number: Mapped[str] = mapped_column(server_default="")
    ended_on: Mapped[date | None]
    principal: Mapped[Decimal]
    interest: Mapped[Decimal]
    costs: Mapped[Decimal]
    written_off_principal: Mapped[Decimal]
    written_off_interest: Mapped[Decimal]
    payable: Mapped[Decimal]
    created_by: Mapped[str] = mapped_column(server_default=text("session_user"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class PlanItem(Base):
    """A month of debt that a plan covers."""

    __tablename__ = "plan_item"
    __table_args__ = (ForeignKeyConstraint(["ident", "plan_id"], ["plan.ident", "plan.id"]),)

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ggmm: Mapped[Period] = mapped_column(primary_key=True)
    principal: Mapped[Decimal]
    interest: Mapped[Decimal]
    was_sued: Mapped[bool]


class Instalment(Base):
    """One payment a plan asks for; ``paid`` is maintained from allocations."""

    __tablename__ = "instalment"
    __table_args__ = (
        ForeignKeyConstraint(["ident", "plan_id"], ["plan.ident", "plan.id"]),
        CheckConstraint("amount > 0 AND paid BETWEEN 0 AND amount", name="paid_within_amount"),
        CheckConstraint("instalment_no BETWEEN 1 AND 99", name="number"),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    instalment_no: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    due_on: Mapped[date]
    amount: Mapped[Decimal]
    paid: Mapped[Decimal] = mapped_column(server_default=text("0"))
