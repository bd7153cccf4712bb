"""Citizens' numbers: library samples hold, impossible dates are told from slips."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.personal_numbers import jmbg


@pytest.mark.parametrize("number", ["0101000710009", "0101990360007", "2206978816007", "0101000805018"])
def test_samples_of_libraries_are_valid(number):
    assert jmbg.validate(number) == number
    assert jmbg.make(number[:12]) == number


def test_a_wrong_check_digit_is_a_slip_and_a_wrong_date_is_impossible():
    with pytest.raises(jmbg.JmbgMistyped):
        jmbg.validate("0101000710008")
    with pytest.raises(jmbg.JmbgDateImpossible):
        jmbg.validate("3102000710000")
    with pytest.raises(jmbg.NotAJmbg):
        jmbg.validate("010100071000")


def test_the_birth_date_knows_its_millennium():
    assert jmbg.born_on("0101990360007") == date(1990, 1, 1)
    assert jmbg.born_on("0101000710009") == date(2000, 1, 1)


def test_only_the_ends_are_shown():
    assert jmbg.mask("0101000710009") == "0101•••••0009"
    assert jmbg.mask("010100071") == "•••••••••"


@given(
    day=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    order=st.integers(0, 999),
    place=st.integers(0, 12),
    digit=st.sampled_from("0123456789"),
)
def test_a_single_wrong_digit_is_caught_unless_the_check_digit_is_zero(day, order, place, digit):
    number = jmbg.make(f"{day:%d%m}{day.year % 1000:03d}71{order:03d}")
    assume(number[place] != digit)
    wrong = number[:place] + digit + number[place + 1 :]
    assume(wrong[12] != "0")
    with pytest.raises((jmbg.JmbgMistyped, jmbg.JmbgDateImpossible)):
        jmbg.validate(wrong)
