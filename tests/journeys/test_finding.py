"""One box finds everything: by whatever is at hand, in either script."""

import pytest

from tests.robots.stage import ANA, FIRM, MILAN


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("1234567", "Marković Milan"),
        ("marković milan", "Marković Milan"),
        ("milan markovic", "Marković Milan"),
        ("Милан Марковић", "Marković Milan"),
        ("uciteljska 12a", "Marković Milan"),
        ("djurdjevic zeljko", "Đurđević Željko"),
        ("Njegovan Ljiljana", "Његован Љиљана"),
        ("064 123 4567", "Petrović Ana"),
        ("ana.petrovic@example.com", "Petrović Ana"),
        ("97 05 1234567 2606", "Marković Milan"),
        ("cosic radoje", "Živković Slavica"),
    ],
)
def test_an_account_is_found_by_what_is_at_hand(clerk, typed, name):
    assert clerk.finds(typed)[0] == name


def test_enter_opens_the_first_that_was_found(clerk):
    clerk.finds("markovic milan")

    clerk.presses("Return")

    clerk.sees_account(MILAN)


def test_enter_pressed_before_the_answer_never_opens_what_an_earlier_letter_found(clerk):
    clerk.finds("1000042")

    clerk.presses("Ctrl+K")
    clerk.types("1234567\n")

    clerk.sees_account(MILAN)
    assert clerk.desk.tabs.idents == [int(MILAN)]


def test_a_reference_opens_its_month(clerk):
    clerk.presses("Ctrl+K")
    clerk.types("97 05 1234567 2606\n")

    clerk.sees_account(MILAN)
    clerk.sees_bill("06/2026")


def test_a_reference_chosen_from_the_list_opens_its_month(clerk):
    clerk.finds("97 05 1234567 2606")

    clerk.presses("Return")

    clerk.sees_account(MILAN)
    clerk.sees_bill("06/2026")


def test_the_arrows_choose_and_come_back(clerk):
    clerk.finds("petrovic")

    clerk.presses("Down")
    clerk.presses("Down")
    chosen = clerk.results.titles[clerk.results.list.currentIndex().row()]
    clerk.presses("Return")

    clerk.sees_account()
    assert clerk.reads("account.name") == chosen


def test_an_empty_box_lists_what_was_opened_lately(clerk):
    clerk.opens(FIRM)
    clerk.opens(ANA)

    clerk.presses("Ctrl+K")

    clerk.until(lambda: clerk.results.titles[:2] == ["Petrović Ana", "Jović d.o.o."], "no recent accounts")
    assert clerk.reads("search.count") == "Accounts opened lately"


def test_nothing_found_is_said_with_a_way_on(clerk):
    assert clerk.finds("qqzzxx") == []

    assert "Nothing was found" in clerk.reads("search.count")


def test_a_mistyped_number_is_told_apart_from_an_unknown_one(clerk):
    assert clerk.finds("97 99 1234567 2606") == []

    assert "mistyped" in clerk.reads("search.count")


def test_whose_a_personal_number_is_is_looked_up_on_enter_and_goes_on_record(clerk, stage):
    clerk.finds("1803840710784")
    assert clerk.results.titles == []
    assert "goes on record" in clerk.reads("search.count")

    clerk.presses("Return")

    clerk.until(lambda: clerk.results.titles == ["Marković Milan"], "the number was not looked up")
    on_record = "SELECT ident FROM read_log WHERE kind = 'reveal' AND login = 'jelena.nikolic'"
    assert stage.one(on_record) == int(MILAN)


def test_escape_gives_the_keyboard_back_to_the_page(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.finds("markovic")

    clerk.presses("Esc")

    assert not clerk.results.isVisible()
    clerk.presses("N")
    assert clerk.is_seen("note")


def test_a_command_is_found_by_its_words(clerk):
    clerk.opens(ANA)

    titles = clerk.finds(">note")

    assert titles == ["Write a call note"]
    clerk.presses("Return")
    clerk.until(lambda: clerk.is_seen("note"), "the note did not open")
