"""Programmes in the real window: a supervisor extends one by keyboard, tries it and publishes it."""

from datetime import timedelta

import pytest

from tests.robots.programmes import Drafter
from tests.robots.stage import AGENT, ANA, CLERK, FIRM, SUPERVISOR
from ui.desk.commands import ENTRIES
from ui.desk.places import Page
from ui.words import text

SECOND = "goran.jovanovic"


@pytest.fixture
def drafter(stage):
    clerk = stage.opens()
    clerk.signs_in(SUPERVISOR)
    someone = Drafter(clerk)
    someone.goes_to_programmes()
    return someone


def test_a_programme_is_extended_and_tried_by_one_and_published_by_another_without_the_mouse(stage, drafter):
    clerk = drafter.clerk
    begins = clerk.user_session.desk.today + timedelta(days=7)
    drafter.goes_down_to("Reprogram od 2025., version 1")
    drafter.begins_new_version()
    clerk.types("+7\t\tbroj 12\tZaključak Gradskog veća\tproširenje na dvanaest rata\t")
    clerk.types("\t\t\t\t\t\t12\t5\t")
    drafter.saves()

    rows = drafter.tries_on(ANA, FIRM)
    stage.closes(clerk)
    second = stage.opens()
    second.signs_in(SECOND)
    publisher = Drafter(second)
    publisher.goes_to_programmes()
    publisher.goes_down_to("Reprogram od 2025., version 2")
    publisher.publishes()

    assert [row[0] for row in rows if row[0]] == [ANA, FIRM]
    ends = f"01.10.2025. – {text.day(begins - timedelta(days=1))}"
    second.until(lambda: publisher.listed()[1][2] == ends, "the version before it did not end")
    assert publisher.listed()[0][:3] == ["Reprogram od 2025.", "2", f"from {text.day(begins)}"]
    assert stage.one(
        "SELECT terms -> 'steps' FROM programme_version WHERE programme_id = 4 AND version = 2"
    ) == [
        ["ordinary", 1, "0"],
        ["ordinary", 12, "5"],
        ["former_entrepreneur", 1, "0"],
    ]
    assert stage.one("SELECT note FROM programme_version WHERE programme_id = 4 AND version = 2") == (
        "proširenje na dvanaest rata"
    )


def test_the_rail_shows_that_programmes_belong_to_the_plans(drafter):
    assert drafter.clerk.widget(f"rail.{Page.PLANS}").isChecked()


def test_who_only_signs_plans_is_not_offered_to_write_their_terms(stage):
    for login in (CLERK, AGENT):
        clerk = stage.opens()
        clerk.signs_in(login)
        offered = {action.objectName() for action in clerk.desk.commands_of_the_window()}
        assert "desk.programmes" in ENTRIES
        assert "desk.programmes" not in offered
        stage.closes(clerk)


def test_from_the_plans_of_everybody_a_button_leads_to_their_programmes(stage):
    clerk = stage.opens()
    clerk.signs_in(SUPERVISOR)
    clerk.presses("Alt+P")
    clerk.until(lambda: clerk.is_seen("portfolio.programmes"), "the page of plans did not come")

    clerk.clicks("portfolio.programmes")

    clerk.until(lambda: Drafter(clerk).page.isVisible(), "the programmes did not come")
