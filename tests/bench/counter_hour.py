"""An hour at the counter, as fast as the program answers: does the window ever hold still?

A probe ticks in the event loop all the while; a gap between two ticks is a time
in which the window could neither paint nor hear a key.
"""

import json
import os
import random
import resource
import subprocess
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
from PySide6.QtWidgets import QApplication, QWidget

from tests.robots.clerk import COUNTER_SCREEN, Clerk
from ui.desk.places import AccountSection
from ui.shell.local import Server, Workstation
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
_LOOK_EVERY_MS = 20
"""For claims that no event announces."""
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


class Painted(QObject):
    """Sees a widget painted by Qt itself while a claim holds; painting it once more would count twice."""

    def __init__(self, widget: QWidget, claim: Callable[[], bool]) -> None:
        super().__init__(widget)
        self._claim = claim
        self.is_seen = False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._claim():
            self.is_seen = True
        return False


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
        self.accounts.append(self._open(ident))
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
        """Return the milliseconds from a key until the list that answers it has been painted."""
        results = self._clerk.results
        painted = Painted(results.list.viewport(), lambda: bool(results.answers == text))
        started = time.perf_counter()
        self._clerk.types(typed)
        self._clerk.until(lambda: painted.is_seen, f"no {text}")
        took = (time.perf_counter() - started) * 1000
        painted.deleteLater()
        return took

    def _open(self, ident: int) -> float:
        """Return the milliseconds from Enter until the header of the account has been painted."""
        clerk = self._clerk
        started = time.perf_counter()
        clerk.presses("Return")
        page = clerk.page
        painted = Painted(page.header, lambda: page.ident == ident and page.is_ready)
        clerk.until(lambda: painted.is_seen, f"account {ident} did not come")
        took = (time.perf_counter() - started) * 1000
        painted.deleteLater()
        return took


def measure(url: str, *, accounts: int, owner: str) -> list[Figure]:
    """Serve customers of the city at ``url``, a clerk's, and tell how the window did.

    ``owner`` is the URL of whoever may draw customers from the whole city.

    In a process of its own, as a workstation has it: what built and searched the city is no part of a desk.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.counter_hour", url, str(accounts), owner],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    figures: list[Figure] = json.loads(done.stdout)
    return figures


def serve_all(url: str, *, accounts: int, owner: str) -> list[Figure]:
    """Serve them here and now."""
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
            for number, (ident, words) in enumerate(_queue(owner)):
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


def _queue(owner: str) -> list[tuple[int, str]]:
    """Return whom the clerk serves: an account, and what is typed to find somebody."""
    with psycopg.connect(owner) as connection:
        count = connection.execute("SELECT count(*) FROM account_search").fetchone()
        assert count is not None
        places = random.Random(7).sample(range(count[0]), CUSTOMERS + _WARM_UP)
        # The rest of the city stays in the server: 600 000 names would count as the desk's memory.
        rows = connection.execute(
            "SELECT place, ident, name FROM ("
            " SELECT row_number() OVER (ORDER BY ident) - 1 AS place, ident, name FROM account_search"
            ") AS numbered WHERE place = ANY(%s)",
            [places],
        ).fetchall()
    found = {place: (ident, name.lower()[:9]) for place, ident, name in rows}
    return [found[place] for place in places]


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
    """Let the window live until ``claim`` holds.

    It sleeps between events, as a window does: asked with a time limit Qt would not, and the spinning would
    keep the interpreter from the very threads that are waited for.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    wake = QTimer()
    wake.start(_LOOK_EVERY_MS)
    while not claim():
        if time.monotonic() > deadline:
            raise TimeoutError
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _pump(seconds: float) -> None:
    end = time.monotonic() + seconds
    _wait_until(lambda: time.monotonic() > end)


if __name__ == "__main__":
    print(json.dumps(serve_all(sys.argv[1], accounts=int(sys.argv[2]), owner=sys.argv[3]), indent=1))
