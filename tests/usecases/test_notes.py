"""Call notes: kept as written, by whoever holds a visit."""

import pytest

from app.domain.errors import Forbidden
from app.domain.visits import Channel
from app.usecases import notes
from tests.usecases.conftest import AGENT, ANA, CLERK, NEW, refused


def test_a_note_is_saved_with_its_author_and_time(town):
    with town.visiting(CLERK, ANA) as session:
        notes.write_note(session, ident=ANA, channel=Channel.PHONE, text="  Zove zbog grejanja.\n")
        (note,) = notes.note_page(session, ident=ANA).rows

    assert (note.text, note.author, note.channel) == ("Zove zbog grejanja.", "Ana Kovač", Channel.PHONE)
    assert note.written_at is not None


def test_an_agent_may_write_down_a_call_they_could_not_verify(town):
    with town.visiting(AGENT, ANA, verified=False) as session:
        notes.write_note(session, ident=ANA, channel=Channel.PHONE, text="Nije znala podatke.")

    with town.visiting(CLERK, ANA) as session:
        assert [note.author for note in notes.note_page(session, ident=ANA).rows] == ["Mila Janković"]


def test_notes_come_latest_first_a_page_at_a_time(town):
    with town.visiting(CLERK, ANA) as session:
        for text in ("prva", "druga", "treća"):
            notes.write_note(session, ident=ANA, channel=Channel.COUNTER, text=text)
        first = notes.note_page(session, ident=ANA, limit=2)
        second = notes.note_page(session, ident=ANA, limit=2, before=first.next_key)

    assert [note.text for note in first.rows] == ["treća", "druga"]
    assert [note.text for note in second.rows] == ["prva"]
    assert second.next_key is None


@pytest.mark.parametrize(("text", "error"), [(" \n ", notes.NoteEmpty), ("a" * 4001, notes.NoteTooLong)])
def test_a_note_says_something_and_not_too_much(town, text, error):
    with town.visiting(CLERK, ANA) as session, pytest.raises(error):
        notes.write_note(session, ident=ANA, channel=Channel.PHONE, text=text)


def test_nobody_writes_on_an_account_they_have_not_opened(town):
    with town.visiting(CLERK, NEW) as session, refused(session, Forbidden):
        notes.write_note(session, ident=ANA, channel=Channel.PHONE, text="Ne bi smelo.")
