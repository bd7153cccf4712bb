"""The audit cannot be forged, skipped or read round; and tampering shows."""

import threading
from typing import Any

import psycopg
import pytest

from tests.security.conftest import (
    ADMIN,
    ANA,
    CLERK,
    EVERYBODY,
    SERVING,
    SUPERVISOR,
    Guarded,
    one,
    visit,
)


def broken(connection: psycopg.Connection[Any]) -> list[tuple[str, str]]:
    rows = connection.execute("SELECT log, problem FROM broken_links() ORDER BY 1, 2, chain, chain_no")
    return [(log, problem) for log, problem in rows]


@pytest.mark.parametrize("login", EVERYBODY)
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_log (login, table_name, operation) VALUES ('x', 'bill', 'UPDATE')",
        "INSERT INTO read_log (login, kind, detail) VALUES ('x', 'visit', '{}')",
        "UPDATE chain_head SET chain_no = 0",
        "SELECT * FROM chain_head",
        "SELECT * FROM chain_joint",
        "SELECT join_chains()",
        "SELECT heads_now()",
        "SELECT * FROM broken_joints()",
        "SELECT * FROM audit_log",
        "SELECT audit_row()",
        "SELECT link_audit_row()",
        "SELECT * FROM broken_links()",
        "SELECT next_link('audit_log', 'x')",
        "SET session_replication_role = replica",
        "ALTER TABLE delivery DISABLE TRIGGER audited",
        "DROP TRIGGER audited ON delivery",
    ],
)
def test_nobody_writes_reads_or_silences_the_audit(enter, login, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        enter(login).execute(statement)


@pytest.mark.parametrize("login", [SUPERVISOR, ADMIN])
def test_overseers_read_who_did_what_but_not_what_the_rows_say(enter, login):
    connection = enter(login)

    assert one(connection, "SELECT count(*) FROM audit_trail") > 0
    assert one(connection, "SELECT count(*) FROM read_log") > 0
    for column in ("old_row", "new_row"):
        with pytest.raises(psycopg.errors.UndefinedColumn):
            connection.execute(f"SELECT {column} FROM audit_trail")


@pytest.mark.parametrize("log", ["read_log", "audit_trail"])
def test_agents_and_clerks_do_not_read_the_logs(enter, log):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        enter(CLERK).execute(f"SELECT count(*) FROM {log}")


def test_a_change_is_audited_by_the_name_of_who_signed_in(clerk, superuser):
    clerk.execute("SET ROLE desk_staff")
    clerk.execute("RESET ROLE")
    clerk.execute("SELECT switch_delivery(ident, version, by_email, on_paper, email, 'phone') FROM delivery")

    last = superuser.execute(
        "SELECT login, table_name, operation, ident FROM audit_log ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert last == (CLERK, "delivery", "UPDATE", ANA)


def test_a_note_a_copy_and_the_owner_s_own_change_are_audited(clerk, superuser):
    clerk.execute("INSERT INTO call_note (ident, channel, text) VALUES (%s, 'phone', 'x')", [ANA])
    superuser.execute("UPDATE holder SET first_name = 'Anka' WHERE ident = %s", [ANA])

    rows = superuser.execute(
        "SELECT table_name, operation FROM audit_log ORDER BY id DESC LIMIT 2"
    ).fetchall()
    assert rows == [("holder", "UPDATE"), ("call_note", "INSERT")]


def test_an_export_is_logged_under_one_s_own_name_only(enter, superuser):
    enter(CLERK).execute("SELECT log_export('bills', '{}', 7)")

    last = superuser.execute("SELECT login, kind, detail FROM read_log ORDER BY id DESC LIMIT 1").fetchone()
    assert last == (CLERK, "export", {"what": "bills", "filter": {}, "rows": 7})


@pytest.mark.parametrize("login", SERVING)
def test_putting_off_or_hurrying_the_constraints_leaves_no_hole(enter, superuser, login):
    connection = enter(login)
    visit(connection, ANA)
    for when in ("IMMEDIATE", "DEFERRED"):
        with connection.transaction():
            connection.execute(f"SET CONSTRAINTS ALL {when}")
            connection.execute(
                "INSERT INTO call_note (ident, channel, text) VALUES (%s, 'phone', 'x')", [ANA]
            )

    assert broken(superuser) == []


# -- the chain ---------------------------------------------------------------------------------


def test_the_chain_of_a_sound_database_holds(superuser):
    assert one(superuser, "SELECT count(*) FROM audit_log WHERE chain_no IS NULL") == 0
    assert broken(superuser) == []


@pytest.mark.parametrize("log", ["audit_log", "read_log"])
@pytest.mark.parametrize(
    ("tampering", "problems"),
    [
        ("UPDATE {log} SET login = 'nobody' WHERE {mine} AND chain_no = 3", ["altered"]),
        (
            "UPDATE {log} SET happened_at = happened_at - interval '1 us' WHERE {mine} AND chain_no = 3",
            ["altered"],
        ),
        ("UPDATE {log} SET ident = 1 WHERE {mine} AND chain_no = 3", ["altered"]),
        ("DELETE FROM {log} WHERE {mine} AND chain_no = 3", ["gap"]),
        ("DELETE FROM {log} WHERE {mine} AND chain_no = 1", ["gap"]),
        (
            "DELETE FROM {log} WHERE {mine} AND chain_no = (SELECT max(chain_no) FROM {log} WHERE {mine})",
            ["cut off"],
        ),
        ("DELETE FROM {log} WHERE {mine} AND chain_no > 2", ["cut off"]),
        ("DELETE FROM {log} WHERE {mine}", ["cut off"]),
        ("UPDATE {log} SET chain_no = NULL, hash = NULL WHERE {mine} AND chain_no = 3", ["gap", "unlinked"]),
        (
            (
                "UPDATE {log} SET hash = (SELECT hash FROM {log} WHERE {mine} AND chain_no = 2)"
                " WHERE {mine} AND chain_no = 3"
            ),
            ["altered"] * 2,
        ),
        ("UPDATE chain_head SET chain_no = chain_no + 1 WHERE log = '{log}' AND {mine}", ["cut off"]),
        ("UPDATE chain_head SET hash = '' WHERE log = '{log}' AND {mine}", ["other head"]),
        ("DELETE FROM chain_head WHERE log = '{log}' AND {mine}", ["cut off"]),
        ("UPDATE {log} SET chain = 'somebody' WHERE {mine} AND chain_no = 1", ["altered", "cut off", "gap"]),
        (
            (
                "UPDATE {log} SET chain_no = -2 WHERE {mine} AND chain_no = 2;"
                "UPDATE {log} SET chain_no = 2 WHERE {mine} AND chain_no = 3;"
                "UPDATE {log} SET chain_no = 3 WHERE {mine} AND chain_no = -2"
            ),
            ["altered"] * 3,
        ),
    ],
)
def test_tampering_shows(guarded, log, tampering, problems):
    with guarded.as_superuser(autocommit=False) as owner:
        for ident in [ANA] * 6:
            owner.execute("SELECT log_export('x', '{}', 1)")
            owner.execute("UPDATE account SET delivery_name = 'x' WHERE ident = %s", [ident])
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute("SET LOCAL session_replication_role = replica")
        owner.execute(tampering.format(log=log, mine="chain = session_user"))

        assert broken(owner) == [(log, problem) for problem in problems]
        owner.rollback()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_log SET new_row = '{}' WHERE chain = session_user AND chain_no = 3",
        "UPDATE audit_log SET table_name = 'bill' WHERE chain = session_user AND chain_no = 3",
        "UPDATE audit_log SET operation = 'DELETE' WHERE chain = session_user AND chain_no = 3",
        "UPDATE read_log SET detail = '{}' WHERE chain = 'guard_supervisor' AND chain_no = 2",
        "UPDATE read_log SET kind = 'verification' WHERE chain = 'guard_supervisor' AND chain_no = 2",
    ],
)
def test_tampering_with_what_a_row_says_shows(guarded, tampering):
    with guarded.as_superuser(autocommit=False) as owner:
        owner.execute("SET LOCAL session_replication_role = replica")
        owner.execute(tampering)

        assert [problem for _, problem in broken(owner)] == ["altered"]
        owner.rollback()


