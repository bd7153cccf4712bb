"""Another holder: what ends with the one before is said before anything is filed."""

import pytest

from app.domain.changes import ChangeKind
from tests.robots.changes import Changes
from tests.robots.stage import MILAN


@pytest.fixture
def changes(clerk):
    return Changes(clerk)


def test_the_form_of_another_holder_says_what_ends_and_asks_for_the_address_anew(stage, changes):
    stage.run(
        "UPDATE account SET delivery_name = 'Zoran Marković', delivery_address = 'Poštanski fah 9'"
        f" WHERE ident = {MILAN}"
    )
    stage.run(
        "INSERT INTO contact (ident, contact_no, kind, value, normalized, since) VALUES"
        f" ({MILAN}, 91, 'phone', '064 900 9001', '0649009001', '2019-01-01')"
    )
    clerk = changes.clerk
    clerk.opens(MILAN)
    clerk.sees_bill("/2026")

    changes.starts(ChangeKind.HOLDER)

    told = clerk.widget("change.leaving").accessibleName()
    assert "064 900 9001" in told
    assert "Zoran Marković, Poštanski fah 9" in told
    assert clerk.reads("change.delivery_address.old") == "Poštanski fah 9"
    assert changes.field("delivery_address").value() == ""
