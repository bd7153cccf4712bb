"""A ceiling is raised for a task: by a supervisor, for somebody else, so far and so long."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from app.domain.ceilings import RAISABLE
from tests.security.conftest import (
    ADMIN,
    CLERK,
    LEFT,
    OTHER_CLERK,
    OTHER_SUPERVISOR,
    SERVING,
    SUPERVISOR,
    one,
)
from tests.security.test_alerts import RAISE, nobody_elsewhere, opens, told
from tests.security.test_ceilings import OPEN, ceiling, nothing_done, refusal

__all__ = ["ceiling", "nobody_elsewhere", "nothing_done"]

Enter = Callable[[str], psycopg.Connection[Any]]


@pytest.mark.parametrize("login", SERVING)
def test_a_raised_ceiling_holds_for_its_person_until_it_is_ended(guarded, enter, ceiling, login):
    ceiling("visits_a_day", 1)
    person, supervisor = enter(login), enter(OTHER_SUPERVISOR)
    opens(guarded, person, 1)
    assert refusal(person, OPEN, guarded.new_account()) == "visits_a_day"

    raised = one(supervisor, RAISE, login, "visits_a_day", 2, 0, "returned mail")

    assert refusal(person, OPEN, guarded.new_account()) == ""
    assert refusal(person, OPEN, guarded.new_account()) == "visits_a_day"
    other = enter(OTHER_CLERK)
    assert [refusal(other, OPEN, guarded.new_account()) for _ in range(2)] == ["", "visits_a_day"]
    one(supervisor, RAISE, login, "visits_a_day", 3, 0, "more of it")
    assert refusal(person, OPEN, guarded.new_account()) == ""
    for one_of in (raised, raised + 1):
        supervisor.execute("SELECT end_raise(%s)", [one_of])
    assert refusal(person, OPEN, guarded.new_account()) == "visits_a_day"
    assert refusal(supervisor, "SELECT end_raise(%s)", raised) == "ceiling_raise_over"


def test_whatever_has_a_ceiling_that_can_be_raised_is_raised(enter, superuser):
    supervisor = enter(SUPERVISOR)
    names = one(superuser, "SELECT ceiling_names()")
    of_now = "SELECT most + 1 FROM ceilings_of(%s, ARRAY[%s])"

    got = {
        name: refusal(supervisor, RAISE, CLERK, name, one(superuser, of_now, CLERK, name), 0, "x")
        for name in names
    }

    assert got == dict.fromkeys([ceiling.value for ceiling in RAISABLE], "")


def test_a_raise_that_is_rolled_back_raises_nothing(guarded, enter, ceiling):
    ceiling("visits_a_day", 1)
    clerk, supervisor = enter(CLERK), enter(SUPERVISOR)
    opens(guarded, clerk, 1)
    with supervisor.transaction(force_rollback=True):
        supervisor.execute(RAISE, [CLERK, "visits_a_day", 3, 0, "x"])

        assert refusal(clerk, OPEN, guarded.new_account()) == "visits_a_day"


def test_it_ends_with_its_day(guarded, enter, ceiling, superuser):
    ceiling("visits_a_day", 1)
    clerk = enter(CLERK)
    enter(SUPERVISOR).execute(RAISE, [CLERK, "visits_a_day", 3, 0, "x"])
    superuser.execute("SET session_replication_role = replica")
    superuser.execute("UPDATE ceiling_raise SET last_day = office_day() - 1")
    superuser.execute("SET session_replication_role = origin")

    assert [refusal(clerk, OPEN, guarded.new_account()) for _ in range(2)] == ["", "visits_a_day"]
    assert refusal(enter(SUPERVISOR), "SELECT end_raise(max(id)) FROM ceiling_raise") == "ceiling_raise_over"


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ((SUPERVISOR, "visits_a_day", 11, 0, "x"), "ceiling_own"),
        ((CLERK, "visits_a_day", 10, 0, "x"), "ceiling_size"),
        ((CLERK, "visits_a_day", 31, 0, "x"), "ceiling_size"),
        ((CLERK, "visits_a_day", None, 0, "x"), "ceiling_size"),
        ((CLERK, "visits_a_day", -1, 0, "x"), "ceiling_size"),
        ((CLERK, "visits_a_day", 9223372036854775807, 0, "x"), "ceiling_size"),
        ((CLERK, "visits_a_day", 20, 7, "x"), "ceiling_days"),
        ((CLERK, "visits_a_day", 20, -1, "x"), "ceiling_days"),
        ((CLERK, "visits_a_day", 20, None, "x"), "ceiling_days"),
        ((CLERK, "visits_a_day", 20, 0, " "), "reason_missing"),
        ((CLERK, "visits_a_day", 20, 0, None), "reason_missing"),
        ((CLERK, "misses_a_day", 110, 0, "x"), "ceiling_unknown"),
        ((CLERK, "changes_a_day", 500, 0, "x"), "ceiling_unknown"),
        ((CLERK, None, 500, 0, "x"), "ceiling_unknown"),
        ((LEFT, "visits_a_day", 20, 0, "x"), "ceiling_unknown"),
        (("nobody", "visits_a_day", 20, 0, "x"), "ceiling_unknown"),
        ((None, "visits_a_day", 20, 0, "x"), "ceiling_unknown"),
        ((CLERK, "visits_a_day", 30, 6, "x"), ""),
    ],
)
def test_how_far_and_how_long_has_bounds(enter, ceiling, given, rule):
    ceiling("visits_a_day", 10)

    assert refusal(enter(SUPERVISOR), RAISE, *given) == rule


def test_a_raise_of_a_raise_goes_no_further_than_the_setting(enter, ceiling):
    ceiling("visits_a_day", 10)
    supervisor = enter(SUPERVISOR)
    supervisor.execute(RAISE, [CLERK, "visits_a_day", 30, 0, "x"])

    assert refusal(supervisor, RAISE, CLERK, "visits_a_day", 31, 0, "x") == "ceiling_size"


def test_a_supervisor_raises_so_often_in_a_day(enter, ceiling):
    ceiling("ceiling_raises_a_day", 2)
    ceiling("visits_a_day", 10)
    supervisor = enter(SUPERVISOR)

    got = [refusal(supervisor, RAISE, CLERK, "visits_a_day", most, 0, "x") for most in (11, 12, 13)]

    assert got == ["", "", "ceiling_raises_too_many"]


def test_a_reason_is_not_a_book(enter):
    assert "ck_ceiling_raise_volume" in refusal(
        enter(SUPERVISOR), RAISE, CLERK, "visits_a_day", 1600, 0, "x" * 1001
    )


def test_a_raised_ceiling_moves_the_mark(guarded, enter, ceiling):
    ceiling("visits_a_day", 4)
    clerk, supervisor = enter(CLERK), enter(SUPERVISOR)
    supervisor.execute(RAISE, [CLERK, "visits_a_day", 8, 0, "mail"])
    opens(guarded, clerk, 3)
    assert told(supervisor) == []

    opens(guarded, clerk, 1)
    assert told(supervisor) == [(CLERK, "visits_a_day", 4, 8)]


def test_two_supervisors_raise_for_one_another_and_it_shows(enter, superuser):
    enter(SUPERVISOR).execute(RAISE, [OTHER_SUPERVISOR, "visits_a_day", 2600, 0, "inventory"])
    enter(OTHER_SUPERVISOR).execute(RAISE, [SUPERVISOR, "visits_a_day", 2600, 0, "inventory"])

    shown = enter(ADMIN).execute("SELECT login, raised_by, reason FROM ceiling_raise ORDER BY id").fetchall()
    assert shown == [
        (OTHER_SUPERVISOR, SUPERVISOR, "inventory"),
        (SUPERVISOR, OTHER_SUPERVISOR, "inventory"),
    ]
