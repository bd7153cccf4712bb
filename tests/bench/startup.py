"""How long the first window takes, from the start of the process to its first painting."""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

FIRST_WINDOW_LIMIT_SECONDS = 1.5
ROUNDS = 9
_WARM_UP = 2

_START = """
import json, os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.shell.local import Workstation
from ui.shell.program import Program
from pathlib import Path
app = QApplication(["salter"])
program = Program(app, Workstation(Path(sys.argv[1])))
program.window.show()

def painted():
    program.window.repaint()
    clock = os.sysconf("SC_CLK_TCK")
    began = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19]) / clock
    took = time.clock_gettime(time.CLOCK_BOOTTIME) - began
    heavy = [name for name in ("sqlalchemy", "psycopg", "reportlab", "alembic") if name in sys.modules]
    print(json.dumps({"seconds": took, "heavy": heavy}))
    program.window.close()
    app.quit()

QTimer.singleShot(0, painted)
app.exec()
"""


def measure(_url: str = "", *, accounts: int = 0) -> list[dict[str, Any]]:
    """Time cold processes to the first painted window; ``accounts`` makes no difference to it."""
    took = [_start() for _round in range(_WARM_UP + ROUNDS)]
    ordered = sorted(took[_WARM_UP:])
    return [
        {
            "name": "startup: first window",
            "size": ROUNDS,
            "unit": "s",
            "p50": round(ordered[len(ordered) // 2], 2),
            "p99": round(ordered[-1], 2),
            "limit": FIRST_WINDOW_LIMIT_SECONDS,
            "holds": ordered[-1] <= FIRST_WINDOW_LIMIT_SECONDS,
        }
    ]


def _start() -> float:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", _START, folder],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            check=True,
            capture_output=True,
            text=True,
        )
    told = json.loads(done.stdout.splitlines()[-1])
    if told["heavy"]:
        raise RuntimeError(f"the first window waited for {', '.join(told['heavy'])}")
    seconds: float = told["seconds"]
    return seconds


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
