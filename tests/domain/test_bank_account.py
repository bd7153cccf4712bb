"""Bank accounts: published numbers hold, one wrong digit never passes."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain import bank_account

VALID = [
    "200-2206180101000-48", "160-602-16", "190-99870-10", "845-404849-87", "840-955845-10", "165-55-74",
    "310-1234567891211-86", "840-4848-37", "265-1234-88", "205-12345-10", "325-123456-98", "265-600594-97",
    "200000000123456772", "265000000100000120", "160000000000009970",
]  # fmt: skip


@pytest.mark.parametrize("text", VALID)
def test_published_accounts_are_valid(text):
    number = bank_account.validate(text)
    assert len(number) == 18
    assert bank_account.validate(bank_account.dashed(number)) == number


@pytest.mark.parametrize("text", ["123456789012345678", "200-2206180101000-49", "845000000014284968"])
def test_mistyped_accounts_are_told_from_malformed_ones(text):
    with pytest.raises(bank_account.BankAccountMistyped):
        bank_account.validate(text)


@pytest.mark.parametrize("text", ["", "200-48", "20022061801010004", "200-2206180101000-4a", "200--48"])
def test_malformed_accounts_are_refused(text):
    with pytest.raises(bank_account.NotABankAccount) as refusal:
        bank_account.validate(text)
    assert refusal.type is bank_account.NotABankAccount


@given(
    bank=st.from_regex(r"\A[0-9]{3}\Z"),
    account=st.integers(0, 10**13 - 1),
    place=st.integers(0, 17),
    digit=st.sampled_from("0123456789"),
)
def test_any_single_wrong_digit_is_caught(bank, account, place, digit):
    number = bank_account.make(bank, account=str(account))
    assert bank_account.validate(number) == number
    assume(number[place] != digit)
    with pytest.raises(bank_account.BankAccountMistyped):
        bank_account.validate(number[:place] + digit + number[place + 1 :])
