"""Becoming somebody else, putting something in the way, making a place of one's own: all refused."""

import psycopg
import pytest

from tests.security.conftest import (
    ANA,
    BORA,
    CLERK,
    EVERYBODY,
    LEFT,
    SERVING,
    SUPERVISOR,
    close_visits,
    one,
    sqlstate_of,
    visit,
)

MAKING = [
    "CREATE TABLE t (x int)",
    "CREATE TEMP TABLE staff (login text, is_active bool)",
    "CREATE TEMP VIEW visit AS SELECT 1",
    "SELECT 1 AS x INTO TEMP t",
    "CREATE SCHEMA mine",
    "CREATE SCHEMA AUTHORIZATION CURRENT_USER",
    "CREATE FUNCTION pg_temp.leak(text) RETURNS bool LANGUAGE sql COST 0.0001 AS 'SELECT true'",
    "CREATE FUNCTION leak(text) RETURNS bool LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RETURN true; END $$",
    "CREATE OR REPLACE FUNCTION may_serve() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "ALTER FUNCTION open_visit(integer, text, text) SET search_path = mine",
    "CREATE OPERATOR = (LEFTARG = int, RIGHTARG = text, FUNCTION = int4eq)",
    "CREATE TYPE t AS (x int)",
    "CREATE DOMAIN d AS int",
    "CREATE SEQUENCE s",
    "CREATE EXTENSION dblink",
    "CREATE EXTENSION hstore",
    "CREATE ROLE me_too",
    "CREATE DATABASE mine",
    "CREATE LANGUAGE plpython3u",
    "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION refuse_change()",
    "CREATE POLICY p ON bill USING (true)",
    "ALTER POLICY visited ON bill USING (true)",
    "DROP POLICY visited ON bill",
    "CREATE PUBLICATION p FOR ALL TABLES",
    "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p",
    "CREATE FOREIGN DATA WRAPPER w",
    "ALTER DEFAULT PRIVILEGES FOR ROLE salter_owner GRANT SELECT ON TABLES TO PUBLIC",
    "REASSIGN OWNED BY salter_owner TO CURRENT_USER",
    "ALTER SYSTEM SET fsync = off",
    "ALTER DATABASE {database} SET row_security = off",
    "ALTER ROLE desk_clerk BYPASSRLS",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "GRANT salter_owner TO CURRENT_USER",
    "GRANT desk_supervisor TO CURRENT_USER",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, '\\x00')",
    "SELECT lo_creat(-1)",
    "SELECT pg_ls_dir('.')",
    "SELECT pg_stat_file('PG_VERSION')",
    "SELECT pg_reload_conf()",
    "SELECT setval('visit_id_seq', 1)",
    "SELECT nextval('audit_log_id_seq')",
    "SELECT last_value FROM visit_id_seq",
    "CLUSTER account_search",
    "DO $$ BEGIN LOCK TABLE bill IN EXCLUSIVE MODE; END $$",
    "COMMENT ON TABLE bill IS 'x'",
    "IMPORT FOREIGN SCHEMA x FROM SERVER y INTO public",
]


@pytest.mark.parametrize("statement", MAKING)
@pytest.mark.parametrize("login", [CLERK, SUPERVISOR, LEFT])
def test_nothing_is_made_or_changed_beside_the_trade(enter, login, statement):
    connection = enter(login)

    with pytest.raises(psycopg.Error) as caught:
        connection.execute(statement.format(database=connection.info.dbname))

    assert caught.value.sqlstate in {"42501", "42P01", "42704", "0A000", "28000", "58P01"}, caught.value


@pytest.mark.parametrize(
    "role", ["salter_owner", "desk_supervisor", "desk_admin", "guard_supervisor", "postgres"]
)
@pytest.mark.parametrize("how", ["SET ROLE {}", "SET SESSION AUTHORIZATION {}", "SET LOCAL ROLE {}"])
def test_a_clerk_becomes_nobody_else(enter, role, how):
    connection = enter(CLERK)

    assert sqlstate_of(connection, how.format(role)) in {"42501", "22023"}
    assert connection.execute("SELECT session_user, current_user").fetchone() == (CLERK, CLERK)


def test_taking_the_desk_s_own_role_changes_nobody_s_identity(guarded, enter, superuser):
    ident = guarded.new_account()
    clerk = enter(CLERK)
    for role in ("desk_clerk", "desk_staff"):
        clerk.execute(f"SET ROLE {role}")
        assert one(clerk, "SELECT count(*) FROM visit WHERE login <> session_user") == 0
        clerk.execute("RESET ROLE")
    clerk.execute("SET ROLE desk_clerk")
    clerk.execute("SELECT open_visit(%s, 'service', 'counter')", [ident])
    clerk.execute("INSERT INTO call_note (ident, channel, text) VALUES (%s, 'phone', 'x')", [ident])

    assert one(clerk, "SELECT author FROM call_note WHERE ident = %s", ident) == CLERK
    assert one(superuser, f"SELECT login FROM read_log WHERE ident = {ident}") == CLERK
    assert (
        one(superuser, f"SELECT min(login) FROM audit_log WHERE ident = {ident} AND table_name = 'call_note'")
        == CLERK
    )


