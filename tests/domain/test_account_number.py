"""Account numbers: seven digits, whatever was typed between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import account_number


@given(ident=st.integers(1, 9_999_999))
def test_an_account_number_is_read_back_from_its_seven_digits(ident):
    text = account_number.to_text(ident)
    assert len(text) == 7
    assert account_number.parse(text) == ident


@pytest.mark.parametrize("text", ["", "0", "0000000", "12345678", "12a", "-", "１２３"])
def test_what_cannot_be_an_account_is_refused(text):
    with pytest.raises(account_number.NotAnIdent):
        account_number.parse(text)


@pytest.mark.parametrize("ident", [0, -1, 10_000_000])
def test_a_number_out_of_range_is_never_shown_as_an_account(ident):
    with pytest.raises(account_number.NotAnIdent):
        account_number.to_text(ident)
