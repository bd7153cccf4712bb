"""A fault nobody caught has a number on the screen and a traceback in the log, and the window lives."""

import logging
import re
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from ui.shell import faults
from ui.shell.faults import FaultWatch


@pytest.fixture
def watch(qapp: QObject) -> Iterator[FaultWatch]:
    watching = FaultWatch(qapp)
    yield watching
    watching.leave()
    watching.deleteLater()


@pytest.fixture
def log_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    for handler in set(root.handlers) - set(before):
        handler.close()
    root.handlers[:] = before
    root.setLevel(level)


def test_a_thread_that_breaks_is_told_and_logged_under_one_number(watch, qtbot, caplog):
    def break_down() -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(watch.told) as heard:
        thread = threading.Thread(target=break_down)
        thread.start()
        thread.join()

    number = re.search(r"[A-Z]{2}-\d{4}", heard.args[0])
    assert number is not None
    assert number[0] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    caplog.clear()


def test_a_program_whose_slot_breaks_goes_on_and_keeps_the_traceback(tmp_path):
    program = textwrap.dedent(
        """
        import logging, sys
        from pathlib import Path
        from PySide6.QtCore import QCoreApplication, QTimer
        from ui.shell import faults

        app = QCoreApplication([])
        faults.keep_log(Path(sys.argv[1]), level=logging.WARNING)
        watch = faults.FaultWatch(app)
        watch.told.connect(lambda sentence: print(sentence, flush=True))
        QTimer.singleShot(0, lambda: 1 // 0)
        QTimer.singleShot(50, app.quit)
        print(app.exec())
        """
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )

    sentence, outcome = run.stdout.splitlines()
    number = re.search(r"[A-Z]{2}-\d{4}", sentence)
    log = (tmp_path / "salter.log").read_text("utf-8")
    assert outcome == "0"
    assert number is not None
    assert number[0] in log
    assert "ZeroDivisionError" in log


def test_a_log_that_cannot_be_kept_does_not_keep_the_program_from_starting(tmp_path, caplog, log_as_it_was):
    (tmp_path / "taken").write_text("a file where a folder should be")

    faults.keep_log(tmp_path / "taken", level=logging.WARNING)

    assert list(tmp_path.iterdir()) == [tmp_path / "taken"]
    caplog.clear()
