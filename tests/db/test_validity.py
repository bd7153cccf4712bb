"""The value in force on a day is one rule, which SQL and Python both know."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.orm import Session

from app.domain.settings import DEFAULTS
from app.domain.validity import Dated, value_on
from db.queries import settings as queries
from tests.conftest import Database

FIRST = date(2020, 1, 1)
days = st.integers(min_value=0, max_value=60).map(lambda number: FIRST + timedelta(days=number))

_IN_FORCE = text("""
SELECT value
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r (valid_from date, valid_to date, value integer)
WHERE is_in_force(valid_from, valid_to, :day) ORDER BY valid_from DESC LIMIT 1
""")


@st.composite
def ranges(draw: Callable[[Any], Any]) -> list[Dated[int]]:
    """Rows that never overlap: some meet, some leave a gap, the last may be without end."""
    borders = sorted(draw(st.sets(days, max_size=8)))
    found = []
    for value, (begins, ends) in enumerate(pairwise([*borders, None])):
        if ends is None:
            last = draw(st.sampled_from([None, begins + timedelta(days=3)]))
            found.append(Dated(begins, last, value))
        elif draw(st.booleans()):
            shortened = draw(st.booleans()) and ends - begins > timedelta(days=1)
            found.append(Dated(begins, ends - timedelta(days=1) if shortened else ends, value))
    return draw(st.permutations(found))


@st.composite
def successions(draw: Callable[[Any], Any]) -> list[Dated[int]]:
    """Rows without an end, each in force until the next begins."""
    borders = draw(st.sets(days, max_size=6))
    return [Dated(begins, None, value) for value, begins in enumerate(borders)]


def asked_days(rows: Sequence[Dated[int]]) -> list[date]:
    """List the days worth asking for: around every border, before all and after all."""
    borders = {FIRST - timedelta(days=400), FIRST + timedelta(days=400)}
    borders.update(row.valid_from for row in rows)
    borders.update(row.valid_to for row in rows if row.valid_to)
    return sorted(border + timedelta(days=step) for border in borders for step in (-1, 0, 1))


@pytest.fixture(scope="module")
def connection(module_database: Database) -> Iterator[Connection]:
    engine = create_engine(module_database.url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


@given(rows=ranges())
@settings(max_examples=80)
def test_sql_and_python_find_the_same_value_in_force_on_every_day(connection, rows):
    written = json.dumps(
        [
            {
                "valid_from": str(row.valid_from),
                "valid_to": row.valid_to and str(row.valid_to),
                "value": row.value,
            }
            for row in rows
        ]
    )

    for day in asked_days(rows):
        found = connection.execute(_IN_FORCE, {"rows": written, "day": day}).scalar_one_or_none()
        assert found == value_on(rows, day=day, default=None)


@given(rows=successions(), name=st.sampled_from([*DEFAULTS, "counter_hours"]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_and_python_find_the_same_setting_on_every_day(connection, rows, name):
    default = DEFAULTS.get(name)
    added = text(
        "INSERT INTO setting (name, valid_from, value, is_unconfirmed) VALUES (:name, :day, :value, false)"
    )
    for row in rows:
        connection.execute(added, {"name": name, "day": row.valid_from, "value": str(row.value)})

    one = text("SELECT setting_on(:name, :day)")
    for day in asked_days(rows):
        wanted = value_on(rows, day=day, default=default)
        assert connection.execute(one, {"name": name, "day": day}).scalar_one() == wanted
        listed = queries.in_force(Session(connection), names=[name, "no_such"], today=day)
        assert listed == ({} if wanted is None else {name: wanted})
    connection.rollback()


def test_what_nobody_decided_has_the_default_the_program_declares_and_nobody_vouches_for_it(connection):
    names = [*DEFAULTS, "counter_hours"]

    found = queries.in_force_with_marks(Session(connection), names=names, today=FIRST)

    assert found == {name: (value, True) for name, value in DEFAULTS.items()}


def test_no_default_is_known_to_sql_alone(connection):
    known = connection.execute(text("SELECT setting_default(NULL)")).scalar_one()
    by_name = connection.execute(
        text("SELECT name, setting_default(name) FROM unnest(CAST(:names AS text[])) AS name"),
        {"names": [*DEFAULTS, "counter_hours"]},
    )

    assert known is None
    assert dict(by_name.all()) == {**DEFAULTS, "counter_hours": None}


@pytest.mark.parametrize("role", ["desk_agent", "desk_clerk", "desk_supervisor"])
def test_the_planner_reads_through_what_is_in_force_for_everybody(connection, role):
    connection.execute(text(f"SET LOCAL ROLE {role}"))
    plan = "\n".join(
        connection.execute(
            text(
                "EXPLAIN VERBOSE SELECT p.amount, s.value FROM price p,"
                " settings_on(ARRAY['x'], now()::date) s"
                " WHERE is_in_force(p.valid_from, p.valid_to, now()::date)"
            )
        ).scalars()
    )
    connection.rollback()

    assert "is_in_force" not in plan
    assert "settings_on" not in plan
