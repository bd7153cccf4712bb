"""There is a ceiling: whoever has a password reads so many accounts and numbers, and not one more."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.security.conftest import (
    AGENT,
    ANA,
    CLERK,
    JMBG,
    OTHER_CLERK,
    SERVING,
    Guarded,
    close_visits,
    one,
    visit,
)
from tests.security.test_at_once import together

Enter = Callable[[str], psycopg.Connection[Any]]
Set = Callable[..., None]

OPEN = "SELECT open_visit(%s, 'service', 'counter')"


@pytest.fixture(autouse=True)
def nothing_done(guarded: Guarded) -> None:
    """Let everybody begin at nought."""
    with guarded.as_superuser() as owner:
        owner.execute("SET session_replication_role = replica")
        for table, moment in (("read_log", "happened_at"), ("reissue", "made_at"), ("plan_paper", "made_at")):
            owner.execute(f"UPDATE {table} SET {moment} = {moment} - interval '30 days'")
        owner.execute("UPDATE visit SET closed_at = now() WHERE closed_at IS NULL")


@pytest.fixture
def ceiling(superuser: psycopg.Connection[Any]) -> Iterator[Set]:
    """Set a ceiling until the end of the test."""
    names = set()

    def set_it(name: str, value: object) -> None:
        superuser.execute(
            "INSERT INTO setting (name, valid_from, value, is_unconfirmed)"
            " VALUES (%s, '2000-01-01', %s, false)"
            " ON CONFLICT (name, valid_from) DO UPDATE SET value = excluded.value",
            [name, Jsonb(value)],
        )
        names.add(name)

    yield set_it
    superuser.execute(
        "DELETE FROM setting WHERE name = ANY(%s) AND valid_from = '2000-01-01'", [sorted(names)]
    )


def refusal(connection: psycopg.Connection[Any], statement: str, *given: object) -> str:
    """Try a statement and return the rule it was refused by, or nothing."""
    try:
        with connection.transaction():
            connection.execute(statement, given or None)
    except psycopg.Error as error:
        return error.diag.message_primary or "?"
    return ""


def facts(connection: psycopg.Connection[Any], statement: str, *given: object) -> dict[str, Any]:
    import json

    with pytest.raises(psycopg.Error) as refused:
        connection.execute(statement, given or None)
    told: dict[str, Any] = json.loads(refused.value.diag.message_detail or "{}")
    return told


# -- each of them ------------------------------------------------------------------------------


@pytest.mark.parametrize("login", SERVING)
@pytest.mark.parametrize("name", ["visits_an_hour", "visits_a_day"])
def test_so_many_accounts_are_opened_and_no_more(guarded, enter, ceiling, login, name):
    ceiling(name, 3)
    connection = enter(login)
    idents = [guarded.new_account() for _ in range(4)]

    got = [refusal(connection, OPEN, ident) for ident in idents]

    assert got == ["", "", "", name]
    assert one(connection, "SELECT count(*) FROM visit WHERE closed_at IS NULL") == 3
    close_visits(connection)
    assert refusal(connection, OPEN, idents[0]) == name


def test_an_account_that_is_held_is_opened_again_however_many_they_were(guarded, enter, ceiling):
    ceiling("visits_an_hour", 1)
    clerk, ident = enter(CLERK), guarded.new_account()

    assert [refusal(clerk, OPEN, ident) for _ in range(3)] == ["", "", ""]


@pytest.mark.parametrize("login", SERVING)
def test_so_many_accounts_are_held_open_at_once(guarded, enter, ceiling, login):
    ceiling("visits_at_once", 2)
    connection = enter(login)
    idents = [guarded.new_account() for _ in range(3)]

    assert [refusal(connection, OPEN, ident) for ident in idents] == ["", "", "visits_at_once"]
    connection.execute("SELECT close_visit(%s)", [idents[0]])
    assert refusal(connection, OPEN, idents[2]) == ""


def test_each_role_may_have_its_own(guarded, enter, ceiling):
    ceiling("visits_a_day", {"desk_agent": 1, "others": 2})

    def opened(login: str) -> list[str]:
        connection = enter(login)
        return [refusal(connection, OPEN, guarded.new_account()) for _ in range(3)]

    assert opened(AGENT) == ["", "visits_a_day", "visits_a_day"]
    assert opened(CLERK) == ["", "", "visits_a_day"]


@pytest.mark.parametrize("value", ["many", None, {}, {"others": "many"}, [], -1])
def test_a_value_nobody_can_read_is_no_leave(guarded, enter, ceiling, superuser, value):
    ceiling("visits_a_day", value)

    most = one(superuser, "SELECT most FROM ceilings_of(%s, '{visits_a_day}')", CLERK)

    assert most == (-1 if value == -1 else 1500)
    assert refusal(enter(CLERK), OPEN, guarded.new_account()) == ("visits_a_day" if value == -1 else "")


@pytest.mark.parametrize("name", ["reveals_an_hour", "reveals_a_day"])
def test_so_many_personal_numbers_are_shown(clerk, ceiling, name):
    ceiling(name, 2)
    reveal = "SELECT reveal_personal_number(%s, '2015-01-01', 'x')"

    assert [refusal(clerk, reveal, ANA) for _ in range(3)] == ["", "", name]


@pytest.mark.parametrize("name", ["look_ups_an_hour", "look_ups_a_day"])
def test_so_many_personal_numbers_are_looked_up(enter, ceiling, name):
    ceiling(name, 2)
    clerk, look_up = enter(CLERK), "SELECT look_up_personal_number(%s)"

    got = [refusal(clerk, look_up, number) for number in (JMBG[ANA], "1505985710005", JMBG[ANA])]

    assert got == ["", "", name]
    assert refusal(enter(OTHER_CLERK), look_up, JMBG[ANA]) == ""


@pytest.mark.parametrize("name", ["copies_an_hour", "copies_a_day"])
def test_so_many_papers_are_made_and_a_whole_list_of_them_neither(clerk, ceiling, name):
    ceiling(name, 3)
    copy = (
        "INSERT INTO reissue (ident, ggmm, version, reason, medium, script)"
        f" SELECT {ANA}, 2606, 1, 'lost', 'printed', 'latin' FROM generate_series(1, %s)"
    )
    proposal = (
        "INSERT INTO plan_paper (ident, paper, medium, script)"
        f" VALUES ({ANA}, 'proposal', 'printed', 'latin')"
    )

    assert refusal(clerk, copy, 4) == name
    assert refusal(clerk, copy, 2) == ""
    assert [refusal(clerk, proposal), refusal(clerk, proposal), refusal(clerk, copy, 1)] == ["", name, name]


def test_so_many_files_are_written_in_a_day(enter, ceiling):
    ceiling("exports_a_day", 1)
    clerk, export = enter(CLERK), "SELECT log_export('x', '{}', 1)"

    assert [refusal(clerk, export), refusal(clerk, export)] == ["", "exports_a_day"]


def test_a_refusal_tells_how_many_how_much_and_from_when_on_it_goes_on(guarded, enter, ceiling, superuser):
    ceiling("visits_an_hour", 2)
    clerk = enter(CLERK)
    for _ in range(2):
        clerk.execute(OPEN, [guarded.new_account()])
    first = one(
        superuser,
        "SELECT min(happened_at) FROM read_log WHERE login = %s AND kind = 'visit'"
        " AND happened_at > now() - interval '1 hour'",
        CLERK,
    )

    told = facts(clerk, OPEN, guarded.new_account())

    assert (told["counted"], told["most"]) == (2, 2)
    assert one(superuser, "SELECT %s::timestamptz - %s = interval '1 hour'", told["again_at"], first)
    ceiling("visits_an_hour", 9)
    ceiling("visits_a_day", 2)
    told = facts(clerk, OPEN, guarded.new_account())
    assert one(
        superuser,
        "SELECT (%s::timestamptz AT TIME ZONE 'Europe/Belgrade')::time = '00:00'",
        told["again_at"],
    )


def test_what_is_an_hour_old_is_not_counted_for_the_hour(guarded, enter, ceiling, superuser):
    ceiling("visits_an_hour", 1)
    clerk = enter(CLERK)
    clerk.execute(OPEN, [guarded.new_account()])
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        "UPDATE read_log SET happened_at = happened_at - interval '61 minutes' WHERE login = %s", [CLERK]
    )

    assert refusal(clerk, OPEN, guarded.new_account()) == ""


# -- in bulk, rolled back, at once ----------------------------------------------------------------


def test_the_whole_register_in_one_statement_opens_nothing(guarded, enter, ceiling, superuser):
    ceiling("visits_an_hour", 20)
    clerk = enter(CLERK)
    idents = [guarded.new_account() for _ in range(25)]
    open_all = f"SELECT open_visit(ident, 'service', 'counter') FROM unnest(ARRAY{idents}) AS ident"

    assert refusal(clerk, open_all) == "visits_an_hour"
    assert refusal(clerk, f"EXPLAIN ANALYZE {open_all}") == "visits_an_hour"
    assert one(superuser, "SELECT count(*) FROM visit WHERE login = %s AND closed_at IS NULL", CLERK) == 0


def test_what_is_rolled_back_is_not_counted_and_shows_nothing(guarded, enter, ceiling):
    ceiling("visits_an_hour", 2)
    clerk = enter(CLERK)
    idents = [guarded.new_account() for _ in range(3)]
    with clerk.transaction():
        for ident in idents:
            with clerk.transaction(force_rollback=True):
                clerk.execute(OPEN, [ident])
        assert one(clerk, "SELECT cardinality(visited_idents())") == 0

    assert [refusal(clerk, OPEN, ident) for ident in idents] == ["", "", "visits_an_hour"]


@pytest.mark.parametrize("isolation", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("visits_an_hour", "SELECT open_visit({ident}, 'service', 'counter')"),
        ("visits_at_once", "SELECT open_visit({ident}, 'service', 'counter')"),
        ("reveals_an_hour", f"SELECT reveal_personal_number({ANA}, '2015-01-01', 'x')"),
        ("look_ups_an_hour", "SELECT look_up_personal_number('1505985710005')"),
        ("exports_a_day", "SELECT log_export('x', '{{}}', 1)"),
        (
            "copies_an_hour",
            (
                "INSERT INTO reissue (ident, ggmm, version, reason, medium, script)"
                f" VALUES ({ANA}, 2606, 1, 'lost', 'printed', 'latin')"
            ),
        ),
    ],
)
def test_many_at_once_are_together_no_more_than_one(
    guarded: Guarded,
    ceiling: Set,
    superuser: psycopg.Connection[Any],
    isolation: str,
    name: str,
    statement: str,
):
    with guarded.signed_in(CLERK) as clerk:
        visit(clerk, ANA)
    before = _done(superuser, name)
    ceiling(name, before + 3)
    idents = iter([guarded.new_account() for _ in range(40)])
    taking = threading.Lock()
    all_began = threading.Barrier(8, timeout=60)

    def in_one_transaction(connection: psycopg.Connection[Any]) -> None:
        connection.execute(f"BEGIN ISOLATION LEVEL {isolation}")
        connection.execute("SELECT count(*) FROM visit")  # the snapshot is taken before anybody is counted
        all_began.wait()
        for _ in range(5):
            with taking:
                ident = next(idents)
            try:
                with connection.transaction():
                    connection.execute(statement.format(ident=ident))
            except psycopg.Error as error:
                if error.sqlstate != "SA001":
                    raise
        connection.execute("COMMIT")

    together(guarded, CLERK, in_one_transaction, 8)

    assert before < _done(superuser, name) <= before + 3


def _done(owner: psycopg.Connection[Any], name: str) -> int:
    if name == "visits_at_once":
        asked = "SELECT count(*) FROM visit WHERE login = %s AND closed_at IS NULL"
        return int(one(owner, asked, CLERK))
    what = name.removesuffix("_an_hour").removesuffix("_a_day")
    asked = (
        "SELECT count(*) FROM doing_on_record"
        " WHERE login = %s AND what = %s AND done_at > now() - interval '1 hour'"
    )
    return int(one(owner, asked, CLERK, what))


def test_a_transaction_kept_open_does_not_make_its_visits_old(guarded, ceiling, superuser):
    ceiling("visits_an_hour", 2)
    with guarded.signed_in(CLERK) as clerk:
        clerk.execute("BEGIN")
        clerk.execute("SELECT now()")
        for _ in range(2):
            clerk.execute(OPEN, [guarded.new_account()])
        clerk.execute("COMMIT")
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            "UPDATE visit SET opened_at = opened_at - interval '2 hours' WHERE login = %s", [CLERK]
        )

        assert refusal(clerk, OPEN, guarded.new_account()) == "visits_an_hour"


# -- nobody waits, and it is counted by an index --------------------------------------------------


def test_who_counts_and_never_commits_keeps_nobody_else_waiting(guarded, enter):
    holding, other = enter(CLERK), enter(OTHER_CLERK)
    other.execute("SET lock_timeout = '2s'")
    with holding.transaction(force_rollback=True):
        holding.execute(OPEN, [guarded.new_account()])
        holding.execute("SELECT look_up_personal_number('1505985710005')")

        assert refusal(other, OPEN, guarded.new_account()) == ""
        assert refusal(other, "SELECT look_up_personal_number('1505985710005')") == ""


def test_the_own_other_connection_waits_and_not_for_ever(guarded, enter):
    holding, other = enter(CLERK), enter(CLERK)
    other.execute("SET lock_timeout = 0")
    with holding.transaction(force_rollback=True):
        holding.execute(OPEN, [guarded.new_account()])

        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute(OPEN, [guarded.new_account()])


COUNTING = {
    "SELECT count(*) FROM doing_on_record WHERE login = $1 AND what = $2 AND done_at >= $3": (
        "'guard_clerk', 'visits', now() - interval '1 hour'"
    ),
    (
        "SELECT done_at FROM doing_on_record WHERE login = $1 AND what = $2 AND done_at > $3"
        " ORDER BY done_at DESC OFFSET 2 LIMIT 1"
    ): "'guard_clerk', 'copies', now() - interval '1 hour'",
    (
        "SELECT count(*) FROM visit WHERE login = $1 AND closed_at IS NULL"
        " AND opened_at > $3 AND $2 IS NOT NULL"
    ): "'guard_clerk', 'visits', now() - interval '12 hours'",
}


@pytest.mark.parametrize(("statement", "given"), COUNTING.items())
def test_what_somebody_did_is_counted_by_an_index(guarded, superuser, statement, given):
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        "INSERT INTO read_log (ident, login, kind, detail, happened_at, chain)"
        " SELECT 1, 'other_' || n % 50, 'visit', '{}', now() - n * interval '1 second', 'made'"
        " FROM generate_series(1, 20000) n"
    )
    superuser.execute("ANALYZE read_log, reissue, plan_paper, visit")
    superuser.execute("SET plan_cache_mode = force_generic_plan")
    superuser.execute("SET enable_seqscan = off")  # the registers of copies are nearly empty here
    superuser.execute(f"PREPARE counting (text, text, timestamptz) AS {statement}")
    plan = "\n".join(
        row[0] for row in superuser.execute(f"EXPLAIN (ANALYZE, BUFFERS) EXECUTE counting ({given})")
    )
    superuser.execute("DEALLOCATE counting")
    superuser.execute("DELETE FROM read_log WHERE chain = 'made'")

    assert "Seq Scan" not in plan
    assert "Index" in plan
