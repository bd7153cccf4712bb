"""The one registry of commands: declared once, bound to screens, found by their words."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from ui.desk.commands import ENTRIES, SCOPES_WITHIN, Commands, clashes, section_words
from ui.desk.places import AccountSection


class Screen(QWidget):
    """Counts how often it was asked to do something."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def do(self) -> None:
        self.times += 1


@pytest.fixture
def screen(qtbot):
    made = Screen()
    qtbot.addWidget(made)
    made.show()
    return made


def test_no_keys_are_meant_for_two_commands_at_once():
    assert clashes() == []


def test_of_every_screen_it_is_said_which_others_hear_its_keys():
    assert {entry.scope for entry in ENTRIES.values()} == set(SCOPES_WITHIN)


def test_a_key_of_a_page_that_the_window_hears_as_well_is_a_clash(monkeypatch):
    of_a_page = ENTRIES["work.refresh"]
    monkeypatch.setitem(ENTRIES, of_a_page.name, replace(of_a_page, keys=("Ctrl+K",)))

    assert clashes() == [("Ctrl+K", "desk.find", "work.refresh")]


def test_a_bound_command_is_run_by_its_action(screen):
    action = Commands(screen).add("desk.lock", owner=screen, run=screen.do)

    action.trigger()

    assert screen.times == 1


def test_a_command_nobody_declared_cannot_be_bound(screen):
    with pytest.raises(KeyError):
        Commands(screen).add("desk.nothing", owner=screen, run=screen.do)


def test_commands_are_found_by_the_beginnings_of_their_words_without_their_marks(screen, language):
    language.set("sr_Latn")
    commands = Commands(screen)
    commands.add("desk.lock", owner=screen, run=screen.do)
    commands.add("desk.home", owner=screen, run=screen.do)
    commands.retranslate(screen)

    assert [action.objectName() for action in commands.matching("zaklj salt", screen)] == ["desk.lock"]


def test_the_sections_are_called_by_alt_and_their_place():
    for place, section in enumerate(AccountSection, start=1):
        entry = ENTRIES[f"account.section_{place}"]
        assert entry.keys == (f"Alt+{place}",)
        assert entry.title() == section_words(section)
