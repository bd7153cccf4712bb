"""The charge engine: every basis, every rule of whom and when, exact to the para."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.charges import (
    Basis,
    ChargedPremises,
    PriceList,
    Tariff,
    Usage,
    by_provider,
    line,
    season_months,
    total,
    vat_by_rate,
)
from app.domain.charging import SharedUse
from app.domain.period import Period
from app.domain.premises import ChargingMethod, PremisesKind

JUNE, JANUARY = Period(2026, 6), Period(2026, 1)
HEATING_SEASON = season_months(10, last=4)


def tariff(service: str, basis: Basis, *, price: str, vat: int = 10, **others: object) -> Tariff:
    return Tariff(service, "provider", basis, "unit", Decimal(price), Decimal(vat), **others)  # type: ignore[arg-type]


HEAT = tariff("heat", Basis.HEATED_AREA, price="132.80", kinds=frozenset({PremisesKind.FLAT}))
GARAGE_HEAT = tariff(
    "garage_heat",
    Basis.HEATED_AREA,
    price="60.00",
    kinds=frozenset({PremisesKind.GARAGE}),
    season=HEATING_SEASON,
)
WASTE = tariff("waste", Basis.AREA, price="5.61")
WATER = tariff("water", Basis.COLD_WATER, price="59.46")
READINESS = tariff("readiness", Basis.FIXED, price="130.68")
CLEANING = tariff("cleaning", Basis.MEMBERS, price="70.00", vat=20)
RENT = tariff("rent", Basis.PROVIDER, price="0", vat=0)
ALL = [HEAT, GARAGE_HEAT, WASTE, WATER, READINESS, CLEANING, RENT]

FLAT = ChargedPremises(
    kind=PremisesKind.FLAT,
    area=Decimal("54.00"),
    heated_area=Decimal("54.00"),
    members=3,
    method=ChargingMethod.AREA,
    services=frozenset(one.service for one in ALL),
)
NOTHING_USED = Usage()


def amounts(premises: ChargedPremises, *, period: Period, usage: Usage) -> dict[str, Decimal]:
    charges = PriceList(ALL, period=period).charge(premises, usage=usage)
    return {charge.service: charge.amount for charge in charges}


def test_a_flat_is_charged_by_area_by_members_and_by_the_piece():
    assert amounts(FLAT, period=JUNE, usage=NOTHING_USED) == {
        "heat": Decimal("7171.20"),
        "waste": Decimal("302.94"),
        "readiness": Decimal("130.68"),
        "cleaning": Decimal("210.00"),
    }


def test_vat_is_inside_the_amount():
    heat = line(HEAT, quantity=Decimal("54.00"))
    assert (heat.base, heat.vat, heat.amount) == (Decimal("6519.27"), Decimal("651.93"), Decimal("7171.20"))


def test_a_garage_is_heated_in_the_season_only():
    garage = replace(FLAT, kind=PremisesKind.GARAGE, area=Decimal(15), heated_area=Decimal(15))
    assert amounts(garage, period=JANUARY, usage=NOTHING_USED)["garage_heat"] == Decimal("900.00")
    assert "garage_heat" not in amounts(garage, period=JUNE, usage=NOTHING_USED)
    [heat] = [
        charge
        for charge in PriceList(ALL, period=JANUARY).charge(garage, usage=NOTHING_USED)
        if charge.service == "garage_heat"
    ]
    assert heat.is_seasonal


@pytest.mark.parametrize(
    ("first", "last", "months"), [(10, 4, {10, 11, 12, 1, 2, 3, 4}), (3, 5, {3, 4, 5}), (6, 6, {6})]
)
def test_a_season_may_run_over_the_new_year(first, last, months):
    assert season_months(first, last=last) == months


def test_a_meter_of_ones_own_goes_before_the_share_of_the_building():
    shared = {Basis.COLD_WATER: SharedUse(per_area=Decimal("0.1"), per_member=Decimal(4))}
    own = Usage(readings={Basis.COLD_WATER: Decimal("7.5")}, shared=shared)
    assert amounts(FLAT, period=JUNE, usage=own)["water"] == Decimal("445.95")
    assert amounts(FLAT, period=JUNE, usage=Usage(shared=shared))["water"] == Decimal("321.08")


def test_another_charging_method_changes_only_what_is_shared():
    shared = Usage(shared={Basis.COLD_WATER: SharedUse(per_area=Decimal("0.1"), per_member=Decimal(4))})
    by_area = amounts(FLAT, period=JUNE, usage=shared)
    by_members = amounts(replace(FLAT, method=ChargingMethod.MEMBERS), period=JUNE, usage=shared)
    assert by_members["water"] == Decimal("713.52")
    assert {service for service in by_area if by_area[service] != by_members[service]} == {"water"}


def test_a_meter_that_stood_still_makes_no_line():
    stood_still = Usage(
        readings={Basis.COLD_WATER: Decimal(0)}, shared={Basis.COLD_WATER: SharedUse(per_area=Decimal(1))}
    )
    assert "water" not in amounts(FLAT, period=JUNE, usage=stood_still)


def test_a_provider_may_calculate_the_amount_itself():
    usage = Usage(amounts={"rent": Decimal("1234.56")})
    [rent] = [
        charge for charge in PriceList(ALL, period=JUNE).charge(FLAT, usage=usage) if charge.service == "rent"
    ]
    assert (rent.quantity, rent.price, rent.amount, rent.vat) == (
        1,
        Decimal("1234.56"),
        Decimal("1234.56"),
        0,
    )


def test_a_service_that_is_not_connected_is_not_charged():
    without = replace(FLAT, services=FLAT.services - {"waste"})
    assert "waste" not in amounts(without, period=JUNE, usage=NOTHING_USED)


def test_lines_follow_the_order_of_the_price_list():
    charges = PriceList([READINESS, WASTE, HEAT], period=JUNE).charge(FLAT, usage=NOTHING_USED)
    assert [charge.service for charge in charges] == ["readiness", "waste", "heat"]


def test_equal_premises_share_the_very_same_lines():
    prices = PriceList(ALL, period=JUNE)
    one = prices.charge(FLAT, usage=NOTHING_USED)
    other = prices.charge(replace(FLAT, area=Decimal(54)), usage=NOTHING_USED)
    assert all(first is second for first, second in zip(one, other, strict=True))


@given(
    quantity=st.decimals("0.001", "10000", places=3),
    price=st.decimals("0.0001", "10000", places=4),
    vat=st.sampled_from([0, 10, 20]),
)
def test_base_and_vat_make_up_the_amount(quantity, price, vat):
    charge = line(tariff("any", Basis.AREA, price=str(price), vat=vat), quantity=quantity)
    assert charge.base + charge.vat == charge.amount
    assert abs(charge.amount - quantity * price) <= Decimal("0.005")
    assert abs(charge.base * vat / 100 - charge.vat) <= Decimal("0.01")


@given(
    area=st.decimals("1", "300", places=2),
    members=st.integers(0, 9),
    water=st.decimals("0", "60", places=3),
    month=st.integers(1, 12),
)
def test_a_shared_price_list_charges_what_a_fresh_one_would(area, members, water, month):
    premises = replace(FLAT, area=area, heated_area=area, members=members)
    usage = Usage(readings={Basis.COLD_WATER: water})
    charged = PRICES[month].charge(premises, usage=usage)
    assert charged == PriceList(ALL, period=Period(2026, month)).charge(premises, usage=usage)
    assert total(charged) == sum(by_provider(charged).values())
    assert total(charged) == sum(rate.amount for rate in vat_by_rate(charged))


PRICES = {month: PriceList(ALL, period=Period(2026, month)) for month in range(1, 13)}


def test_vat_is_recapitulated_by_rate():
    charges = PriceList([WASTE, CLEANING, READINESS], period=JUNE).charge(FLAT, usage=NOTHING_USED)
    assert [(rate.percent, rate.base, rate.vat, rate.amount) for rate in vat_by_rate(charges)] == [
        (20, Decimal("175.00"), Decimal("35.00"), Decimal("210.00")),
        (10, Decimal("394.20"), Decimal("39.42"), Decimal("433.62")),
    ]
