"""The day at the office is the day in Belgrade, whatever the session that asks has set."""

import re
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_the_day_at_the_office_is_the_day_in_belgrade(database, zone):
    with psycopg.connect(database.url) as connection:
        connection.execute(f"SET TIME ZONE '{zone}'")
        row = connection.execute(
            "SELECT office_day(), to_char(now() AT TIME ZONE 'Europe/Belgrade', 'YYYY-MM-DD')"
        ).fetchone()

    assert row[0].isoformat() == row[1]


COMMITTED = "what is shown was committed before this transaction began, so that no rollback takes it back"
BEGINNING_IS_MEANT = {
    "readable_idents()": COMMITTED,
    "visited_idents()": COMMITTED,
    "revealed_personal_number(integer,date)": COMMITTED,
    "looked_up_accounts(bigint)": COMMITTED,
    "is_building_on_record(integer)": COMMITTED,
    "recent_accounts(integer)": COMMITTED,
    "account_heading(integer)": COMMITTED,
}
"""The few places where the moment counts at which the transaction began, and why."""

_WRITTEN_IN_THE_DATABASE = """
SELECT p.oid::regprocedure::text AS name, pg_get_functiondef(p.oid) AS body
FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'default of ' || adrelid::regclass || '.' || attname, pg_get_expr(adbin, adrelid)
FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
UNION ALL
SELECT 'view ' || oid::regclass, pg_get_viewdef(oid) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
UNION ALL
SELECT 'policy ' || polname || ' of ' || polrelid::regclass,
       concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) FROM pg_policy
UNION ALL
SELECT 'trigger ' || tgname || ' of ' || tgrelid::regclass, pg_get_triggerdef(oid) FROM pg_trigger
WHERE NOT tgisinternal
UNION ALL
SELECT 'constraint ' || conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'
"""

_BY_THE_TRANSACTION = re.compile(
    r"\bnow\(\)|\b(?:transaction|statement)_timestamp|\bcurrent_(?:date|time)|\blocaltime|'(?:now|today)'",
    re.IGNORECASE,
)


def test_whatever_is_signed_and_stamped_goes_by_the_clock(database):
    with psycopg.connect(database.url) as connection:
        written = connection.execute(_WRITTEN_IN_THE_DATABASE).fetchall()

    by_the_transaction = {name for name, body in written if _BY_THE_TRANSACTION.search(_said(body))}

    assert by_the_transaction == set(BEGINNING_IS_MEANT)


def _said(body: str | None) -> str:
    """Return what a body does: without its remarks."""
    return re.sub(r"--[^\n]*", "", body or "")


def test_the_program_writes_no_moment_at_which_a_transaction_began():
    stamps = re.compile(r"(?:SET|VALUES)\b[^;]*\bnow\(\)|func\.now\(\)", re.DOTALL)
    sources = [*(ROOT / "db").rglob("*.py"), *(ROOT / "app").rglob("*.py")]

    assert [path.name for path in sources if stamps.search(path.read_text(encoding="utf-8"))] == []
