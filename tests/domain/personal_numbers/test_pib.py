"""Taxpayers' numbers: public numbers hold, one wrong digit never passes."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.personal_numbers import pib

VALID = [
    "101134702", "100001011", "106006802", "100003574", "109066968", "113460262", "101361334", "123456788",
]  # fmt: skip


@pytest.mark.parametrize("number", VALID)
def test_public_numbers_are_valid(number):
    assert pib.validate(number) == number
    assert pib.make(number[:8]) == number


@pytest.mark.parametrize("number", ["101134703", "106006801", "100003578"])
def test_mistyped_numbers_are_caught(number):
    with pytest.raises(pib.PibMistyped):
        pib.validate(number)


def test_the_prefix_of_vat_numbers_and_blanks_are_dropped():
    assert pib.validate("RS 101 134 702") == "101134702"


@given(body=st.from_regex(r"\A[1-9][0-9]{7}\Z"), place=st.integers(0, 8), digit=st.sampled_from("0123456789"))
def test_any_single_wrong_digit_is_caught(body, place, digit):
    number = pib.make(body)
    assume(number[place] != digit)
    with pytest.raises(pib.PibMistyped):
        pib.validate(number[:place] + digit + number[place + 1 :])
