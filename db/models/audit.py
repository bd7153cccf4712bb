"""The audit: who changed which row, from what to what, in chains that show a gap."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Identity,
    Index,
    LargeBinary,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from db.models.columns import Base


class AuditLog(Base):
    """One changed row, written by a trigger.  Personal numbers are kept masked."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_ident_happened_at", "ident", "happened_at"),
        Index("ix_audit_log_login_happened_at", "login", "happened_at"),
        Index("uq_audit_log_chain_chain_no", "chain", "chain_no", unique=True),
        CheckConstraint("operation IN ('INSERT', 'UPDATE', 'DELETE')", name="operation"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    ident: Mapped[int | None]
    login: Mapped[str]
    happened_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    table_name: Mapped[str]
    operation: Mapped[str]
    old_row: Mapped[Any | None] = mapped_column(JSONB)
    new_row: Mapped[Any | None] = mapped_column(JSONB)
    chain: Mapped[str] = mapped_column(server_default=text("session_user"))
    chain_no: Mapped[int | None] = mapped_column(BigInteger)
    hash: Mapped[bytes | None] = mapped_column(LargeBinary)


class ChainHead(Base):
    """The last link of somebody's chain in a log: without it a cut-off tail would not show."""

    __tablename__ = "chain_head"

    log: Mapped[str] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(primary_key=True)
    chain_no: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class ChainJoint(Base):
    """All heads as they stood one day, and digests of what was issued and paid; chained themselves."""

    __tablename__ = "chain_joint"

    joint_no: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    made_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    content: Mapped[Any] = mapped_column(JSONB)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class Installation(Base):
    """Which database this is: one row, made when it was set up and never altered.  Seals name it."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("is_this", name="is_this"),)

    id: Mapped[UUID] = mapped_column(Uuid, server_default=func.gen_random_uuid())
    is_this: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    set_up_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
