"""The server really stops, the line is really cut: nothing is repeated, nothing is lost."""

import os
import subprocess
import sys
import threading
from uuid import UUID

import pytest

from app.domain.errors import Unavailable
from app.domain.topics import EVERYTHING
from db.errors import FateUnknown, NotDone
from db.gateway import Gateway
from tests.ui.jobs.conftest import Ear, Screen
from ui.jobs import Jobs, JobState

pytestmark = pytest.mark.usefixtures("expected_log")


def test_a_lost_line_is_noticed_without_anybody_asking(desk, line, qtbot):
    with qtbot.waitSignal(desk.line_lost, timeout=5000):
        line.cut()
    assert desk.is_line_lost

    with qtbot.waitSignal(desk.line_restored, timeout=5000):
        line.mend()
    assert not desk.is_line_lost


def test_the_way_to_the_server_is_measured(jobs, qtbot):
    with qtbot.waitSignal(jobs.latency_measured, timeout=5000) as measured:
        pass

    assert 0 < measured.args[0] < 5


def test_a_question_is_answered_after_the_server_was_stopped_and_started(
    jobs, screen, qtbot, asks, database, overseer, ear
):
    jobs.ask(
        asks("SELECT 'late' FROM pg_sleep(1) /* stopped */"), screen.hear, screen=screen, failed=screen.fail
    )
    qtbot.waitUntil(lambda: overseer.is_running("stopped"))

    database.server.halt()
    try:
        qtbot.waitUntil(lambda: jobs.is_line_lost)
        jobs.ask(asks("SELECT 'asked in the dark'"), screen.hear, screen=screen, failed=screen.fail)
    finally:
        database.server.start()

    qtbot.waitUntil(lambda: sorted(screen.answers) == ["asked in the dark", "late"], timeout=15_000)
    assert screen.errors == []
    assert ear.line == ["lost", "restored"]


def test_only_the_newest_question_of_a_lane_is_asked_again(desk, line, screen, qtbot, asks):
    line.cut()
    qtbot.waitUntil(lambda: desk.is_line_lost)
    for number in range(5):
        desk.ask(asks(f"SELECT {number}"), screen.hear, screen=screen, lane="search")
    line.mend()

    qtbot.waitUntil(lambda: screen.answers == [4])


def test_a_single_dead_connection_is_no_lost_line(jobs, screen, qtbot, asks, overseer, ear):
    jobs.ask(asks("SELECT 'again' FROM pg_sleep(0.5) /* shot */"), screen.hear, screen=screen)
    qtbot.waitUntil(lambda: overseer.is_running("shot"))

    overseer.scalar(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%%shot */'"
        " AND pid <> pg_backend_pid()"
    )

    qtbot.waitUntil(lambda: screen.answers == ["again"])
    assert ear.line == []


def test_a_question_that_kills_its_connection_every_time_is_given_up(jobs, screen, qtbot, asks):
    jobs.ask(
        asks("SELECT pg_terminate_backend(pg_backend_pid())"), screen.hear, screen=screen, failed=screen.fail
    )

    qtbot.waitUntil(lambda: screen.errors != [])
    assert isinstance(screen.errors[0], Unavailable)


def test_an_action_sent_into_the_dark_is_certainly_not_done(desk, line, screen, qtbot, writes, overseer):
    line.cut()
    qtbot.waitUntil(lambda: desk.is_line_lost)
    desk.act(writes("rate"), screen.hear, screen=screen, failed=screen.fail)
    qtbot.waitUntil(lambda: screen.errors != [])
    (not_done,) = screen.errors
    assert isinstance(not_done, NotDone)

    line.mend()
    qtbot.waitUntil(lambda: not desk.is_line_lost)
    assert overseer.settings() == []
    desk.act(writes("rate"), screen.hear, screen=screen, key=not_done.key)

    qtbot.waitUntil(lambda: screen.answers == ["rate"])
    assert overseer.settings() == ["rate"]


def test_an_action_whose_answer_was_lost_is_told_as_done_once_the_line_is_back(
    desk, line, screen, qtbot, asks, writes, overseer
):
    ear = Ear(desk)
    desk.act(asks("SELECT 'first'"), screen.hear, screen=screen)
    qtbot.waitUntil(lambda: screen.answers == ["first"])
    line.cut_before_the_answer_to(b"COMMIT")

    desk.act(writes("rate"), screen.hear, screen=screen, failed=screen.fail, title="Save")
    qtbot.waitUntil(lambda: [job.state for job in desk.running] == [JobState.WAITING_FOR_LINE])
    desk.act(asks("SELECT 'behind'"), screen.hear, screen=screen)
    qtbot.waitUntil(lambda: desk.is_line_lost)
    assert overseer.settings() == ["rate"]
    line.mend()

    qtbot.waitUntil(lambda: screen.answers == ["first", "rate", "behind"], timeout=10_000)
    assert (screen.errors, overseer.settings()) == ([], ["rate"])
    assert EVERYTHING in ear.changed  # what it wrote was said in the answer that was lost


