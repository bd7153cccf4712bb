"""The people who serve: each is a PostgreSQL role of the same name as ``login``.

The row adds what PostgreSQL does not keep of a role.  What a person may do is
decided by membership in a ``desk_*`` role, never by a column here.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from db.models.columns import Base


class Staff(Base):
    """A member of staff."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("role IN ('desk_agent', 'desk_clerk', 'desk_supervisor', 'desk_admin')", name="role"),
    )

    login: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    role: Mapped[str]
    branch_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("branch.id"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Preference(Base):
    """How one person likes the window; follows the person to any workstation."""

    __tablename__ = "preference"
    __table_args__ = (
        CheckConstraint("length(name) <= 200 AND octet_length(value::text) <= 65536", name="volume"),
    )

    login: Mapped[str] = mapped_column(primary_key=True, server_default=text("session_user"))
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
