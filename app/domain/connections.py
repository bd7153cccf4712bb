"""Which services premises are connected to: by their flags, their kind, and what was on their bills.

The database keeps flags for heating, hot water, waste and rent only.  What else
is connected (a sewer, a heat meter, a small shop's waste group) shows on the
bills; premises that were never billed under their kind get what is usual for it.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.domain.charges import ALL_YEAR, INTEREST, SUBSIDY, Basis, ChargedPremises, Tariff
from app.domain.premises import ChargingMethod, PremisesKind

_OF_HEATING = frozenset({Basis.HEATED_AREA, Basis.HEAT})
_MEASURED = frozenset({Basis.HEAT, Basis.COLD_WATER, Basis.HOT_WATER, Basis.SEWAGE, Basis.SHARED_ELECTRICITY})
_WASTE, _LANDFILL, _RENT, _MAINTENANCE, _ELEVATOR = "waste", "landfill", "rent", "maintenance", "elevator"
"""How the codes of a family of services begin, and what the one with an elevator has in it."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What premises are charged by in a month: a state of theirs, and what their building has."""

    kind: PremisesKind
    area: Decimal
    heated_area: Decimal
    members: int
    method: ChargingMethod
    is_water_metered: bool
    has_hot_water: bool
    has_waste: bool
    is_rented: bool
    has_elevator: bool

    @property
    def shares_by_members(self) -> bool:
        """Tell whether shared consumption falls to it by members: nobody lives in a garage or a shop."""
        return self.method is ChargingMethod.MEMBERS and self.kind in HOMES

    def charged_for(self, services: frozenset[str]) -> ChargedPremises:
        """Return what the charge engine asks for."""
        method = ChargingMethod.MEMBERS if self.shares_by_members else ChargingMethod.AREA
        return ChargedPremises(self.kind, self.area, self.heated_area, self.members, method, services)


HOMES = frozenset({PremisesKind.FLAT, PremisesKind.HOUSE})


def connected_services(
    attributes: Attributes,
    *,
    tariffs: Iterable[Tariff],
    billed_kind: PremisesKind | None,
    latest: Collection[str],
    earlier: Collection[str],
) -> frozenset[str]:
    """List the codes of the services that will be charged.

    ``latest`` are the services on the latest bill, ``earlier`` those of the year
    before it, which tell of what is seasonal or measured; ``billed_kind`` is the
    kind of premises they were charged for, None if never.
    """
    applicable = [
        one for one in tariffs if attributes.kind in one.kinds and one.service not in (SUBSIDY, INTEREST)
    ]
    if billed_kind is attributes.kind:
        found = {one.service for one in applicable if _was_billed(one, latest, earlier)}
    else:
        found = {one.service for one in applicable if one.service in latest and not _has_alternatives(one)}
        found |= _usual(applicable, attributes, besides=frozenset(latest))
    connected = [one for one in applicable if one.service in found and _is_allowed(one, attributes)]
    for is_of_family, is_wanted in _families(attributes):
        if is_wanted and not any(is_of_family(one) for one in connected):
            connected += [one for one in applicable if is_of_family(one)][:1]
    return frozenset(one.service for one in connected)


def _was_billed(one: Tariff, latest: Collection[str], earlier: Collection[str]) -> bool:
    may_rest = one.season != ALL_YEAR or one.basis in _MEASURED
    return one.service in latest or (may_rest and one.service in earlier)


def _usual(applicable: list[Tariff], attributes: Attributes, *, besides: frozenset[str]) -> set[str]:
    """List what premises of the kind usually have, leaving a choice to the flags and to ``besides``."""
    usual = {one.service for one in applicable if not _has_alternatives(one)}
    cared_for = [one for one in applicable if one.service.startswith(_MAINTENANCE)]
    kept = [one for one in cared_for if one.service in besides]
    wanted = [one for one in cared_for if (_ELEVATOR in one.service) is attributes.has_elevator]
    return usual | {one.service for one in (kept or wanted)[:1]}


def _has_alternatives(one: Tariff) -> bool:
    return one.basis in _OF_HEATING or one.service.startswith((_WASTE, _RENT, _MAINTENANCE))


def _is_allowed(one: Tariff, attributes: Attributes) -> bool:
    if one.basis in _OF_HEATING:
        return bool(attributes.heated_area)
    if one.basis is Basis.HOT_WATER:
        return attributes.has_hot_water
    if one.service.startswith((_WASTE, _LANDFILL)):
        return attributes.has_waste
    if one.service.startswith(_RENT):
        return attributes.is_rented
    return True


def _families(attributes: Attributes) -> tuple[tuple[Callable[[Tariff], bool], bool], ...]:
    """Name the families of which one service at least is charged where the flag is set."""
    return (
        (lambda one: one.basis in _OF_HEATING, bool(attributes.heated_area)),
        (lambda one: one.basis is Basis.HOT_WATER, attributes.has_hot_water),
        (lambda one: one.service.startswith(_WASTE), attributes.has_waste),
        (lambda one: one.service.startswith(_LANDFILL), attributes.has_waste),
        (lambda one: one.service.startswith(_RENT), attributes.is_rented),
    )
