"""The server goes away under a running window, and comes back."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.conftest import Database
from tests.robots.clerk import DEMO_PASSWORD
from tests.robots.stage import ANA, CLERK, FIRM
from ui.desk.places import AccountSection


@contextmanager
def _stopped(town: Database) -> Iterator[None]:
    town.server.halt()
    try:
        yield
    finally:
        town.server.start()


def _awaited(caplog: pytest.LogCaptureFixture) -> None:
    """The loss, and what was not done because of it, belong into the log; nothing else does."""
    words = [record.getMessage() for record in caplog.records if record.levelname != "INFO"]
    assert all("the line to the server is lost" in said or said.endswith("NotDone") for said in words)
    caplog.clear()


def test_what_is_on_the_screen_stays_readable_and_the_rest_comes_when_the_line_is_back(clerk, town, caplog):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    name = clerk.reads("account.name")

    with _stopped(town):
        clerk.presses("Alt+5")
        clerk.until(lambda: "cannot be reached" in clerk.reads("desk.line.words"), "no banner")
        assert clerk.reads("account.name") == name
        assert "no connection" in clerk.reads("status.line")

    clerk.until(lambda: not clerk.is_seen("desk.line"), "the banner stayed")
    clerk.sees_section(AccountSection.PAYMENTS)
    assert clerk.rows_of("payments.table")
    _awaited(caplog)


def test_a_note_saved_while_the_line_is_down_is_kept_and_can_be_saved_again(clerk, town, stage, caplog):
    clerk.opens(FIRM)
    clerk.sees_bill("/2026")
    clerk.presses("N")
    clerk.types("said while the server slept")

    with _stopped(town):
        clerk.presses("Ctrl+Return")
        clerk.until(lambda: clerk.is_seen("desk.line"), "no banner")
        clerk.until(lambda: clerk.widget("note.save").isEnabled(), "it cannot be tried again")
        assert clerk.reads("note.text.editor") == "said while the server slept"

    clerk.until(lambda: not clerk.is_seen("desk.line"), "the banner stayed")
    clerk.presses("Ctrl+Return")
    clerk.hears("Note saved.")
    written = "SELECT count(*) FROM call_note WHERE text = 'said while the server slept'"
    assert stage.one(written) == 1
    _awaited(caplog)


def test_a_desk_locks_and_unlocks_without_the_server(clerk, town, caplog):
    clerk.opens(ANA)

    with _stopped(town):
        clerk.until(lambda: clerk.is_seen("desk.line") or clerk.presses("F5"), "no banner")
        clerk.locks()
        clerk.unlocks()

    clerk.until(lambda: not clerk.is_seen("desk.line"), "the banner stayed")
    _awaited(caplog)


@pytest.fixture
def new_password(stage) -> Iterator[str]:
    """A password that an administrator gives the clerk while they are at work; cuts their connections too."""
    yield "a new one"
    stage.run(f"ALTER ROLE \"{CLERK}\" PASSWORD '{DEMO_PASSWORD}'")


def changes_password(stage, password: str) -> None:
    stage.run(f"ALTER ROLE \"{CLERK}\" PASSWORD '{password}'")
    stage.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{CLERK}'")


def test_a_password_changed_meanwhile_is_told_and_one_signs_in_again_where_one_was(
    clerk, stage, new_password, caplog
):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.presses("N")
    clerk.types("before the password was changed")

    changes_password(stage, new_password)
    clerk.presses("Ctrl+Return")

    clerk.until(lambda: "password was changed" in clerk.reads("desk.line.words"), "nobody said why")
    assert clerk.reads("account.name")
    clerk.clicks("desk.line.action")
    clerk.until(lambda: clerk.window.sign_in.isVisible(), "the sign-in screen did not come")
    clerk.signs_in(CLERK, new_password)
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.presses("N")
    assert clerk.reads("note.text.editor") == "before the password was changed"
    _awaited(caplog)


def test_a_password_changed_while_the_server_was_down_is_told_when_it_is_back(
    clerk, stage, town, new_password, caplog
):
    clerk.opens(ANA)
    stage.run(f"ALTER ROLE \"{CLERK}\" PASSWORD '{new_password}'")

    with _stopped(town):
        clerk.until(lambda: clerk.is_seen("desk.line") or clerk.presses("F5"), "no banner")
        assert "cannot be reached" in clerk.reads("desk.line.words")

    clerk.until(lambda: "password was changed" in clerk.reads("desk.line.words"), "nobody said why")
    _awaited(caplog)
