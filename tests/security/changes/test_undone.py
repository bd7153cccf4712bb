"""How an applied change is taken back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.security import filing
from tests.security.changes.rows import BEGINNING, add_state, holder, open_contacts, states
from tests.security.conftest import issue_bill, one, visit

Connection = psycopg.Connection[Any]
Desk = Callable[..., int]


def test_undoing_a_change_of_holder_brings_the_number_back_unseen(apply, undo, superuser, ident):
    superuser.execute("UPDATE holder SET jmbg = %s WHERE ident = %s", [filing.JMBG, ident])
    reached = open_contacts(superuser, ident)
    request = apply("holder", filing.PERSON)

    undoing = undo(request)

    assert holder(superuser, ident) == ("natural", "Ana", "Petrović", "", filing.JMBG, None, None)
    assert open_contacts(superuser, ident) == reached
    shown = one(superuser, "SELECT new_values ->> 'jmbg' FROM change_request WHERE id = %s", undoing)
    assert shown == f"{filing.JMBG[:4]}•••••{filing.JMBG[-4:]}"
    assert one(superuser, "SELECT name FROM account_search WHERE ident = %s", ident) == "Petrović Ana"


PORTAL_DAY = datetime(2020, 11, 3, 19, 12, tzinfo=UTC)
HOLDERS = "SELECT valid_from, valid_to, last_name FROM holder WHERE ident = %s ORDER BY 1"
REACHED = "SELECT contact_no, value FROM contact WHERE ident = %s AND ended_on IS NULL ORDER BY 1"
DELIVERED = "SELECT by_email, on_paper, email FROM delivery WHERE ident = %s"
CONSENTS = (
    "SELECT email, given_by, given_at, channel, wording, ended_because FROM email_consent"
    " WHERE ident = %s ORDER BY consent_no"
)
LINKED = "SELECT user_name FROM portal_registration WHERE ident = %s AND ended_on IS NULL"


@pytest.fixture
def settled(superuser, ident):
    """Two of each contact, bills by e-mail by a consent on the portal in 2020, and an address elsewhere."""
    given = {"ident": ident, "day": PORTAL_DAY}
    superuser.execute("UPDATE contact SET ended_on = NULL WHERE ident = %(ident)s", given)
    superuser.execute(
        "INSERT INTO contact (ident, contact_no, kind, value, normalized, since)"
        " SELECT %(ident)s, n, kind, value, form, '2019-01-01' FROM (VALUES"
        " (11, 'phone', '064/111-1111', '0641111111'), (12, 'phone', '011/222-2222', '0112222222'),"
        " (13, 'email', 'druga@example.rs', 'druga@example.rs')) v (n, kind, value, form)",
        given,
    )
    superuser.execute(
        "INSERT INTO email_consent"
        " (ident, consent_no, email, given_by, given_at, channel, wording, recorded_by)"
        " VALUES (%(ident)s, 1, 'ana@example.rs', 'Ana Petrović', %(day)s, 'portal', 1, '')",
        given,
    )
    superuser.execute(
        "UPDATE delivery SET by_email = true, on_paper = false, email = 'ana@example.rs'"
        " WHERE ident = %(ident)s",
        given,
    )
    superuser.execute(
        "INSERT INTO portal_registration (ident, user_name, registered_on, notified_by_email)"
        " VALUES (%(ident)s, 'ana.p', '2020-10-01', true)"
        " ON CONFLICT (ident) DO UPDATE SET user_name = 'ana.p'",
        given,
    )
    superuser.execute(
        "UPDATE account SET delivery_name = 'Mira', delivery_address = 'Nemanjina 4' WHERE ident = %(ident)s",
        given,
    )
    return lambda: tuple(
        superuser.execute(asked, [ident]).fetchall()
        for asked in (HOLDERS, REACHED, DELIVERED, CONSENTS, LINKED, ELSEWHERE)
    )


ELSEWHERE = "SELECT delivery_name, delivery_address FROM account WHERE ident = %s"


def test_with_the_holder_ends_all_that_was_theirs(apply, settled, superuser, ident):
    apply("holder", filing.PERSON)

    _, reached, delivered, consents, linked, elsewhere = settled()
    assert [value for _, value in reached] == ["marko@example.rs", "064 123 45 67"]
    assert delivered == [(False, True, "")]
    assert consents == [("ana@example.rs", "Ana Petrović", PORTAL_DAY, "portal", 1, "holder_changed")]
    assert (linked, elsewhere) == ([], [("", "")])


def test_the_address_of_a_new_holder_is_the_one_that_was_asked_for(apply, settled, superuser, ident):
    apply("holder", {**filing.PERSON, "delivery_name": "Marko", "delivery_address": "Bulevar 7"})

    assert settled()[-1] == [("Marko", "Bulevar 7")]


def test_undoing_a_change_of_holder_restores_everything_the_day_of_the_consent_too(apply, undo, settled):
    before = settled()

    undo(apply("holder", {**filing.PERSON, "delivery_address": "Bulevar 7"}))

    assert settled() == before


def test_an_undone_change_of_holder_leaves_one_holder_and_not_the_same_twice(apply, undo, superuser, ident):
    before = superuser.execute(HOLDERS, [ident]).fetchall()

    undo(apply("holder", filing.PERSON))

    assert superuser.execute(HOLDERS, [ident]).fetchall() == before
    assert len(before) == 1


def test_the_undoing_of_a_change_of_holder_is_undone_too(apply, undo, settled, superuser, ident):
    request = apply("holder", {**filing.PERSON, "delivery_address": "Bulevar 7"})
    after = settled()

    undo(undo(request))

    assert settled() == after


def test_a_telephone_is_corrected_on_an_account_with_two_and_the_correction_is_undone(apply, undo, settled):
    before = settled()
    request = apply("correction", {**CORRECTED, "phone": "011/3954-420"})
    assert [value for _, value in settled()[1]] == [
        *(value for no, value in before[1] if no != 12),
        "011/3954-420",
    ]

    undo(request)

    assert settled() == before


CORRECTED = {"last_name": "Petrović", "first_name": "Ana", "jmbg": None, "email": "druga@example.rs"}


def test_a_corrected_telephone_is_what_is_on_file_from_then_on(apply, settled, clerk, ident):
    on_file = "SELECT change_current_values(%s, 'correction') ->> 'phone'"
    visit(clerk, ident)
    assert one(clerk, on_file, ident) == "011/222-2222"

    apply("correction", {**CORRECTED, "phone": "011/3954-420"})

    assert one(clerk, on_file, ident) == "011/3954-420"


def test_bills_by_e_mail_switched_off_by_mistake_go_by_the_consent_of_old(apply, undo, settled):
    before = settled()

    undo(apply("email_delivery", {"by_email": False, "on_paper": True, "delivery_email": None}))

    assert settled() == before


def test_a_consent_given_with_a_change_ends_when_it_is_taken_back(apply, undo, settled):
    before = settled()

    undo(apply("email_delivery", {"by_email": True, "on_paper": True, "delivery_email": "nova@example.rs"}))

    after = settled()
    assert after[2] == before[2]
    assert [(row[0], row[2] == PORTAL_DAY, row[-1]) for row in after[3]] == [
        ("ana@example.rs", True, None),
        ("nova@example.rs", False, "undone"),
    ]


def test_what_the_new_holder_consented_to_since_is_not_taken_away(apply, settled, clerk, ident):
    request = apply("holder", filing.PERSON)
    version = one(clerk, "SELECT version FROM delivery WHERE ident = %s", ident)
    assert one(
        clerk, "SELECT switch_delivery(%s, %s, true, false, 'marko@example.rs', 'counter')", ident, version
    )

    with pytest.raises(psycopg.Error, match="change_superseded"):
        clerk.execute("SELECT undo_change(%s, %s, 'greška')", [ident, request])


def test_undone_is_undone_once(apply, undo, clerk, ident):
    request = apply("members")
    undo(request)

    with pytest.raises(psycopg.Error, match="change_undone_already"):
        clerk.execute("SELECT undo_change(%s, %s, 'opet')", [ident, request])


def test_a_rejected_undoing_does_not_count(apply, clerk, supervisor, ident):
    request = apply("members")
    undoing = one(clerk, "SELECT undo_change(%s, %s, 'greška')", ident, request)
    with pytest.raises(psycopg.Error, match="change_undone_already"):
        clerk.execute("SELECT undo_change(%s, %s, 'opet')", [ident, request])
    filing.move(supervisor, ident, undoing, "rejected", reason="nije greška")

    assert one(clerk, "SELECT undo_change(%s, %s, 'ipak')", ident, request) > undoing


@pytest.mark.parametrize(
    ("kind", "values"),
    [("members", {"members": 8}), ("area", {"area": "61.00", "heated_area": "50.00"})],
)
def test_what_was_changed_again_is_not_undone(apply, clerk, ident, kind, values):
    request = apply(kind)
    apply(kind, values)

    with pytest.raises(psycopg.Error, match="change_superseded"):
        clerk.execute("SELECT undo_change(%s, %s, 'greška')", [ident, request])


def test_a_contact_added_since_is_not_taken_away(apply, clerk, ident):
    request = apply("holder", filing.FIRM)
    assert one(clerk, "SELECT count(*) FROM contact WHERE ident = %s AND ended_on IS NULL", ident) == 0
    apply("holder", {**filing.FIRM, "email": "b@example.rs"})

    with pytest.raises(psycopg.Error, match=r"change_superseded") as refused:
        clerk.execute("SELECT undo_change(%s, %s, 'greška')", [ident, request])
    assert refused.value.diag.message_detail is not None
    assert "email" in refused.value.diag.message_detail


def test_a_change_of_other_columns_since_stays_when_one_is_undone(apply, undo, superuser, ident):
    request = apply("members", {"members": 5})
    apply("area", {"area": "60.00", "heated_area": "55.00"})

    undo(request)

    assert states(superuser, ident, "members", "area")[-1][2:] == (3, 60)


def test_the_undoing_is_undone_too(apply, undo, superuser, ident):
    undo(undo(apply("members", {"members": 5})))

    assert states(superuser, ident, "members")[-1][2] == 5


def test_an_undoing_has_four_eyes_too(apply, clerk, ident):
    request = apply("members")
    undoing = one(clerk, "SELECT undo_change(%s, %s, 'greška')", ident, request)

    with pytest.raises(psycopg.Error, match="change_own_approval"):
        filing.move(clerk, ident, undoing, "approved")


def test_what_was_billed_with_a_mistake_stays_as_it_was_billed(apply, undo, superuser, ident):
    request = apply("members", {"members": 5}, received_on="2024-01-05", happened_on="2024-01-01")
    superuser.execute("SET ROLE salter_owner")
    issue_bill(superuser, ident, 2401, "1000")
    issue_bill(superuser, ident, 2402, "1000")
    superuser.execute("RESET ROLE")

    undo(request)

    assert states(superuser, ident, "members") == [
        (BEGINNING, date(2024, 1, 1), 3),
        (date(2024, 1, 1), date(2024, 3, 1), 5),
        (date(2024, 3, 1), None, 3),
    ]


def test_what_was_not_billed_yet_is_as_if_it_had_not_been(apply, undo, superuser, ident):
    request = apply("members", {"members": 5}, received_on="2024-01-05", happened_on="2024-01-01")

    undo(request)

    assert states(superuser, ident, "members") == [
        (BEGINNING, None, 3),
    ]


def test_later_states_get_their_own_back(apply, undo, superuser, ident):
    later = filing.today(superuser) + timedelta(days=400)
    with superuser.transaction():
        add_state(superuser, ident, later, members=1)

    undo(apply("members", {"members": 5}))

    assert [row[2] for row in states(superuser, ident, "members")] == [3, 1]


def test_a_closed_account_is_opened_again_without_a_gap(apply, undo, superuser, ident):
    superuser.execute("INSERT INTO subsidy VALUES (%s, '2020-01-01', NULL, 'low_income', 10, 'R-1')", [ident])

    undo(apply("close_account"))

    assert states(superuser, ident, "members") == [(BEGINNING, None, 3)]
    assert one(superuser, "SELECT closed_on FROM account WHERE ident = %s", ident) is None
    assert one(superuser, "SELECT valid_to FROM subsidy WHERE ident = %s", ident) is None


def test_the_subsidy_before_runs_on(apply, undo, superuser, ident):
    superuser.execute("INSERT INTO subsidy VALUES (%s, '2020-01-01', NULL, 'low_income', 10, 'R-1')", [ident])

    undo(apply("subsidy"))

    assert superuser.execute(
        "SELECT valid_from, valid_to, category FROM subsidy WHERE ident = %s", [ident]
    ).fetchall() == [(date(2020, 1, 1), None, "low_income")]


def test_an_account_opened_by_mistake_is_closed(apply, undo, clerk, superuser):
    ident = one(clerk, "SELECT reserve_ident()")

    undo(apply("open_account", of=ident), of=ident)

    assert states(superuser, ident, "members") == []
    assert one(superuser, "SELECT is_closed FROM account_search WHERE ident = %s", ident)


def test_only_what_was_applied_is_undone(clerk, ident):
    visit(clerk, ident)
    request = filing.submit(clerk, ident, "members")

    with pytest.raises(psycopg.Error, match="change_transition_forbidden"):
        clerk.execute("SELECT undo_change(%s, %s, 'x')", [ident, request])
