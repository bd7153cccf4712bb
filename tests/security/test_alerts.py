"""Somebody is told: who oversees whom, what they see, and a ceiling raised by somebody else only."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.security.conftest import (
    ADMIN,
    AGENT,
    CLERK,
    EVERYBODY,
    LEFT,
    OTHER_CLERK,
    OTHER_SUPERVISOR,
    STRANGER,
    SUPERVISOR,
    Guarded,
    verify,
)
from tests.security.test_ceilings import OPEN, ceiling, nothing_done, refusal

__all__ = ["ceiling", "nothing_done"]

Enter = Callable[[str], psycopg.Connection[Any]]

RAISE = "SELECT raise_ceiling(%s, %s, %s, office_day() + %s::int, %s)"


@pytest.fixture(autouse=True)
def nobody_elsewhere(superuser: psycopg.Connection[Any]) -> None:
    """Let all work in one branch, with nothing raised and nothing looked at."""
    superuser.execute("UPDATE staff SET branch_id = 1")
    superuser.execute("SET session_replication_role = replica")
    superuser.execute("DELETE FROM ceiling_raise")
    superuser.execute("DELETE FROM alert_seen")
    superuser.execute("SET session_replication_role = origin")


@pytest.fixture
def branch(superuser: psycopg.Connection[Any]) -> int:
    """Another branch."""
    superuser.execute(
        "INSERT INTO branch VALUES (2, 'ZV', 'Zvezdara', '', '', '', true) ON CONFLICT DO NOTHING"
    )
    return 2


def opens(guarded: Guarded, connection: psycopg.Connection[Any], times: int) -> None:
    for _ in range(times):
        connection.execute(OPEN, [guarded.new_account()])


def told(connection: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT login, ceiling, counted, most FROM alerts() ORDER BY login, ceiling"
    ).fetchall()


# -- who is told of whom -----------------------------------------------------------------------


def test_whoever_comes_to_half_of_a_ceiling_is_told_of_to_the_supervisor(guarded, enter, ceiling):
    ceiling("visits_a_day", 4)
    clerk, supervisor = enter(CLERK), enter(SUPERVISOR)
    opens(guarded, clerk, 1)
    assert told(supervisor) == []

    opens(guarded, clerk, 1)
    assert told(supervisor) == [(CLERK, "visits_a_day", 2, 4)]
    opens(guarded, clerk, 2)
    assert told(supervisor) == [(CLERK, "visits_a_day", 4, 4)]


def test_the_mark_is_a_setting(guarded, enter, ceiling):
    ceiling("visits_a_day", 4)
    ceiling("ceiling_alert_percent", 100)
    clerk, supervisor = enter(CLERK), enter(SUPERVISOR)
    opens(guarded, clerk, 3)

    assert told(supervisor) == []
    opens(guarded, clerk, 1)
    assert told(supervisor) == [(CLERK, "visits_a_day", 4, 4)]


def test_whoever_reaches_an_hour_s_ceiling_across_the_hour_is_told_of(guarded, enter, ceiling, superuser):
    ceiling("visits_an_hour", 4)
    clerk = enter(CLERK)
    opens(guarded, clerk, 4)
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        "UPDATE read_log r"
        " SET happened_at = date_trunc('hour', now()) - interval '30 min' + n.place * interval '15 min'"
        " FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM read_log"
        "       WHERE login = %s AND kind = 'visit' AND happened_at > now() - interval '1 hour') n"
        " WHERE n.id = r.id",
        [CLERK],
    )
    superuser.execute("SET session_replication_role = origin")

    assert {row[:3] for row in told(enter(SUPERVISOR))} == {(CLERK, "visits_an_hour", 2)}


def test_what_is_held_open_now_is_told_of(guarded, enter, ceiling):
    ceiling("visits_at_once", 2)
    clerk, supervisor = enter(CLERK), enter(SUPERVISOR)
    opens(guarded, clerk, 2)

    assert told(supervisor) == [(CLERK, "visits_at_once", 2, 2)]
    clerk.execute("SELECT close_visit(ident) FROM visit")
    assert told(supervisor) == []


def test_wrong_data_are_told_of_though_they_were_taken_back(guarded, enter, ceiling, superuser):
    ceiling("misses_a_day", 4)
    ident = guarded.new_account()
    supervisor = enter(SUPERVISOR)
    with guarded.signed_in(OTHER_CLERK, autocommit=False) as connection:
        connection.execute(OPEN, [ident])
        connection.commit()
        for guess in ("9000", "9001"):
            verify(connection, ident, name=True, email=guess)
            connection.rollback()

    assert told(supervisor) == [(OTHER_CLERK, "misses_a_day", 2, 4)]
    standing = dict(
        supervisor.execute("SELECT ceiling, counted FROM standing_of(%s)", [OTHER_CLERK]).fetchall()
    )
    assert standing["misses_a_day"] == 2
    assert standing["visits_at_once"] == standing["visits_an_hour"] == standing["visits_a_day"] == 1
    assert standing["reveals_an_hour"] == standing["exports_a_day"] == 0
    superuser.execute("SELECT setval(c.oid, 1) FROM pg_class c WHERE relname ~ '^counted_missed_day_'")


def test_a_supervisor_is_told_of_the_own_branch_and_of_branches_without_another(
    guarded, enter, ceiling, superuser, branch
):
    ceiling("visits_a_day", 2)
    for login in (CLERK, SUPERVISOR, OTHER_SUPERVISOR):
        opens(guarded, enter(login), 1)
    superuser.execute("UPDATE staff SET branch_id = 2 WHERE login = ANY(%s)", [[CLERK, OTHER_SUPERVISOR]])

    # the clerk belongs to the other supervisor; each of them is alone in a branch
    assert [row[0] for row in told(enter(SUPERVISOR))] == [OTHER_SUPERVISOR]
    assert [row[0] for row in told(enter(OTHER_SUPERVISOR))] == [CLERK, SUPERVISOR]
    superuser.execute("UPDATE staff SET branch_id = 1 WHERE login = %s", [OTHER_SUPERVISOR])
    assert [row[0] for row in told(enter(SUPERVISOR))] == [CLERK, OTHER_SUPERVISOR]


def test_an_administrator_is_told_of_everybody(guarded, enter, ceiling, superuser, branch):
    ceiling("visits_a_day", 2)
    for login in (CLERK, SUPERVISOR):
        opens(guarded, enter(login), 1)
    superuser.execute("UPDATE staff SET branch_id = 2 WHERE login = %s", [CLERK])

    assert [row[0] for row in told(enter(ADMIN))] == [CLERK, SUPERVISOR]


@pytest.mark.parametrize("login", [AGENT, CLERK, LEFT, STRANGER])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM alerts()",
        "SELECT * FROM doings_of('guard_clerk', NULL, now() - interval '1 day', now(), NULL, 10)",
        "SELECT * FROM standing_of('guard_clerk')",
        "SELECT see_alert('guard_clerk', 'visits_a_day', now(), 'x')",
        "SELECT raise_ceiling('guard_agent', 'visits_a_day', 1600, office_day(), 'x')",
        "SELECT end_raise(1)",
        "SELECT * FROM ceiling_raise",
        "SELECT * FROM alert_seen",
        "SELECT * FROM doing_on_record",
    ],
)
def test_nobody_else_is_told_and_nobody_else_raises(enter, ceiling, login, statement):
    ceiling("visits_a_day", 0)
    connection = enter(login)

    def answer() -> list[Any]:
        try:
            return connection.execute(statement).fetchall()
        except psycopg.Error as error:
            return [] if error.sqlstate in ("42501", "SA001") else [error]

    assert answer() == []


@pytest.mark.parametrize("login", EVERYBODY)
@pytest.mark.parametrize("table", ["ceiling_raise", "alert_seen"])
@pytest.mark.parametrize(
    "statement", ["INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET reason = 'x'", "DELETE FROM {}"]
)
def test_nobody_writes_these_by_hand(enter, login, table, statement):
    assert refusal(enter(login), statement.format(table)).startswith("permission denied")


# -- what they did -----------------------------------------------------------------------------


def test_a_supervisor_reads_what_somebody_did_a_page_at_a_time(guarded, enter):
    clerk, supervisor = enter(CLERK), enter(SUPERVISOR)
    opens(guarded, clerk, 3)
    clerk.execute("SELECT look_up_personal_number('1505985710005')")
    asked = (
        "SELECT what, done_at"
        " FROM doings_of(%s, %s, now() - interval '1 hour', now() + interval '1 hour', %s, %s)"
    )

    everything = supervisor.execute(asked, [CLERK, None, None, 10]).fetchall()
    first = supervisor.execute(asked, [CLERK, "visits", None, 2]).fetchall()
    rest = supervisor.execute(asked, [CLERK, "visits", first[-1][1], 2]).fetchall()

    assert [what for what, _ in everything] == ["look_ups", "visits", "visits", "visits"]
    assert len(first) == 2
    assert first + rest == [row for row in everything if row[0] == "visits"]


def test_what_people_of_others_did_is_not_told(guarded, enter, superuser, branch):
    opens(guarded, enter(CLERK), 1)
    superuser.execute("UPDATE staff SET branch_id = 2 WHERE login = ANY(%s)", [[CLERK, OTHER_SUPERVISOR]])
    asked = "SELECT doings_of(%s, NULL, now() - interval '1 day', now() + interval '1 day', NULL, 10)"

    assert refusal(enter(SUPERVISOR), asked, CLERK) == "not_overseen"
    assert refusal(enter(SUPERVISOR), asked, SUPERVISOR) == "not_overseen"
    assert refusal(enter(OTHER_SUPERVISOR), asked, CLERK) == ""


# -- seen --------------------------------------------------------------------------------------

SEE = "SELECT see_alert(login, ceiling, began_at, %s) FROM alerts() WHERE login = %s AND ceiling = %s"


def test_what_was_found_is_recorded_and_told_again_only_when_the_ceiling_is_reached(
    guarded, enter, ceiling, superuser
):
    ceiling("visits_a_day", 4)
    clerk, supervisor = enter(CLERK), enter(SUPERVISOR)
    opens(guarded, clerk, 2)

    supervisor.execute(SEE, ["a pile of returned mail", CLERK, "visits_a_day"])

    kept = superuser.execute("SELECT login, counted, most, reason, seen_by FROM alert_seen").fetchall()
    assert kept == [(CLERK, 2, 4, "a pile of returned mail", SUPERVISOR)]
    opens(guarded, clerk, 1)
    assert told(supervisor) == []
    opens(guarded, clerk, 1)
    assert told(supervisor) == [(CLERK, "visits_a_day", 4, 4)]
    supervisor.execute(SEE, ["still the mail", CLERK, "visits_a_day"])
    assert told(supervisor) == []


def test_it_is_in_the_audit(guarded, enter, ceiling, superuser):
    ceiling("visits_a_day", 2)
    opens(guarded, enter(CLERK), 1)
    enter(SUPERVISOR).execute(SEE, ["x", CLERK, "visits_a_day"])
    enter(SUPERVISOR).execute(RAISE, [CLERK, "visits_a_day", 5, 0, "mail"])

    rows = superuser.execute(
        "SELECT login, table_name, operation FROM audit_log ORDER BY id DESC LIMIT 2"
    ).fetchall()
    assert rows == [(SUPERVISOR, "ceiling_raise", "INSERT"), (SUPERVISOR, "alert_seen", "INSERT")]


@pytest.mark.parametrize("reason", ["", "  ", None])
def test_seeing_without_saying_why_is_no_seeing(guarded, enter, ceiling, reason):
    ceiling("visits_a_day", 2)
    opens(guarded, enter(CLERK), 1)
    supervisor = enter(SUPERVISOR)

    assert refusal(supervisor, SEE, reason, CLERK, "visits_a_day") == "reason_missing"
    assert len(told(supervisor)) == 1


def test_nobody_sees_an_alert_of_the_own_or_one_there_is_not(guarded, enter, ceiling):
    ceiling("visits_a_day", 2)
    supervisor = enter(SUPERVISOR)
    opens(guarded, supervisor, 1)
    see = "SELECT see_alert(%s, 'visits_a_day', date_trunc('day', now(), 'Europe/Belgrade'), 'x')"

    assert told(supervisor) == []
    assert refusal(supervisor, see, SUPERVISOR) == "not_overseen"
    assert refusal(supervisor, see, CLERK) == "alert_gone"
    assert refusal(enter(OTHER_SUPERVISOR), see, SUPERVISOR) == ""
    assert refusal(enter(OTHER_SUPERVISOR), see, SUPERVISOR) == "alert_gone"


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM ceiling_raise",
        "UPDATE ceiling_raise SET most = 1000000",
        "UPDATE ceiling_raise SET last_day = '2100-01-01'",
        "UPDATE ceiling_raise SET raised_by = 'guard_other_supervisor'",
        "TRUNCATE ceiling_raise",
        "DELETE FROM alert_seen",
        "UPDATE alert_seen SET reason = 'x'",
        "TRUNCATE alert_seen",
    ],
)
def test_the_owner_alters_neither(guarded, enter, ceiling, superuser, change):
    ceiling("visits_a_day", 2)
    opens(guarded, enter(CLERK), 1)
    enter(SUPERVISOR).execute(SEE, ["x", CLERK, "visits_a_day"])
    enter(SUPERVISOR).execute(RAISE, [CLERK, "visits_a_day", 3, 0, "x"])

    assert refusal(superuser, change) == "row_immutable"
