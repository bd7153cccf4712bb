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
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.period import Period
from app.domain.plans import (
    ENDED,
    IN_FORCE,
    InterestRelief,
    Payer,
    PlanCause,
    PlanPaper,
    PlanState,
    VersionState,
)
from app.domain.reissues import Medium
from db.models.columns import PERCENT, Base, forward_in_time, one_of, within

_IN_FORCE = text(within(IN_FORCE))
_AWAITING = text(within(frozenset(PlanState) - IN_FORCE - ENDED))


class Programme(Base):
    """A plan exists only under a decision of the city; what it says is in its versions."""

    __tablename__ = "programme"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("length(code) <= 60 AND length(name) <= 400", name="volume"),
    )

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    code: Mapped[str]
    name: Mapped[str]


class ProgrammeVersion(Base):
    """The terms of a programme for a while; once published, a version is never altered, only withdrawn."""

    __tablename__ = "programme_version"
    __table_args__ = (
        ExcludeConstraint(
            (text("programme_id"), "="),
            (text("daterange(valid_from, valid_to)"), "&&"),
            name="ex_programme_version_validity",
            using="gist",
            where=text("state = 'published'"),
        ),
        forward_in_time(),
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published"),
        CheckConstraint(
            "CASE state WHEN 'withdrawn' THEN withdrawn_by IS NOT NULL AND withdrawn_at IS NOT NULL"
            " AND btrim(withdrawal_reason) <> '' ELSE withdrawn_at IS NULL END",
            name="withdrawn",
        ),
        CheckConstraint(
            "octet_length(terms::text) <= 40000 AND length(decision) <= 400"
            " AND length(legal_basis) <= 400 AND length(note) <= 4000"
            " AND length(withdrawal_reason) <= 400",
            name="texts",
        ),
    )

    programme_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("programme.id"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    decision: Mapped[str] = mapped_column(server_default="")
    legal_basis: Mapped[str] = mapped_column(server_default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    terms: Mapped[dict[str, Any]]
    state: Mapped[VersionState] = mapped_column(one_of(VersionState, "state"), server_default="draft")
    note: Mapped[str] = mapped_column(server_default="")
    created_by: Mapped[str] = mapped_column(server_default=text("session_user"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    published_by: Mapped[str | None]
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    editors: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    withdrawn_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(server_default="")


class Plan(Base):
    """A contract on acknowledgement of debt and its repayment in instalments.

    ``next_due_on`` and ``breaks_on`` follow from instalments and are kept by
    triggers; ``followed_on`` is the last day the monitor looked.
    """

    __tablename__ = "plan"
    __table_args__ = (
        Index("uq_plan_in_force", "ident", unique=True, postgresql_where=_IN_FORCE),
        Index("uq_plan_awaiting", "ident", unique=True, postgresql_where=_AWAITING),
        Index("ix_plan_signed_on", "signed_on", "id"),
        Index("ix_plan_branch_signed_on", "branch_id", "signed_on", "id"),
        Index("ix_plan_state_signed_on", "state", "signed_on", "id"),
        Index("ix_plan_programme_signed_on", "programme_id", "signed_on", "id"),
        Index("ix_plan_next_due_on", "next_due_on", "id", postgresql_where=_IN_FORCE),
        Index("ix_plan_breaks_on", "breaks_on", "id", postgresql_where=_IN_FORCE),
        UniqueConstraint("contract_number"),
        UniqueConstraint(
            "branch_id", "number_year", "number_serial", name="uq_plan_branch_id_number_year_number_serial"
        ),
        ForeignKeyConstraint(
            ["programme_id", "programme_version"],
            ["programme_version.programme_id", "programme_version.version"],
        ),
        CheckConstraint(
            "payable = principal + interest + costs - written_off_principal - written_off_interest",
            name="adds_up",
        ),
        CheckConstraint("principal >= 0 AND interest >= 0 AND costs >= 0 AND payable >= 0", name="sums"),
        CheckConstraint(
            "written_off_principal BETWEEN 0 AND principal AND written_off_interest BETWEEN 0 AND interest",
            name="written_off",
        ),
        CheckConstraint(
            "octet_length(debtor::text) <= 4000 AND length(certification_number) <= 60", name="debtor"
        ),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    programme_id: Mapped[int] = mapped_column(SmallInteger)
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
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    version: Mapped[int] = mapped_column(server_default=text("1"))
    programme_version: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))
    payer: Mapped[Payer] = mapped_column(one_of(Payer, "payer"), server_default="ordinary")
    branch_id: Mapped[int | None] = mapped_column(SmallInteger, ForeignKey("branch.id"))
    number_year: Mapped[int | None] = mapped_column(SmallInteger)
    number_serial: Mapped[int | None]
    discount_percent: Mapped[Decimal] = mapped_column(PERCENT, server_default=text("0"))
    interest_relief: Mapped[InterestRelief] = mapped_column(
        one_of(InterestRelief, "interest_relief"), server_default="none"
    )
    debtor: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    followed_on: Mapped[date | None]
    next_due_on: Mapped[date | None]
    breaks_on: Mapped[date | None]


class PlanItem(Base):
    """A month of debt that a plan covers.

    Of its interest ``interest_on_bill`` is what the bill asks for; what ran since
    ``accrued_from``, or was acknowledged by a contract before, is on no bill.
    """

    __tablename__ = "plan_item"
    __table_args__ = (ForeignKeyConstraint(["ident", "plan_id"], ["plan.ident", "plan.id"]),)

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ggmm: Mapped[Period] = mapped_column(primary_key=True)
    principal: Mapped[Decimal]
    interest: Mapped[Decimal]
    was_sued: Mapped[bool]
    case_id: Mapped[int | None] = mapped_column(BigInteger)
    accrued_from: Mapped[date | None]
    interest_on_bill: Mapped[Decimal | None]


class PlanCost(Base):
    """Open costs of an enforcement case that a plan covers; case 0 is one this register never had."""

    __tablename__ = "plan_cost"
    __table_args__ = (
        ForeignKeyConstraint(["ident", "plan_id"], ["plan.ident", "plan.id"]),
        CheckConstraint("amount >= 0", name="amount"),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    amount: Mapped[Decimal]


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


class PlanEvent(Base):
    """What became of a plan: from where to where, by whom, by which facts."""

    __tablename__ = "plan_event"
    __table_args__ = (
        ForeignKeyConstraint(["ident", "plan_id"], ["plan.ident", "plan.id"]),
        CheckConstraint("length(reason) <= 2000", name="reason_length"),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    login: Mapped[str] = mapped_column(server_default=text("session_user"))
    old_state: Mapped[PlanState | None] = mapped_column(one_of(PlanState, "old_state"))
    new_state: Mapped[PlanState] = mapped_column(one_of(PlanState, "new_state"))
    cause: Mapped[PlanCause] = mapped_column(one_of(PlanCause, "cause"))
    facts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    reason: Mapped[str] = mapped_column(server_default="")


class PlanSerial(Base):
    """The last number of a contract given out by a branch in a year."""

    __tablename__ = "plan_serial"

    branch_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("branch.id"), primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    last_serial: Mapped[int]


class HandedOut(Base):
    """A paper about a plan that left the desk, or about one that might be signed: then ``plan_id`` is none.

    Operator, branch and time are the server's.
    """

    __tablename__ = "plan_paper"
    __table_args__ = (
        ForeignKeyConstraint(["ident", "plan_id"], ["plan.ident", "plan.id"]),
        CheckConstraint("(plan_id IS NULL) = (paper = 'proposal')", name="proposal_has_no_plan"),
        CheckConstraint("script IN ('latin', 'cyrillic')", name="script"),
        Index("ix_plan_paper_operator_made_at", "operator", "made_at"),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    plan_id: Mapped[int | None] = mapped_column(BigInteger)
    paper: Mapped[PlanPaper] = mapped_column(one_of(PlanPaper, "paper"))
    medium: Mapped[Medium] = mapped_column(one_of(Medium, "medium"))
    script: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    operator: Mapped[str] = mapped_column(server_default=text("session_user"))
    branch_id: Mapped[int] = mapped_column(SmallInteger)
