"""Ceilings: what was raised for somebody's task, and what supervisors found of alerts.

What a ceiling is, is a setting; what somebody did, is in the logs.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.ceilings import Ceiling
from db.models.columns import Base, one_of


class CeilingRaise(Base):
    """A ceiling raised for a person by a supervisor, until a day and its end included; never for oneself."""

    __tablename__ = "ceiling_raise"
    __table_args__ = (
        CheckConstraint("login <> raised_by", name="not_own"),
        CheckConstraint("length(btrim(reason)) BETWEEN 1 AND 1000", name="volume"),
        CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name="end"),
        Index("ix_ceiling_raise_login_last_day", "login", "last_day"),
        Index("ix_ceiling_raise_raised_by_raised_at", "raised_by", "raised_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    login: Mapped[str]
    ceiling: Mapped[Ceiling] = mapped_column(one_of(Ceiling, "ceiling"))
    most: Mapped[int] = mapped_column(BigInteger)
    last_day: Mapped[date]
    reason: Mapped[str]
    raised_by: Mapped[str]
    raised_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    ended_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]


class AlertSeen(Base):
    """What a supervisor found of an alert: of whom, of which ceiling, in the hour or day that began then."""

    __tablename__ = "alert_seen"
    __table_args__ = (
        CheckConstraint("login <> seen_by", name="not_own"),
        CheckConstraint("length(btrim(reason)) BETWEEN 1 AND 1000", name="volume"),
        Index("ix_alert_seen_login_began_at", "login", "began_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    login: Mapped[str]
    ceiling: Mapped[Ceiling] = mapped_column(one_of(Ceiling, "ceiling"))
    began_at: Mapped[datetime]
    counted: Mapped[int] = mapped_column(BigInteger)
    most: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str]
    seen_by: Mapped[str]
    seen_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
