"""The numbers of a city's accounts: drawn ones beside those that were made by hand."""

from datetime import date

import pytest

from db.city import cases
from db.city.blocks import plan

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("accounts", [1_000, 100_000, 600_000])
def test_no_account_is_given_the_number_of_a_hand_made_one(accounts: int):
    # of 100 000, one was drawn onto the first of two hand-made neighbours, and moved onto the second
    blocks = plan(accounts=accounts, seed=1, hand_made=cases.cases(TODAY))

    idents = [ident for block in blocks for ident, _ in block.accounts]

    assert len(set(idents)) == accounts
