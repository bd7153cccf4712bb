"""The job tray: what takes long can be cancelled, and what was not done can be sent again."""

from collections.abc import Iterator

import psycopg
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from tests.cut_line import CutLine
from tests.robots.clerk import Clerk
from tests.robots.stage import ANA, CLERK, FIRM, MILAN, Stage

TRAY = "status.jobs"


@pytest.fixture
def line(stage: Stage) -> Iterator[CutLine]:
    laid = CutLine(stage.town.server)
    yield laid
    laid.close()


@pytest.fixture
def remote_clerk(stage: Stage, line: CutLine, caplog: pytest.LogCaptureFixture) -> Iterator[Clerk]:
    """A clerk whose line to the server can be cut; that it was cut is rightly in the log."""
    someone = stage.opens(url=f"postgresql://127.0.0.1:{line.port}/{stage.town.name}")
    someone.signs_in(CLERK)
    yield someone
    records = caplog.get_records("call")
    records[:] = [record for record in records if not _tells_of_a_cut_line(record.getMessage())]


def test_a_long_question_that_is_cancelled_is_gone_from_the_server(clerk, stage, tmp_path):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    bill = tmp_path / "bill.pdf"
    clerk.saves_copy(bill)
    clerk.presses("Ctrl+W")
    waiting = f"SELECT count(*) FROM pg_stat_activity WHERE usename = '{CLERK}' AND wait_event_type = 'Lock'"

    with psycopg.connect(stage.town.url) as somebody_else:
        somebody_else.execute("LOCK TABLE account_search IN ACCESS EXCLUSIVE MODE")
        clerk.presses("Ctrl+O")
        clerk.picks_file(bill)
        clerk.until(lambda: stage.one(waiting) == 1, "nothing is asked of the server")

        clerk.chooses("Cancel: Reading bill.pdf", menu=TRAY)

        clerk.until(lambda: stage.one(waiting) == 0, "the server still works on it")
        assert not clerk.is_seen(TRAY)
        clerk.hears("Cancelled.")
    assert clerk.desk.tabs.idents == []


def test_a_note_that_the_line_kept_from_being_saved_is_offered_again_and_saved_once(
    remote_clerk, line, stage
):
    clerk = remote_clerk
    clerk.opens(MILAN)
    clerk.sees_bill("/2026")
    writes_into_a_dead_line(clerk, line, ident=ANA, text="the line dropped before this")
    clerk.presses("Ctrl+Tab")  # the queue does not wait: the next one is served meanwhile
    clerk.sees_account(MILAN)

    line.mend()
    clerk.until(lambda: not clerk.is_seen("desk.line"), "the banner stayed")
    assert saved(stage, "the line dropped before this") == 0
    clerk.chooses(f"Send again: Call note, account {ANA}", menu=TRAY)

    clerk.hears("Note saved.")
    assert not clerk.is_seen(TRAY)
    assert saved(stage, "the line dropped before this") == 1
    clerk.presses("Ctrl+Tab")
    clerk.sees_account(ANA)
    assert not clerk.is_seen("note")


def test_a_note_sent_again_from_its_form_is_offered_no_more(remote_clerk, line, stage):
    clerk = remote_clerk
    writes_into_a_dead_line(clerk, line, ident=FIRM, text="sent from the form")
    line.mend()
    clerk.until(lambda: not clerk.is_seen("desk.line"), "the banner stayed")

    clerk.widget("note.text.editor").setFocus()
    clerk.presses("Ctrl+Return")

    clerk.hears("Note saved.")
    assert not clerk.is_seen(TRAY)
    assert saved(stage, "sent from the form") == 1


def test_a_note_that_is_changed_is_not_offered_as_it_was(remote_clerk, line, stage):
    clerk = remote_clerk
    writes_into_a_dead_line(clerk, line, ident=MILAN, text="half of it")
    line.mend()
    clerk.until(lambda: not clerk.is_seen("desk.line"), "the banner stayed")

    clerk.widget("note.text.editor").setFocus()
    clerk.presses("Ctrl+End")
    clerk.types(" and the rest")

    assert not clerk.is_seen(TRAY)
    clerk.presses("Ctrl+Return")
    clerk.hears("Note saved.")
    assert (saved(stage, "half of it"), saved(stage, "half of it and the rest")) == (0, 1)


def test_an_offer_can_be_given_up(remote_clerk, line, stage):
    clerk = remote_clerk
    writes_into_a_dead_line(clerk, line, ident=ANA, text="better not")
    line.mend()
    clerk.until(lambda: not clerk.is_seen("desk.line"), "the banner stayed")

    clerk.chooses("Give up", menu=TRAY)

    clerk.until(lambda: not clerk.is_seen(TRAY), "it is still offered")
    assert saved(stage, "better not") == 0


def test_a_note_whose_answer_was_lost_is_found_to_be_saved_and_not_offered(remote_clerk, line, stage):
    clerk = remote_clerk
    clerk.opens(FIRM)
    clerk.sees_bill("/2026")
    clerk.presses("N")
    clerk.types("saved, but nobody heard")
    line.cut_before_the_answer_to(b"COMMIT")

    clerk.presses("Ctrl+Return")
    clerk.until(lambda: clerk.is_seen("desk.line"), "no banner")
    line.mend()

    clerk.hears("Note saved.")
    assert not clerk.is_seen(TRAY)
    assert saved(stage, "saved, but nobody heard") == 1


def test_work_that_is_done_at_once_does_not_flicker_in_the_tray(clerk):
    watch = Watch(clerk.window.status.tray)
    clerk.opens(ANA)
    clerk.sees_bill("/2026")

    clerk.writes_note("said at once")

    assert watch.times_shown == 0


class Watch(QObject):
    """Counts how often something comes onto the screen."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.times_shown = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times_shown += event.type() == QEvent.Type.Show
        return super().eventFilter(watched, event)


def writes_into_a_dead_line(clerk: Clerk, line: CutLine, *, ident: str, text: str) -> None:
    """Save a note while the line is down, and wait until it is known that it was not saved."""
    clerk.opens(ident)
    clerk.sees_bill("/2026")
    clerk.presses("N")
    clerk.types(text)
    line.cut()
    clerk.presses("Ctrl+Return")
    clerk.until(lambda: clerk.is_seen("desk.line"), "no banner")
    clerk.until(lambda: clerk.widget("note.save").isEnabled(), "nobody knows whether it was saved")


def _tells_of_a_cut_line(said: str) -> bool:
    return "the line to the server is lost" in said or said.endswith("NotDone")


def saved(stage: Stage, text: str) -> int:
    """Count the notes of this very text."""
    return int(stage.one(f"SELECT count(*) FROM call_note WHERE text = '{text}'"))
