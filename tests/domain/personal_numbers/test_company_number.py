"""Company numbers: the customary check digit warns and never refuses."""

import pytest

from app.domain.personal_numbers import company_number
from app.domain.personal_numbers.company_number import CompanyNumberWarning

PUBLIC = [
    "07007965", "20053658", "17162543", "20084693", "07461429", "20147229", "20084600", "63898465",
    "06061168", "66841251", "12345674", "20000015", "07000006",
]  # fmt: skip


@pytest.mark.parametrize("number", PUBLIC)
def test_public_numbers_raise_no_warning(number):
    assert company_number.warnings_for(number) == ()
    assert company_number.make(number[:7]) == number


def test_an_unusual_check_digit_is_accepted_with_a_warning():
    assert company_number.validate("07007966") == "07007966"
    assert company_number.warnings_for("07007966") == (CompanyNumberWarning.CHECK_DIGIT,)
    assert not company_number.is_plausible("07007966")


@pytest.mark.parametrize("number", ["", "0700796", "070079655", "0700796a"])
def test_what_is_not_eight_digits_is_refused(number):
    with pytest.raises(company_number.NotACompanyNumber):
        company_number.validate(number)
