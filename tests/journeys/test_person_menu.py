"""The round button at the top right: everything about one's own desk, without a mouse."""

import pytest

from tests.robots.stage import ANA

PERSON = "desk.person"


def test_the_person_menu_offers_looks_languages_keys_lock_and_signing_out(clerk):
    assert clerk.reads_menu(PERSON) == [
        "Light theme",
        "Dark theme",
        "Theme of the system",
        "Compact rows",
        "Srpski (latinica)",
        "Српски (ћирилица)",
        "English",
        "Keys of this screen",
        "Lock the desk",
        "Sign out",
    ]


def test_the_menu_is_reached_by_tab_from_the_box(clerk):
    clerk.presses("Ctrl+K")

    clerk.presses("Tab")

    assert clerk.window.focusWidget() is clerk.widget(PERSON)


def test_the_dark_theme_and_the_light_one_are_chosen_in_the_menu(clerk):
    clerk.chooses("Dark theme", menu=PERSON)
    clerk.until(lambda: clerk.picture().pixelColor(4, 200).lightness() < 60, "it stayed light")

    clerk.chooses("Light theme", menu=PERSON)

    clerk.until(lambda: clerk.picture().pixelColor(4, 200).lightness() > 200, "it stayed dark")


def test_the_theme_of_the_system_is_chosen_in_the_menu(clerk):
    clerk.chooses("Dark theme", menu=PERSON)

    clerk.chooses("Theme of the system", menu=PERSON)

    assert clerk.user_session.desk.preferences.get("look.theme") == "system"
    clerk.chooses("Light theme", menu=PERSON)


def test_compact_rows_are_switched_on_and_off_in_the_menu(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    roomy = clerk.widget("bills.table").rowHeight(0)

    clerk.chooses("Compact rows", menu=PERSON)
    clerk.until(lambda: clerk.widget("bills.table").rowHeight(0) < roomy, "the rows stayed as they were")
    clerk.chooses("Compact rows", menu=PERSON)

    clerk.until(lambda: clerk.widget("bills.table").rowHeight(0) == roomy, "the rows stayed compact")


@pytest.mark.parametrize(
    ("language", "home"), [("Srpski (latinica)", "Početna"), ("Српски (ћирилица)", "Почетна")]
)
def test_the_languages_are_chosen_in_the_menu(clerk, language, home):
    clerk.chooses(language, menu=PERSON)
    clerk.until(lambda: clerk.reads("rail.home") == home, f"the desk does not speak {language}")

    clerk.chooses("English", menu=PERSON)

    clerk.until(lambda: clerk.reads("rail.home") == "Home", "the desk does not speak English again")


def test_the_keys_are_listed_from_the_menu(clerk):
    clerk.chooses("Keys of this screen", menu=PERSON)

    clerk.until(lambda: clerk.is_seen("keys"), "no keys")


def test_the_desk_is_locked_from_the_menu(clerk):
    clerk.chooses("Lock the desk", menu=PERSON)

    clerk.until(lambda: clerk.window.is_locked, "the desk is not locked")
    clerk.unlocks()


def test_one_signs_out_from_the_menu(clerk):
    clerk.chooses("Sign out", menu=PERSON)

    clerk.until(lambda: clerk.window.sign_in.isVisible(), "the sign-in screen did not come")
    assert clerk.program.user_session is None


def test_escape_puts_the_menu_away_and_the_cursor_stays_on_the_button(clerk):
    clerk.reads_menu(PERSON)

    assert clerk.window.focusWidget() is clerk.widget(PERSON)
