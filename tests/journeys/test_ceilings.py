"""A clerk comes to a limit; a supervisor is told, looks, raises it for the task, and writes down why."""

import pytest

from tests.robots.stage import AGENT, ANA, CLERK, FIRM, MILAN
from tests.robots.watcher import Watcher

SUPERVISOR, ADMIN = "goran.jovanovic", "ivan.radovic"
"""The supervisor of the clerk's own branch."""


@pytest.fixture
def bound(stage):
    """Let nobody open more than two accounts in a day."""
    set_it = "INSERT INTO setting VALUES ('visits_a_day', '2000-01-02', '2', false, '')"
    stage.run("DELETE FROM setting WHERE name = 'visits_a_day'")
    stage.run(set_it)


def test_a_limit_is_met_looked_at_and_raised_for_the_task(stage, bound, clerk):
    clerk.opens(ANA)
    clerk.opens(MILAN)
    clerk.finds(FIRM)
    clerk.presses("Return")
    clerk.until(lambda: clerk.is_seen("account.failure"), "it was not refused")
    assert clerk.reads("account.failure") == (
        "You have opened 2 accounts today; the limit is 2. You can open more tomorrow, or once a supervisor"
        " raises it."
    )

    supervisor = stage.opens()
    supervisor.signs_in(SUPERVISOR)
    watcher = Watcher(supervisor)
    ((who, what, amount, _when),) = watcher.told_at_home()
    assert (who, what, amount) == ("Jelena Nikolić", "accounts opened in a day", "2 of 2")
    watcher.opens_first_at_home()

    done = supervisor.rows_of("oversight.doings.table")
    assert [row[2] for row in done] == [MILAN, ANA]
    by_now = "accounts opened in a day: 2 of 2"
    supervisor.until(lambda: by_now in supervisor.reads("oversight.standing"), "it is not said how many")
    watcher.raises("4", because="a pile of returned mail")
    supervisor.hears("The limit is raised")
    watcher.writes_down("returned mail, by order of the branch")
    supervisor.until(lambda: watcher.alerts() == [], "it is still told of")

    clerk.clicks("account.failure.action")
    clerk.sees_account(FIRM)
    kept = "SELECT reason || ': ' || most FROM ceiling_raise WHERE login = 'jelena.nikolic'"
    assert stage.one(kept) == "a pile of returned mail: 4"
    assert stage.one("SELECT seen_by FROM alert_seen") == SUPERVISOR


def test_who_oversees_nobody_is_offered_no_oversight(stage):
    for login in (CLERK, AGENT):
        someone = stage.opens()
        someone.signs_in(login)
        offered = {action.objectName() for action in someone.desk.commands_of_the_window()}
        assert "desk.oversight" not in offered
        assert not someone.is_seen("home.alerts.card")
        stage.closes(someone)


def test_an_administrator_looks_and_writes_down_and_raises_nothing(stage):
    someone = stage.opens()
    someone.signs_in(ADMIN)
    watcher = Watcher(someone)
    watcher.goes_to_oversight()

    offered = {action.objectName() for action in someone.desk.commands_of_the_window()}
    assert "oversight.see" in offered
    assert not {"oversight.raise", "oversight.end"} & offered
    assert not someone.is_seen("oversight.lift")
