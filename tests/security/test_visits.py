"""No visit, no data: whatever is tried, an account's rows are shown to who holds a visit on record."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.security.conftest import (
    ADMIN,
    AGENT,
    ANA,
    BORA,
    CLERK,
    EVERYBODY,
    JMBG,
    LEFT,
    OTHER_CLERK,
    SERVING,
    STRANGER,
    SUPERVISOR,
    close_visits,
    one,
    verify,
    visit,
)

OF_AN_ACCOUNT = [
    "account", "premises", "premises_state", "contact", "subsidy", "delivery", "portal_registration", "bill",
    "bill_balance", "account_balance", "payment", "allocation", "notice", "notice_item",
    "enforcement_case", "enforcement_item", "plan", "plan_item", "instalment", "call_note", "reissue",
    "holder", "email_consent",
]  # fmt: skip

Enter = Callable[[str], psycopg.Connection[Any]]


def count(connection: psycopg.Connection[Any], table: str, ident: int | None = None) -> int:
    where = "" if ident is None else f" WHERE ident = {ident}"
    return int(one(connection, f"SELECT count(ident) FROM {table}{where}"))


def refusal(connection: psycopg.Connection[Any], statement: str, *given: object) -> str:
    with pytest.raises(psycopg.Error) as caught:
        connection.execute(statement, given or None)
    return str(caught.value.diag.message_primary)


# -- the rule ----------------------------------------------------------------------------------


@pytest.mark.parametrize("login", SERVING)
@pytest.mark.parametrize("table", OF_AN_ACCOUNT)
def test_without_a_visit_there_is_no_row(enter, login, table):
    connection = enter(login)
    close_visits(connection)

    assert count(connection, table) == 0


@pytest.mark.parametrize("login", SERVING)
def test_a_visit_shows_the_rows_of_its_account_and_of_no_other(enter, login):
    connection = enter(login)
    visit(connection, ANA)

    for table in OF_AN_ACCOUNT:
        assert count(connection, table) == count(connection, table, ANA) > 0, table


@pytest.mark.parametrize("table", OF_AN_ACCOUNT)
def test_an_agent_sees_nothing_before_the_caller_is_verified(guarded, enter, table):
    ident = guarded.new_account()
    agent = enter(AGENT)
    agent.execute("SELECT open_visit(%s, 'call', 'phone')", [ident])

    assert count(agent, table, ident) == 0


@pytest.mark.parametrize("login", [ADMIN, LEFT, STRANGER])
def test_who_does_not_serve_opens_nothing(enter, login):
    said = refusal(enter(login), "SELECT open_visit(%s, 'service', 'counter')", ANA)

    assert said == "not_serving" or said.startswith("permission denied")


def test_who_left_while_a_visit_was_open_sees_nothing_from_then_on(guarded, enter, superuser):
    clerk = enter(OTHER_CLERK)
    visit(clerk, ANA)
    assert count(clerk, "bill") > 0

    superuser.execute("UPDATE staff SET is_active = false WHERE login = %s", [OTHER_CLERK])
    try:
        assert count(clerk, "bill") == 0
    finally:
        superuser.execute("UPDATE staff SET is_active = true WHERE login = %s", [OTHER_CLERK])


def test_a_visit_is_nobody_else_s(enter):
    visit(enter(CLERK), ANA)
    other = enter(SUPERVISOR)
    close_visits(other)

    assert count(other, "bill") == 0
    assert one(other, "SELECT count(*) FROM visit WHERE login <> session_user") == 0


def test_a_closed_visit_shows_nothing(clerk):
    clerk.execute("SELECT close_visit(%s)", [ANA])

    assert count(clerk, "bill") == 0


def test_a_visit_ends_after_twelve_hours(guarded, enter, superuser):
    ident = guarded.new_account()
    clerk = enter(CLERK)
    visit(clerk, ident)
    superuser.execute("UPDATE visit SET opened_at = now() - interval '13 hours' WHERE ident = %s", [ident])

    assert count(clerk, "contact", ident) == 0
    assert count(clerk, "account", ident) == 0


def test_a_transaction_kept_open_does_not_prolong_a_visit(guarded, superuser):
    ident = guarded.new_account()
    with guarded.signed_in(CLERK) as clerk:
        visit(clerk, ident)
    with guarded.signed_in(CLERK, autocommit=False) as clerk:
        began = one(clerk, "SELECT now()")
        superuser.execute(
            "UPDATE visit SET opened_at = now() - interval '13 hours' WHERE ident = %s", [ident]
        )

        assert one(clerk, "SELECT now()") == began
        assert count(clerk, "account", ident) == 0


# -- evidence before disclosure ----------------------------------------------------------------


def test_what_a_rolled_back_visit_would_show_is_not_shown(guarded):
    ident = guarded.new_account()
    with guarded.signed_in(CLERK, autocommit=False) as clerk:
        clerk.execute("SELECT open_visit(%s, 'service', 'counter')", [ident])
        seen = [count(clerk, table, ident) for table in OF_AN_ACCOUNT]
        clerk.rollback()

    assert set(seen) == {0}


def test_nor_inside_a_savepoint_a_block_or_one_statement(guarded):
    ident = guarded.new_account()
    with guarded.signed_in(CLERK, autocommit=False) as clerk:
        clerk.execute("SAVEPOINT before")
        clerk.execute("SELECT open_visit(%s, 'service', 'counter')", [ident])
        assert count(clerk, "account", ident) == 0
        clerk.execute("ROLLBACK TO before")
        together = (
            "WITH opened AS MATERIALIZED (SELECT * FROM open_visit(%s, 'service', 'counter'))"
            " SELECT count(*) FROM account WHERE ident = %s AND (SELECT count(*) FROM opened) = 1"
        )
        assert one(clerk, together, ident, ident) == 0
        clerk.rollback()


def test_an_agent_s_verification_counts_once_it_is_on_record(guarded):
    ident = guarded.new_account()
    with guarded.signed_in(AGENT) as agent:
        agent.execute("SELECT open_visit(%s, 'call', 'phone')", [ident])
    with guarded.signed_in(AGENT, autocommit=False) as agent:
        assert verify(agent, ident)["passed"]
        assert count(agent, "contact", ident) == 0
        agent.rollback()
        assert count(agent, "contact", ident) == 0
        agent.rollback()


def test_every_visit_is_in_the_read_log(guarded, enter, superuser):
    ident = guarded.new_account()
    visit(enter(CLERK), ident)

    logged = superuser.execute("SELECT login, kind FROM read_log WHERE ident = %s", [ident]).fetchall()
    assert logged == [(CLERK, "visit")]


# -- ways round --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM bill WHERE 1 / (charged - charged) = 1",
        "SELECT count(*) FROM contact WHERE value::integer = 1",
        "SELECT count(*) FROM holder WHERE (first_name || last_name)::date IS NULL",
        "SELECT count(*) FROM bill WHERE query_to_xml('select 1/0', true, true, '') IS NULL",
        "SELECT count(*) FROM account_balance WHERE ('x' || total)::numeric > 0",
    ],
)
def test_a_condition_that_fails_on_a_row_tells_nothing_of_rows_not_shown(enter, statement):
    connection = enter(CLERK)
    close_visits(connection)

    assert one(connection, statement) == 0


@pytest.mark.parametrize("login", SERVING)
def test_the_lines_of_bills_are_those_of_a_visited_account(enter, login):
    connection = enter(login)
    close_visits(connection)
    lines = "SELECT count(*) FROM bill_lines(%s, 2605::smallint, 2606::smallint)"
    assert one(connection, lines, ANA) == 0

    visit(connection, ANA)

    assert (one(connection, lines, ANA), one(connection, lines, BORA)) == (2, 0)


def test_what_would_be_spread_over_servers_has_no_policy_that_asks_another_table(superuser):
    policies = superuser.execute(
        "SELECT policyname FROM pg_policies"
        " WHERE tablename = 'bill_line' AND concat(qual, with_check) ~* 'select'"
    )

    assert policies.fetchall() == []


@pytest.mark.parametrize("partition", ["bill_2026", "bill_line", "bill_line_2026", "bill_balance_2026"])
@pytest.mark.parametrize("login", EVERYBODY)
def test_partitions_are_not_a_way_in(enter, login, partition):
    assert refusal(enter(login), f"SELECT count(*) FROM {partition}").startswith("permission denied")


@pytest.mark.parametrize(
    "statement",
    [
        "COPY bill TO STDOUT",
        "COPY contact TO STDOUT",
        "COPY (SELECT * FROM payment) TO STDOUT",
        "COPY (TABLE account) TO STDOUT",
        "COPY (SELECT b FROM bill b) TO STDOUT",
    ],
)
def test_copying_out_gives_what_reading_gives(enter, statement):
    connection = enter(CLERK)
    close_visits(connection)

    with connection.cursor().copy(statement) as rows:
        assert list(rows) == []


@pytest.mark.parametrize(
    "statement", ["COPY call_note (ident, channel, text) FROM STDIN", "COPY bill FROM STDIN"]
)
def test_copying_in_is_no_way_past_the_policies(enter, statement):
    connection = enter(CLERK)

    with pytest.raises(psycopg.Error), connection.cursor().copy(statement) as rows:
        rows.write_row([BORA, "phone", "x"])


@pytest.mark.parametrize(
    "setting",
    [
        "row_security = off",
        "session_replication_role = replica",
        "role = salter_owner",
        "allow_system_table_mods = on",
    ],
)
def test_settings_do_not_open_what_policies_close(enter, setting):
    connection = enter(CLERK)
    close_visits(connection)
    try:
        connection.execute(f"SET {setting}")
        shown = count(connection, "bill")
    except psycopg.Error:
        return
    assert shown == 0


def test_a_prepared_statement_is_asked_anew_every_time(clerk):
    clerk.execute("PREPARE bills AS SELECT count(*) FROM bill")
    assert one(clerk, "EXECUTE bills") > 0

    close_visits(clerk)

    assert one(clerk, "EXECUTE bills") == 0


def test_a_cursor_held_open_keeps_what_was_read_and_reads_nothing_more(guarded, superuser):
    ident = guarded.new_account()
    with guarded.signed_in(CLERK, autocommit=False) as clerk:
        visit(clerk, ident)
        clerk.commit()
        clerk.execute(f"DECLARE held CURSOR WITH HOLD FOR SELECT ident FROM contact WHERE ident = {ident}")
        clerk.commit()
        close_visits(clerk)
        clerk.commit()
        superuser.execute(
            "INSERT INTO contact VALUES (%s, 2, 'email', 'b@example.rs', 'b@example.rs', '2020-01-01')",
            [ident],
        )

        assert len(clerk.execute("FETCH ALL FROM held").fetchall()) == 1


@pytest.mark.parametrize("given", [None, 0, -1, 2147483647])
@pytest.mark.parametrize(
    "call",
    [
        "open_visit(%s, 'service', 'counter')",
        "verification_choices(%s)",
        "verify_caller(%s, '{}')",
        "reveal_personal_number(%s, '2015-01-01', 'x')",
        "revealed_personal_number(%s, '2015-01-01')",
    ],
)
def test_odd_arguments_open_no_door(enter, call, given):
    assert refusal(enter(CLERK), f"SELECT {call}", given) in {"account_unknown", "visit_not_open"}


@pytest.mark.parametrize(
    "claims",
    [
        "NULL",
        "'[]'",
        "'1'",
        "'null'",
        "'{\"pin\": true}'",
        "'{\"jmbg_last4\": null}'",
        "'{}'",
        '\'{"ident": true, "name": 1}\'',
        '\'{"name": "true", "email": true}\'',
    ],
)
def test_odd_claims_verify_nobody(guarded, enter, claims):
    ident = guarded.new_account()
    agent = enter(AGENT)
    agent.execute("SELECT open_visit(%s, 'call', 'phone')", [ident])
    try:
        outcome = one(agent, f"SELECT verify_caller({ident}, {claims})")
    except psycopg.Error:
        outcome = {"passed": False}

    assert not outcome["passed"]
    assert count(agent, "account", ident) == 0


@pytest.mark.parametrize(
    ("purpose", "channel"), [("curiosity", "counter"), ("service", "window"), (None, None)]
)
def test_a_visit_has_a_purpose_and_a_channel(enter, purpose, channel):
    refusal(enter(CLERK), "SELECT open_visit(%s, %s, %s)", BORA, purpose, channel)


@pytest.mark.parametrize("login", SERVING)
def test_the_changes_of_an_account_are_told_to_who_visits_it(enter, superuser, login):
    superuser.execute("UPDATE holder SET first_name = first_name || 'a' WHERE ident = %s", [ANA])
    connection = enter(login)
    asked = "SELECT count(*) FROM account_changes(%s, '{holder,staff,setting}', now(), 1000000)"
    close_visits(connection)
    assert [one(connection, asked, ident) for ident in (ANA, BORA, None)] == [0, 0, 0]

    visit(connection, ANA)

    assert [one(connection, asked, ident) > 0 for ident in (ANA, BORA, None)] == [True, False, False]
    told = one(connection, asked.replace("count(*)", "string_agg(fields::text, ' ')"), ANA)
    assert JMBG[ANA] not in told


# -- writing while visiting --------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO call_note (ident, channel, text) VALUES (1000318, 'phone', 'x')",
        (
            "INSERT INTO reissue (ident, ggmm, version, reason, medium, script)"
            " VALUES (1000318, 2606, 1, 'lost', 'printed', 'latin')"
        ),
    ],
)
@pytest.mark.parametrize("login", SERVING)
def test_nothing_is_written_on_an_account_nobody_visits(enter, login, statement):
    connection = enter(login)
    close_visits(connection)

    assert "row-level security" in refusal(connection, statement)
