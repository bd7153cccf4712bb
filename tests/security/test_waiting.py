"""Nobody stops the desk: whatever one person locks and keeps, a colleague's visit and write go on."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from db import watching
from tests.security import filing, signing
from tests.security.conftest import (
    ADMIN,
    AGENT,
    ANA,
    CLERK,
    OTHER_CLERK,
    PASSWORD,
    SERVING,
    SUPERVISOR,
    Guarded,
    one,
    visit,
)

PATIENCE = "2s"
"""How long a colleague waits for a lock before the test says that there was one."""

Enter = Callable[[str], psycopg.Connection[Any]]


def colleague(enter: Enter, login: str) -> psycopg.Connection[Any]:
    """Sign in as somebody who does not wait."""
    connection = enter(login)
    connection.execute(f"SET lock_timeout = '{PATIENCE}'")
    return connection


def serves(connection: psycopg.Connection[Any], ident: int) -> None:
    """Open an account, write a note on it and close it: all of it is on record."""
    visit(connection, ident)
    connection.execute("INSERT INTO call_note (ident, channel, text) VALUES (%s, 'phone', 'x')", [ident])
    connection.execute("SELECT close_visit(%s)", [ident])


# -- the chain ---------------------------------------------------------------------------------


@pytest.mark.parametrize("login", SERVING)
def test_a_record_made_at_once_and_never_committed_keeps_no_colleague_waiting(
    guarded: Guarded, enter: Enter, login: str
):
    holding = enter(login)
    other = colleague(enter, OTHER_CLERK)
    with holding.transaction(force_rollback=True):
        holding.execute("SET CONSTRAINTS ALL IMMEDIATE")
        holding.execute("SELECT log_export('x', '{}', 1)")

        serves(other, guarded.new_account())


def test_who_holds_the_own_chain_waits_for_the_own_other_connection_and_not_for_ever(
    guarded: Guarded, enter: Enter
):
    holding, other = enter(CLERK), enter(CLERK)
    other.execute("SET lock_timeout = 0")
    with holding.transaction(force_rollback=True):
        holding.execute("SET CONSTRAINTS ALL IMMEDIATE")
        holding.execute("SELECT log_export('x', '{}', 1)")

        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute("SELECT log_export('x', '{}', 1)")
    other.execute("SELECT log_export('x', '{}', 1)")


# -- locks of tables ---------------------------------------------------------------------------

HARMLESS = {"AccessShareLock", "RowShareLock", "RowExclusiveLock"}
MODES = (
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)


@pytest.mark.parametrize("login", [*SERVING, ADMIN])
def test_nobody_of_the_desk_takes_a_lock_of_a_table_that_others_wait_for(
    guarded: Guarded, enter: Enter, superuser: psycopg.Connection[Any], login: str
):
    names = [
        row[0]
        for row in superuser.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p', 'v')"
            " AND relnamespace IN ('public'::regnamespace, 'pg_catalog'::regnamespace)"
        )
    ]
    taking = enter(login)
    taken = []
    for name in names:
        for mode in MODES:
            try:
                with taking.transaction(force_rollback=True):
                    taking.execute(f"LOCK TABLE {name} IN {mode} MODE NOWAIT")
                taken.append(f"{name} in {mode} mode")
            except psycopg.errors.InsufficientPrivilege:
                pass

    assert names
    assert taken == []


ALTERED_BY_COLUMN = {
    "change_paper": "what act a paper is, and that its original was seen",
    "change_request": "what people enter and move; guarded",
    "completed_action": "the result of one's own action",
    "preference": "one's own",
}
"""The tables in which a desk role alters rows: by column, which gives no right to lock the table."""


def test_whoever_alters_rows_by_hand_has_a_reason_and_no_right_to_the_table(
    superuser: psycopg.Connection[Any],
):
    rows = superuser.execute(
        """
        SELECT DISTINCT c.relname,
               has_table_privilege(r.rolname, c.oid, 'UPDATE')
               OR has_table_privilege(r.rolname, c.oid, 'DELETE')
               OR has_table_privilege(r.rolname, c.oid, 'TRUNCATE')
        FROM pg_class c, pg_roles r
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
          AND r.rolname LIKE 'desk%'
          AND (has_any_column_privilege(r.rolname, c.oid, 'UPDATE')
               OR has_table_privilege(r.rolname, c.oid, 'DELETE')
               OR has_table_privilege(r.rolname, c.oid, 'TRUNCATE'))
        ORDER BY 1
        """
    ).fetchall()

    assert rows == [(name, False) for name in sorted(ALTERED_BY_COLUMN)]


# -- advisory locks ----------------------------------------------------------------------------


@pytest.mark.parametrize("login", [*SERVING, ADMIN])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT pg_advisory_lock(7120001)",
        "SELECT pg_advisory_lock_shared(7120045)",
        "SELECT pg_advisory_xact_lock(7120045)",
        "SELECT pg_advisory_xact_lock_shared(7120, 45)",
        "SELECT pg_try_advisory_lock(7120001)",
        "SELECT pg_try_advisory_xact_lock(1, 2)",
    ],
)
def test_nobody_of_the_desk_takes_an_advisory_lock(enter: Enter, login: str, statement: str):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        enter(login).execute(statement)


# -- rows --------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", SERVING)
def test_rows_locked_by_hand_delay_nobody_s_visit(
    guarded: Guarded, enter: Enter, superuser: psycopg.Connection[Any], login: str
):
    holding, other = enter(login), colleague(enter, OTHER_CLERK)
    visit(holding, ANA)
    locked = []
    names = [
        row[0]
        for row in superuser.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace"
        )
    ]
    with holding.transaction(force_rollback=True):
        for name in names:
            try:
                with holding.transaction():
                    holding.execute(f"SELECT ctid FROM {name} FOR UPDATE")
                locked.append(name)
            except psycopg.errors.InsufficientPrivilege:
                pass
        serves(other, ANA)

    assert set(locked) <= set(ALTERED_BY_COLUMN)
    assert "preference" in locked


@pytest.mark.parametrize("login", [AGENT, CLERK, SUPERVISOR])
def test_an_account_held_open_in_every_way_is_opened_by_a_colleague(
    guarded: Guarded, enter: Enter, login: str
):
    ident = guarded.new_account()
    holding, other = enter(login), colleague(enter, OTHER_CLERK)
    visit(holding, ident)
    with holding.transaction(force_rollback=True):
        holding.execute("SET CONSTRAINTS ALL IMMEDIATE")
        holding.execute(
            "SELECT switch_delivery(ident, version, by_email, on_paper, email, 'phone') FROM delivery"
            " WHERE ident = %s",
            [ident],
        )
        holding.execute("INSERT INTO call_note (ident, channel, text) VALUES (%s, 'phone', 'x')", [ident])
        holding.execute("SELECT close_visit(%s)", [ident])
        holding.execute("SELECT open_visit(%s, 'service', 'counter')", [ident])

        serves(other, ident)
        assert one(other, "SELECT count(*) FROM visit WHERE ident = %s", ident) == 1


# -- numbers -----------------------------------------------------------------------------------


def without_limits(connection: psycopg.Connection[Any]) -> None:
    for limit in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(f"SET {limit} = 0")


def serial_of(connection: psycopg.Connection[Any], request: int) -> int:
    return int(one(connection, "SELECT number_serial FROM change_request WHERE id = %s", request))


def test_who_keeps_the_number_of_a_request_keeps_no_colleague_s_filing_waiting(
    guarded: Guarded, enter: Enter, superuser: psycopg.Connection[Any]
):
    ident = guarded.new_account()
    holding, other = enter(CLERK), colleague(enter, OTHER_CLERK)
    without_limits(holding)
    for connection in (holding, other):
        visit(connection, ident)
    kept, *wanted = (
        filing.file(one_of, ident, "members", channel="phone") for one_of in (holding, other, other)
    )
    with holding.transaction(force_rollback=True):
        filing.move(holding, ident, kept, "submitted")
        held = serial_of(holding, kept)

        assert filing.move(other, ident, wanted[0], "submitted") == 1
        assert serial_of(other, wanted[0]) == held + 1
    # what came to nothing is the next that is taken, and no number is missing
    assert filing.move(other, ident, wanted[1], "submitted") == 1
    assert serial_of(other, wanted[1]) == held
    assert filing.move(holding, ident, kept, "submitted") == 1
    assert serial_of(holding, kept) == held + 2
    assert one(superuser, "SELECT close_numbers()") >= 1
    assert one(superuser, "SELECT last_serial FROM change_serial WHERE branch_id = 1") == held + 2


def test_who_keeps_the_number_of_a_contract_keeps_no_colleague_s_signing_waiting(
    guarded: Guarded, enter: Enter, superuser: psycopg.Connection[Any]
):
    kept, wanted, later = (signing.indebted(guarded) for _ in range(3))
    holding, other = enter(CLERK), colleague(enter, OTHER_CLERK)
    without_limits(holding)
    given = {ident: signing.payload(guarded, ident) for ident in (kept, wanted, later)}
    register = "SELECT register_plan(%s, %s) ->> 'contract_number'"
    visit(holding, kept)
    for ident in (wanted, later):
        visit(other, ident)
    with holding.transaction(force_rollback=True):
        held = one(holding, register, kept, given[kept])

        assert one(other, register, wanted, given[wanted]) > held
    assert one(other, register, later, given[later]) == held
    serials = one(
        superuser, "SELECT array_agg(number_serial ORDER BY number_serial) FROM plan WHERE number_serial > 0"
    )
    assert serials == list(range(1, len(serials) + 1))
    assert one(superuser, "SELECT close_numbers()") >= 1
    assert one(superuser, "SELECT last_serial FROM plan_serial WHERE branch_id = 1") == len(serials)


def test_whoever_commits_between_the_look_and_the_taking_leaves_the_number_to_nobody_twice(
    guarded: Guarded, enter: Enter
):
    ident = guarded.new_account()
    connections = [enter(CLERK), enter(OTHER_CLERK)]
    drafts = []
    for connection in connections:
        visit(connection, ident)
        drafts.append([filing.file(connection, ident, "members", channel="phone") for _ in range(12)])

    def submit(number: int) -> None:
        for draft in drafts[number]:
            assert filing.move(connections[number], ident, draft, "submitted") == 1

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(submit, range(2)))

    serials = sorted(serial_of(connections[0], draft) for draft in (*drafts[0], *drafts[1]))
    assert serials == list(range(serials[0], serials[0] + 24))


# -- what has to be waited for -----------------------------------------------------------------


@pytest.fixture
def watchman(guarded: Guarded, superuser: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """Whoever watches: a role that may end sessions and see them, and nothing else."""
    name = guarded.database.name
    superuser.execute(
        f"CREATE ROLE guard_watch LOGIN PASSWORD '{PASSWORD}' IN ROLE pg_signal_backend, pg_read_all_stats"
    )
    superuser.execute(f"GRANT CONNECT ON DATABASE {name} TO guard_watch")
    with guarded.signed_in("guard_watch") as opened:
        yield opened
    superuser.execute("DROP OWNED BY guard_watch")
    superuser.execute("DROP ROLE guard_watch")


def test_who_keeps_a_request_and_every_time_limit_at_nothing_is_let_go_of(
    guarded: Guarded, enter: Enter, superuser: psycopg.Connection[Any], watchman: psycopg.Connection[Any]
):
    ident = guarded.new_account()
    holding, other = guarded.signed_in(CLERK), enter(OTHER_CLERK)
    for connection in (holding, other):
        visit(connection, ident)
        without_limits(connection)
    wanted = filing.file(holding, ident, "members", channel="phone")
    holding.execute("BEGIN")
    filing.move(holding, ident, wanted, "submitted")

    with ThreadPoolExecutor(1) as thread:
        cancelling = thread.submit(filing.move, other, ident, wanted, "cancelled", reason="nije bilo")
        let_go: tuple[str, ...] = ()
        while not let_go and not cancelling.done():
            let_go = watching.let_go(watchman, patience=0.2)
        cancelling.exception(timeout=30)

    assert let_go == (CLERK,)
    with pytest.raises(psycopg.OperationalError):
        holding.execute("SELECT 1")
    assert one(superuser, "SELECT state FROM change_request WHERE id = %s", wanted) != "submitted"


def test_whoever_watches_reads_and_writes_nothing(watchman: psycopg.Connection[Any]):
    for statement in (
        "SELECT * FROM public.account",
        "SELECT * FROM public.staff",
        "SELECT public.office_day()",
        "CREATE TABLE public.x ()",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            watchman.execute(statement)


def test_who_keeps_nobody_waiting_is_left_alone(enter: Enter, superuser: psycopg.Connection[Any]):
    holding = enter(CLERK)
    visit(holding, ANA)
    with holding.transaction(force_rollback=True):
        holding.execute(
            "SELECT switch_delivery(ident, version, by_email, on_paper, email, 'phone') FROM delivery"
            " WHERE ident = %s",
            [ANA],
        )

        assert watching.let_go(superuser, patience=0.0) == ()
        assert one(holding, "SELECT 1") == 1
