"""The premises of an account: where they are, and what they were charged by, from when to when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app.domain.premises import ChargingMethod, PremisesKind
from db.queries import premises as queries


@dataclass(frozen=True, slots=True)
class PremisesPlace:
    """Where premises are, what their building has, and where bills go when that is elsewhere."""

    street: str
    house_number: str
    entrance: str
    floor: str
    door: str
    settlement: str
    postcode: str
    municipality: str
    has_district_heating: bool
    has_assembly: bool
    has_elevator: bool
    opened_on: date
    closed_on: date | None
    delivery_name: str
    delivery_address: str
    account_version: int


@dataclass(frozen=True, slots=True)
class PremisesState:
    """What charges are computed from in [valid_from, valid_to); areas in square meters."""

    valid_from: date
    valid_to: date | None
    kind: PremisesKind
    area: Decimal
    heated_area: Decimal
    members: int
    charging_method: ChargingMethod
    is_water_metered: bool
    has_hot_water: bool
    has_waste: bool
    is_rented_from_city: bool
    reason: str
    version: int


def place_of(session: Session, *, ident: int) -> PremisesPlace | None:
    """Return where the premises are, or None where the account may not be read."""
    row = queries.place(session, ident=ident)
    if row is None:
        return None
    return PremisesPlace(
        street=row.street,
        house_number=row.house_number,
        entrance=row.entrance,
        floor=row.floor,
        door=row.door,
        settlement=row.settlement,
        postcode=row.postcode,
        municipality=row.municipality,
        has_district_heating=row.has_district_heating,
        has_assembly=row.has_assembly,
        has_elevator=row.has_elevator,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        delivery_name=row.delivery_name,
        delivery_address=row.delivery_address,
        account_version=row.version,
    )


def premises_of(session: Session, *, ident: int) -> tuple[PremisesState, ...]:
    """Return what the premises were charged by, the latest first."""
    return tuple(PremisesState(*row) for row in queries.states(session, ident=ident))
