"""The day at the office is the day in Belgrade, whatever the session that asks has set."""

import psycopg
import pytest


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_the_day_at_the_office_is_the_day_in_belgrade(database, zone):
    with psycopg.connect(database.url) as connection:
        connection.execute(f"SET TIME ZONE '{zone}'")
        row = connection.execute(
            "SELECT office_day(), to_char(now() AT TIME ZONE 'Europe/Belgrade', 'YYYY-MM-DD')"
        ).fetchone()

    assert row[0].isoformat() == row[1]


VISIBLE = {
    "readable_idents()",
    "visited_idents()",
    "open_visit(integer,text,text)",
    "close_visit(integer)",
    "verify_caller(integer,jsonb)",
    "revealed_personal_number(integer,date)",
    "building_accounts(integer)",
    "looked_up_accounts(bigint)",
}
"""What may be seen: on the strength of what was committed before this transaction began."""


def test_whatever_is_signed_and_stamped_goes_by_the_clock(database):
    with psycopg.connect(database.url) as connection:
        by_the_transaction = {
            name
            for (name,) in connection.execute(
                "SELECT oid::regprocedure::text FROM pg_proc"
                " WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND prosrc"
                " ~* '\\m(now\\(\\)|transaction_timestamp|current_(date|timestamp)|localtime)'"
            )
        }

    assert by_the_transaction <= VISIBLE, by_the_transaction - VISIBLE
