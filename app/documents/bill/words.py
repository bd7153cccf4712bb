"""What a bill says in words of its own: of the premises, of what the building has, of whom to ask."""

from decimal import Decimal

from app.documents.bill.copy import Fact, PremisesFacts
from app.domain.premises import ChargingMethod, PremisesKind

KINDS = {
    PremisesKind.FLAT: ("stan", "stanovanje"),
    PremisesKind.HOUSE: ("kuća", "stanovanje"),
    PremisesKind.GARAGE: ("garaža", "garažiranje"),
    PremisesKind.BUSINESS: ("lokal", "poslovni prostor"),
}
"""What the premises are, and what they serve for."""
METHODS = {ChargingMethod.AREA: "po površini", ChargingMethod.MEMBERS: "po broju članova"}


def premises_facts(
    kind: PremisesKind,
    *,
    area: Decimal | None,
    heated_area: Decimal | None,
    members: int | None,
    method: ChargingMethod,
) -> PremisesFacts:
    """Say what was charged for, as it was charged."""
    what, purpose = KINDS[kind]
    return PremisesFacts(what, purpose, area, heated_area, members, METHODS[method])


def elements(
    *, is_heated: bool, is_water_metered: bool, has_hot_water: bool, has_elevator: bool
) -> tuple[Fact, ...]:
    """Say what the premises are connected to."""
    return (
        Fact("Grejanje", "daljinsko" if is_heated else "nije priključeno"),
        Fact("Vodomer", "sopstveni" if is_water_metered else "zajednički"),
        Fact("Topla voda", "centralna" if has_hot_water else "nema"),
        Fact("Lift", "da" if has_elevator else "ne"),
    )


def support(*, phone: str, free_phone: str, email: str) -> tuple[Fact, ...]:
    """Say where questions are answered."""
    return (
        Fact("Servisni centar", f"{phone}, {free_phone}"),
        Fact("Pitanja i reklamacije", f"na svakoj ekspozituri, telefonom ili na {email}"),
    )
