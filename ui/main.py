"""``salter``: the desk.

    salter                                      this machine's own server, with a demo city in it
    salter --url postgresql://db.example.rs/salter --user ana

The password is asked for on the screen, or taken from the environment
(``SALTER_PASSWORD``) or from the system's keyring (service ``salter``, the login).
"""

import argparse
import logging
import multiprocessing
import os
import sys
from pathlib import Path

import platformdirs
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.documents import apart
from ui.shell.faults import FaultWatch, keep_log
from ui.shell.local import Server, Workstation, configuration_folder
from ui.shell.opening import City, Opening
from ui.shell.program import Program
from ui.shell.termination import TerminationSignals


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code."""
    multiprocessing.freeze_support()  # the workers that build the city begin here too, when frozen
    given = _parse(sys.argv[1:] if arguments is None else arguments)
    keep_log(
        platformdirs.user_log_path("salter", appauthor=False),
        level=logging.INFO if given.verbose else logging.WARNING,
    )
    app = QApplication(sys.argv[:1])
    app.setApplicationName("salter")
    app.setApplicationDisplayName("Šalter")
    app.setDesktopFileName("salter")
    workstation = Workstation(given.configuration)
    program = Program(app, workstation)
    FaultWatch(app).told.connect(program.tell)
    program.window.show()
    signals = TerminationSignals(program)
    signals.asked.connect(program.window.close)
    url = given.url or ("" if given.own else os.environ.get("SALTER_URL", ""))
    opening = Opening(
        program,
        workstation,
        server=Server.at(url) if url else None,
        configuration=None if given.own else given.configuration,
        user=given.user,
        city=City(given.home, given.accounts, given.months),
    )
    # The window is painted first; whatever takes time to import or to start comes after it.
    QTimer.singleShot(0, opening.begin)
    code = app.exec()
    apart.close()  # nobody waits for a file any more
    opening.end()
    return code


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="salter", description="The desk of consolidated billing.")
    parser.add_argument("--url", default="", help="connection URL of a server: postgresql://host/database")
    parser.add_argument("--user", default="", help="the name to sign in with")
    parser.add_argument(
        "--own", action="store_true", help="this machine's own server, whatever servers.toml says"
    )
    parser.add_argument("--home", type=Path, default=None, help="folder of this machine's own server")
    parser.add_argument(
        "--accounts", type=int, default=25_000, help="accounts of the demo city when it is built"
    )
    parser.add_argument("--months", type=int, default=36, help="months of bills of the demo city")
    parser.add_argument(
        "--configuration", type=Path, default=configuration_folder(), help="folder of the settings"
    )
    parser.add_argument("--verbose", action="store_true", help="log what is going on")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
