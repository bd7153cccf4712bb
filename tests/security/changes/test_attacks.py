"""What a request says of itself is the server's word: nobody forges, edits, reads or removes it by SQL."""

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.security import filing
from tests.security.conftest import (
    ADMIN,
    AGENT,
    ANA,
    CLERK,
    EVERYBODY,
    LEFT,
    SERVING,
    STRANGER,
    SUPERVISOR,
    close_visits,
    one,
    sqlstate_of,
    visit,
)

Connection = psycopg.Connection[Any]

TABLES = ("change_request", "change_paper", "change_event", "change_effect")

FORGED = {
    "entered_by": "'somebody'",
    "entered_at": "'2020-01-01'",
    "editors": "'{}'",
    "branch_id": "2",
    "state": "'approved'",
    "number": "'SV-000001/2020'",
    "number_serial": "1",
    "submitted_at": "now()",
    "old_values": "'{}'",
    "secrets": "'{}'",
    "applies_from": "2001",
    "cutoff_day": "31",
    "is_late": "false",
    "due_on": "'2030-01-01'",
    "missing_papers": "'{}'",
    "unseen_originals": "'{}'",
    "claimed_by": "'somebody'",
    "decided_by": "'somebody'",
    "decided_at": "now()",
    "applied_at": "now()",
    "undoes": "1",
    "version": "9",
}
"""Columns that the server stamps, with what somebody would like them to say."""


@pytest.fixture
def ident(guarded) -> int:
    return guarded.new_account()


@pytest.fixture
def visiting(enter, ident):
    def sign_in(login: str) -> Connection:
        connection = enter(login)
        visit(connection, ident)
        return connection

    return sign_in


@pytest.mark.parametrize("column", FORGED)
def test_nobody_enters_a_request_with_a_stamp_of_their_own(visiting, ident, column):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        visiting(CLERK).execute(
            f"INSERT INTO change_request (ident, kind, channel, {column})"
            f" VALUES ({ident}, 'members', 'counter', {FORGED[column]})"
        )


@pytest.mark.parametrize("column", [name for name in FORGED if name != "state"])
@pytest.mark.parametrize("login", [CLERK, SUPERVISOR])
def test_nobody_sets_a_stamp_afterwards(visiting, ident, login, column):
    connection = visiting(login)
    request = filing.file(connection, ident, "members")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"UPDATE change_request SET {column} = {FORGED[column]} WHERE id = {request}")


def test_whoever_goes_by_another_role_still_enters_as_themselves(visiting, ident):
    clerk = visiting(CLERK)
    clerk.execute("SET ROLE desk_clerk")

    request = filing.file(clerk, ident, "members")

    assert clerk.execute(
        "SELECT entered_by, editors FROM change_request WHERE id = %s", [request]
    ).fetchone() == (
        CLERK,
        [CLERK],
    )


@pytest.mark.parametrize("disguise", ["SET ROLE desk_supervisor", f"SET SESSION AUTHORIZATION {SUPERVISOR}"])
def test_a_clerk_does_not_become_a_supervisor(visiting, disguise):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        visiting(CLERK).execute(disguise)


@pytest.mark.parametrize(
    "statement",
    [
        "SET salter.login = 'guard_supervisor'",
        "SELECT set_config('session_user', 'guard_supervisor', false)",
        "SELECT set_config('role', 'desk_supervisor', false)",
    ],
)
def test_no_variable_of_a_session_says_who_decides(visiting, ident, statement):
    clerk = visiting(CLERK)
    request = filing.submit(clerk, ident, "members")
    sqlstate_of(clerk, statement)

    with pytest.raises(psycopg.Error, match="change_own_approval"):
        filing.move(clerk, ident, request, "approved")


@pytest.mark.parametrize("login", [AGENT, ADMIN, LEFT, STRANGER])
def test_only_clerks_and_supervisors_work_on_requests(enter, login):
    connection = enter(login)
    for call in (
        "change_queue(NULL, NULL, NULL, NULL, NULL, NULL, 10)",
        "change_queue_counts()",
        "take_next_change(NULL, NULL, NULL)",
        f"claim_change({ANA}, 1)",
        f"apply_change({ANA}, 1)",
        f"undo_change({ANA}, 1, 'x')",
        "reserve_ident()",
        f"building_accounts({ANA})",
    ):
        with pytest.raises(psycopg.Error) as refused:
            connection.execute(f"SELECT * FROM {call}")
        assert refused.value.sqlstate in ("42501", "SA001"), call


