"""Charges (zaduženje): what a month costs one premises, line by line.

The one place where a quantity meets a price: the demo city, the next bill shown
beside a data change and the explanation of a bill all come through here.
Prices contain VAT, so VAT is taken out of the amount and never added to it.
Providers set the prices; nothing here knows one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from app.domain.charging import SharedUse, share
from app.domain.money import ZERO, included_vat, round_quantity, round_rsd
from app.domain.period import Period
from app.domain.premises import ChargingMethod, PremisesKind

INTEREST = "interest"
SUBSIDY = "subsidy"
ISSUER = "infostan"
"""Codes of the two lines the company itself puts on a bill, and of the company as their provider."""

ALL_YEAR = frozenset(range(1, 13))


class Basis(StrEnum):
    """What the quantity of a service is."""

    AREA = "area"
    HEATED_AREA = "heated_area"
    MEMBERS = "members"
    COLD_WATER = "cold_water"
    HOT_WATER = "hot_water"
    SEWAGE = "sewage"
    HEAT = "heat"
    SHARED_ELECTRICITY = "shared_electricity"
    FIXED = "fixed"
    PROVIDER = "provider"


SHARED_WITHOUT_METER = frozenset({Basis.COLD_WATER, Basis.HOT_WATER, Basis.SEWAGE, Basis.SHARED_ELECTRICITY})
"""Consumption that is shared out of the building's when the premises have no meter."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """The price of one service in one month, VAT included, and whom it concerns.

    ``season`` holds the months it is charged in: garages are heated in the
    heating season only, homes pay for heat all year.
    """

    service: str
    provider: str
    basis: Basis
    unit: str
    price: Decimal
    vat_percent: Decimal
    kinds: frozenset[PremisesKind] = frozenset(PremisesKind)
    season: frozenset[int] = ALL_YEAR


@dataclass(frozen=True, slots=True)
class ChargedPremises:
    """What is charged for: areas in m², members of the household, services connected."""

    kind: PremisesKind
    area: Decimal
    heated_area: Decimal
    members: int
    method: ChargingMethod
    services: frozenset[str]


@dataclass(frozen=True, slots=True)
class Usage:
    """What was consumed in the month.

    ``readings`` are of the premises' own meters (m³, kWh), ``shared`` of the
    building's, ``amounts`` are dinars a provider has calculated itself, by service.
    """

    readings: Mapping[Basis, Decimal] = field(default_factory=dict)
    shared: Mapping[Basis, SharedUse] = field(default_factory=dict)
    amounts: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of a bill; ``amount`` = ``base`` + ``vat`` = quantity x price in paras."""

    service: str
    provider: str
    quantity: Decimal
    unit: str
    price: Decimal
    base: Decimal
    vat_percent: Decimal
    vat: Decimal
    amount: Decimal
    is_seasonal: bool = False


def season_months(first: int, *, last: int) -> frozenset[int]:
    """List the months of a season that may run over the new year.

    >>> sorted(season_months(10, last=4))
    [1, 2, 3, 4, 10, 11, 12]
    """
    return frozenset((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))


def line(tariff: Tariff, *, quantity: Decimal, price: Decimal | None = None) -> Charge:
    """Compute one charge; ``price`` overrides the tariff's (a provider's own calculation)."""
    quantity = round_quantity(quantity)
    unit_price = tariff.price if price is None else price
    amount = round_rsd(quantity * unit_price)
    vat = included_vat(amount, percent=tariff.vat_percent)
    return Charge(
        service=tariff.service,
        provider=tariff.provider,
        quantity=quantity,
        unit=tariff.unit,
        price=unit_price,
        base=amount - vat,
        vat_percent=tariff.vat_percent,
        vat=vat,
        amount=amount,
        is_seasonal=tariff.season != ALL_YEAR,
    )


_QuantityOf = Callable[[ChargedPremises, Usage, str], Decimal]
_Priced = tuple[Tariff, _QuantityOf, dict[Decimal, Charge]]
_ONE = Decimal(1)


