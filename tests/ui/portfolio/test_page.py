"""Everybody's plans through the real window: the lists, the numbers, who sees what, and the way to a plan."""

from functools import partial

import psycopg
import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from app.usecases.plans import Which
from tests.robots.stage import AGENT, CLERK
from tests.ui.portfolio.known import ARRIVING, BREAKING, CLERKS_BRANCH, DOOMED, LATE, MANY, WAITED, WAITING
from ui.desk.places import AccountSection, Place
from ui.kit.table import PAGE

MARKED = {LATE, BREAKING, DOOMED, ARRIVING, WAITING}
LATEST = "Reprogram od 2025."
PAGE_OF_PLANS = (
    "desk.top",
    "rail",
    "portfolio.head",
    "portfolio.summary",
    "portfolio.filters",
    "portfolio.table",
    "status",
)


def marked(someone):
    return [number for number in someone.numbers() if number in MARKED]


@pytest.mark.parametrize(
    ("which", "listed"),
    [
        (Which.ALL, [WAITING, ARRIVING, LATE, BREAKING, DOOMED]),
        (Which.ARRIVING, [ARRIVING]),
        (Which.MISSED, [DOOMED, BREAKING, LATE]),
        (Which.BREAKING, [DOOMED, BREAKING]),
        (Which.AWAITING, [WAITING]),
    ],
)
def test_each_list_shows_its_plans_and_how_many_they_are(overseer, which, listed):
    someone = overseer()

    someone.looks_at(which)

    assert marked(someone) == listed
    if which is not Which.ALL:
        assert int(someone.counted(which)) == len(someone.numbers())


def test_a_row_says_what_comes_next_and_how_long_something_waits(overseer):
    someone = overseer()

    assert someone.row_of(WAITING)["next"] == f"waits {WAITED} days"
    assert someone.row_of(ARRIVING)["next"] == "due in 5 days"
    assert (someone.row_of(LATE)["next"], someone.row_of(LATE)["late"]) == ("3 days late", "1")
    assert someone.row_of(LATE)["late_open"] == "100,00"

    someone.looks_at(Which.BREAKING)
    assert someone.row_of(BREAKING)["next"] == "breaks in 4 days"
    assert someone.row_of(DOOMED)["next"] == "14 days past breaking"


def test_the_numbers_on_top_add_up_and_lead_to_the_plans_they_count(overseer):
    someone = overseer()
    *programmes, together = someone.counts()

    for place in range(len(together) - 2, len(together) - 1):
        assert sum(int(row[place].replace(".", "")) for row in programmes) == int(together[place])
    someone.opens_count(LATEST, "in_arrears")

    assert set(someone.numbers()) == {LATE, BREAKING, DOOMED}
    assert someone.clerk.reads("portfolio.state") == "in arrears"
    assert someone.counted(Which.ALL) == "3"


def test_the_numbers_are_broken_down_by_branch_as_well(overseer, stage):
    someone = overseer()
    branch = stage.one(f"SELECT name FROM branch WHERE id = {CLERKS_BRANCH}")
    before = someone.counts()[-1]

    someone.clerk.presses("B")
    rows = someone.counts()

    assert {row[0] for row in rows} >= {branch, "All branches"}
    assert rows[-1][1:] == before[1:]
    someone.opens_count(branch, "awaiting_certification")
    assert someone.numbers() == [WAITING]
    assert someone.clerk.reads("portfolio.branch") == branch
    someone.clerk.presses("B")
    assert [row[0] for row in someone.counts()] == [LATEST]  # of that branch


def test_a_list_is_narrowed_by_programme_branch_and_state(overseer, stage):
    someone = overseer()
    branch = stage.one(f"SELECT name FROM branch WHERE id = {CLERKS_BRANCH}")

    someone.narrows("branch", branch)
    of_branch = {row.branch_id for row in someone.page.list.rows}
    someone.narrows("state", "awaiting certification")
    narrowed = someone.numbers()
    someone.narrows("programme", "Reprogram 2014")

    assert of_branch == {CLERKS_BRANCH}
    assert narrowed == [WAITING]
    assert someone.page.list.is_empty
    assert "narrow" in someone.page.list.empty.hint


def test_a_plan_is_opened_in_its_account(overseer, town):
    someone = overseer()

    someone.opens(LATE)

    someone.clerk.sees_section(AccountSection.PLANS)
    with psycopg.connect(town.url) as owner:
        row = owner.execute("SELECT ident FROM plan WHERE contract_number = %s", [LATE]).fetchone()
    assert someone.clerk.page.ident == row[0]
    someone.clerk.until(lambda: LATE in someone.clerk.reads("plans.heading"), "another plan is shown")


def test_one_returns_to_the_row_one_left(overseer):
    someone = overseer()
    someone.looks_at(Which.MISSED)
    someone.opens(BREAKING)

    someone.goes_to_plans()

    assert someone.page.list.chosen.contract_number == BREAKING
    assert someone.page.list.filters.chosen.which is Which.MISSED