@pytest.mark.parametrize(
    "path", ["pg_temp, public", "pg_temp", "nowhere, public", "''", "information_schema, public"]
)
def test_the_search_path_of_a_session_changes_nothing(enter, path):
    connection = enter(CLERK)
    close_visits(connection)
    connection.execute(f"SET search_path = {path}")

    assert one(connection, "SELECT count(*) FROM public.bill") == 0
    assert one(connection, "SELECT public.may_serve()")
    with pytest.raises(psycopg.Error, match="account_unknown"):
        connection.execute("SELECT public.open_visit(1, 'service', 'counter')")


@pytest.mark.parametrize(
    "setting",
    [
        "session_authorization = 'guard_supervisor'",
        "app.login = 'guard_supervisor'",
        "salter.ident = '1000042'",
        "default_transaction_isolation = 'serializable'",
        "DateStyle = 'German'",
        "IntervalStyle = 'iso_8601'",
        "timezone = 'Pacific/Kiritimati'",
        "timezone = 'Etc/GMT+12'",
        "standard_conforming_strings = off",
        "bytea_output = 'escape'",
        "extra_float_digits = -15",
        "xmloption = document",
        "plan_cache_mode = force_generic_plan",
    ],
)
def test_no_setting_of_a_session_is_believed(enter, setting):
    connection = enter(CLERK)
    close_visits(connection)
    try:
        connection.execute(f"SET {setting}")
    except psycopg.Error:
        return
    assert one(connection, "SELECT session_user::text") == CLERK
    assert one(connection, "SELECT count(*) FROM bill") == 0
    visit(connection, ANA)
    connection.execute("SELECT reveal_personal_number(%s, DATE '2015-01-01', 'x')", [ANA])
    assert len(one(connection, "SELECT revealed_personal_number(%s, DATE '2015-01-01')", ANA)) == 13
    assert one(connection, "SELECT count(*) FROM bill WHERE ident = %s", BORA) == 0


def test_options_of_the_connection_are_believed_no_more(guarded):
    url = guarded.database.url_for(CLERK, password="Tajna-lozinka-1")
    for option in ("-c session_replication_role=replica", "-c role=salter_owner", "-c row_security=off"):
        try:
            connection = psycopg.connect(url, options=option, autocommit=True)
        except psycopg.OperationalError:
            continue
        with connection:
            refused = sqlstate_of(connection, "SELECT close_visit(ident) FROM visit WHERE closed_at IS NULL")
            assert refused or one(connection, "SELECT count(*) FROM bill") == 0


@pytest.mark.parametrize("login", EVERYBODY)
def test_nobody_sees_what_others_are_asking(enter, clerk, login):
    clerk.execute("SELECT 'secret of the clerk'")
    connection = enter(login)
    rows = connection.execute("SELECT query FROM pg_stat_activity WHERE usename <> session_user").fetchall()

    assert not any("secret of the clerk" in (query or "") for (query,) in rows)


def test_nobody_ends_the_session_of_another(enter, clerk):
    other = enter(SUPERVISOR)

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        other.execute("SELECT pg_terminate_backend(%s)", [clerk.info.backend_pid])


@pytest.mark.parametrize("table", ["completed_action", "preference"])
def test_what_is_one_s_own_stays_one_s_own(guarded, enter, superuser, table):
    superuser.execute(
        "INSERT INTO preference (login, name, value) VALUES (%s, 'theme', '1') ON CONFLICT DO NOTHING",
        [SUPERVISOR],
    )
    superuser.execute(
        "INSERT INTO completed_action (key, login, kind) VALUES (gen_random_uuid(), %s, 'x')", [SUPERVISOR]
    )
    clerk = enter(CLERK)

    assert one(clerk, f"SELECT count(*) FROM {table} WHERE login <> session_user") == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        clerk.execute(f"UPDATE {table} SET login = 'guard_supervisor'")
    columns = "(login, name, value) VALUES ('guard_supervisor', 'x', '1')"
    if table == "completed_action":
        columns = "(key, login, kind) VALUES (gen_random_uuid(), 'guard_supervisor', 'x')"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        clerk.execute(f"INSERT INTO {table} {columns}")


@pytest.mark.parametrize("login", SERVING)
def test_nobody_at_a_desk_runs_a_block_of_code(enter, login):
    connection = enter(login)

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DO $$ BEGIN EXECUTE 'SET LOCAL ROLE salter_owner'; END $$")
