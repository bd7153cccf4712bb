"""Everything at the counter without a mouse."""

import pytest

from tests.robots.stage import ANA, FIRM, MILAN
from ui.desk.places import AccountSection


def test_the_keys_of_a_screen_are_listed_by_f1_and_put_away_by_escape(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")

    clerk.presses("F1")
    clerk.until(lambda: clerk.is_seen("keys"), "no keys")
    clerk.presses("Esc")

    assert not clerk.is_seen("keys")
    clerk.presses("N")
    assert clerk.is_seen("note")


def test_a_letter_typed_into_a_field_is_a_letter(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")

    clerk.presses("Ctrl+K")
    clerk.types("Nikola Nn")

    assert clerk.reads("search.field") == "Nikola Nn"
    assert not clerk.is_seen("note")


def test_a_letter_that_opens_a_form_stays_quiet_while_another_form_is_open(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.runs("account.delivery")
    clerk.until(lambda: clerk.is_seen("delivery"), "the form did not open")
    clerk.widget("delivery.by_email").setFocus()

    clerk.presses("N")

    assert not clerk.is_seen("note")


def test_open_accounts_are_walked_round_and_closed(clerk):
    for ident in (ANA, MILAN, FIRM):
        clerk.opens(ident)

    clerk.presses("Ctrl+Tab")
    clerk.sees_account(ANA)
    clerk.presses("Ctrl+Shift+Tab")
    clerk.sees_account(FIRM)
    clerk.presses("Ctrl+W")

    assert clerk.desk.tabs.idents == [int(ANA), int(MILAN)]
    clerk.presses("Ctrl+W")
    clerk.presses("Ctrl+W")
    clerk.until(lambda: clerk.is_seen("home"), "the first page did not come")


@pytest.mark.parametrize("section", list(AccountSection))
def test_every_section_is_reached_by_alt_and_its_number(clerk, section):
    clerk.opens(ANA)

    clerk.goes_to(section)

    assert clerk.page.is_showing(section)


def test_the_arrows_walk_through_the_months(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    latest = clerk.reads("bills.title")

    clerk.presses("Down")

    clerk.until(lambda: clerk.reads("bills.title") != latest, "the month before did not come")


def test_a_month_a_payment_was_set_against_is_opened_by_enter(clerk):
    clerk.opens(MILAN)
    clerk.goes_to(AccountSection.PAYMENTS)
    month = clerk.rows_of("payments.parts.table")[0][0].split()[-1]
    clerk.widget("payments.parts.table").setFocus()
    clerk.widget("payments.parts.table").choose_row(0)

    clerk.presses("Return")

    clerk.sees_bill(month)


def test_the_account_number_is_copied_by_its_keys(clerk, qapp):
    clerk.opens(ANA)

    clerk.presses("Ctrl+Shift+C")

    assert qapp.clipboard().text() == ANA


def test_f5_asks_again(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")

    asked = clerk.counts(lambda: clerk.presses("F5"), until=("accounts.account_header",))

    assert "accounts.account_header" in asked


def test_tab_walks_the_sign_in_screen_in_reading_order(stage):
    clerk = stage.opens()
    screen = clerk.window.sign_in
    screen.user.setFocus()

    for expected in (screen.password, screen.enter):
        clerk.presses("Tab")
        assert clerk.window.focusWidget() is expected


def test_closing_an_account_shows_the_one_beside_it_where_one_was(clerk):
    clerk.opens(ANA)
    clerk.goes_to(AccountSection.PAYMENTS)
    clerk.opens(MILAN)
    clerk.sees_bill("/2026")

    clerk.presses("Ctrl+W")

    clerk.sees_account(ANA)
    clerk.sees_section(AccountSection.PAYMENTS)


def test_the_oldest_account_gives_way_to_one_too_many(clerk):
    clerk.opens(ANA)
    others = ["1000105", "1000318", "1000551", "1000552", "1000640", "1000773", "1000812", "1000900"]
    for ident in [*others, "1000901", "1001001", MILAN]:
        clerk.opens(ident)
    assert len(clerk.desk.tabs.idents) == 12

    newest = clerk.finds("petrovic")
    clerk.presses("Down")
    clerk.presses("Return")

    clerk.until(lambda: int(ANA) not in clerk.desk.tabs.idents, "the oldest stayed")
    assert len(clerk.desk.tabs.idents) == 12
    clerk.until(lambda: clerk.reads("account.name") == newest[1], "another account is shown")
