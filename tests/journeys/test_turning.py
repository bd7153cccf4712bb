"""One page shows the open accounts in turn: each as it was left, and nothing of one on another."""

from tests.robots.stage import ANA, FIRM, MILAN
from ui.accounts.screen import AccountPage
from ui.desk.places import AccountSection


def test_nothing_of_the_account_before_stands_on_the_next(clerk):
    clerk.opens(MILAN)
    clerk.sees_bill("/2026")
    clerk.goes_to(AccountSection.PAYMENTS)
    before = clerk.rows_of("payments.table")

    clerk.opens(FIRM)
    clerk.sees_bill("/2026")
    clerk.goes_to(AccountSection.PAYMENTS)

    assert clerk.rows_of("payments.table") != before
    assert clerk.reads("account.ident") == FIRM


def test_an_account_is_left_and_found_again_on_its_section_and_month(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    latest = clerk.reads("bills.title")
    clerk.presses("Down")
    clerk.until(lambda: clerk.reads("bills.title") not in ("", latest), "the month before did not come")
    month = clerk.reads("bills.title")
    clerk.opens(MILAN)
    clerk.goes_to(AccountSection.PLANS)

    clerk.presses("Ctrl+Shift+Tab")
    clerk.sees_account(ANA)
    clerk.sees_bill(month)

    clerk.presses("Ctrl+Tab")
    clerk.sees_account(MILAN)
    clerk.sees_section(AccountSection.PLANS)


def test_a_form_that_is_open_waits_with_its_account(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.presses("N")
    clerk.types("half a sentence")

    clerk.opens(MILAN)
    clerk.sees_bill("/2026")
    assert not clerk.is_seen("note")

    clerk.presses("Ctrl+Shift+Tab")
    clerk.sees_account(ANA)
    assert clerk.is_seen("note")
    assert clerk.reads("note.text.editor") == "half a sentence"


def test_a_note_about_the_next_account_begins_empty_and_goes_to_that_account(clerk, stage):
    clerk.opens(ANA)
    clerk.writes_note("about Ana")

    clerk.opens(MILAN)
    clerk.presses("N")
    clerk.until(lambda: clerk.is_seen("note"), "the note did not open")
    assert clerk.reads("note.text.editor") == ""
    clerk.types("about Milan")
    clerk.presses("Ctrl+Return")
    clerk.until(lambda: not clerk.is_seen("note"), "the note was not saved")

    assert (
        stage.one(f"SELECT text FROM call_note WHERE ident = {MILAN} ORDER BY id DESC LIMIT 1")
        == "about Milan"
    )


def test_one_page_is_enough_for_accounts_without_open_forms(clerk):
    clerk.opens(ANA)
    page = clerk.page
    clerk.opens(MILAN)
    clerk.opens(FIRM)

    assert clerk.page is page


def test_the_copy_is_of_the_account_that_is_seen(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.presses("Ctrl+P")
    clerk.until(lambda: clerk.is_seen("copy"), "the copy did not open")
    clerk.presses("Esc")
    clerk.opens(MILAN)
    clerk.sees_bill("/2026")

    clerk.presses("Ctrl+P")
    clerk.until(lambda: clerk.is_seen("copy"), "the copy did not open")

    assert clerk.widget("copy.pane").wanted().ident == int(MILAN)


def test_the_page_is_made_while_nothing_is_done(clerk):
    clerk.until(lambda: clerk.desk.tabs.is_prepared, "the page was not made")
    page = clerk.desk.tabs.findChild(AccountPage)

    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    assert clerk.page is page
