"""How an applied change is taken back."""

from collections.abc import Callable
from datetime import date, timedelta
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
    request = apply("holder", filing.PERSON)

    undoing = undo(request)

    assert holder(superuser, ident) == ("natural", "Ana", "Petrović", "", filing.JMBG, None, None)
    assert open_contacts(superuser, ident) == {"email": "a@example.rs"}
    shown = one(superuser, "SELECT new_values ->> 'jmbg' FROM change_request WHERE id = %s", undoing)
    assert shown == f"{filing.JMBG[:4]}•••••{filing.JMBG[-4:]}"
    assert one(superuser, "SELECT name FROM account_search WHERE ident = %s", ident) == "Petrović Ana"


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
        (BEGINNING, date(2024, 1, 1), 3),
        (date(2024, 1, 1), None, 3),
    ]


def test_later_states_get_their_own_back(apply, undo, superuser, ident):
    later = filing.today(superuser) + timedelta(days=400)
    with superuser.transaction():
        add_state(superuser, ident, later, members=1)

    undo(apply("members", {"members": 5}))

    assert [row[2] for row in states(superuser, ident, "members")] == [3, 3, 1]


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
