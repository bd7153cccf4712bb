"""Why a bill differs: each reason named, and all of them exact together."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.bills import DifferenceKind, DiscountReason, compare, compose_bill
from app.domain.charges import ALL_YEAR, Basis, Charge, Tariff, line, season_months, total
from app.domain.money import ZERO
from app.domain.period import Period

SEASON = season_months(10, last=4)


@dataclass(frozen=True)
class Sheet:
    lines: tuple[Charge, ...]
    discount: Decimal = ZERO
    discount_percent: Decimal = Decimal(0)
    streak: int = 0


def charge(
    service: str, quantity: object, price: object, *, vat: int = 10, season: frozenset[int] = ALL_YEAR
) -> Charge:
    tariff = Tariff(service, "provider", Basis.AREA, "m²", Decimal(str(price)), Decimal(vat), season=season)
    return line(tariff, quantity=Decimal(str(quantity)))


def kinds(old: Sheet, new: Sheet) -> list[tuple[DifferenceKind, Decimal]]:
    return [(difference.kind, difference.amount) for difference in compare(old, new)]


def test_equal_bills_need_no_explanation():
    sheet = Sheet((charge("heat", 54, "132.80"),))
    assert compare(sheet, sheet) == ()


def test_more_water_at_the_same_price():
    [difference] = compare(Sheet((charge("water", 10, "59.46"),)), Sheet((charge("water", 12, "59.46"),)))
    assert difference.kind is DifferenceKind.QUANTITY
    assert difference.amount == Decimal("118.92")
    assert (difference.old_quantity, difference.new_quantity) == (10, 12)
    assert difference.service == "water"


def test_a_dearer_square_meter():
    [difference] = compare(Sheet((charge("heat", 54, "119.39"),)), Sheet((charge("heat", 54, "132.80"),)))
    assert difference.kind is DifferenceKind.PRICE
    assert difference.amount == Decimal("724.14")
    assert (difference.old_price, difference.new_price) == (Decimal("119.39"), Decimal("132.80"))


def test_quantity_is_weighed_at_the_old_price_and_the_price_takes_the_rest():
    old, new = Sheet((charge("water", 10, "50.00"),)), Sheet((charge("water", 12, "60.00"),))
    assert kinds(old, new) == [
        (DifferenceKind.QUANTITY, Decimal("100.00")),
        (DifferenceKind.PRICE, Decimal("120.00")),
    ]


def test_a_new_rate_of_vat_is_told_from_a_new_price():
    old = Sheet((charge("power", 10, "110.00", vat=10),))
    assert kinds(old, Sheet((charge("power", 10, "120.00", vat=20),))) == [
        (DifferenceKind.VAT, Decimal("100.00"))
    ]
    assert kinds(old, Sheet((charge("power", 10, "132.00", vat=20),))) == [
        (DifferenceKind.VAT, Decimal("100.00")),
        (DifferenceKind.PRICE, Decimal("120.00")),
    ]
    assert kinds(old, Sheet((charge("power", 10, "110.00", vat=20),))) == []


def test_a_season_is_told_from_a_new_service():
    garage = charge("garage_heat", 15, "60.00", season=SEASON)
    waste = charge("waste", 54, "5.61")
    assert kinds(Sheet(()), Sheet((garage, waste))) == [
        (DifferenceKind.SEASON_BEGAN, Decimal("900.00")),
        (DifferenceKind.NEW_LINE, Decimal("302.94")),
    ]
    assert kinds(Sheet((garage, waste)), Sheet(())) == [
        (DifferenceKind.SEASON_ENDED, Decimal("-900.00")),
        (DifferenceKind.DROPPED_LINE, Decimal("-302.94")),
    ]


def composed(amount: str = "1000.00", **others: object):
    settings = {"subsidy_percent": Decimal(0), "interest": ZERO, "streak": 0, "has_open_debt": False}
    return compose_bill(
        1,
        period=Period(2026, 6),
        charges=(charge("heat", 1, amount),),
        holidays=frozenset(),
        **(settings | others),  # type: ignore[arg-type]
    )


def test_interest_and_subsidy_are_named():
    plain = composed(has_open_debt=True)
    changed = composed(has_open_debt=True, interest=Decimal("12.34"), subsidy_percent=Decimal(30))
    assert kinds(plain, changed) == [
        (DifferenceKind.SUBSIDY, Decimal("-300.00")),
        (DifferenceKind.INTEREST, Decimal("12.34")),
    ]


def test_a_discount_is_lost_by_debt_and_gained_by_settling_it():
    with_discount, without = composed(), composed(has_open_debt=True)
    [lost] = compare(with_discount, without)
    assert (lost.kind, lost.reason, lost.amount) == (
        DifferenceKind.DISCOUNT_LOST,
        DiscountReason.OPEN_DEBT,
        Decimal("50.00"),
    )
    [gained] = compare(without, with_discount)
    assert (gained.kind, gained.reason, gained.amount) == (
        DifferenceKind.DISCOUNT_GAINED,
        DiscountReason.DEBT_SETTLED,
        Decimal("-50.00"),
    )


def test_a_step_of_the_discount_names_the_continuity_that_earned_it():
    [reached] = compare(composed(streak=5), composed(streak=6))
    assert (reached.reason, reached.months, reached.amount) == (
        DiscountReason.STREAK_REACHED,
        6,
        Decimal("-10.00"),
    )
    [broken] = compare(composed(streak=12), composed(streak=0))
    assert (broken.reason, broken.old_percent, broken.new_percent) == (DiscountReason.STREAK_BROKEN, 7, 5)


def test_a_larger_bill_has_a_larger_discount_for_no_other_reason():
    [more, discount] = compare(composed("1000.00"), composed("2000.00"))
    assert more.kind is DifferenceKind.PRICE
    assert (discount.reason, discount.amount) == (DiscountReason.OTHER_BASE, Decimal("-50.00"))


def test_two_meters_of_one_service_are_compared_each_with_its_own():
    old = Sheet((charge("water", 3, "59.46"), charge("water", 5, "59.46")))
    new = Sheet((charge("water", 3, "59.46"), charge("water", 6, "59.46"), charge("water", 1, "59.46")))
    assert kinds(old, new) == [
        (DifferenceKind.QUANTITY, Decimal("59.46")),
        (DifferenceKind.NEW_LINE, Decimal("59.46")),
    ]


charges = st.builds(
    charge,
    st.sampled_from(["heat", "water", "waste", "power", "interest", "subsidy"]),
    st.decimals("0.001", "500", places=3),
    st.decimals("0.0001", "500", places=4),
    vat=st.sampled_from([0, 10, 20]),
    season=st.sampled_from([ALL_YEAR, SEASON]),
)
sheets = st.builds(
    Sheet,
    st.lists(charges, max_size=8).map(tuple),
    discount=st.decimals("0", "500", places=2),
    discount_percent=st.sampled_from([Decimal(0), Decimal(5), Decimal(6), Decimal(7)]),
    streak=st.integers(0, 20),
)


DISCOUNT_KINDS = {
    DifferenceKind.DISCOUNT_GAINED,
    DifferenceKind.DISCOUNT_LOST,
    DifferenceKind.DISCOUNT_CHANGED,
}


@given(old=sheets, new=sheets)
def test_all_reasons_together_are_the_change_to_the_para(old, new):
    differences = compare(old, new)
    charged = sum((one.amount for one in differences if one.kind not in DISCOUNT_KINDS), ZERO)
    assert charged == total(new.lines) - total(old.lines)
    assert charged + sum((one.amount for one in differences if one.kind in DISCOUNT_KINDS), ZERO) == (
        total(new.lines) - new.discount
    ) - (total(old.lines) - old.discount)


@given(old=sheets, new=sheets)
def test_no_reason_weighs_nothing(old, new):
    assert all(difference.amount for difference in compare(old, new))


@given(old=sheets, new=sheets)
def test_charges_computed_here_leave_no_unexplained_rest(old, new):
    assert all(difference.kind is not DifferenceKind.ROUNDING for difference in compare(old, new))
