"""Where premises stand: municipality, settlement, street, building.

Names are stored once, in Serbian Latin; Cyrillic is made from them.
"""

from sqlalchemy import ForeignKey, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.columns import Base


class Municipality(Base):
    """One of the city's seventeen municipalities (opština)."""

    __tablename__ = "municipality"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    name: Mapped[str]


class Settlement(Base):
    """A postal settlement (naselje) of a municipality."""

    __tablename__ = "settlement"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    municipality_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("municipality.id"))
    name: Mapped[str]
    postcode: Mapped[str]


class Street(Base):
    """A street within a settlement."""

    __tablename__ = "street"
    __table_args__ = (UniqueConstraint("settlement_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    settlement_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("settlement.id"))
    name: Mapped[str]


class Building(Base):
    """A house number: what its premises share (district heating, meters, an assembly of owners)."""

    __tablename__ = "building"
    __table_args__ = (UniqueConstraint("street_id", "house_number"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    street_id: Mapped[int] = mapped_column(ForeignKey("street.id"))
    house_number: Mapped[str]
    has_district_heating: Mapped[bool]
    has_assembly: Mapped[bool]
    has_elevator: Mapped[bool]
