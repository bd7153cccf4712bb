"""Who signed in, and how they like their window."""

from datetime import date

import pytest

from app.usecases import preferences, staff
from db.connecting import NotStaff
from tests.invented_day import invent_day
from tests.usecases.conftest import ADMIN, AGENT, CLERK, SUPERVISOR, TODAY


def test_a_person_who_signed_in_is_known_by_name_role_and_branch(town):
    with town.signed_in(SUPERVISOR) as session:
        me = staff.sign_in_facts(session)

    assert (me.full_name, me.role, me.branch) == (
        "Sava Ilić",
        staff.Role.SUPERVISOR,
        "Ekspozitura Savski venac",
    )
    assert len(town.statements) == 1


def test_a_login_that_belongs_to_nobody_of_the_staff_is_told_so(town):
    town.run("DELETE FROM staff WHERE login = :login", login=CLERK)

    with town.signed_in(CLERK) as session, pytest.raises(NotStaff) as refused:
        staff.sign_in_facts(session)
    assert refused.value.login == CLERK


@pytest.mark.parametrize("login", [CLERK, AGENT, SUPERVISOR, ADMIN])
def test_the_desk_has_the_day_that_the_rules_of_the_database_go_by(town, login):
    with town.signed_in(login) as session:
        told = staff.server_today(session)
    invent_day(town.run, date(2014, 9, 15))
    with town.signed_in(login) as session:
        invented = staff.server_today(session)

    assert (told, invented) == (TODAY, date(2014, 9, 15))


def test_preferences_are_kept_over_what_they_were_and_forgotten_when_empty(town):
    with town.signed_in(CLERK) as session:
        preferences.keep_preferences(session, values={"theme": "dark", "columns": {"bills": [1, 2]}})
        preferences.keep_preference(session, name="theme", value="light")
        preferences.keep_preference(session, name="columns", value=None)

        assert preferences.all_preferences(session) == {"theme": "light"}


def test_nobody_has_another_persons_preferences(town):
    with town.signed_in(CLERK) as session:
        preferences.keep_preference(session, name="theme", value="dark")

    with town.signed_in(AGENT) as session:
        assert preferences.all_preferences(session) == {}
