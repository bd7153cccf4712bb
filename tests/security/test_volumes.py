"""Nobody fills the database: what a person writes, how often, and how many connections, have a bound."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from db import staff
from tests.security import filing
from tests.security.conftest import (
    ADMIN,
    AGENT,
    ANA,
    CLERK,
    PASSWORD,
    SERVING,
    SUPERVISOR,
    Guarded,
    one,
    visit,
)

Enter = Callable[[str], psycopg.Connection[Any]]

LONG = "x" * 100_000
FIRST = "2000-01-01"
DESK_ROLES = ["desk_staff", "desk_agent", "desk_clerk", "desk_supervisor", "desk_admin"]


@pytest.fixture
def setting(superuser: psycopg.Connection[Any]):
    """Set what is to be in force, until the end of the test."""
    names = []

    def set_it(name: str, value: int) -> None:
        superuser.execute(
            "INSERT INTO setting (name, valid_from, value, is_unconfirmed) VALUES (%s, %s, %s, false)",
            [name, FIRST, Jsonb(value)],
        )
        names.append(name)

    yield set_it
    for name in names:
        superuser.execute("DELETE FROM setting WHERE name = %s AND valid_from = %s", [name, FIRST])


# -- how much ----------------------------------------------------------------------------------


@pytest.mark.parametrize("login", [*SERVING, ADMIN])
@pytest.mark.parametrize(
    ("statement", "given", "bound"),
    [
        ("INSERT INTO preference (name, value) VALUES ('x', %s)", [Jsonb(LONG)], "ck_preference_volume"),
        ("INSERT INTO preference (name, value) VALUES (%s, '1')", ["n" * 201], "ck_preference_volume"),
        (
            "INSERT INTO completed_action (key, kind, result) VALUES (%s, 'x', %s)",
            [uuid4(), Jsonb(LONG)],
            "ck_completed_action_volume",
        ),
        (
            "INSERT INTO completed_action (key, kind) VALUES (%s, %s)",
            [uuid4(), LONG],
            "ck_completed_action_volume",
        ),
    ],
)
def test_what_is_one_s_own_has_a_bound(enter: Enter, login, statement, given, bound):
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        enter(login).execute(statement, given)
    assert refused.value.diag.constraint_name == bound


@pytest.mark.parametrize("login", SERVING)
@pytest.mark.parametrize(
    ("statement", "given", "bound"),
    [
        ("SELECT log_export(%s, '{}', 1)", [LONG], "ck_read_log_volume"),
        ("SELECT log_export('x', %s, 1)", [Jsonb({"filter": LONG})], "ck_read_log_volume"),
        (f"SELECT reveal_personal_number({ANA}, '2015-01-01', %s)", [LONG], "ck_read_log_volume"),
        (
            f"SELECT switch_delivery({ANA}, 1, true, true, %s || '@example.rs', 'phone')",
            [LONG],
            "delivery_email_wrong",
        ),
        (
            (
                "INSERT INTO reissue (ident, ggmm, version, reason, medium, script, note)"
                f" VALUES ({ANA}, 2606, 1, 'other', 'printed', 'latin', %s)"
            ),
            [LONG],
            "ck_reissue_volume",
        ),
    ],
)
def test_what_is_kept_for_ever_has_a_bound(enter: Enter, login, statement, given, bound):
    connection = enter(login)
    visit(connection, ANA)

    with pytest.raises(psycopg.DatabaseError) as refused:
        connection.execute(statement, given)
    assert bound in (refused.value.diag.constraint_name, refused.value.diag.message_primary)


BOUNDED_ELSEWHERE = {
    "change_paper.content": "by the setting change_paper_most_bytes, in its guard",
}


def test_whatever_a_person_writes_by_hand_has_a_bound(superuser: psycopg.Connection[Any]):
    rows = superuser.execute(
        r"""
        SELECT DISTINCT c.relname || '.' || a.attname
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        CROSS JOIN unnest(%s::text[]) AS role
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND (has_column_privilege(role, c.oid, a.attnum, 'INSERT')
               OR has_column_privilege(role, c.oid, a.attnum, 'UPDATE'))
          AND (a.atttypid IN ('text'::regtype, 'bytea'::regtype, 'jsonb'::regtype, 'json'::regtype)
               OR a.atttypid = 'varchar'::regtype AND a.atttypmod < 0
               OR format_type(a.atttypid, NULL) LIKE '%%[]')
          AND NOT EXISTS (
              SELECT FROM pg_constraint k
              WHERE k.conrelid = c.oid AND a.attnum = ANY (k.conkey)
                AND (k.contype = 'f' OR k.contype = 'c' AND (
                    pg_get_constraintdef(k.oid) ~ ('length\(\(?' || a.attname || '\M')
                    OR pg_get_constraintdef(k.oid) ~ ('length\(btrim\(' || a.attname || '\M')
                    OR pg_get_constraintdef(k.oid) ~ (a.attname || '\)?(::text)? = ANY'))))
        ORDER BY 1
        """,
        [DESK_ROLES],
    ).fetchall()

    assert [name for (name,) in rows] == sorted(BOUNDED_ELSEWHERE)


# -- how many ----------------------------------------------------------------------------------


def refused_as(connection: psycopg.Connection[Any], statement: str, *given: object) -> str | None:
    with pytest.raises(psycopg.Error) as refused:
        connection.execute(statement, given or None)
    return refused.value.diag.message_primary


def test_preferences_are_so_many_and_the_last_can_still_be_altered(enter: Enter, setting):
    setting("preferences_most", 3)
    keep = (
        "INSERT INTO preference (name, value) VALUES (%s, '1')"
        " ON CONFLICT (login, name) DO UPDATE SET value = excluded.value"
    )
    connection = enter(CLERK)
    for name in ("a", "b", "c", "c"):
        connection.execute(keep, [name])

    assert refused_as(connection, keep, "d") == "preferences_too_many"
    connection.execute("SELECT forget_preference('a')")
    connection.execute(keep, ["d"])


def test_papers_of_a_request_are_so_many(guarded: Guarded, enter: Enter, setting):
    clerk, ident = enter(CLERK), guarded.new_account()
    visit(clerk, ident)
    request = filing.file(clerk, ident, "members", channel="phone")
    attach = (
        "INSERT INTO change_paper (ident, request_id, paper_kind, act, file_name, content, is_original_seen)"
        f" VALUES ({ident}, {request}, 'other', '', 'a.pdf', %s, false)"
    )
    content = b"%PDF-" + b"x" * 1000
    clerk.execute(attach, [content])

    setting("change_papers_most", 1)
    assert refused_as(clerk, attach, content) == "papers_too_many"


def test_papers_of_a_day_are_so_much(guarded: Guarded, enter: Enter, setting):
    clerk, ident = enter(SUPERVISOR), guarded.new_account()
    visit(clerk, ident)
    request = filing.file(clerk, ident, "members", channel="phone")
    attach = (
        "INSERT INTO change_paper (ident, request_id, paper_kind, act, file_name, content, is_original_seen)"
        f" VALUES ({ident}, {request}, 'other', '', 'a.pdf', %s, false)"
    )
    setting("change_paper_day_bytes", 2000)
    content = b"%PDF-" + b"x" * 995
    clerk.execute(attach, [content])
    clerk.execute(attach, [content])

    assert refused_as(clerk, attach, content) == "papers_too_much_today"


def test_requests_of_a_day_are_so_many(guarded: Guarded, enter: Enter, setting):
    agent, ident = enter(AGENT), guarded.new_account()
    visit(agent, ident)
    filing.file(agent, ident, "members", channel="phone")
    setting("changes_a_day", 1)

    with pytest.raises(psycopg.Error, match="changes_too_many"):
        filing.file(agent, ident, "members", channel="phone")


def test_account_numbers_promised_in_a_day_are_so_many(enter: Enter, setting):
    setting("idents_a_day", 3)
    clerk = enter(CLERK)
    for _ in range(3):
        clerk.execute("SELECT reserve_ident()")

    assert refused_as(clerk, "SELECT reserve_ident()") == "idents_too_many"


# -- connections -------------------------------------------------------------------------------


@pytest.fixture
def newcomer(guarded: Guarded, superuser: psycopg.Connection[Any]):
    """The login of somebody who was let in with ``salter-db staff add``."""
    staff.add(
        superuser,  # type: ignore[arg-type]
        login="guard_newcomer",
        full_name="Nova",
        role="desk_agent",
        branch="SV",
        password=PASSWORD,
    )
    yield "guard_newcomer"
    superuser.execute("DELETE FROM staff WHERE login = 'guard_newcomer'")
    superuser.execute("DROP ROLE guard_newcomer")


def test_one_person_has_so_many_connections(guarded: Guarded, superuser, newcomer, setting):
    setting("connections_a_person", 2)
    assert staff.bound_connections(superuser) >= 1

    held = [guarded.signed_in(newcomer) for _ in range(2)]
    try:
        with pytest.raises(psycopg.OperationalError, match="too many connections"):
            guarded.signed_in(newcomer)
    finally:
        for connection in held:
            connection.close()


def test_who_is_let_in_is_bound_from_the_first_day(superuser, newcomer):
    limit = one(superuser, "SELECT rolconnlimit FROM pg_roles WHERE rolname = %s", newcomer)

    assert limit == one(superuser, "SELECT setting_on('connections_a_person', office_day())::int")
