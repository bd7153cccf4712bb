"""A change of data at the counter, from its kind to its number, without a mouse."""

import pytest

from tests.robots.changes import Changes
from tests.robots.stage import MILAN


@pytest.fixture
def changes(clerk):
    clerk.opens(MILAN)
    clerk.sees_bill("/2026")
    return Changes(clerk)


def test_a_change_of_members_goes_from_its_number_to_the_receipt(changes):
    changes.starts_change("2")
    changes.fills("members", "5")
    changes.fills("happened_on", "t")
    changes.sees_effect()
    changes.satisfies_papers()

    number = changes.submits()

    assert number
    changes.sees_receipt()