@pytest.mark.parametrize("login", EVERYBODY)
@pytest.mark.parametrize("table", TABLES)
def test_without_a_visit_there_is_nothing_to_read(enter, visiting, ident, login, table):
    supervisor, clerk = visiting(SUPERVISOR), visiting(CLERK)
    filing.decide(supervisor, ident, filing.submit(clerk, ident, "members"))
    close_visits(supervisor)
    close_visits(clerk)
    connection = enter(login)

    if login == ADMIN:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"SELECT ident FROM {table}")
    else:
        assert connection.execute(f"SELECT ident FROM {table} WHERE ident = {ident}").fetchall() == []


@pytest.mark.parametrize("login", EVERYBODY)
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT secrets FROM change_request",
        "SELECT * FROM change_request",
        "SELECT change_request::text FROM change_request",
        "SELECT secrets FROM change_effect",
        "SELECT row_to_json(e) FROM change_effect e",
        "SELECT * FROM change_serial",
        "SELECT * FROM reserved_ident",
        "COPY change_request TO STDOUT",
        "COPY (SELECT secrets FROM change_request) TO STDOUT",
        "COPY change_effect TO STDOUT",
        "SELECT account_now(1000042)",
        "SELECT values_now(1000042, '{}')",
        "SELECT next_change_serial(1::smallint, 2026::smallint)",
        "SELECT write_row('holder', '{}', '{}', 1)",
        "SELECT write_columns(NULL, 1000042, '{}')",
        "SELECT keep_effect(1, 1000042, 'holder', NULL, '{}', '{}')",
        "SELECT guard_change_request()",
        "UPDATE change_kind SET four_eyes = false",
        "INSERT INTO change_transition VALUES ('desk', 'draft', 'applied', 'enterer')",
        "DELETE FROM change_transition",
        "DELETE FROM change_request",
        "DELETE FROM change_event",
        "UPDATE change_event SET login = 'x'",
        "INSERT INTO change_event (ident, request_id, login, new_state) VALUES (1000042, 1, 'x', 'approved')",
        "INSERT INTO change_effect (ident, request_id, table_name) VALUES (1000042, 1, 'holder')",
        "UPDATE change_paper SET content = '\\x00'",
        "UPDATE change_paper SET original_seen_by = 'x'",
        "TRUNCATE change_request CASCADE",
        "TRUNCATE change_paper",
        "ALTER TABLE change_request DISABLE TRIGGER ALL",
        "DROP TRIGGER guarded_by_hand ON change_request",
        "INSERT INTO reserved_ident (ident, login) VALUES (1, 'x')",
        "UPDATE change_serial SET last_serial = 0",
        "SELECT nextval('change_request_id_seq')",
    ],
)
def test_nobody_reads_secrets_alters_rules_or_removes_traces(enter, login, statement):
    connection = enter(login)
    if login in SERVING:
        visit(connection, ANA)

    assert sqlstate_of(connection, statement) == "42501"


def test_a_personal_number_leaves_its_mask_and_is_seen_nowhere(visiting, superuser, ident):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    request = filing.submit(clerk, ident, "holder")

    shown = one(clerk, "SELECT new_values ->> 'jmbg' FROM change_request WHERE id = %s", request)
    assert shown == f"{filing.OTHER_JMBG[:4]}•••••{filing.OTHER_JMBG[-4:]}"
    filing.decide(supervisor, ident, request)

    assert one(superuser, "SELECT jmbg FROM holder WHERE ident = %s ORDER BY valid_from DESC", ident) == (
        filing.OTHER_JMBG
    )
    for table in ("audit_log", "read_log", "change_event", "account_search", "completed_action"):
        found = one(
            superuser, f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", f"%{filing.OTHER_JMBG}%"
        )
        assert found == 0, table
    columns = "before, after, table_name"
    assert (
        one(
            superuser,
            f"SELECT count(*) FROM change_effect WHERE ({columns})::text LIKE %s",
            f"%{filing.OTHER_JMBG}%",
        )
        == 0
    )


def test_a_mistyped_personal_number_is_masked_in_a_draft_too(visiting, superuser, ident):
    clerk = visiting(CLERK)

    request = filing.file(clerk, ident, "correction", {"jmbg": "15059857100"})

    assert one(clerk, "SELECT new_values ->> 'jmbg' FROM change_request WHERE id = %s", request) == "•" * 11
    assert one(superuser, "SELECT count(*) FROM audit_log a WHERE a::text LIKE '%%15059857100%%'") == 0


