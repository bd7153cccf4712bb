"""An hour at the counter, as fast as the program answers: does the window ever hold still?

A probe ticks in the event loop all the while; a gap between two ticks is a time
in which the window could neither paint nor hear a key.
"""

import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.robots.clerk import COUNTER_SCREEN, Clerk
from ui.shell.local import Server, Workstation
from ui.shell.places import AccountSection
from ui.shell.program import Program

CUSTOMERS = 30
"""Two minutes each."""
STALL_LIMIT_MS = 50.0
LIST_LIMIT_MS = 50.0
ACCOUNT_LIMIT_MS = 100.0
THEME_LIMIT_MS = 1_500.0
"""Every widget is dressed anew; nobody does it with a customer before them."""
MEMORY_LIMIT_MB = 250.0
_PATIENCE_SECONDS = 30
_WARM_UP = 3
_BREATH = 0.15
"""Seconds between two keys that are not typing; no hand is faster."""

Figure = dict[str, Any]


class Probe(QObject):
    """Ticks as often as the event loop turns, and keeps the gaps."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        self.doing = ""
        self.stalls: list[tuple[float, float, str]] = []
        self._last = time.perf_counter()
        self._worked = time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to listen; what was before does not count."""
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Listen no longer."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        worked = time.thread_time()
        gap, work = (now - self._last) * 1000, (worked - self._worked) * 1000
        self._last, self._worked = now, worked
        self.gaps.append(gap)
        if gap > STALL_LIMIT_MS:
            self.stalls.append((gap, work, self.doing))


class Hour:
    """A clerk who serves one customer after the other."""

    def __init__(self, clerk: Clerk, probe: Probe, folder: Path) -> None:
        self._clerk = clerk
        self._probe = probe
        self._folder = folder
        self.lists: list[float] = []
        self.accounts: list[float] = []

    def serve(self, number: int, ident: int, words: str) -> None:
        """Find by words, open by number, look through it, copy a bill, note it, close it."""
        clerk, probe = self._clerk, self._probe
        probe.doing = "searching"
        clerk.presses("Ctrl+K")
        for at in range(2, len(words) + 1):
            self.lists.append(self._find(words[at - 1] if at > 2 else words[:2], words[:at]))
        clerk.presses("Esc")
        probe.doing = "opening"
        clerk.finds(f"{ident:07d}")
        self.accounts.append(self._open())
        for section in AccountSection:
            _pump(_BREATH)
            probe.doing = f"opening {section}"
            clerk.goes_to(section)
        probe.doing = "walking through months"
        clerk.goes_to(AccountSection.BILLS)
        for _month in range(4):
            clerk.presses("Down")
            _pump(_BREATH)
        if number % 3 == 0 and clerk.is_seen("bills.copy"):
            _pump(_BREATH)
            probe.doing = "copying"
            clerk.saves_copy(self._folder / f"{number}.pdf")
        _pump(_BREATH)
        probe.doing = "noting"
        clerk.writes_note("asked about the bill")
        if number == CUSTOMERS // 2:
            probe.doing = "speaking another language"
            clerk.runs("desk.language_cyrillic")
        if number % 4 == 0:
            probe.doing = "closing"
            clerk.presses("Ctrl+W")
        probe.doing = "waiting"
        _pump(0.3)

    def _find(self, typed: str, text: str) -> float:
        clerk = self._clerk
        started = time.perf_counter()
        clerk.types(typed)
        clerk.until(lambda: clerk.results.isVisible() and clerk.results.answers == text, f"no {text}")
        clerk.results.list.viewport().repaint()
        return (time.perf_counter() - started) * 1000

    def _open(self) -> float:
        clerk = self._clerk
        started = time.perf_counter()
        clerk.presses("Return")
        clerk.sees_account()
        clerk.page.header.repaint()
        return (time.perf_counter() - started) * 1000


def measure(url: str, *, accounts: int) -> list[Figure]:
    """Serve customers of the city at ``url``, a clerk's, and tell how the window did."""
    app = QApplication.instance() or QApplication(["salter"])
    assert isinstance(app, QApplication)
    parts = urlsplit(url)
    login, password = unquote(parts.username or ""), unquote(parts.password or "")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        workstation = Workstation(Path(folder) / "workstation")
        program = Program(app, workstation)
        program.window.resize(COUNTER_SCREEN)
        program.window.show()
        clerk = Clerk(program, wait_until=_wait_until)
        program.window.sign_in.set_servers([Server("city", url)])
        program.window.sign_in.show_ready()
        clerk.signs_in(login, password)
        probe = Probe(program)
        hour = Hour(clerk, probe, Path(folder))
        try:
            for number, (ident, words) in enumerate(_queue(url)):
                if number == _WARM_UP:
                    hour.lists.clear()
                    hour.accounts.clear()
                    probe.start()
                hour.serve(number, ident, words)
            probe.stop()
            themes = [_switch(clerk, theme) for theme in ("dark", "light", "dark", "light")]
        finally:
            program.window.close()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for gap, work, doing in sorted(probe.stalls, reverse=True)[:12]:
        print(f"  held for {gap:.0f} ms, {work:.0f} ms of it at work, while {doing}", file=sys.stderr)
    return [
        _figure(
            "desk: the longest the window held still", accounts, "ms", probe.gaps, STALL_LIMIT_MS, most=True
        ),
        _figure("desk: from key to painted list", accounts, "ms", hour.lists, LIST_LIMIT_MS),
        _figure("desk: from Enter to painted account", accounts, "ms", hour.accounts, ACCOUNT_LIMIT_MS),
        _figure("desk: another theme, once in a while", accounts, "ms", themes, THEME_LIMIT_MS),
        _figure("desk: memory after a counter hour", accounts, "MB", [_memory()], MEMORY_LIMIT_MB),
    ]


def _switch(clerk: Clerk, theme: str) -> float:
    """Return how many milliseconds the window takes to change its theme, at the end of the hour."""
    started = time.perf_counter()
    clerk.runs(f"desk.theme_{theme}")
    clerk.window.repaint()
    return (time.perf_counter() - started) * 1000


def _queue(url: str) -> list[tuple[int, str]]:
    """Return whom the clerk serves: an account, and what is typed to find somebody."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT ident, name FROM account_search ORDER BY ident").fetchall()
    chosen = random.Random(7).sample(rows, CUSTOMERS + _WARM_UP)
    return [(ident, name.lower()[:9]) for ident, name in chosen]


def _figure(
    name: str, size: int, unit: str, values: list[float], limit: float, *, most: bool = False
) -> Figure:
    ordered = sorted(values)
    worst = ordered[-1] if most else ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)]
    return {
        "name": name,
        "size": size,
        "unit": unit,
        "p50": round(ordered[len(ordered) // 2], 1),
        "p99": round(worst, 1),
        "limit": limit,
        "holds": worst <= limit,
    }


def _memory() -> float:
    """Return how much this process holds, in MB, the bench included; outside Linux its peak."""
    now = Path("/proc/self/statm")
    if now.exists():
        return int(now.read_text().split()[1]) * resource.getpagesize() / 1024**2
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2


def _wait_until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not claim():
        if time.monotonic() > deadline:
            raise TimeoutError
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 2)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _pump(seconds: float) -> None:
    end = time.monotonic() + seconds
    _wait_until(lambda: time.monotonic() > end)


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], accounts=0), indent=1))
