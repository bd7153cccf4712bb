"""What the next bill will be: nothing changes by itself, and a building consumes what it consumed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.bills import compare
from app.domain.changes import DECLARATIONS, ChangeKind, declaration_of, readable
from app.domain.changes.consequence import (
    Billed,
    BillingTerms,
    Neighbor,
    Pool,
    building_bills,
    changed,
    consumed,
    is_closing,
    next_bill,
    pools_of,
    subsidy_after,
    usage_of,
)
from app.domain.charges import Basis, PriceList, Tariff, Usage
from app.domain.charging import shared_use
from app.domain.connections import Attributes
from app.domain.period import Period
from app.domain.premises import ChargingMethod, PremisesKind

JUNE, JULY = Period(2026, 6), Period(2026, 7)
HOMES = frozenset({PremisesKind.FLAT, PremisesKind.HOUSE})
BY_METER = (Basis.COLD_WATER, Basis.HOT_WATER, Basis.SEWAGE)
TERMS = BillingTerms(subsidy_percent=Decimal(0), streak=3, has_open_debt=False, holidays=frozenset())


def tariff(service, basis, price, kinds=HOMES, vat=10):
    return Tariff(service, "provider", basis, "unit", Decimal(price), Decimal(vat), kinds)


TARIFFS = (
    tariff("heating", Basis.HEATED_AREA, "151.10"),
    tariff("hot_water", Basis.HOT_WATER, "229.19"),
    tariff("cold_water", Basis.COLD_WATER, "69.99"),
    tariff("sewage", Basis.SEWAGE, "28.30"),
    tariff("water_resource", Basis.COLD_WATER, "0.2796", vat=0),
    tariff("readiness", Basis.FIXED, "153.83"),
    tariff("waste", Basis.AREA, "6.60"),
    tariff("landfill", Basis.AREA, "2.31"),
    tariff("shared_electricity", Basis.SHARED_ELECTRICITY, "13.13", frozenset(PremisesKind), 20),
)
EVERYTHING = frozenset(one.service for one in TARIFFS)
FLAT = Attributes(
    kind=PremisesKind.FLAT,
    area=Decimal("54.30"),
    heated_area=Decimal("52.10"),
    members=3,
    method=ChargingMethod.AREA,
    is_water_metered=False,
    has_hot_water=True,
    has_waste=True,
    is_rented=False,
    has_elevator=False,
)
USE = {
    Basis.COLD_WATER: Decimal("402.500"),
    Basis.HOT_WATER: Decimal("161.250"),
    Basis.SEWAGE: Decimal("563.750"),
    Basis.SHARED_ELECTRICITY: Decimal("388.125"),
}


def billed(attributes, *, use=None, area, members):
    """Bill an account its share of what a building of this area and so many members used in June."""
    shared = {
        basis: shared_use(quantity, area=area, members=members) for basis, quantity in (use or USE).items()
    }
    readings = {}
    if attributes.is_water_metered:
        readings = {basis: Decimal(index + 4) for index, basis in enumerate(BY_METER)}
    charges = PriceList(TARIFFS, period=JUNE).charge(
        attributes.charged_for(EVERYTHING), usage=Usage(readings, shared)
    )
    return Billed(JUNE, attributes.kind, attributes.area, attributes.members, attributes.method, charges)


def forecast(attributes, of, *, was=None, pools=None):
    usage = usage_of(
        of,
        attributes=attributes,
        was_metered=(was or attributes).is_water_metered,
        tariffs=TARIFFS,
        pools=pools or {},
    )
    return next_bill(
        1000042, period=JULY, attributes=attributes, tariffs=TARIFFS, billed=of, usage=usage, terms=TERMS
    )


cents = st.decimals(Decimal("12.00"), Decimal("180.00"), places=2)
homes = st.builds(
    replace,
    st.just(FLAT),
    kind=st.sampled_from(sorted(HOMES)),
    area=cents,
    heated_area=st.just(Decimal("11.50")),
    members=st.integers(0, 7),
    method=st.sampled_from(ChargingMethod),
    is_water_metered=st.booleans(),
)


@given(homes, st.decimals(1500, 4000, places=2), st.integers(40, 150))
def test_with_the_data_and_prices_of_the_latest_bill_the_next_one_has_its_very_lines(home, area, members):
    latest = billed(home, area=area, members=members)
    pool = Pool(Decimal("402.5"), area, members)

    assert forecast(home, latest).lines == latest.lines
    assert forecast(home, latest, pools={Basis.COLD_WATER: pool}).lines == latest.lines


@given(homes)
def test_nothing_differs_when_nothing_changes(home):
    latest = billed(home, area=Decimal(3000), members=120)
    pools = {basis: Pool(quantity, Decimal(3000), 120) for basis, quantity in USE.items()}

    assert compare(forecast(home, latest, pools=pools), forecast(home, latest, pools=pools)) == ()


def test_one_member_more_weighs_on_everybody_where_shares_go_by_members():
    home = replace(FLAT, method=ChargingMethod.MEMBERS)
    latest = billed(home, area=Decimal(3000), members=120)
    pools = {Basis.COLD_WATER: Pool(Decimal("402.500"), Decimal(3000), 120)}
    more = changed(home, declaration=declaration_of(ChangeKind.MEMBERS), values={"members": 4})

    before = {line.service: line.quantity for line in forecast(home, latest, pools=pools).lines}
    after = {line.service: line.quantity for line in forecast(more, latest, was=home, pools=pools).lines}

    assert before["cold_water"] == Decimal("10.063")  # 402,5 x 3 / 120
    assert after["cold_water"] == pytest.approx(Decimal("402.5") * 4 / 121, abs=Decimal("0.002"))
    assert after["waste"] == before["waste"]


def test_members_matter_not_where_shares_go_by_area():
    latest = billed(FLAT, area=Decimal(3000), members=120)
    more = changed(FLAT, declaration=declaration_of(ChangeKind.MEMBERS), values={"members": 5})

    assert forecast(more, latest, was=FLAT).lines == latest.lines


def test_a_flat_without_heating_pays_none():
    latest = billed(FLAT, area=Decimal(3000), members=120)
    cold = changed(FLAT, declaration=declaration_of(ChangeKind.STOP_HEATING), values={"ground": "heat_meter"})
    differences = compare(forecast(FLAT, latest), forecast(cold, latest, was=FLAT))

    assert cold.heated_area == 0
    assert [(one.service, one.amount) for one in differences if one.service] == [
        ("heating", -Decimal("7872.31"))  # 52,10 x 151,10
    ]


def test_own_meters_are_read_as_last_time():
    metered = replace(FLAT, is_water_metered=True)
    latest = billed(metered, area=Decimal(3000), members=120)
    more = changed(metered, declaration=declaration_of(ChangeKind.MEMBERS), values={"members": 6})

    assert consumed(latest, tariffs=TARIFFS)[Basis.COLD_WATER] == 4
    assert forecast(more, latest, was=metered).lines == latest.lines


@given(st.data())
def test_whatever_stands_in_a_form_a_forecast_can_be_made(data):
    declaration = data.draw(st.sampled_from(DECLARATIONS))
    typed = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.just("54,5"))
    values = data.draw(st.fixed_dictionaries({}, optional={one.name: typed for one in declaration.fields}))
    latest = billed(FLAT, area=Decimal(3000), members=120)
    after = changed(FLAT, declaration=declaration, values=readable(declaration, values))

    assert forecast(after, latest, was=FLAT).charged >= 0


def test_a_subsidy_granted_comes_off_the_next_bill():
    declaration = declaration_of(ChangeKind.SUBSIDY)

    assert subsidy_after(Decimal(0), declaration=declaration, values={"percent": "20.00"}) == 20
    assert subsidy_after(Decimal(10), declaration=declaration_of(ChangeKind.MEMBERS), values={}) == 10


def test_an_account_that_closes_is_known_by_its_day():
    assert is_closing(declaration_of(ChangeKind.CLOSE_ACCOUNT), {"closed_on": "2026-07-19"})
    assert not is_closing(declaration_of(ChangeKind.MEMBERS), {"members": 2})


def test_premises_never_billed_join_what_the_building_shares():
    pools = {Basis.COLD_WATER: Pool(Decimal(300), Decimal("945.70"), 40)}
    bill = forecast(FLAT, None, pools=pools)

    (water,) = [line for line in bill.lines if line.service == "cold_water"]
    assert water.quantity == Decimal("16.290")  # 300 x 54,30 / 1000,00


# -- a whole building --------------------------------------------------------------------------------


def building(flats):
    area = sum((flat.area for flat in flats), Decimal(0))
    members = sum(flat.members for flat in flats)
    return [
        Neighbor(1000000 + number, flat, billed(flat, area=area, members=members), TERMS)
        for number, flat in enumerate(flats)
    ]


sixty = st.lists(homes, min_size=60, max_size=60).map(
    lambda flats: [replace(flat, kind=PremisesKind.FLAT) for flat in flats]
)


@settings(max_examples=12)
@given(sixty, st.sampled_from(ChargingMethod))
def test_sixty_flats_share_the_same_consumption_by_either_method(flats, method):
    other = next(one for one in ChargingMethod if one is not method)
    flats = [replace(flat, method=other) for flat in flats]
    neighbors = building(flats)
    pools = pools_of(neighbors, tariffs=TARIFFS)
    assume(method is ChargingMethod.AREA or all(pool.members for pool in pools.values()))
    bills = building_bills(neighbors, period=JULY, tariffs=TARIFFS, method=method)

    assert len(bills) == 60
    for service in ("cold_water", "hot_water", "sewage", "shared_electricity"):
        before, after = (
            sum(
                (
                    line.quantity
                    for pair in bills.values()
                    for line in pair[side].lines
                    if line.service == service
                ),
                Decimal(0),
            )
            for side in (0, 1)
        )
        assert abs(after - before) <= Decimal("0.0005") * 60
    for before, after in bills.values():
        fixed = [line for line in before.lines if line.service in ("heating", "waste", "readiness")]
        assert [line for line in after.lines if line.service in ("heating", "waste", "readiness")] == fixed


def test_the_garage_and_the_shop_of_a_building_keep_what_they_had():
    flats = [replace(FLAT, area=Decimal(40 + number), members=1 + number % 5) for number in range(58)]
    garage = replace(FLAT, kind=PremisesKind.GARAGE, members=0, has_hot_water=False, has_waste=False)
    shop = replace(garage, kind=PremisesKind.BUSINESS)
    neighbors = building([*flats, garage, shop])
    bills = building_bills(neighbors, period=JULY, tariffs=TARIFFS, method=ChargingMethod.MEMBERS)

    *of_flats, of_garage, of_shop = bills.values()
    assert of_garage[0] == of_garage[1]
    assert of_shop[0] == of_shop[1]
    assert all(before != after for before, after in of_flats)


def test_a_building_that_is_charged_so_already_changes_nothing():
    neighbors = building([replace(FLAT, area=Decimal(40 + number)) for number in range(60)])
    bills = building_bills(neighbors, period=JULY, tariffs=TARIFFS, method=ChargingMethod.AREA)

    assert all(before == after for before, after in bills.values())