def test_an_action_that_died_in_its_commit_is_offered_again_and_then_done_once(
    jobs, screen, qtbot, writes, overseer
):
    overseer.does("CREATE SEQUENCE deaths")
    overseer.does(
        "CREATE FUNCTION die_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF nextval('deaths') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;"
        " RETURN NULL; END $$"
    )
    overseer.does(
        "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON setting DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION die_once()"
    )
    number = jobs.act(writes("rate"), screen.hear, screen=screen, failed=screen.fail, title="Save")
    qtbot.waitUntil(lambda: [job.state for job in jobs.running] == [JobState.NOT_DONE])
    assert [type(error) for error in screen.errors] == [NotDone]
    assert overseer.settings() == []

    jobs.send_again(number)

    qtbot.waitUntil(lambda: screen.answers == ["rate"])
    assert (jobs.running, overseer.settings()) == ((), ["rate"])


def test_an_offered_action_leaves_the_tray_when_its_screen_sends_it_itself(
    desk, line, screen, qtbot, writes, overseer
):
    line.cut()
    desk.act(writes("rate"), screen.hear, screen=screen, failed=screen.fail, title="Save")
    qtbot.waitUntil(lambda: [job.state for job in desk.running] == [JobState.NOT_DONE])
    line.mend()
    qtbot.waitUntil(lambda: not desk.is_line_lost)
    key: UUID = screen.errors[0].key

    desk.act(writes("rate"), screen.hear, screen=screen, title="Save", key=key)

    assert len(desk.running) == 1
    qtbot.waitUntil(lambda: desk.running == ())
    assert overseer.settings() == ["rate"]


def test_an_offered_action_can_be_given_up(desk, line, screen, qtbot, writes, overseer):
    line.cut()
    number = desk.act(writes("rate"), screen.hear, screen=screen, failed=screen.fail, title="Save")
    qtbot.waitUntil(lambda: [job.state for job in desk.running] == [JobState.NOT_DONE])

    desk.drop(number)

    assert desk.running == ()
    assert overseer.settings() == []


# -- closing -----------------------------------------------------------------------------------


def test_closing_waits_for_actions_and_cancels_questions(qapp, gateway, qtbot, asks, writes, overseer):
    door, screen = Jobs(gateway), Screen()
    qtbot.addWidget(screen)
    door.ask(asks("SELECT 1 FROM pg_sleep(60) /* closing */"), screen.hear, screen=screen)
    qtbot.waitUntil(lambda: overseer.is_running("closing"))
    for name in ("a", "b"):
        door.act(writes(name, "SELECT pg_sleep(0.2)"), screen.hear, screen=screen)

    assert door.close()

    assert not overseer.is_running("closing")
    assert overseer.settings() == ["a", "b"]
    assert screen.answers == ["a", "b"]


def test_no_thread_is_left_behind_a_closed_door(qapp, gateway):
    before = set(threading.enumerate())
    door = Jobs(gateway)
    assert len(set(threading.enumerate()) - before) == 8

    door.close()

    assert set(threading.enumerate()) == before


def test_closing_in_the_dark_does_not_wait_for_the_light(qapp, database, line, screen, qtbot, asks, writes):
    opened = Gateway(line.url(database.url))
    door = Jobs(opened, heartbeat_seconds=0.2)
    ear = Ear(door)
    door.act(asks("SELECT 1"), screen.hear, screen=screen)
    qtbot.waitUntil(lambda: screen.answers == [1])
    line.cut_before_the_answer_to(b"COMMIT")
    door.act(writes("rate"), screen.hear, screen=screen, title="Save")
    qtbot.waitUntil(lambda: ear.line == ["lost"])
    qtbot.waitUntil(lambda: [job.state for job in door.running] == [JobState.WAITING_FOR_LINE])

    assert door.close(seconds=20)

    assert [type(failure.error) for failure in ear.failures] == [FateUnknown]
    opened.close()


def test_a_closed_door_takes_no_action(qapp, gateway, screen, asks):
    door = Jobs(gateway)
    door.close()

    with pytest.raises(RuntimeError):
        door.act(asks("SELECT 1"), screen.hear, screen=screen)


PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import text
from db.gateway import Gateway
from ui.jobs import Jobs

class Screen(QWidget):
    def hear(self, answer):
        pass

program = QApplication(sys.argv)
gateway = Gateway(sys.argv[1])
jobs = Jobs(gateway, program)
screen = Screen()
for number in range(50):
    jobs.ask(lambda session: session.scalar(text("SELECT 1 FROM pg_sleep(30)")), screen.hear, screen=screen)
program.aboutToQuit.connect(jobs.close)
QTimer.singleShot(300, program.quit)
code = program.exec()
gateway.close()
sys.exit(code)
"""


def test_a_program_that_ends_in_the_middle_of_questions_ends_well(database):
    ended = subprocess.run(
        [sys.executable, "-X", "dev", "-c", PROGRAM, database.url],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
