"""What an action wrote is read off the database: its own rows, and those of functions and triggers."""

import functools
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.domain.topics import EVERYTHING, Topic
from db.written import TOPIC_OF
from tests.db.gateway.work import writes_setting

A_PROGRAMME = "INSERT INTO programme VALUES ({id}, 'code {id}', 'name {id}')"


def does(statement, session):
    session.execute(text("SET LOCAL session_replication_role = replica"))  # no rule of the trade is asked
    session.execute(text(statement))


def topics(gateway, statement, *, key=None):
    return gateway.carry_out(functools.partial(does, statement), key=key or uuid4()).topics


def test_every_table_has_its_topic_or_none_on_purpose(gateway):
    tables = gateway.ask(
        lambda session: set(
            session.scalars(
                text(
                    "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
                    " AND relnamespace = 'public'::regnamespace"
                )
            )
        )
    )

    assert set(TOPIC_OF) == tables


def test_every_topic_is_written_by_some_table():
    assert set(TOPIC_OF.values()) - {None} == EVERYTHING


def test_an_action_that_writes_nothing_of_a_screen_has_no_topic(gateway):
    assert (
        topics(gateway, "INSERT INTO preference (login, name, value) VALUES ('a', 'x', '1')") == frozenset()
    )


def test_a_setting_that_was_set_is_told(gateway):
    written = gateway.carry_out(functools.partial(writes_setting, "rate"), key=uuid4()).topics

    assert written == {Topic.SETTINGS}


@pytest.mark.parametrize(
    "statement",
    [
        A_PROGRAMME.format(id=91),
        "UPDATE programme SET name = 'Leto' WHERE id = 90",
        "DELETE FROM programme WHERE id = 90",
    ],
)
def test_rows_that_came_changed_or_went_are_told(gateway, statement):
    topics(gateway, A_PROGRAMME.format(id=90))

    assert topics(gateway, statement) == {Topic.PROGRAMMES}


def test_what_a_function_wrote_is_told(gateway):
    gateway.act(
        functools.partial(
            does,
            "CREATE FUNCTION begin_winter() RETURNS void LANGUAGE sql SECURITY DEFINER"
            " AS $$INSERT INTO programme VALUES (90, 'winter', 'Zima')$$",
        ),
        key=uuid4(),
    )

    assert topics(gateway, "SELECT begin_winter()") == {Topic.PROGRAMMES}


def test_a_partition_is_told_as_what_it_is_part_of(gateway):
    line = "INSERT INTO bill_line VALUES (1234567, 2606, 1, 1, 1, 1, 1, 0, 0, 1)"

    assert topics(gateway, line) == {Topic.BILLS}


def test_what_one_action_wrote_is_not_told_of_the_next(gateway):
    first = topics(gateway, A_PROGRAMME.format(id=90))
    second = topics(gateway, "SELECT 1")

    assert (first, second) == ({Topic.PROGRAMMES}, frozenset())


def test_an_action_done_before_may_have_written_anything(gateway):
    key = uuid4()
    topics(gateway, A_PROGRAMME.format(id=90), key=key)

    assert topics(gateway, A_PROGRAMME.format(id=90), key=key) == EVERYTHING