def test_a_clerk_sees_the_own_branch_and_follows_nothing(overseer):
    someone = overseer(CLERK)

    assert set(marked(someone)) == {LATE, ARRIVING, WAITING}
    assert not someone.clerk.is_seen("portfolio.branch")
    assert not someone.clerk.is_seen("portfolio.follow.open")
    someone.clerk.presses("M")
    assert not someone.clerk.is_seen("portfolio.follow")


def test_an_agent_has_no_page_of_plans(stage):
    agent = stage.opens()
    agent.signs_in(AGENT)

    agent.presses("Alt+P")

    assert not agent.is_seen("portfolio")
    assert not agent.is_seen("rail.plans")
    agent.desk.go(Place.plans())
    assert agent.is_seen("home")


def test_each_part_of_the_page_is_one_statement(overseer):
    someone = overseer()
    clerk = someone.clerk
    clerk.counts(partial(clerk.presses, "Alt+Home"), until=("search.recent_accounts",))

    parts = {"portfolio.portfolio": 1, "portfolio.portfolio_counts": 1}
    coming = clerk.counts(someone.goes_to_plans, until=parts)
    narrowing = clerk.counts(lambda: someone.looks_at(Which.MISSED), until=("portfolio.portfolio",))

    assert coming == parts
    assert set(narrowing) == {"portfolio.portfolio"}
    assert narrowing["portfolio.portfolio"] <= 2  # the arrows pass by the list between the two


def test_pages_come_as_one_goes_down(overseer):
    someone = overseer()
    assert len(someone.numbers()) == PAGE

    someone.clerk.presses("End")
    someone.clerk.until(lambda: len(someone.numbers()) > PAGE, "no more plans came")

    assert len(set(someone.numbers())) == len(someone.numbers()) > MANY


def test_what_is_listed_is_exported_with_the_pages_nobody_looked_at(overseer, stage, tmp_path):
    someone = overseer()
    file = tmp_path / "plans.csv"

    someone.clerk.presses("E")
    someone.clerk.until(lambda: _dialog(someone.clerk), "no file is asked for")
    someone.clerk.picks_file(file, dialog="portfolio.table.file")
    someone.clerk.hears("Exported")

    lines = file.read_text(encoding="utf-8-sig").splitlines()
    everything = stage.one("SELECT count(*) FROM plan")
    assert len(lines) == everything + 1
    assert any(WAITING in line for line in lines)
    recorded = "SELECT (detail ->> 'rows')::int FROM read_log WHERE detail ->> 'what' = 'portfolio.table'"
    someone.clerk.until(lambda: stage.one(recorded), "nothing is on record")
    assert stage.one(recorded) == everything


def _dialog(clerk):
    return clerk.window.findChild(QFileDialog, "portfolio.table.file")


def test_the_language_changes_and_what_was_chosen_stays(overseer):
    someone = overseer()
    someone.narrows("state", "in arrears")
    before = someone.numbers()

    someone.clerk.runs("desk.language_latin")

    assert someone.clerk.reads("portfolio.state") == "u docnji"
    assert someone.row_of(LATE)["next"] == "kasni 3 dana"
    assert someone.numbers() == before
    someone.clerk.runs("desk.language_english")  # it is kept for the person


def test_somebody_who_will_not_wait_gives_up_and_asks_again(overseer, town):
    someone = overseer()
    clerk = someone.clerk
    with psycopg.connect(town.url) as owner:
        owner.execute("LOCK TABLE plan IN ACCESS EXCLUSIVE MODE")
        clerk.presses("F5")
        clerk.until(lambda: clerk.is_seen("portfolio.list.wait.cancel"), "there is no way out")
        clerk.clicks("portfolio.list.wait.cancel")
        clerk.until(lambda: "Cancelled" in someone.page.list.failure, "nothing was given up")
        assert len(someone.numbers()) == PAGE  # what was on the screen stays readable

    clerk.clicks("portfolio.list.failure.action")
    someone.sees_list()

    assert someone.page.list.failure == ""


def test_tab_walks_the_page_as_it_is_read(overseer):
    someone = overseer()
    someone.clerk.presses("Ctrl+K")

    walked, read = someone.clerk.walks_by_tab(areas=PAGE_OF_PLANS)

    assert {"portfolio.counts", "portfolio.views", "portfolio.branch", "portfolio.table"} <= set(walked)
    assert walked == read


def test_every_key_of_the_page_is_told_by_f1(overseer):
    someone = overseer()

    someone.clerk.presses("F1")
    told = {found.text() for found in someone.clerk.widget("keys").findChildren(QLabel)}

    assert {"Follow plans for a day", "Export the plans listed", "Choose which plans are listed"} <= told
