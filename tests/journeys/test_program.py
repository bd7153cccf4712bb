"""The program as it is started from a command line: its own server, its first city, a clean end."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.robots.clerk import Clerk
from tests.robots.stage import CLERK, COUNTER_SCREEN
from ui.shell.local import Workstation
from ui.shell.opening import City, Opening
from ui.shell.program import Program


@pytest.fixture
def home():
    """A short path: a server's socket lies in it."""
    folder = Path(tempfile.mkdtemp(prefix="salter-own-"))
    folder.chmod(0o711)
    yield folder / "server"
    shutil.rmtree(folder)


def test_the_first_start_builds_a_city_and_lists_who_serves_in_it(qapp, qtbot, home, tmp_path):
    workstation = Workstation(tmp_path)
    workstation.language = "en"
    program = Program(qapp, workstation)
    program.window.resize(COUNTER_SCREEN)
    program.window.show()
    opening = Opening(
        program, workstation, server=None, configuration=tmp_path, user="", city=City(home, 60, 2)
    )
    clerk = Clerk(program, wait_until=lambda claim: qtbot.waitUntil(claim, timeout=60_000))
    try:
        opening.begin()
        clerk.until(lambda: "demo city" in clerk.reads("sign_in.doing"), "no progress was told")
        clerk.until(lambda: clerk.is_seen(f"sign_in.demo.{CLERK}"), "nobody serves there")

        clerk.clicks(f"sign_in.demo.{CLERK}")

        clerk.until(lambda: program.user_session is not None and clerk.desk.isVisible(), "nobody was let in")
        clerk.until(lambda: clerk.reads("status.line").startswith("This machine"), "which server?")
    finally:
        program.window.close()
        opening.end()
        program.language.silence()
        program.window.deleteLater()
        program.deleteLater()
    assert not (home / "data" / "postmaster.pid").exists()


def test_a_list_of_servers_that_cannot_be_read_is_told_and_nothing_else_is_tried(qapp, qtbot, tmp_path):
    (tmp_path / "servers.toml").write_text("[[server]]\nname = 'Central'\n", encoding="utf-8")
    workstation = Workstation(tmp_path)
    workstation.language = "en"
    program = Program(qapp, workstation)
    program.window.show()
    opening = Opening(
        program, workstation, server=None, configuration=tmp_path, user="", city=City(None, 60, 2)
    )
    clerk = Clerk(program, wait_until=qtbot.waitUntil)

    opening.begin()

    assert "servers.toml" in clerk.reads("sign_in.refusal")
    assert not clerk.window.sign_in.enter.isEnabled()
    program.window.close()
    program.language.silence()
    program.window.deleteLater()
    program.deleteLater()


def test_ending_the_process_closes_the_window_and_stops_the_server(home, tmp_path, qtbot):
    command = [sys.executable, "-m", "ui.main", "--home", str(home), "--configuration", str(tmp_path)]
    started = subprocess.Popen(
        [*command, "--accounts", "60", "--months", "2"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
        text=True,
    )
    pid_file = home / "data" / "postmaster.pid"
    qtbot.waitUntil(pid_file.exists, timeout=60_000)

    started.send_signal(signal.SIGTERM)
    _said, complaints = started.communicate(timeout=60)

    assert started.returncode == 0
    assert "Traceback" not in complaints
    assert not pid_file.exists()
