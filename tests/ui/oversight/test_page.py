"""Oversight: alerts, what somebody did, and raised limits, before a supervisor."""

from tests.robots.watcher import Watcher
from tests.ui.oversight.conftest import SUPERVISOR

JELENA, ZORAN = "Jelena Nikolić", "Zoran Petrović"


def test_those_at_a_limit_come_first_and_what_they_did_stands_beside_them(watcher):
    someone = watcher()

    assert [row[:3] for row in someone.alerts()] == [
        [JELENA, "accounts opened in a day", "60 of 60"],
        [JELENA, "personal numbers shown in a day", "2 of 4"],
        [ZORAN, "accounts opened in a day", "30 of 60"],
    ]
    done = someone.clerk.rows_of("oversight.doings.table")
    assert len(done) == 60
    assert {row[1] for row in done} == {"account opened"}
    assert done[0][-1] == "service at the counter, counter"

    someone.clerk.presses("Down")
    someone.sees_page()

    assert [row[-1] for row in someone.clerk.rows_of("oversight.doings.table")] == ["ugovor", "ugovor"]
    someone.chooses_in("oversight.kind", "everything")
    assert len(someone.clerk.rows_of("oversight.doings.table")) == 62


def test_the_rail_says_how_many_nobody_has_looked_at(watcher):
    someone = watcher()

    button = someone.clerk.widget("rail.home")

    assert button.badge == "3"
    assert button.accessibleName() == "Home: 3 alerts nobody has looked at, 1 at the limit"


def test_the_first_page_tells_of_them_and_enter_leads_there(watcher):
    someone = watcher()
    someone.clerk.presses("Alt+Home")
    assert len(someone.told_at_home()) == 3
    table = someone.clerk.widget("home.alerts.table")
    table.setFocus()
    someone.clerk.presses("End")
    someone.clerk.presses("Return")
    someone.sees_page()

    assert someone.page.doings.people.currentText() == ZORAN
    assert len(someone.clerk.rows_of("oversight.doings.table")) == 30


def test_the_first_page_of_a_supervisor_costs_one_statement_more(stage):
    someone = stage.opens()
    someone.signs_in(SUPERVISOR)
    watcher = Watcher(someone)
    assert len(watcher.told_at_home()) == 3

    works = {work.name: len(work.statements) for work in someone.user_session.gateway.stats.works}
    assert works["ceilings.alerts"] == 1
    assert works["search.recent_accounts"] == 1


def test_a_person_without_an_alert_is_chosen_by_name(watcher):
    someone = watcher()

    someone.chooses_in("oversight.person", "Dragan Stojković")

    assert someone.page.doings.is_empty
    by_now = "By now: nothing today"
    someone.clerk.until(lambda: someone.clerk.reads("oversight.standing") == by_now, "it is not said")


def test_what_is_missing_is_said_beside_its_field(watcher):
    someone = watcher()
    someone.raises("", because="")

    sheet = someone.page.raise_sheet
    assert sheet.most.error == "Write a number."
    assert sheet.reason.error == "Write for which task; it is kept."
    assert sheet.isVisible()


def test_too_far_is_refused_with_how_far_it_goes(watcher):
    someone = watcher()
    someone.raises("181", because="mail")

    field = someone.page.raise_sheet.most
    someone.clerk.until(lambda: field.error, "nothing was said")
    assert field.error == "Write a number above 60 and up to 180."


def test_too_long_is_refused_with_how_long_it_goes(watcher):
    someone = watcher()
    someone.raises("100", because="mail", last_day="+7")

    field = someone.page.raise_sheet.last_day
    someone.clerk.until(lambda: field.error, "nothing was said")
    assert field.error == "Choose a day from today on; the last is 06.12.2026."


def test_what_is_raised_is_listed_and_ended(watcher, stage):
    someone = watcher()
    someone.raises("100", because="inventory of the archive", last_day="+3")
    someone.clerk.until(lambda: not someone.page.raises.is_empty, "nothing is listed")

    ((who, what, most, until, by, why),) = someone.clerk.rows_of("oversight.raises.table")
    assert (who, what, most, until) == (JELENA, "accounts opened in a day", "100", "03.12.2026.")
    assert (by, why) == (SUPERVISOR, "inventory of the archive")
    someone.clerk.presses("X")
    someone.clerk.hears("The limit is again what it was.")
    someone.clerk.until(lambda: someone.page.raises.is_empty, "it is still listed")
    assert stage.one("SELECT ended_by FROM ceiling_raise") == SUPERVISOR


def test_seen_without_a_word_is_asked_again(watcher):
    someone = watcher()
    someone.clerk.presses("S")
    someone.clerk.presses("Ctrl+Return")

    assert someone.page.seen_sheet.reason.error == "Write what you found; it is kept."


def test_the_language_changes_and_what_was_chosen_stays(watcher):
    someone = watcher()
    someone.chooses_in("oversight.kind", "personal number shown")

    someone.clerk.runs("desk.language_latin")

    assert someone.clerk.reads("oversight.kind") == "prikazan JMBG"
    assert someone.alerts()[0][1] == "otvorenih korisnika za dan"
    someone.clerk.runs("desk.language_english")
