"""The premises (prostor) an account is charged for, and what they were from when to when."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.premises import ChargingMethod, PremisesKind
from db.models.columns import Base, forward_in_time, no_overlap, one_of

AREA = Numeric(9, 2)


class Premises(Base):
    """Where the premises of an account are; a flat does not move."""

    __tablename__ = "premises"

    ident: Mapped[int] = mapped_column(ForeignKey("account.ident"), primary_key=True, autoincrement=False)
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"), index=True)
    entrance: Mapped[str] = mapped_column(server_default="")
    floor: Mapped[str] = mapped_column(server_default="")
    door: Mapped[str] = mapped_column(server_default="")


class PremisesState(Base):
    """The attributes charges are computed from, valid in [valid_from, valid_to).

    Areas in square meters; a service is charged only where its flag is set.
    """

    __tablename__ = "premises_state"
    __table_args__ = (
        no_overlap("ex_premises_state_validity", "ident"),
        forward_in_time(),
        CheckConstraint("area BETWEEN 0 AND 1000000 AND heated_area BETWEEN 0 AND area", name="area"),
        CheckConstraint("members BETWEEN 0 AND 99", name="members"),
    )

    ident: Mapped[int] = mapped_column(ForeignKey("account.ident"), primary_key=True, autoincrement=False)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    kind: Mapped[PremisesKind] = mapped_column(one_of(PremisesKind, "kind"))
    area: Mapped[Decimal] = mapped_column(AREA)
    heated_area: Mapped[Decimal] = mapped_column(AREA)
    members: Mapped[int] = mapped_column(SmallInteger)
    charging_method: Mapped[ChargingMethod] = mapped_column(one_of(ChargingMethod, "charging_method"))
    is_water_metered: Mapped[bool]
    has_hot_water: Mapped[bool]
    has_waste: Mapped[bool]
    is_rented_from_city: Mapped[bool]
    reason: Mapped[str] = mapped_column(server_default="")
    version: Mapped[int] = mapped_column(server_default=text("1"))
