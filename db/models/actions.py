"""Completed actions: what makes sending an action twice do it once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from db.models.columns import Base


class CompletedAction(Base):
    """The client's key of an action and its result, committed together with what it did."""

    __tablename__ = "completed_action"
    __table_args__ = (
        CheckConstraint("length(kind) <= 200 AND octet_length(result::text) <= 65536", name="volume"),
    )

    key: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    login: Mapped[str] = mapped_column(server_default=text("session_user"))
    done_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp(), index=True)
    kind: Mapped[str]
    result: Mapped[Any | None] = mapped_column(JSONB)
