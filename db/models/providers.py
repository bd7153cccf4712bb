"""Providers (davaoci usluga), their services, and dated prices and VAT rates.

The company only bills: providers set the prices and the City approves them.
"""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, SmallInteger, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from db.models.columns import PERCENT, Base, forward_in_time, no_overlap

PRICE = Numeric(14, 4)


class Provider(Base):
    """Who renders a service and decides complaints about its quantity."""

    __tablename__ = "provider"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    code: Mapped[str]
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(server_default="")


class Service(Base):
    """A line on the bill: on what basis it is charged, for whom, and in which months.

    ``basis`` is a value of ``app.domain.charges.Basis``; the season, where there
    is one, is the pair of months it begins and ends with (October 10 to April 4).
    """

    __tablename__ = "service"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("season_from BETWEEN 1 AND 12 AND season_to BETWEEN 1 AND 12", name="season"),
        CheckConstraint("(season_from IS NULL) = (season_to IS NULL)", name="season_whole"),
    )

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    code: Mapped[str]
    provider_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("provider.id"))
    name: Mapped[str]
    unit: Mapped[str]
    basis: Mapped[str]
    premises_kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))
    season_from: Mapped[int | None] = mapped_column(SmallInteger)
    season_to: Mapped[int | None] = mapped_column(SmallInteger)
    position: Mapped[int] = mapped_column(SmallInteger)


class Price(Base):
    """Dinars for one unit, VAT included, in [valid_from, valid_to)."""

    __tablename__ = "price"
    __table_args__ = (
        no_overlap("ex_price_validity", "service_id"),
        forward_in_time(),
        CheckConstraint("amount >= 0", name="amount"),
    )

    service_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("service.id"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    amount: Mapped[Decimal] = mapped_column(PRICE)
    is_unconfirmed: Mapped[bool]


class VatRate(Base):
    """Percent of VAT on a service in [valid_from, valid_to)."""

    __tablename__ = "vat_rate"
    __table_args__ = (
        no_overlap("ex_vat_rate_validity", "service_id"),
        forward_in_time(),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
    )

    service_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("service.id"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    percent: Mapped[Decimal] = mapped_column(PERCENT)
