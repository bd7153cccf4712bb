"""Visits: no visit, no data.

Opening an account writes a visit; row security shows an account's rows only to
the person who holds one.  The read log is the evidence that remains: it is only
ever added to, and chained by hash.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, LargeBinary, SmallInteger, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.visits import Channel, Purpose
from db.models.columns import Base, one_of


class Visit(Base):
    """One person's access to one account, from opening it to closing it."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("uq_visit_open", "login", "ident", unique=True, postgresql_where=text("closed_at IS NULL")),
        Index("ix_visit_login_opened_at", "login", "opened_at"),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    login: Mapped[str]
    branch_id: Mapped[int] = mapped_column(SmallInteger)
    purpose: Mapped[Purpose] = mapped_column(one_of(Purpose, "purpose"))
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "channel"))
    opened_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    failed_attempts: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    closed_at: Mapped[datetime | None]


class ReadLog(Base):
    """Who looked at what: visits, verifications, revealed numbers, exports."""

    __tablename__ = "read_log"
    __table_args__ = (
        Index("ix_read_log_ident_happened_at", "ident", "happened_at"),
        Index("ix_read_log_login_happened_at", "login", "happened_at"),
        Index("ix_read_log_login_kind_happened_at", "login", "kind", "happened_at"),
        Index("uq_read_log_chain_chain_no", "chain", "chain_no", unique=True),
        CheckConstraint("kind IN ('visit', 'verification', 'reveal', 'export')", name="kind"),
        CheckConstraint("octet_length(detail::text) <= 16384", name="volume"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    ident: Mapped[int | None]
    login: Mapped[str]
    happened_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    kind: Mapped[str]
    detail: Mapped[Any] = mapped_column(JSONB)
    chain: Mapped[str] = mapped_column(server_default=text("session_user"))
    chain_no: Mapped[int | None] = mapped_column(BigInteger)
    hash: Mapped[bytes | None] = mapped_column(LargeBinary)
