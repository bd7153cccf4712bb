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
