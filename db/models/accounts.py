"""The account (korisnički račun), known by its ident: seven digits without a meaning."""

from datetime import date

from sqlalchemy import CheckConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.columns import Base


class Account(Base):
    """One consolidated bill a month goes to one account."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("ident BETWEEN 1 AND 9999999", name="ident"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="closed_after_opened"),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    delivery_name: Mapped[str] = mapped_column(server_default="")
    delivery_address: Mapped[str] = mapped_column(server_default="")
    version: Mapped[int] = mapped_column(server_default=text("1"))
