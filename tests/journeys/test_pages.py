"""The pages of the desk: who is offered which, and that a page's own key leads there from any other."""

import pytest
from PySide6.QtWidgets import QAbstractButton

from tests.robots.stage import ADMIN, AGENT, ANA, CLERK, SUPERVISOR
from ui.desk.commands import ENTRIES
from ui.desk.pages import DeskPage
from ui.desk.places import Page
from ui.shell.directory import pages_for

OFFERED = {
    AGENT: [Page.HOME, Page.ACCOUNT],
    CLERK: [Page.HOME, Page.WORK, Page.ACCOUNT, Page.PLANS],
    SUPERVISOR: [Page.HOME, Page.WORK, Page.ACCOUNT, Page.PLANS, Page.PROGRAMMES, Page.OVERSIGHT],
    ADMIN: [Page.HOME, Page.ACCOUNT, Page.OVERSIGHT],
}


def seen_page(person):
    return next(page for page in person.desk.findChildren(DeskPage) if page.isVisible())


@pytest.mark.parametrize("login", OFFERED)
def test_each_is_offered_the_pages_of_their_role_and_every_key_leads_to_its_page(stage, login):
    person = stage.opens()
    person.signs_in(login)
    rows = {row.page: row for row in pages_for(person.program.user_session.desk)}

    assert list(rows) == OFFERED[login]
    for row in rows.values():
        button = person.desk.rail.findChild(QAbstractButton, f"rail.{row.page}")
        assert (button is None) == (row.stands_under is not None)
        if row.command:
            person.presses(ENTRIES[row.command].keys[0])
            assert seen_page(person) is person.desk.page(row.page)
            marked = person.desk.rail.findChild(QAbstractButton, f"rail.{row.stands_under or row.page}")
            assert marked.isChecked()


def test_who_is_not_offered_a_page_stays_at_home_when_sent_there(stage):
    person = stage.opens()
    person.signs_in(AGENT)

    person.presses(ENTRIES["desk.programmes"].keys[0])

    assert seen_page(person) is person.desk.page(Page.HOME)


def test_the_accounts_can_be_returned_to_while_one_is_open(clerk):
    accounts = clerk.desk.rail.findChild(QAbstractButton, "rail.account")
    assert not accounts.isEnabled()

    clerk.opens(ANA)
    clerk.presses("Alt+Home")
    accounts.click()

    assert seen_page(clerk) is clerk.desk.tabs
    clerk.presses("Ctrl+W")
    assert not accounts.isEnabled()
    assert seen_page(clerk) is clerk.desk.page(Page.HOME)


def test_an_administrator_lands_on_a_page_of_their_own_and_nothing_is_refused(stage):
    person = stage.opens()
    person.signs_in(ADMIN)
    page = person.desk.page(Page.HOME)

    person.until(lambda: page.settings.model.rowCount() and page.bounds.list.in_force, "no settings came")
    assert page.settings.table.hasFocus()
    assert not page.settings.failure
    assert person.desk.rail.findChild(QAbstractButton, "rail.account") is None

    person.presses("Ctrl+K")
    assert person.desk.search.results.isVisible()
    person.presses("Esc")
    person.presses("Ctrl+T")
    person.until(lambda: page.people.model.rowCount(), "no people came")
    assert person.desk.messages.words == ""
