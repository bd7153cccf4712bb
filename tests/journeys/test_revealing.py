"""A personal number is seen by whoever says why, by nobody else and for a moment only."""

import psycopg
import pytest

from tests.robots.clerk import Clerk
from tests.robots.stage import ANA
from ui.desk.places import AccountSection


@pytest.fixture
def asked_why(clerk: Clerk) -> Clerk:
    """A clerk before the form that asks for the reason."""
    clerk.opens(ANA, section=AccountSection.DATA)
    opens_form(clerk)
    return clerk


def opens_form(clerk: Clerk) -> None:
    clerk.until(lambda: clerk.is_seen("data.reveal"), "there is no number to show")
    clerk.clicks("data.reveal")
    clerk.until(lambda: clerk.is_seen("reveal"), "the form did not open")


def waiting_for_a_lock(stage) -> int:
    return int(stage.one("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"))


def test_a_number_is_shown_to_who_says_why_and_it_is_on_record(asked_why, stage):
    clerk = asked_why

    clerk.types("identity checked by the card\n")

    clerk.until(lambda: len(clerk.reads("reveal.number")) == 13, "no number")
    recorded = (
        "SELECT detail ->> 'reason' FROM read_log WHERE kind = 'reveal' ORDER BY happened_at DESC LIMIT 1"
    )
    assert stage.one(recorded) == "identity checked by the card"


def test_no_number_is_shown_without_a_reason(asked_why):
    clerk = asked_why

    clerk.types("\n")

    clerk.until(lambda: clerk.widget("reveal.show").isEnabled(), "it was not answered")
    assert clerk.reads("reveal.number") == ""


def test_a_number_that_comes_after_the_form_was_closed_is_not_shown_in_the_next_one(asked_why, stage):
    clerk = asked_why
    with psycopg.connect(stage.town.url) as somebody_else:
        somebody_else.execute("LOCK TABLE read_log IN ACCESS EXCLUSIVE MODE")
        clerk.types("somebody is waiting\n")
        clerk.until(lambda: waiting_for_a_lock(stage) == 1, "nothing was asked")
        clerk.presses("Esc")
        opens_form(clerk)

    clerk.until(lambda: clerk.widget("reveal.show").isEnabled(), "the answer did not come")

    assert clerk.reads("reveal.number") == ""
    clerk.types("now it is needed\n")
    clerk.until(lambda: len(clerk.reads("reveal.number")) == 13, "no number")
