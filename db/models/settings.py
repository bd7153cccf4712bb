"""What the trade changes by decision, not by release: dated settings and the statutory rate."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from db.models.columns import PERCENT, Base


class Setting(Base):
    """A value in force from a day on; ``is_unconfirmed`` says that nobody vouched for it yet."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    is_unconfirmed: Mapped[bool]
    note: Mapped[str] = mapped_column(server_default="")


class StatutoryRate(Base):
    """The statutory default interest, percent a year, from its first day (reference rate + 8)."""

    __tablename__ = "statutory_rate"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),)

    valid_from: Mapped[date] = mapped_column(primary_key=True)
    percent: Mapped[Decimal] = mapped_column(PERCENT)
    is_unconfirmed: Mapped[bool] = mapped_column(server_default=text("false"))
