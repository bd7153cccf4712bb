"""The form of a kind that a customer fills in: blank or with the account's data, printed, saved, e-mailed."""

import email
from email.policy import default

import pytest

from app.documents.changes import read_form, read_mail
from app.domain.changes import ChangeKind
from tests.documents.extraction import text_of
from tests.robots.changes import Changes
from tests.robots.stage import MILAN
from ui.kit.printing import PrintProfile, PrintProfiles


@pytest.fixture
def changes(clerk):
    made = Changes(clerk)
    clerk.opens(MILAN)
    made.opens_chooser()
    clerk.types("2")
    clerk.presses("Ctrl+P")
    clerk.until(lambda: bool(made.sheet.paper.pdf), "no form was made")
    return made


def test_the_form_of_a_kind_is_shown_to_be_printed_and_saved(changes, tmp_path):
    changes.clerk.presses("Ctrl+S")
    changes.clerk.picks_file(tmp_path / "form.pdf", dialog="change.paper.file")
    changes.clerk.hears("Saved")

    reading = read_form((tmp_path / "form.pdf").read_bytes())
    assert (reading.kind, reading.ident) == (ChangeKind.MEMBERS, int(MILAN))


@pytest.mark.parametrize("keys", ["Ctrl+P", "Ctrl+Return"])
def test_a_form_that_is_shown_is_printed_by_the_keys_of_papers(clerk, tmp_path, keys):
    PrintProfiles(clerk.program.workstation.folder).keep("receipt", PrintProfile("", folder=str(tmp_path)))
    made = Changes(clerk)
    clerk.opens(MILAN)
    made.opens_chooser()
    clerk.types("2")
    clerk.presses("Ctrl+P")
    clerk.until(lambda: bool(made.sheet.paper.pdf), "no form was made")

    clerk.presses(keys)

    clerk.hears("Printed.")
    assert len(list(tmp_path.glob("*.pdf"))) == 1


def test_a_form_that_is_shown_follows_the_language_of_the_window(changes):
    assert changes.clerk.reads("change.title") == "2. Number of household members"

    changes.clerk.program.language.set("sr_Latn")

    said = "2. Promena broja članova domaćinstva"
    changes.clerk.until(lambda: changes.clerk.reads("change.title") == said, "it speaks English still")


def test_a_blank_form_names_nobody(changes):
    pane = changes.sheet.paper
    before = pane.pdf

    changes.sheet.paper.contents.editor.setFocus()
    changes.clerk.presses("Down")
    changes.clerk.until(lambda: pane.pdf and pane.pdf != before, "no blank form was made")

    assert read_form(before).ident == int(MILAN)
    assert read_form(pane.pdf).ident is None
    assert MILAN not in text_of(pane.pdf)


def test_a_form_is_saved_as_a_message_that_is_still_to_be_sent(changes, tmp_path):
    clerk = changes.clerk
    path = tmp_path / "obrazac.eml"

    clerk.until(lambda: changes.sheet.paper.email.isEnabled(), "it cannot be mailed")
    clerk.widget("change.paper.email").setFocus()
    clerk.presses("Space")
    clerk.picks_file(path, dialog="change.paper.message")
    clerk.hears("Open it to send it")

    message = email.message_from_bytes(path.read_bytes(), policy=default)
    (form,) = read_mail(path.read_bytes()).forms
    assert (message["X-Unsent"], message["To"]) == ("1", "milan.markovic@example.com")
    assert (form.kind, form.ident) == (ChangeKind.MEMBERS, int(MILAN))


@pytest.mark.parametrize(("button", "dialog"), [("save", "file"), ("email", "message")])
def test_a_form_that_cannot_be_written_is_told_in_the_same_words_however_it_is_saved(
    changes, tmp_path, button, dialog
):
    clerk = changes.clerk
    clerk.until(lambda: changes.sheet.paper.email.isEnabled(), "it cannot be mailed")
    clerk.widget(f"change.paper.{button}").setFocus()
    clerk.presses("Space")

    clerk.picks_file(tmp_path / "nowhere" / "obrazac", dialog=f"change.paper.{dialog}")

    said = f"The file {tmp_path / 'nowhere' / 'obrazac'} could not be written"
    clerk.until(lambda: clerk.reads("change.paper.trouble.words").startswith(said), "it is not told")
