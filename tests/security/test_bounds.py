"""No date and no sum that SQL would take and no window could read, in any table, from anybody."""

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.security import filing
from tests.security.conftest import CLERK, OTHER_SUPERVISOR, SUPERVISOR, visit

_COLUMNS = """
SELECT c.oid::regclass::text, a.attname, format_type(a.atttypid, a.atttypmod)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND a.atttypid IN ('date'::regtype, 'numeric'::regtype)
"""

_HELD = """
SELECT k.conrelid::regclass::text, a.attname, pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
WHERE k.contype = 'c' AND k.convalidated AND k.conname ~ '_(days_readable|sums_finite)$'
"""

BEYOND = ["-infinity", "infinity", "0044-03-15 BC", "1899-12-31", "2101-01-01", "294000-01-01"]


def test_every_date_and_every_sum_of_every_table_is_held(superuser):
    columns = superuser.execute(_COLUMNS).fetchall()
    held = {(table, column): rule for table, column, rule in superuser.execute(_HELD).fetchall()}

    assert len(columns) > 100
    assert [(table, column) for table, column, _ in columns if (table, column) not in held] == []
    for table, column, kind in columns:
        rule = held[table, column]
        if kind == "date":
            assert f"({column} >= '1900-01-01'::date) AND ({column} <= '2100-12-31'::date)" in rule
        else:
            assert f"({column} < 'Infinity'::numeric)" in rule
            # what has a precision holds no infinity
            assert (f"({column} > '-Infinity'::numeric)" in rule) == (kind == "numeric")


def test_nobody_at_a_desk_writes_a_moment(superuser):
    written: list[Any] = superuser.execute(
        "SELECT c.relname, a.attname, r.rolname FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " JOIN pg_roles r ON r.rolname IN ('desk_staff', 'desk_agent', 'desk_clerk', 'desk_supervisor',"
        " 'desk_admin')"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND a.atttypid IN ('timestamptz'::regtype, 'timestamp'::regtype)"
        " AND (has_column_privilege(r.oid, c.oid, a.attnum, 'INSERT')"
        " OR has_column_privilege(r.oid, c.oid, a.attnum, 'UPDATE'))"
    ).fetchall()

    assert written == []


@pytest.mark.parametrize("day", BEYOND)
@pytest.mark.parametrize("column", ["received_on", "happened_on", "basis_date"])
def test_a_request_has_days_that_a_window_can_read(enter, guarded, column, day):
    clerk, ident = enter(CLERK), guarded.new_account()
    visit(clerk, ident)

    with pytest.raises(psycopg.Error, match=r"ck_change_request_|change_in_future"):
        filing.file(clerk, ident, "members", **{"happened_on": None, column: day})


@pytest.mark.parametrize("day", BEYOND)
@pytest.mark.parametrize("column", ["valid_from", "valid_to"])
def test_a_programme_has_days_that_a_window_can_read(enter, column, day):
    given = {"code": "D", "name": "D", "valid_from": "1999-01-01", "legal_basis": "x", column: day}
    terms = {"steps": [["ordinary", 6, "10"]]}

    for login in (SUPERVISOR, OTHER_SUPERVISOR):
        with pytest.raises(psycopg.errors.CheckViolation):
            enter(login).execute("SELECT draft_programme(%s)", [Jsonb({**given, "terms": terms})])


@pytest.mark.parametrize("sum_", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize(
    ("table", "column"),
    [("payment", "amount"), ("bill_line", "amount"), ("bill", "charged"), ("plan", "payable")],
)
def test_the_owner_too_writes_sums_that_are_numbers(superuser, table, column, sum_):
    superuser.execute("SET session_replication_role = 'replica'")
    with pytest.raises((psycopg.errors.CheckViolation, psycopg.errors.NumericValueOutOfRange)):
        superuser.execute(
            f"INSERT INTO {table} SELECT (jsonb_populate_record(x, %s)).* FROM {table} x LIMIT 1",
            [Jsonb({column: sum_})],
        )


UNREADABLE = ["1e50000", "1" * 5_000, "[" * 4_000 + "]" * 4_000, '{"a": [{"b": -1e16}]}', "[" * 34 + "]" * 34]


@pytest.mark.parametrize("document", UNREADABLE)
def test_a_preference_is_a_document_that_a_window_can_read(enter, document):
    with pytest.raises(psycopg.errors.CheckViolation, match=r"ck_preference_(json_readable|volume)"):
        enter(CLERK).execute("INSERT INTO preference (name, value) VALUES ('x', %s::jsonb)", [document])


@pytest.mark.parametrize("number", ["1e50000", "1" * 5_000, "0." + "0" * 4_000 + "1", "1e400"])
def test_a_draft_holds_no_number_that_nobody_could_type(enter, guarded, number):
    clerk, ident = enter(CLERK), guarded.new_account()
    visit(clerk, ident)

    with pytest.raises(psycopg.Error, match="change_field_wrong"):
        clerk.execute(
            "INSERT INTO change_request (ident, kind, channel, new_values)"
            " VALUES (%s, 'members', 'counter', %s::jsonb)",
            [ident, f'{{"members": {number}}}'],
        )


def test_every_document_of_every_table_but_the_audit_is_held(superuser):
    loose = superuser.execute(
        "SELECT c.relname, a.attname FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.atttypid = 'jsonb'::regtype AND NOT a.attisdropped"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.convalidated"
        " AND k.conname ~ '_json_readable$' AND a.attnum = ANY (k.conkey))"
    ).fetchall()

    assert {table for table, _ in loose} == {"audit_log"}


@pytest.mark.parametrize("document", UNREADABLE)
def test_what_an_export_was_narrowed_to_is_read_by_who_oversees(enter, document):
    with pytest.raises(psycopg.Error):
        enter(CLERK).execute("SELECT log_export('bills', %s::jsonb, 1)", [document])