def test_a_refused_effect_quotes_no_row(visiting, superuser, ident):
    """The server's own message about a broken constraint would hold the number."""
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    request = filing.submit(clerk, ident, "holder")
    with superuser.transaction():
        superuser.execute("SET LOCAL session_replication_role = replica")
        superuser.execute(
            "UPDATE change_request SET secrets = jsonb_build_object('jmbg', '12345') WHERE id = %s", [request]
        )
    with pytest.raises(psycopg.Error, match="change_not_possible") as refused:
        filing.decide(supervisor, ident, request)

    assert "ck_holder_jmbg" in str(refused.value)
    assert "12345" not in f"{refused.value.diag.message_detail} {refused.value.diag.context}"
    filing.move(supervisor, ident, request, "rejected", reason="greška")


def test_a_paper_in_the_audit_has_no_content(visiting, superuser, ident):
    clerk = visiting(CLERK)
    request = filing.file(clerk, ident, "members")
    paper = filing.bring(clerk, ident, request, "members_certificate")
    clerk.execute("SELECT remove_change_paper(%s, %s)", [ident, paper])

    rows = superuser.execute(
        "SELECT operation, coalesce(new_row, old_row) FROM audit_log"
        " WHERE table_name = 'change_paper' AND ident = %s ORDER BY id",
        [ident],
    ).fetchall()
    assert [operation for operation, _ in rows] == ["INSERT", "DELETE"]
    assert all("content" not in row and row["sha256"] for _, row in rows)


def test_an_audit_of_a_request_is_without_its_secrets(visiting, superuser, ident):
    request = filing.submit(visiting(CLERK), ident, "holder")

    kept = superuser.execute(
        "SELECT new_row FROM audit_log"
        " WHERE table_name = 'change_request' AND (new_row ->> 'id')::bigint = %s",
        [request],
    ).fetchall()
    assert kept
    assert all("secrets" not in row for (row,) in kept)


@pytest.mark.parametrize("table", ["change_event", "change_effect"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET ident = ident", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_owner_alters_no_event_and_no_effect(visiting, superuser, ident, table, statement):
    filing.decide(visiting(SUPERVISOR), ident, filing.submit(visiting(CLERK), ident, "members"))

    with pytest.raises(psycopg.Error, match="row_immutable"):
        superuser.execute(statement.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM change_request",
        "TRUNCATE change_request CASCADE",
        "TRUNCATE change_paper",
        "TRUNCATE change_serial",
        "DELETE FROM change_serial",
        "UPDATE change_paper SET content = '\\x255044462d'",
        "UPDATE change_paper SET added_by = 'x'",
    ],
)
def test_the_owner_removes_no_request_and_alters_no_paper(visiting, superuser, ident, statement):
    filing.submit(visiting(CLERK), ident, "members")
    superuser.execute("SELECT close_numbers()")

    with pytest.raises(psycopg.Error, match=r"row_immutable|change_not_editable"):
        superuser.execute(statement)


@pytest.mark.parametrize("role", ["postgres", "salter_owner"])
def test_not_even_the_owner_moves_a_request(visiting, superuser, ident, role):
    request = filing.submit(visiting(CLERK), ident, "members")
    superuser.execute(f"SET ROLE {role}" if role == "salter_owner" else "RESET ROLE")

    for state in ("approved", "applied", "cancelled"):
        with pytest.raises(psycopg.Error, match="change_transition_forbidden"):
            superuser.execute(
                "UPDATE change_request SET state = %s, reason = 'x' WHERE id = %s", [state, request]
            )
    superuser.execute("RESET ROLE")


def test_values_are_those_of_declared_fields_on_one_line(visiting, ident):
    clerk = visiting(CLERK)
    for values in (
        {"is_rented_from_city": True},
        {"members": [1]},
        {"members": {"a": 1}},
        [1, 2],
        "members",
    ):
        with pytest.raises(psycopg.Error, match="change_field_wrong"):
            clerk.execute(
                "INSERT INTO change_request (ident, kind, channel, new_values)"
                " VALUES (%s, 'members', 'counter', %s)",
                [ident, Jsonb(values)],
            )
    for text in ("dva\nreda", "kraj\x07", "\u202eobrnuto", "x" * 401):
        with pytest.raises(psycopg.Error, match="change_field_wrong"):
            filing.file(clerk, ident, "delivery_address", {"delivery_name": text})
        with pytest.raises(psycopg.Error, match=r"change_field_wrong|ck_change_request_texts"):
            filing.file(clerk, ident, "delivery_address", {}, applicant_name=text)
