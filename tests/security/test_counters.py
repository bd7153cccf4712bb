"""What is counted for a person stays counted, whatever becomes of the transaction."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.security.conftest import ADMIN, AGENT, CLERK, LEFT, OTHER_CLERK, SERVING, one, sqlstate_of

EVERY_WAY = (
    "SELECT nextval('{counter}')",
    "SELECT setval('{counter}', 1)",
    "SELECT last_value FROM {counter}",
    "ALTER SEQUENCE {counter} RESTART",
    "DROP SEQUENCE {counter}",
    "SELECT count_up('shown_an_hour', -1000)",
    "SELECT make_counters(session_user)",
)


@pytest.fixture
def counting(superuser) -> Iterator[None]:
    """A function that counts and nothing else, for whoever works at the desk."""
    superuser.execute("SET ROLE salter_owner")
    superuser.execute(
        "CREATE FUNCTION counted_after(by integer) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER"
        " SET search_path = public, pg_temp AS"
        " $$ BEGIN PERFORM count_up('shown_an_hour', by); RETURN counted('shown_an_hour'); END $$"
    )
    superuser.execute("GRANT EXECUTE ON FUNCTION counted_after(integer) TO desk_staff")
    yield
    superuser.execute("DROP FUNCTION counted_after(integer)")
    superuser.execute("RESET ROLE")


def counter(connection: psycopg.Connection[Any], login: str) -> str:
    name: str = one(connection, "SELECT counter_of(%s, 'shown_an_hour')::text", login)
    return name


@pytest.mark.parametrize("way", EVERY_WAY)
@pytest.mark.parametrize("login", [*SERVING, ADMIN])
def test_nobody_at_a_desk_reaches_a_counter(enter, superuser, login, way):
    statement = way.format(counter=counter(superuser, login))

    assert sqlstate_of(enter(login), statement) == "42501"


@pytest.mark.usefixtures("counting")
def test_what_is_counted_stays_counted_when_it_is_taken_back(guarded, superuser):
    before = one(superuser, "SELECT counted('shown_an_hour', %s)", CLERK)

    with guarded.signed_in(CLERK, autocommit=False) as connection:
        for _ in range(3):
            connection.execute("SELECT counted_after(50)")
            connection.rollback()

    assert one(superuser, "SELECT counted('shown_an_hour', %s)", CLERK) == before + 150


@pytest.mark.usefixtures("counting")
def test_each_person_is_counted_apart(enter, superuser):
    before = one(superuser, "SELECT counted('shown_an_hour', %s)", OTHER_CLERK)

    enter(CLERK).execute("SELECT counted_after(7)")

    assert one(superuser, "SELECT counted('shown_an_hour', %s)", OTHER_CLERK) == before


@pytest.mark.usefixtures("counting")
def test_a_new_hour_begins_at_nought(enter, superuser):
    clerk = enter(CLERK)
    clerk.execute("SELECT counted_after(7)")
    hour_before = (
        "SELECT setval(counter_of(%s, 'shown_an_hour'), counter_start('shown_an_hour') - 1000000000 + 400)"
    )
    superuser.execute(hour_before, [CLERK])

    assert one(clerk, "SELECT counted_after(5)") == 5


@pytest.mark.usefixtures("counting")
def test_where_nothing_can_be_counted_nothing_is_done(guarded):
    with guarded.signed_in(CLERK, autocommit=False) as connection:
        connection.execute("SET TRANSACTION READ ONLY")
        with pytest.raises(psycopg.Error, match="must_be_recorded"):
            connection.execute("SELECT counted_after(1)")


def test_whoever_works_here_has_counters(superuser):
    without = superuser.execute(
        "SELECT s.login, name FROM staff s CROSS JOIN unnest(counter_names()) AS name"
        " WHERE counter_of(s.login, name) IS NULL"
    )

    assert without.fetchall() == []
    assert one(superuser, "SELECT count(*) FROM staff WHERE login IN (%s, %s)", AGENT, LEFT) == 2


def test_counters_come_and_go_with_the_row_of_the_staff_list(guarded):
    long_login = "with.a.very.long.login." + "x" * 40
    with guarded.as_superuser(autocommit=False) as owner:
        owner.execute("SET ROLE salter_owner")
        owner.execute(
            "INSERT INTO staff (login, full_name, role, branch_id) VALUES (%s, 'X', 'desk_clerk', 1)",
            [long_login],
        )
        made = one(owner, "SELECT counter_of(%s, 'shown_a_day')::text", long_login)
        owner.execute("DELETE FROM staff WHERE login = %s", [long_login])
        left = one(owner, "SELECT to_regclass(%s)", made)
        owner.rollback()

    assert made.startswith("counted_shown_a_day_")
    assert left is None
