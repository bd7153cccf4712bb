"""The day at the office that tests are about, and any other: programmes that are over are signed under.

Every rule of plans, and the desk itself, asks the database for the day by one
function; the owner of a test's database puts another in its place.  Moments of the
logs stay the real ones.
"""

from collections.abc import Callable
from datetime import date

from db.schema import FIRST_YEAR

OFFICE_DAY = date(2026, 11, 30)
"""The day of every test that names no other, so that no month's end and no season comes as a surprise."""

_DAY = """
CREATE OR REPLACE FUNCTION office_day() RETURNS date
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$ SELECT DATE '{day}' $$
"""


def invent_day(run: Callable[[str], object], day: date) -> None:
    """Let it be another day from here on; ``run`` does as the owner of the database."""
    run(_DAY.format(day=day))


def keep_years(run: Callable[[str], object], *, since: int) -> None:
    """Make room for bills from a year on that is before any the program knows."""
    for year in range(since, FIRST_YEAR):
        run(f"SELECT add_year({year})")
