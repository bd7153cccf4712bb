"""What is typed into a form is on disk a moment later, and comes back until it is saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.kit.drafts import KeptForm


class Note(QObject):
    """A form with one line."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.line = ""
        self.kept = KeptForm(folder, self, login="ana", form="note", ident=1000042)
        self.kept.due.connect(self.keep)

    def type_in(self, words: str) -> None:
        self.line += words
        self.kept.note_edit()

    def keep(self) -> None:
        self.kept.keep({"line": self.line} if self.line else {})


@pytest.fixture
def note(qapp: object, tmp_path: Path) -> Note:
    return Note(tmp_path)


def test_what_is_typed_is_on_disk_while_one_goes_on_typing(qtbot: QtBot, note: Note, tmp_path: Path) -> None:
    with qtbot.waitSignal(note.kept.due):
        for letter in "half a sen":
            note.type_in(letter)

    assert Note(tmp_path).kept.read() == {"line": "half a sen"}


def test_nothing_typed_leaves_nothing_on_disk(note: Note, tmp_path: Path) -> None:
    note.type_in("a word")
    note.keep()
    note.line = ""
    note.keep()

    assert list(tmp_path.iterdir()) == []


def test_what_was_saved_does_not_come_back(note: Note, tmp_path: Path) -> None:
    note.type_in("a word")
    note.keep()

    note.kept.drop()

    assert Note(tmp_path).kept.read() == {}


def test_each_account_and_each_form_has_its_own(note: Note) -> None:
    note.type_in("of the first")
    note.keep()

    note.kept.keep_for(1000059)
    assert note.kept.read() == {}
    note.kept.keep_for(1000042, form="note-7")
    assert note.kept.read() == {}
    note.kept.keep_for(1000042)
    assert note.kept.read() == {"line": "of the first"}
