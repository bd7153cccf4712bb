"""Which services premises are connected to, by flags, kind and bills."""

from dataclasses import replace
from decimal import Decimal

from app.domain.charges import Basis, Tariff, season_months
from app.domain.connections import Attributes, connected_services
from app.domain.premises import ChargingMethod, PremisesKind

HOMES = frozenset({PremisesKind.FLAT, PremisesKind.HOUSE})
FLAT_OR_SHOP = frozenset({PremisesKind.FLAT, PremisesKind.BUSINESS})


def tariff(service, basis, kinds=HOMES, **others):
    return Tariff(service, "provider", basis, "unit", Decimal(10), Decimal(10), kinds, **others)


TARIFFS = (
    tariff("heating", Basis.HEATED_AREA),
    tariff(
        "garage_heating",
        Basis.HEATED_AREA,
        frozenset({PremisesKind.GARAGE}),
        season=season_months(10, last=4),
    ),
    tariff("heating_power", Basis.HEATED_AREA),
    tariff("heating_consumption", Basis.HEAT),
    tariff("hot_water", Basis.HOT_WATER),
    tariff("cold_water", Basis.COLD_WATER),
    tariff("sewage", Basis.SEWAGE),
    tariff("readiness", Basis.FIXED),
    tariff("waste", Basis.AREA),
    tariff("waste_business", Basis.AREA, frozenset({PremisesKind.BUSINESS})),
    tariff("waste_small_1", Basis.FIXED, frozenset({PremisesKind.BUSINESS})),
    tariff("landfill", Basis.AREA, HOMES | FLAT_OR_SHOP),
    tariff("shared_electricity", Basis.SHARED_ELECTRICITY, FLAT_OR_SHOP | {PremisesKind.GARAGE}),
    tariff("rent_flat", Basis.PROVIDER, frozenset({PremisesKind.FLAT})),
    tariff("maintenance_elevator", Basis.AREA, FLAT_OR_SHOP),
    tariff("maintenance", Basis.AREA, FLAT_OR_SHOP),
    tariff("subsidy", Basis.PROVIDER),
    tariff("interest", Basis.PROVIDER),
)
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
USUAL = {"heating", "hot_water", "cold_water", "sewage", "readiness", "waste", "landfill", "maintenance"}


def connected(attributes, *, latest=(), earlier=(), billed_kind=PremisesKind.FLAT):
    return connected_services(
        attributes, tariffs=TARIFFS, billed_kind=billed_kind, latest=latest, earlier=earlier
    )


def test_a_flat_never_billed_has_what_is_usual_for_its_flags():
    assert connected(FLAT, billed_kind=None) == {*USUAL, "shared_electricity"}
    bare = replace(FLAT, heated_area=Decimal(0), has_hot_water=False, has_waste=False, has_elevator=True)
    assert connected(bare, billed_kind=None) == {
        "cold_water",
        "sewage",
        "readiness",
        "shared_electricity",
        "maintenance_elevator",
    }


def test_what_was_on_the_latest_bill_stays_and_nothing_else_comes():
    assert connected(FLAT, latest={"heating", "hot_water", "cold_water", "waste", "landfill"}) == {
        "heating",
        "hot_water",
        "cold_water",
        "waste",
        "landfill",
    }


def test_heat_by_meter_stays_connected_through_the_summer():
    latest = {"heating_power", "hot_water", "waste", "landfill"}

    assert "heating_consumption" in connected(FLAT, latest=latest, earlier={"heating_consumption"})
    assert "heating" not in connected(FLAT, latest=latest, earlier={"heating", "heating_consumption"})


def test_a_garage_is_heated_again_when_the_season_begins():
    garage = replace(FLAT, kind=PremisesKind.GARAGE, has_hot_water=False, has_waste=False)

    found = connected(
        garage,
        latest={"shared_electricity"},
        earlier={"garage_heating"},
        billed_kind=PremisesKind.GARAGE,
    )
    assert found == {"shared_electricity", "garage_heating"}


def test_what_was_stopped_is_charged_no_more():
    stopped = connected(replace(FLAT, heated_area=Decimal(0), has_waste=False), latest=USUAL)

    assert stopped == USUAL - {"heating", "waste", "landfill"}


def test_what_was_taken_up_is_charged_although_no_bill_had_it():
    assert connected(FLAT, latest={"readiness"}) == {"readiness", "heating", "hot_water", "waste", "landfill"}


def test_a_flat_that_becomes_a_shop_loses_water_and_pays_waste_as_a_shop():
    shop = replace(FLAT, kind=PremisesKind.BUSINESS, heated_area=Decimal(0), has_hot_water=False)

    assert connected(shop, latest=USUAL) == {
        "waste_business",
        "landfill",
        "maintenance",
        "shared_electricity",
    }


def test_a_small_shop_keeps_its_group():
    shop = replace(FLAT, kind=PremisesKind.BUSINESS, heated_area=Decimal(0), has_hot_water=False)
    found = connected(shop, latest={"waste_small_1", "landfill"}, billed_kind=PremisesKind.BUSINESS)

    assert found == {"waste_small_1", "landfill"}


def test_rent_is_charged_while_the_city_owns_it():
    rented = replace(FLAT, is_rented=True)

    assert "rent_flat" in connected(rented, latest={"rent_flat"})
    assert "rent_flat" not in connected(FLAT, latest={"rent_flat"})


def test_lines_of_the_issuer_are_no_services():
    assert not connected(FLAT, latest={"subsidy", "interest"}) & {"subsidy", "interest"}
