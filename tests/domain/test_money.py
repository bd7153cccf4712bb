"""Dinars: rounded half up, split without losing a para, read as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import NotMoney, format_rsd, included_vat, parse_rsd, percent_of, round_rsd, split

amounts = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2)
parts = st.integers(min_value=1, max_value=60)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("427.368", "427.37"), ("2.665", "2.67"), ("1.004", "1.00")],
)
def test_half_a_para_rounds_away_from_zero(amount, rounded):
    assert round_rsd(Decimal(amount)) == Decimal(rounded)


@pytest.mark.parametrize(("percent", "discount"), [(5, "427.37"), (6, "512.84"), (7, "598.32")])
def test_the_published_discounts_of_a_bill(percent, discount):
    assert percent_of(Decimal("8547.36"), percent=percent) == Decimal(discount)


def test_vat_is_taken_out_of_the_price_that_contains_it():
    assert included_vat(Decimal("110.00"), percent=10) == Decimal("10.00")
    assert included_vat(Decimal("120.00"), percent=20) == Decimal("20.00")
    assert included_vat(Decimal("120.00"), percent=0) == Decimal("0.00")


@given(amount=amounts, parts=parts)
def test_parts_add_up_to_the_para(amount, parts):
    assert sum(split(amount, parts=parts)) == amount


@given(amount=amounts, parts=parts)
def test_no_part_has_the_opposite_sign(amount, parts):
    assert all(part * amount >= 0 for part in split(amount, parts=parts))


@given(amount=amounts, parts=parts)
def test_all_parts_but_the_last_are_equal(amount, parts):
    assert len(set(split(amount, parts=parts)[:-1])) <= 1


def test_the_last_part_takes_the_difference():
    assert split(Decimal("44983.26"), parts=12) == (Decimal("3748.61"),) * 11 + (Decimal("3748.55"),)


def test_splitting_into_no_parts_is_a_programming_error():
    with pytest.raises(ValueError, match="0 parts"):
        split(Decimal("1.00"), parts=0)


@given(amount=amounts)
def test_what_is_written_is_read_back(amount):
    assert parse_rsd(format_rsd(amount)) == amount


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1234.5", "1234.50"),
        ("1234,50", "1234.50"),
        ("1,912.00", "1912.00"),
        ("1.912,00", "1912.00"),
        ("1.912", "1912.00"),
        ("1.234.567", "1234567.00"),
        ("1,234,567", "1234567.00"),
        ("=4.376,94", "4376.94"),
        ("4.376,94 RSD", "4376.94"),
        ("rsd 15", "15.00"),
        ("15 din.", "15.00"),
        ("1 234,56", "1234.56"),
        ("-0,01", "-0.01"),
        ("7,", "7.00"),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, amount):
    assert parse_rsd(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["", "abc", "1,234", "1.23.456", "12.34,5", "1,2,3", "--1", "1e5", "١٢", "1000000000000"]
)
def test_what_is_not_an_amount_is_refused_rather_than_guessed(typed):
    with pytest.raises(NotMoney):
        parse_rsd(typed)
