"""The schema knows which version a database is at, in its tables and in its code."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, text

import db
from db import schema
from tests.conftest import Database

SQL_FILES = sorted((Path(db.__path__[0]) / "sql").glob("*.sql"))


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    made = create_engine(database.url)
    yield made
    made.dispose()


def is_current(engine: Engine) -> bool:
    with engine.connect() as connection:
        return schema.is_current(connection)


def test_the_head_is_the_newest_migration():
    newest = max((Path(db.__path__[0]) / "migrations" / "versions").glob("[0-9]*.py"))

    assert newest.stem.startswith(schema.HEAD)


def test_every_file_of_code_has_a_number_of_its_own():
    numbers = [file.name.partition("_")[0] for file in SQL_FILES]

    assert len(numbers) > 30
    assert [number for number in numbers if numbers.count(number) > 1] == []


def test_no_file_of_code_is_longer_than_four_hundred_lines():
    lengths = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in SQL_FILES}

    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_a_database_brought_up_is_current(engine):
    assert is_current(engine)


def test_a_database_with_the_code_of_another_program_is_not_current_until_it_is_upgraded(engine):
    with engine.begin() as connection:
        connection.execute(text("COMMENT ON TABLE alembic_version IS 'code of yesterday'"))
    assert not is_current(engine)

    schema.upgrade(engine)

    assert is_current(engine)


def test_a_database_that_was_never_set_up_is_not_current(engine):
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))

    assert not is_current(engine)


def test_the_upgrade_brings_the_code_and_leaves_the_rows(engine):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO municipality (id, name) VALUES (1, 'Čukarica')"))
        connection.execute(text("DROP FUNCTION who_am_i()"))

    schema.upgrade(engine)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM municipality")).scalars().all() == ["Čukarica"]
        assert connection.execute(text("SELECT to_regprocedure('who_am_i()')")).scalar_one() is not None


def test_an_upgrade_that_fails_changes_nothing(engine):
    with engine.begin() as connection:
        connection.execute(text("DROP FUNCTION add_year(integer)"))
        connection.execute(text("DROP FUNCTION who_am_i()"))
        connection.execute(text("SET LOCAL ROLE salter_owner"))
        connection.execute(text("CREATE FUNCTION who_am_i() RETURNS integer LANGUAGE sql AS 'SELECT 1'"))

    with pytest.raises(psycopg.errors.InvalidFunctionDefinition):
        schema.upgrade(engine)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT to_regprocedure('add_year(integer)')")).scalar_one() is None


def test_a_new_year_has_room_for_its_bills_and_is_made_once(engine):
    with engine.begin() as connection:
        schema.add_year(connection, year=2031)
        schema.add_year(connection, year=2031)
        tables = {"bill_2031", "bill_line_2031", "bill_balance_2031"}
        there = connection.execute(text("SELECT relname FROM pg_class WHERE relispartition")).scalars()

        assert tables <= set(there)
