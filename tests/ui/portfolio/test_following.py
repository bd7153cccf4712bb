"""A supervisor follows all plans for a day, sees what came of it, and is told what cannot be."""

import pytest

from app.usecases.plans import Which
from tests.ui.portfolio.known import BREAKING, DOOMED
from ui.portfolio import following


def test_plans_are_followed_for_today_and_what_happened_is_said(overseer, stage):
    someone = overseer()
    someone.looks_at(Which.BREAKING)
    in_force = stage.one("SELECT count(*) FROM plan WHERE state IN ('active', 'in_arrears')")

    said = someone.follows()

    assert f"{in_force} plans looked at" in said
    assert "broken 1" in said
    someone.clerk.until(lambda: someone.numbers() == [BREAKING], "the list was not asked for anew")
    assert stage.one(f"SELECT state FROM plan WHERE contract_number = '{DOOMED}'") == "broken"

    again = someone.follows()
    assert "looked at for" in again
    assert "Nothing has changed" in again


def test_nobody_is_late_before_the_day(overseer, stage):
    someone = overseer()
    events = "SELECT count(*) FROM plan_event"
    before = stage.one(events)

    said = someone.follows("+7")

    assert "up to today" in said
    assert stage.one(events) == before


def test_what_is_no_day_is_said_beside_the_field(overseer):
    someone = overseer()

    assert "day" in someone.follows("sometime")
    someone.clerk.presses("Esc")
    assert not someone.clerk.is_seen("portfolio.follow")


@pytest.fixture
def small_portions(monkeypatch):
    monkeypatch.setattr(following, "PORTION", 2)


def test_a_round_is_gone_through_in_portions_and_told_as_one(overseer, stage, small_portions):
    someone = overseer()
    stage.run("UPDATE plan SET followed_on = NULL")
    in_force = stage.one("SELECT count(*) FROM plan WHERE state IN ('active', 'in_arrears')")

    asked = someone.clerk.counts(someone.follows, until=("watching.follow",))

    assert f"{in_force} plans looked at" in someone.page.following.outcome.words
    assert asked["watching.follow"] == in_force // 2 + 1  # the last one finds fewer than two
    assert "Stopped" not in someone.page.following.outcome.words


def test_a_round_is_stopped_by_escape_after_the_portion_at_hand(overseer, stage, small_portions):
    someone = overseer()
    stage.run("UPDATE plan SET followed_on = NULL")
    strip = someone.page.following
    someone.clerk.presses("M")
    someone.clerk.presses("Ctrl+Return")

    assert strip.is_under_way
    someone.clerk.presses("Esc")
    someone.clerk.until(lambda: not strip.is_under_way, "it went on")

    assert "2 plans looked at" in strip.outcome.words
    assert "Stopped" in strip.outcome.words
    assert stage.one("SELECT count(*) FROM plan WHERE followed_on IS NOT NULL") == 2
    someone.clerk.presses("Esc")
    assert not someone.clerk.is_seen("portfolio.follow")
