"""Where they live: real streets of Belgrade, invented buildings, flats, houses, garages and shops."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import accumulate
from random import Random

from app.domain.premises import ChargingMethod, PremisesKind

PROFILES = 6
"""Kinds of buildings by how much water and electricity is used in them in common."""

_LETTERS = ("", "", "", "", "", "a", "b", "v", "g")
_ROMAN = (
    "prizemlje",
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
)


@dataclass(frozen=True, slots=True)
class Street:
    """A street by its key in the database."""

    id: int
    settlement: str
    name: str
    is_urban: bool


@dataclass(frozen=True, slots=True)
class Building:
    """A house number with what its premises have in common."""

    id: int
    street: Street
    house_number: str
    has_district_heating: bool
    has_assembly: bool
    has_elevator: bool
    has_heat_meter: bool
    method: ChargingMethod
    profile: int


@dataclass(frozen=True, slots=True)
class Premises:
    """One account's premises within a building."""

    building: Building
    kind: PremisesKind
    entrance: str
    floor: str
    door: str
    area: Decimal
    heated_area: Decimal


@dataclass(frozen=True, slots=True)
class Streets:
    """All streets, and how the city spreads over them."""

    all: tuple[Street, ...]
    weights: tuple[float, ...]

    def choose(self, dice: Random) -> Street:
        return dice.choices(self.all, cum_weights=self.weights)[0]


@cache
def streets() -> Streets:
    book = tomllib.loads((resources.files("db.city") / "streets.toml").read_text(encoding="utf-8"))
    found: list[Street] = []
    weights: list[float] = []
    for entry in book["settlement"]:
        listed = [name.strip() for name in entry["streets"].replace("\n", "|").split("|") if name.strip()]
        for name in listed:
            found.append(Street(len(found) + 1, entry["name"], name, entry.get("heated", False)))
            weights.append(entry["weight"] / len(listed))
    return Streets(tuple(found), tuple(accumulate(weights)))


class Builder:
    """Puts up buildings one after another; their keys count up from ``first_id``."""

    def __init__(self, dice: Random, *, first_id: int) -> None:
        self._dice = dice
        self._next_id = first_id
        self._taken: set[tuple[int, str]] = set()
        self._latest: Building | None = None

    @property
    def latest(self) -> Building:
        """The building put up last."""
        if self._latest is None:
            raise LookupError("nothing is built yet")
        return self._latest

    def reserve(self, building: Building) -> None:
        """Keep a house number for a building put up by hand."""
        self._taken.add((building.street.id, building.house_number))

    def premises(self, *, at_most: int) -> list[Premises]:
        """Put up one more building and return its premises, the first ``at_most`` of them."""
        street = streets().choose(self._dice)
        is_house = self._dice.random() < (0.86 if street.is_urban else 0.985)
        return (self._house(street) if is_house else self._block(street))[:at_most]

    def building(self, street: Street, *, floors: int, is_house: bool) -> Building:
        """Put up a building at a free number of a street."""
        dice = self._dice
        is_heated = street.is_urban and not is_house and dice.random() < 0.82
        has_assembly = not is_house and dice.random() < 0.75
        by_members = has_assembly and dice.random() < 0.4
        building = Building(
            self._next_id,
            street,
            self._free_number(street),
            has_district_heating=is_heated,
            has_assembly=has_assembly,
            has_elevator=floors > 4,
            has_heat_meter=is_heated and dice.random() < 0.06,
            method=ChargingMethod.MEMBERS if by_members else ChargingMethod.AREA,
            profile=dice.randrange(PROFILES),
        )
        self._next_id += 1
        self._latest = building
        return building

    def _free_number(self, street: Street) -> str:
        for spread in (60, 120, 240, 480, 960):
            number = f"{self._dice.randint(1, spread)}{self._dice.choice(_LETTERS)}"
            if (street.id, number) not in self._taken:
                self._taken.add((street.id, number))
                return number
        return f"bb-{self._next_id}"  # without a number: "bb" is how such a house is written

    def _house(self, street: Street) -> list[Premises]:
        dice = self._dice
        building = self.building(street, floors=1, is_house=True)
        area = Decimal(dice.randint(45, 260))
        return [Premises(building, PremisesKind.HOUSE, "", "", "", area, Decimal(0))]

    def _block(self, street: Street) -> list[Premises]:
        dice = self._dice
        floors = dice.choice((2, 3, 4, 4, 5, 5, 6, 7, 8, 10, 14) if street.is_urban else (1, 2, 3, 4))
        building = self.building(street, floors=floors, is_house=False)
        entrances = dice.choice((1, 1, 1, 2, 3))
        found = []
        for entrance in range(1, entrances + 1):
            door = 0
            for floor in range(floors + 1):
                for _ in range(dice.choice((2, 2, 3, 3, 4))):
                    door += 1
                    found.append(
                        self._unit(building, str(entrance) if entrances > 1 else "", floor, str(door))
                    )
        garages = dice.randint(3, 14) if dice.random() < 0.22 else 0
        found += [self._garage(building, number + 1) for number in range(garages)]
        return found

    def _unit(self, building: Building, entrance: str, floor: int, door: str) -> Premises:
        dice = self._dice
        is_shop = floor == 0 and dice.random() < 0.5
        if is_shop:
            area = Decimal(dice.randint(12, 160))
            return Premises(building, PremisesKind.BUSINESS, entrance, _ROMAN[0], door, area, Decimal(0))
        area = Decimal(dice.randint(22, 92))
        heated = Decimal(0)
        if building.has_district_heating:
            heated = area - dice.choice((0, 0, 0, 2, 3, 5))
        return Premises(building, PremisesKind.FLAT, entrance, _ROMAN[floor], door, area, heated)

    def _garage(self, building: Building, number: int) -> Premises:
        area = Decimal(self._dice.randint(24, 40)) / 2
        is_heated = building.has_district_heating and self._dice.random() < 0.5
        heated = area if is_heated else Decimal(0)
        return Premises(building, PremisesKind.GARAGE, "", "suteren", f"G{number}", area, heated)
