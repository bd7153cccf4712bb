"""Chores: what needs no database is done away from the window, whatever became of line and screen."""

import functools
import threading

import pytest

from app.domain.errors import SalterError
from tests.ui.jobs.conftest import Screen
from tests.ui.jobs.test_asking import close
from ui.jobs.files import CannotWrite, write_file


def test_a_chore_is_done_on_another_thread_and_told_on_that_of_the_window(jobs, screen, qtbot):
    jobs.do(threading.get_ident, screen.hear, screen=screen)

    qtbot.waitUntil(lambda: screen.answers != [])
    assert screen.answers != [threading.get_ident()]
    assert screen.threads == {jobs.thread()}


def test_a_file_is_written_though_its_screen_was_closed(qapp, jobs, qtbot, tmp_path):
    path, screen = tmp_path / "racun.pdf", Screen()

    jobs.do(functools.partial(write_file, content=b"%PDF", path=str(path)), screen.hear, screen=screen)
    close(screen)

    qtbot.waitUntil(path.exists)
    assert jobs.close(seconds=20)
    assert path.read_bytes() == b"%PDF"


def test_a_file_that_cannot_be_written_says_which_and_why(jobs, screen, qtbot, tmp_path):
    path = str(tmp_path / "nowhere" / "racun.pdf")

    chore = functools.partial(write_file, content=b"%PDF", path=path)
    jobs.do(chore, screen.hear, screen=screen, failed=screen.fail)

    qtbot.waitUntil(lambda: screen.errors != [])
    (error,) = screen.errors
    assert isinstance(error, CannotWrite)
    assert (error.path, bool(error.reason)) == (path, True)


def test_a_chore_that_failed_with_nobody_left_is_told_by_the_door(qapp, jobs, qtbot, ear):
    held, screen = threading.Event(), Screen()

    def breaks() -> None:
        held.wait(20)
        raise SalterError

    jobs.do(breaks, screen.hear, screen=screen, failed=screen.fail)
    close(screen)
    held.set()

    qtbot.waitUntil(lambda: ear.failures != [])


@pytest.mark.usefixtures("expected_log")
def test_a_chore_waits_for_no_line(desk, line, screen, qtbot, asks):
    line.cut()
    desk.ask(asks("SELECT 1"), screen.hear, screen=screen)
    qtbot.waitUntil(lambda: desk.is_line_lost, timeout=20_000)

    desk.do(lambda: "done", screen.hear, screen=screen)

    qtbot.waitUntil(lambda: screen.answers == ["done"])