def test_many_writers_at_once_make_whole_chains_and_wait_for_nobody_forever(guarded, superuser):
    idents = [guarded.new_account() for _ in range(6)]
    failures: list[BaseException] = []

    def write(place: int) -> None:
        try:
            with guarded.signed_in((CLERK, SUPERVISOR)[place % 2]) as connection:
                ident = idents[place]
                for turn in range(12):
                    connection.execute("SELECT open_visit(%s, 'service', 'counter')", [ident])
                    with connection.transaction():
                        # a record of reading and a change, in either order
                        steps = [
                            ("SELECT log_export('x', '{}', 1)", []),
                            (
                                "INSERT INTO call_note (ident, channel, text) VALUES (%s, 'phone', 'x')",
                                [ident],
                            ),
                        ]
                        for statement, given in steps if place % 3 else reversed(steps):
                            connection.execute(statement, given or None)
                    if turn % 4 == 3:
                        connection.execute("SELECT close_visit(%s)", [ident])
        except BaseException as error:  # noqa: BLE001  # told by the test
            failures.append(error)

    before = one(superuser, "SELECT count(*) FROM call_note")
    threads = [threading.Thread(target=write, args=[place]) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert failures == []
    assert one(superuser, "SELECT count(*) FROM call_note") == before + 6 * 12
    assert broken(superuser) == []


def test_a_rolled_back_change_leaves_no_gap(guarded: Guarded, superuser):
    with guarded.signed_in(CLERK, autocommit=False) as clerk:
        visit(clerk, ANA)
        clerk.commit()
        clerk.execute("INSERT INTO call_note (ident, channel, text) VALUES (%s, 'phone', 'x')", [ANA])
        clerk.rollback()

    assert broken(superuser) == []


# -- the joints --------------------------------------------------------------------------------


def broken_joints(connection: psycopg.Connection[Any]) -> list[str]:
    return [problem for (problem,) in connection.execute("SELECT problem FROM broken_joints() ORDER BY 1")]


REHASHED = """
DO $$
DECLARE
    entry record;
    previous bytea := '';
BEGIN
    FOR entry IN SELECT * FROM {log} WHERE {mine} ORDER BY chain_no LOOP
        entry.login := session_user;
        previous := {digest}(previous, (SELECT l FROM {log} l WHERE l.id = entry.id));
        UPDATE {log} SET hash = previous WHERE id = entry.id;
    END LOOP;
    UPDATE chain_head SET hash = previous WHERE log = '{log}' AND {mine};
END $$
"""


@pytest.mark.parametrize(("log", "digest"), [("audit_log", "audit_digest"), ("read_log", "read_digest")])
@pytest.mark.parametrize(
    "tampering",
    [
        f"UPDATE {{log}} SET ident = 7 WHERE {{mine}} AND chain_no = 2; {REHASHED}",
        "DELETE FROM {log} WHERE {mine}; DELETE FROM chain_head WHERE log = '{log}' AND {mine}",
        (
            "DELETE FROM {log} WHERE {mine} AND chain_no > 3; UPDATE chain_head SET chain_no = 3,"
            " hash = (SELECT hash FROM {log} WHERE {mine} AND chain_no = 3) WHERE log = '{log}' AND {mine}"
        ),
    ],
    ids=["hashed again", "taken away with its head", "cut off with its head set back"],
)
def test_a_chain_made_whole_again_after_tampering_is_not_what_was_joined(guarded, log, digest, tampering):
    with guarded.as_superuser(autocommit=False) as owner:
        for ident in [ANA] * 6:
            owner.execute("SELECT log_export('x', '{}', 1)")
            owner.execute("UPDATE account SET delivery_name = 'x' WHERE ident = %s", [ident])
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute("SELECT join_chains()")
        assert broken_joints(owner) == []
        owner.execute("SET LOCAL session_replication_role = replica")
        owner.execute(tampering.format(log=log, digest=digest, mine="chain = session_user"))

        assert broken(owner) == []
        assert [problem.split(" from ")[0] for problem in broken_joints(owner)] == [
            f"other than joined: {log} {owner.info.user}"
        ]
        owner.rollback()


@pytest.mark.parametrize(
    ("tampering", "problems"),
    [
        ("UPDATE chain_joint SET made_at = made_at - interval '1 day' WHERE joint_no = 2", ["altered"]),
        (
            "UPDATE chain_joint SET content = jsonb_set(content, '{heads}', '[]') WHERE joint_no = 2",
            ["altered"],
        ),
        ("DELETE FROM chain_joint WHERE joint_no = 2", ["gap"]),
        ("DELETE FROM chain_joint WHERE joint_no = 3", ["cut off"]),
        ("DELETE FROM chain_joint", ["cut off"]),
        ("DELETE FROM chain_head WHERE log = 'chain_joint'", ["cut off"]),
    ],
)
def test_tampering_with_the_joints_shows(guarded, tampering, problems):
    with guarded.as_superuser(autocommit=False) as owner:
        for _ in range(3):
            owner.execute("SELECT join_chains()")
        assert broken_joints(owner) == []
        owner.execute("SET LOCAL session_replication_role = replica")
        owner.execute(tampering)

        assert broken_joints(owner) == problems
        owner.rollback()
