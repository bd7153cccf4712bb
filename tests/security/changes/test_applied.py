"""What an approved change alters, and from which day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from tests.security import filing
from tests.security.changes.rows import BEGINNING, add_state, first_day, holder, open_contacts, states
from tests.security.conftest import SUPERVISOR, issue_bill, one, visit

Connection = psycopg.Connection[Any]
Desk = Callable[..., int]

# -- states in time ------------------------------------------------------------------------------


def test_a_state_ends_where_the_change_begins_and_goes_on_changed(apply, superuser, ident):
    day = first_day(superuser, apply("members", {"members": 5}))

    assert states(superuser, ident, "members", "area", "version") == [
        (BEGINNING, day, 3, 54, 2),
        (day, None, 5, 54, 1),
    ]


def test_a_state_that_begins_on_that_very_day_is_altered(apply, superuser, ident):
    day = first_day(superuser, apply("members", {"members": 5}))
    apply("members", {"members": 6})

    assert states(superuser, ident, "members", "version") == [(BEGINNING, day, 3, 2), (day, None, 6, 2)]


def test_states_that_begin_later_take_the_changed_columns_and_keep_the_others(apply, superuser, ident):
    later = filing.today(superuser) + timedelta(days=400)
    with superuser.transaction():
        add_state(superuser, ident, later, area=40, heated_area=30, members=1)

    day = first_day(superuser, apply("members", {"members": 5}))

    assert states(superuser, ident, "members", "area") == [
        (BEGINNING, day, 3, 54),
        (day, later, 5, 54),
        (later, None, 5, 40),
    ]


def test_what_was_before_the_first_day_is_never_altered(apply, superuser, ident):
    with superuser.transaction():
        add_state(superuser, ident, date(2018, 3, 1), members=4)
    before = states(superuser, ident, "members", "area", "reason")

    apply("area", {"area": "60.00", "heated_area": "55.00"})

    after = states(superuser, ident, "members", "area", "reason")
    assert after[0] == before[0]
    assert after[1][0] == before[1][0]
    assert after[1][2:] == before[1][2:]


def test_a_change_received_long_ago_counts_from_its_own_month(apply, superuser, ident):
    apply("members", {"members": 5}, received_on="2019-05-21", happened_on="2019-05-01")

    assert states(superuser, ident, "members") == [
        (BEGINNING, date(2019, 6, 1), 3),
        (date(2019, 6, 1), None, 5),
    ]


def test_heating_stops_by_order_and_waste_by_order(apply, superuser, ident):
    apply("stop_heating")
    apply("stop_waste")

    assert states(superuser, ident, "heated_area", "has_waste")[-1][2:] == (0, False)


def test_the_number_of_the_request_is_why_a_state_began(apply, superuser, ident):
    request = apply("members")

    assert states(superuser, ident, "reason")[-1][2] == one(
        superuser, "SELECT number FROM change_request WHERE id = %s", request
    )


# -- people --------------------------------------------------------------------------------------


def test_a_new_holder_leaves_nothing_of_the_one_before(apply, superuser, ident):
    apply("holder", filing.PERSON)
    assert holder(superuser, ident) == ("natural", "Marko", "Petrović", "", filing.OTHER_JMBG, None, None)
    assert open_contacts(superuser, ident) == {"phone": "0641234567", "email": "marko@example.rs"}

    apply("holder", filing.FIRM)

    assert holder(superuser, ident) == ("legal", "", "", "Lipa d.o.o.", None, "101134702", "07007965")
    assert open_contacts(superuser, ident) == {}
    assert one(superuser, "SELECT name FROM account_search WHERE ident = %s", ident) == "Lipa d.o.o."


def test_a_correction_keeps_what_is_not_corrected(apply, superuser, ident):
    apply("holder", filing.PERSON)
    mask = one(superuser, "SELECT jmbg_masked FROM holder WHERE ident = %s AND valid_to IS NULL", ident)

    apply("correction", {"last_name": "Petrović Jović", "first_name": "Marko", "jmbg": mask})

    assert holder(superuser, ident) == (
        "natural",
        "Marko",
        "Petrović Jović",
        "",
        filing.OTHER_JMBG,
        None,
        None,
    )
    assert open_contacts(superuser, ident)["email"] == "marko@example.rs"


def test_a_mask_that_is_not_the_one_on_file_is_no_number(clerk, ident):
    visit(clerk, ident)
    with pytest.raises(psycopg.Error, match="change_field_wrong"):
        filing.submit(
            clerk, ident, "correction", {"last_name": "A", "first_name": "B", "jmbg": "0101•••••0000"}
        )


def test_an_ended_telephone_stays_on_file_as_ended(apply, superuser, ident):
    apply("correction", {"last_name": "A", "first_name": "B", "phone": "011 3954 420"})
    apply("correction", {"last_name": "A", "first_name": "B", "phone": "+381 64 111 22 33"})

    rows = superuser.execute(
        "SELECT normalized, ended_on IS NULL FROM contact"
        " WHERE ident = %s AND kind = 'phone' ORDER BY contact_no",
        [ident],
    ).fetchall()
    assert rows == [("0113954420", False), ("0641112233", True)]


def test_consent_to_e_mail_is_stamped_with_its_channel(apply, superuser, ident):
    apply("email_delivery", channel="portal")

    row = superuser.execute(
        "SELECT d.by_email, d.on_paper, d.email, c.channel, c.given_at IS NOT NULL FROM delivery d"
        " JOIN email_consent c USING (ident)"
        " WHERE ident = %s",
        [ident],
    ).fetchone()
    assert row == (True, False, "racun@example.rs", "portal", True)


def test_a_subsidy_closes_the_one_that_runs(apply, superuser, ident):
    superuser.execute("INSERT INTO subsidy VALUES (%s, '2020-01-01', NULL, 'low_income', 10, 'R-1')", [ident])

    day = first_day(superuser, apply("subsidy"))

    assert superuser.execute(
        "SELECT valid_from, valid_to, category, percent FROM subsidy WHERE ident = %s ORDER BY 1", [ident]
    ).fetchall() == [
        (date(2020, 1, 1), day, "low_income", 10),
        (day, date(2099, 12, 31), "disability", 20),
    ]


# -- accounts ------------------------------------------------------------------------------------


def test_a_closed_account_is_charged_no_more(apply, superuser, ident):
    superuser.execute("INSERT INTO subsidy VALUES (%s, '2020-01-01', NULL, 'low_income', 10, 'R-1')", [ident])

    day = first_day(superuser, apply("close_account"))

    assert states(superuser, ident, "members") == [(BEGINNING, day, 3)]
    assert one(superuser, "SELECT closed_on FROM account WHERE ident = %s", ident) == date(2024, 1, 15)
    assert one(superuser, "SELECT valid_to FROM subsidy WHERE ident = %s", ident) == day
    assert one(superuser, "SELECT is_closed FROM account_search WHERE ident = %s", ident)


def test_a_new_account_has_all_an_account_begins_with(apply, clerk, superuser):
    ident = one(clerk, "SELECT reserve_ident()")
    assert superuser.execute("SELECT FROM account WHERE ident = %s", [ident]).fetchall() == []

    day = first_day(superuser, apply("open_account", of=ident))

    assert states(superuser, ident, "kind", "area", "members", "charging_method") == [
        (day, None, "flat", 61.5, 2, "area")
    ]
    assert holder(superuser, ident) == ("natural", "Marko", "Petrović", "", filing.OTHER_JMBG, None, None)
    assert (
        one(superuser, "SELECT address FROM account_search WHERE ident = %s", ident)
        == "Učiteljska 77/4, Zvezdara"
    )
    assert one(superuser, "SELECT total FROM account_balance WHERE ident = %s", ident) == 0
    assert one(superuser, "SELECT on_paper FROM delivery WHERE ident = %s", ident)


def test_a_second_account_in_a_building_does_not_make_another_building(apply, clerk, superuser):
    first, second = (one(clerk, "SELECT reserve_ident()") for _ in range(2))
    apply("open_account", {**filing.VALUES["open_account"], "house_number": "99B"}, of=first)
    apply("open_account", {**filing.VALUES["open_account"], "house_number": "99b", "door": "5"}, of=second)

    assert one(superuser, "SELECT count(*) FROM building WHERE lower(house_number) = '99b'") == 1


def test_a_reserved_number_is_nobody_s_account_until_it_is_opened(clerk, superuser):
    ident = one(clerk, "SELECT reserve_ident()")

    for kind in ("members", "holder", "close_account"):
        with pytest.raises(psycopg.Error, match="change_field_wrong"):
            filing.file(clerk, ident, kind)


def test_an_account_that_exists_is_not_opened_again(clerk, ident):
    visit(clerk, ident)
    with pytest.raises(psycopg.Error, match="change_field_wrong"):
        filing.file(clerk, ident, "open_account")


# -- a whole building ----------------------------------------------------------------------------


@pytest.fixture
def building(guarded, superuser) -> list[int]:
    """Sixty flats and a garage in one new building; one flat is charged by members already."""
    idents = [guarded.new_account() for _ in range(61)]
    with superuser.transaction():
        number = one(superuser, "SELECT max(id) + 1 FROM building")
        superuser.execute("INSERT INTO building VALUES (%s, 1, %s, true, true, true)", [number, f"{number}"])
        superuser.execute("UPDATE premises SET building_id = %s WHERE ident = ANY (%s)", [number, idents])
        superuser.execute("UPDATE premises_state SET kind = 'garage' WHERE ident = %s", [idents[-1]])
        superuser.execute(
            "UPDATE premises_state SET charging_method = 'members' WHERE ident = %s", [idents[7]]
        )
    return idents


def methods(owner: Connection, idents: list[int]) -> list[str]:
    return [
        method
        for (method,) in owner.execute(
            "SELECT DISTINCT ON (ident) charging_method FROM premises_state WHERE ident = ANY (%s)"
            " ORDER BY ident, valid_from DESC",
            [idents],
        )
    ]


def test_an_assembly_decides_for_all_its_flats_and_no_garage(apply, undo, superuser, building):
    request = apply("charging_method", of=building[3])

    assert methods(superuser, building) == ["members"] * 60 + ["area"]
    touched = superuser.execute("SELECT DISTINCT ident FROM change_effect WHERE request_id = %s", [request])
    assert len(touched.fetchall()) == 60

    undo(request, of=building[3])
    assert methods(superuser, building) == ["area"] * 7 + ["members"] + ["area"] * 53


def test_neighbors_are_listed_on_the_strength_of_a_request_on_record(clerk, superuser, building):
    visit(clerk, building[0])
    with pytest.raises(psycopg.Error, match="must_be_recorded"):
        clerk.execute("SELECT * FROM building_accounts(%s)", [building[0]])
    filing.file(clerk, building[0], "charging_method")
    with pytest.raises(psycopg.Error, match="must_be_recorded"):  # a draft costs nothing
        clerk.execute("SELECT * FROM building_accounts(%s)", [building[0]])
    filing.submit(clerk, building[0], "charging_method")

    listed = clerk.execute("SELECT ident FROM building_accounts(%s)", [building[0]]).fetchall()

    assert [row[0] for row in listed] == building
    logged = superuser.execute(
        "SELECT ident FROM read_log WHERE login = %s AND detail ->> 'building_of' = %s ORDER BY ident",
        [one(clerk, "SELECT session_user"), str(building[0])],
    )
    assert [row[0] for row in logged] == building


def test_and_to_nobody_else_before_it_is_on_record_for_each_that_they_look(clerk, enter, superuser, building):
    visit(clerk, building[0])
    request = filing.submit(clerk, building[0], "charging_method")
    supervisor = enter(SUPERVISOR)
    visit(supervisor, building[0])
    asked = "SELECT ident FROM building_accounts(%s)"
    recorded = "SELECT ident FROM read_log WHERE login = %s AND detail ->> 'request' = %s ORDER BY ident"

    with pytest.raises(psycopg.Error, match="must_be_recorded"):
        supervisor.execute(asked, [building[0]])
    together = "SELECT b.ident FROM claim_change(%s, %s), building_accounts(%s) b"  # and could be rolled back
    with pytest.raises(psycopg.Error, match="must_be_recorded"):
        supervisor.execute(together, [building[0], request, building[0]])
    for _again in range(2):
        supervisor.execute("SELECT claim_change(%s, %s)", [building[0], request])

    assert [row[0] for row in supervisor.execute(asked, [building[0]])] == building
    logged = superuser.execute(recorded, [SUPERVISOR, str(request)]).fetchall()
    assert [row[0] for row in logged] == building


def test_the_use_of_a_building_is_told_in_sums_over_three_accounts_and_more(clerk, superuser, building):
    visit(clerk, building[0])
    superuser.execute("SET ROLE salter_owner")
    superuser.execute("UPDATE service SET basis = 'cold_water' WHERE id = 1")
    try:
        for ident in building[:2]:
            issue_bill(superuser, ident, 2606, "10")
        assert clerk.execute("SELECT * FROM building_use(%s)", [building[0]]).fetchall() == []
        for ident in building[2:4]:
            issue_bill(superuser, ident, 2606, "10")
        # whoever has left shares nothing, neither here nor where the whole building is shown
        superuser.execute("UPDATE account SET closed_on = '2026-07-02' WHERE ident = %s", [building[3]])

        rows = clerk.execute("SELECT * FROM building_use(%s)", [building[0]]).fetchall()
    finally:
        superuser.execute("UPDATE service SET basis = 'area' WHERE id = 1")
        superuser.execute("RESET ROLE")
    assert rows == [("cold_water", 2606, 3, 3, 162, 9)]
