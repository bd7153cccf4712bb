"""How a building's common consumption is shared among its premises.

What only the building's meter knows (water, hot water, shared electricity) is
divided by floor area until the assembly of the housing community decides to
divide it by members of households; the decision holds for the whole building.
"""

from dataclasses import dataclass
from decimal import Decimal

from app.domain.money import round_quantity
from app.domain.premises import ChargingMethod

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class SharedUse:
    """A building's consumption of one month for one square meter, and for one member.

    Only the one that the building's charging method asks for need be given.
    """

    per_area: Decimal = _NOTHING
    per_member: Decimal = _NOTHING


def shared_use(consumed: Decimal, *, area: Decimal, members: int) -> SharedUse:
    """Divide a building's consumption by its whole area and by all its members.

    A building without area or without members shares out nothing that way.
    """
    return SharedUse(
        per_area=consumed / area if area else _NOTHING,
        per_member=consumed / members if members else _NOTHING,
    )


def share(use: SharedUse, *, method: ChargingMethod, area: Decimal, members: int) -> Decimal:
    """Return what falls to one premises, in units of the meter with three decimals."""
    if method is ChargingMethod.MEMBERS:
        return round_quantity(use.per_member * members)
    return round_quantity(use.per_area * area)
