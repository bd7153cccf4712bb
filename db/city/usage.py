"""What is consumed: water with the season and the household, now and then a leak, heat, shared use."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from app.domain.charges import Basis, Usage
from app.domain.charging import SharedUse
from app.domain.premises import PremisesKind
from db.city.households import Household
from db.city.places import PROFILES
from db.city.tariffs import Month

_WHOLE = tuple(Decimal(number) for number in range(400))
"""Cubic meters as meters are read: whole ones."""

_HEATING_MONTHS = frozenset({1, 2, 3, 10, 11, 12})
_NO_AMOUNTS: Mapping[str, Decimal] = {}


@dataclass(frozen=True, slots=True)
class _BuildingMonth:
    """Shared use of one kind of building in one month."""

    unmetered: Mapping[Basis, SharedUse]
    metered: Mapping[Basis, SharedUse]


class BuildingUse:
    """Consumption of buildings by profile and month; premises without a meter share in it."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, bool], Mapping[Basis, SharedUse]] = {}

    def of(self, profile: int, month: Month, *, is_metered: bool) -> Mapping[Basis, SharedUse]:
        """Return what is shared out in a building of a profile."""
        key = (profile, month.ggmm, is_metered)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._make(profile, month, is_metered)
        return found

    def _make(self, profile: int, month: Month, is_metered: bool) -> Mapping[Basis, SharedUse]:  # noqa: FBT001
        swing = Decimal(90 + (profile * 7 + month.ggmm * 3) % 21) / 100
        season = Decimal(str(month.season))
        scale = Decimal(PROFILES + profile) / PROFILES * swing

        def use(area: str, member: str, by: Decimal) -> SharedUse:
            return SharedUse(
                (Decimal(area) * by * scale).quantize(Decimal("0.001")),
                (Decimal(member) * by * scale).quantize(Decimal("0.01")),
            )

        electricity = {Basis.SHARED_ELECTRICITY: use("0.110", "2.40", 1 / season)}
        if is_metered:
            return electricity
        return {
            Basis.COLD_WATER: use("0.082", "1.90", Decimal(1)),
            Basis.HOT_WATER: use("0.034", "0.85", season),
            Basis.SEWAGE: use("0.116", "2.75", Decimal(1)),
            **electricity,
        }


class Meters:
    """The meters of one household, and what its provider of housing asks."""

    def __init__(self, household: Household, *, dice: Random, building_use: BuildingUse) -> None:
        self._dice = dice
        self._building_use = building_use
        self._profile = household.premises.building.profile
        self._is_metered = household.is_metered
        self._is_home = household.premises.kind in (PremisesKind.FLAT, PremisesKind.HOUSE)
        self._thirst = 1.6 + 2.6 * dice.random()
        self._warmth = 0.35 + 0.5 * dice.random()
        self._garden = 1 + dice.random() * 1.2 if household.premises.kind is PremisesKind.HOUSE else 1.0
        self._heated_area = float(household.premises.heated_area)
        self._rent = household.rent
        self._leak_left = 0

    def usage(self, month: Month, *, members: int, services: frozenset[str]) -> Usage:
        """Read the meters of a month."""
        shared = self._building_use.of(self._profile, month, is_metered=self._is_metered)
        readings: dict[Basis, Decimal] = {}
        if self._is_metered and self._is_home:
            cold = members * self._thirst * (0.8 + 0.4 * self._dice.random())
            if self._garden > 1 and 5 <= month.period.month <= 9:
                cold *= self._garden
            if self._leaks():
                cold *= 4
            readings[Basis.COLD_WATER] = whole = _whole(cold)
            if "hot_water" in services:
                hot = _whole(members * self._warmth * month.season * (0.8 + 0.4 * self._dice.random()))
                readings[Basis.HOT_WATER] = hot
                whole += hot
            readings[Basis.SEWAGE] = whole
        if "heating_consumption" in services:
            demand = 16.0 if month.period.month in _HEATING_MONTHS else 0.0
            kwh = self._heated_area * demand * (0.8 + 0.4 * self._dice.random())
            readings[Basis.HEAT] = Decimal(int(kwh))
        amounts = _NO_AMOUNTS
        if "rent_flat" in services:
            amounts = {"rent_flat": self._rent}
        elif "rent_garage" in services:
            amounts = {"rent_garage": self._rent}
        return Usage(readings, shared, amounts)

    def _leaks(self) -> bool:
        """Now and then a cistern runs for a month or two before anybody looks at the bill."""
        if self._leak_left:
            self._leak_left -= 1
            return True
        if self._dice.random() < 0.004:
            self._leak_left = self._dice.randrange(2)
            return True
        return False


def _whole(cubic_meters: float) -> Decimal:
    return _WHOLE[min(int(cubic_meters + 0.5), len(_WHOLE) - 1)]