def _metered(basis: Basis) -> _QuantityOf:
    is_shared = basis in SHARED_WITHOUT_METER

    def quantity(premises: ChargedPremises, usage: Usage, _service: str) -> Decimal:
        reading = usage.readings.get(basis)
        if reading is not None:
            return reading
        use = usage.shared.get(basis) if is_shared else None
        if use is None:
            return ZERO
        return share(use, method=premises.method, area=premises.area, members=premises.members)

    return quantity


_QUANTITIES: dict[Basis, _QuantityOf] = {
    **{basis: _metered(basis) for basis in Basis},
    Basis.AREA: lambda premises, _usage, _service: premises.area,
    Basis.HEATED_AREA: lambda premises, _usage, _service: premises.heated_area,
    Basis.MEMBERS: lambda premises, _usage, _service: Decimal(premises.members),
    Basis.FIXED: lambda _premises, _usage, _service: _ONE,
    Basis.PROVIDER: lambda _premises, usage, service: usage.amounts.get(service, ZERO),
}


class PriceList:
    """The tariffs of one month, in the order of the bill.

    Equal quantities at one price give the very same line, computed once: a city
    has a few thousand different areas and readings, and millions of lines.
    """

    _MOST_LINES = 50_000

    def __init__(self, tariffs: Iterable[Tariff], *, period: Period) -> None:
        self.period = period
        self._in_season = tuple(tariff for tariff in tariffs if period.month in tariff.season)
        self._applicable: dict[tuple[PremisesKind, frozenset[str]], tuple[_Priced, ...]] = {}
        self._lines: dict[Tariff, dict[Decimal, Charge]] = {tariff: {} for tariff in self._in_season}

    def charge(self, premises: ChargedPremises, *, usage: Usage) -> tuple[Charge, ...]:
        """Return the lines of the month; services of which nothing was used have none."""
        lines = []
        for tariff, quantity_of, computed in self._tariffs_for(premises):
            quantity = quantity_of(premises, usage, tariff.service)
            if not quantity:
                continue
            charge = computed.get(quantity)
            if charge is None:
                charge = self._compute(tariff, quantity)
            lines.append(charge)
        return tuple(lines)

    def _compute(self, tariff: Tariff, quantity: Decimal) -> Charge:
        is_calculated = tariff.basis is Basis.PROVIDER
        charge = (
            line(tariff, quantity=_ONE, price=quantity) if is_calculated else line(tariff, quantity=quantity)
        )
        computed = self._lines[tariff]
        if len(computed) >= self._MOST_LINES:
            computed.clear()
        computed[quantity] = charge
        return charge

    def _tariffs_for(self, premises: ChargedPremises) -> tuple[_Priced, ...]:
        key = (premises.kind, premises.services)
        found = self._applicable.get(key)
        if found is None:
            found = tuple(
                (tariff, _QUANTITIES[tariff.basis], self._lines[tariff])
                for tariff in self._in_season
                if premises.kind in tariff.kinds and tariff.service in premises.services
            )
            self._applicable[key] = found
        return found


def total(charges: Iterable[Charge]) -> Decimal:
    """Add up amounts of lines."""
    return sum((charge.amount for charge in charges), ZERO)


@dataclass(frozen=True, slots=True)
class VatSum:
    """What a bill contains at one rate of VAT."""

    percent: Decimal
    base: Decimal
    vat: Decimal
    amount: Decimal


def vat_by_rate(charges: Iterable[Charge]) -> tuple[VatSum, ...]:
    """Sum up lines by rate of VAT, the highest rate first (rekapitulacija PDV)."""
    sums: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for charge in charges:
        base, vat = sums.get(charge.vat_percent, (ZERO, ZERO))
        sums[charge.vat_percent] = (base + charge.base, vat + charge.vat)
    return tuple(
        VatSum(percent, base, vat, base + vat) for percent, (base, vat) in sorted(sums.items(), reverse=True)
    )


def by_provider(charges: Iterable[Charge]) -> dict[str, Decimal]:
    """Sum up lines by provider, in the order providers first appear on the bill."""
    sums: dict[str, Decimal] = {}
    for charge in charges:
        sums[charge.provider] = sums.get(charge.provider, ZERO) + charge.amount
    return sums
