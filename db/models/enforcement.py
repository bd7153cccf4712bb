"""Enforcement (utuženje): cases before public bailiffs and the months they claim."""

from datetime import date
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.enforcement import CaseState
from app.domain.period import Period
from db.models.columns import Base, one_of


class Bailiff(Base):
    """A public bailiff (javni izvršitelj) whom the Chamber assigns."""

    __tablename__ = "bailiff"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    name: Mapped[str]
    seat: Mapped[str]
    bank_account: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]


class EnforcementCase(Base):
    """One proposal for enforcement; what it claims by component and when each step happened."""

    __tablename__ = "enforcement_case"
    __table_args__ = (
        UniqueConstraint("ident", "internal_number"),
        CheckConstraint(
            "principal >= 0 AND interest >= 0 AND creditor_costs >= 0 AND bailiff_costs >= 0"
            " AND paid_costs BETWEEN 0 AND creditor_costs + bailiff_costs",
            name="sums",
        ),
        Index("ix_enforcement_case_case_number", "case_number", postgresql_where=text("case_number <> ''")),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    internal_number: Mapped[str]
    case_number: Mapped[str] = mapped_column(server_default="")
    bailiff_id: Mapped[int | None] = mapped_column(SmallInteger, ForeignKey("bailiff.id"))
    state: Mapped[CaseState] = mapped_column(one_of(CaseState, "state"))
    principal: Mapped[Decimal]
    interest: Mapped[Decimal]
    interest_until: Mapped[date]
    creditor_costs: Mapped[Decimal]
    bailiff_costs: Mapped[Decimal]
    paid_costs: Mapped[Decimal] = mapped_column(server_default=text("0"))
    filed_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    served_on: Mapped[date | None]
    objected_on: Mapped[date | None]
    final_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    means: Mapped[str] = mapped_column(server_default="")
    state_before_plan: Mapped[CaseState | None] = mapped_column(one_of(CaseState, "state_before_plan"))
    """Where a case that rests goes back to when the plan is broken."""


class EnforcementItem(Base):
    """A month claimed by a case; a month is claimed once."""

    __tablename__ = "enforcement_item"
    __table_args__ = (
        ForeignKeyConstraint(["ident", "case_id"], ["enforcement_case.ident", "enforcement_case.id"]),
        UniqueConstraint("ident", "ggmm"),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ggmm: Mapped[Period] = mapped_column(primary_key=True)
    principal: Mapped[Decimal]
