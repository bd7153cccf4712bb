"""Premises of one account: where they are, and what they were charged by through time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from db.models.premises import PremisesState

_PLACE = text("""
SELECT a.opened_on, a.closed_on, a.delivery_name, a.delivery_address, a.version,
       u.name AS street, g.house_number, p.entrance, p.floor, p.door,
       n.name AS settlement, n.postcode, m.name AS municipality,
       g.has_district_heating, g.has_assembly, g.has_elevator
FROM account a
JOIN premises p ON p.ident = a.ident
JOIN building g ON g.id = p.building_id
JOIN street u ON u.id = g.street_id
JOIN settlement n ON n.id = u.settlement_id
JOIN municipality m ON m.id = n.municipality_id
WHERE a.ident = :ident
""")


def place(session: Session, *, ident: int) -> Row[Any] | None:
    """Return where the premises are and where their bills go."""
    return session.execute(_PLACE, {"ident": ident}).one_or_none()


def states(session: Session, *, ident: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the attributes charges were computed from, the latest first."""
    own = (
        select(
            PremisesState.valid_from,
            PremisesState.valid_to,
            PremisesState.kind,
            PremisesState.area,
            PremisesState.heated_area,
            PremisesState.members,
            PremisesState.charging_method,
            PremisesState.is_water_metered,
            PremisesState.has_hot_water,
            PremisesState.has_waste,
            PremisesState.is_rented_from_city,
            PremisesState.reason,
            PremisesState.version,
        )
        .where(PremisesState.ident == ident)
        .order_by(PremisesState.valid_from.desc())
    )
    return session.execute(own).all()
