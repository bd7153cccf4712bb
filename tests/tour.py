"""``make tour``: walk through the real program out of sight and leave pictures and papers.

    make tour                      pictures and PDFs in build/tour
    make tour ARGS="--docs"        the chosen ones go to docs/pictures as well

The walk is a clerk's and then an agent's morning on a small city in a server of
its own, at 1366 by 768, in both themes and all three languages.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QAbstractButton, QApplication

from tests import tour_changes, tour_plans
from tests.robots.clerk import COUNTER_SCREEN, Clerk
from tests.tour_work import SUPERVISOR, at_work
from ui.desk.places import AccountSection
from ui.kit.page_view import PageView
from ui.shell.local import Workstation
from ui.shell.opening import City, Opening
from ui.shell.program import Program

OUT = Path("build/tour")
PICTURES = Path("docs/pictures")
IN_DOCS = (
    *("home", "search", "bills", "copy", "enforcement", "plans", "data", "verify", "dark-bills"),
    *("change-kinds", "change-area", "change-receipt", "changes", "work-all-open"),
    *("plan-offers", "plan-in-force", "light-latin-plans-portfolio"),
)
ACCOUNTS, MONTHS = 120, 15
ANA, PLAN, SCANNED_REFERENCE = "1000042", "1000551", "97 05 1234567 2606"
CLERK, AGENT = "jelena.nikolic", "milos.savic"
_PATIENCE_SECONDS = 60


class Tour:
    """Takes numbered pictures of what a clerk sees."""

    def __init__(self, clerk: Clerk, *, docs: bool) -> None:
        self.clerk = clerk
        self._docs = docs
        self._number = 0

    def picture(self, name: str) -> None:
        """Keep the window as it is seen now."""
        self._number += 1
        if self.clerk.program.user_session is not None:
            self.clerk.desk.messages.hide()  # nobody takes pictures as fast as this
        picture = self.clerk.picture()
        picture.save(str(OUT / f"{self._number:02d}-{name}.png"))
        if self._docs and name in IN_DOCS:
            PICTURES.mkdir(parents=True, exist_ok=True)
            picture.save(str(PICTURES / f"{name}.png"))


def main(arguments: list[str] | None = None) -> int:
    """Walk, and name what was left."""
    parser = argparse.ArgumentParser(prog="make tour", description="Walk through the program out of sight.")
    parser.add_argument("--docs", action="store_true", help="put the chosen pictures into docs/pictures")
    parser.add_argument("--language", default="sr_Latn", help="the language of most pictures")
    given = parser.parse_args(arguments)
    started = time.monotonic()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    qInstallMessageHandler(_without_the_offscreen_platforms_excuses)
    folder = Path(tempfile.mkdtemp(prefix="salter-tour-"))
    folder.chmod(0o711)  # a server that gave up root's rights must pass through
    os.environ["XDG_CONFIG_HOME"] = str(folder / "configuration")
    try:
        _walk(folder, docs=given.docs, language=given.language)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    left = sorted(OUT.iterdir())
    print(f"{len(left)} pictures and papers in {OUT}, {time.monotonic() - started:.0f} s:")
    for path in left:
        print(f"  {path.name}")
    return 0


def _walk(folder: Path, *, docs: bool, language: str) -> None:
    app = QApplication.instance() or QApplication(["salter"])
    assert isinstance(app, QApplication)
    workstation = Workstation(folder / "workstation")
    workstation.language, workstation.theme = language, "light"
    program = Program(app, workstation)
    program.window.resize(COUNTER_SCREEN)
    program.window.show()
    city = City(folder / "server", ACCOUNTS, MONTHS)
    opening = Opening(program, workstation, server=None, configuration=None, user="", city=city)
    clerk = Clerk(program, wait_until=_wait_until)
    tour = Tour(clerk, docs=docs)
    opening.begin()
    try:
        clerk.until(lambda: clerk.window.sign_in.enter.isEnabled(), "the city was not built")
        tour.picture("sign-in")
        _at_the_counter(tour)
        _every_section(tour)
        _forms(tour)
        tour_changes.walk(clerk, tour.picture, folder=folder)
        _looks(tour, language)
        tour_changes.looks(clerk, tour.picture)
        clerk.program.language.set(language)
        _lock_and_leave(tour)
        _on_the_telephone(tour)
        _decides(tour, folder)
        _plans(tour, folder)
    finally:
        program.window.close()
        opening.end()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _at_the_counter(tour: Tour) -> None:
    clerk = tour.clerk
    clerk.tries_to_sign_in(CLERK, "wrong")
    clerk.is_refused()
    tour.picture("refused")
    clerk.signs_in(CLERK)
    for ident in ("1000318", "1000812", PLAN):
        clerk.opens(ident)
        clerk.sees_bill("/")
    clerk.presses("Alt+Home")
    clerk.until(lambda: len(clerk.rows_of("home.recent.table")) >= 3, "nothing opened lately")
    tour.picture("home")
    clerk.finds("petrovic")
    tour.picture("search")
    clerk.presses("Esc")
    clerk.presses("Ctrl+K")
    clerk.types(SCANNED_REFERENCE + "\n")
    clerk.sees_bill("06/2026")
    tour.picture("scanned-bill")
    clerk.presses("Ctrl+P")
    clerk.until(lambda: clerk.widget("copy.pane.save", QAbstractButton).isEnabled(), "no copy")
    _until_it_is_drawn(clerk)
    tour.picture("copy")
    clerk.presses("Ctrl+S")
    clerk.picks_file((OUT / "copy-of-a-bill.pdf").resolve(), dialog="copy.pane.file")
    clerk.until(lambda: not clerk.is_seen("copy"), "the copy was not saved")


def _every_section(tour: Tour) -> None:
    clerk = tour.clerk
    clerk.opens(ANA)
    clerk.sees_bill("/")
    tour.picture("bills")
    for section in AccountSection:
        if section is not AccountSection.BILLS:
            clerk.goes_to(section)
            tour.picture(section.value if section is not AccountSection.PLANS else "plans-kept")
    clerk.opens(PLAN, section=AccountSection.PLANS)
    tour.picture("plans")


def _forms(tour: Tour) -> None:
    clerk = tour.clerk
    clerk.opens(ANA, section=AccountSection.BILLS)
    clerk.presses("N")
    clerk.types("Pita zašto je račun veći; objašnjeno grejanje.")
    tour.picture("note")
    clerk.presses("Ctrl+Return")
    clerk.until(lambda: not clerk.is_seen("note"), "the note was not saved")
    clerk.runs("account.delivery")
    clerk.until(lambda: clerk.is_seen("delivery"), "no form")
    clerk.widget("delivery.by_email", QAbstractButton).setChecked(True)
    tour.picture("delivery")
    clerk.presses("Esc")
    clerk.presses("F1")
    tour.picture("keys")
    clerk.presses("Esc")
    clerk.finds(">")
    tour.picture("commands")
    clerk.presses("Esc")


def _looks(tour: Tour, language: str) -> None:
    clerk = tour.clerk
    for theme in ("dark", "light"):
        clerk.runs(f"desk.theme_{theme}")
        for spoken in ("latin", "cyrillic", "english"):
            clerk.runs(f"desk.language_{spoken}")
            clerk.goes_to(AccountSection.BILLS)
            clerk.sees_bill("/")
            name = "dark-bills" if (theme, spoken) == ("dark", "latin") else f"{theme}-{spoken}-bills"
            tour.picture(name)
            clerk.finds("mark")
            tour.picture(f"{theme}-{spoken}-search")
            clerk.presses("Esc")
            clerk.goes_to(AccountSection.DATA)
            tour.picture(f"{theme}-{spoken}-data")
            clerk.presses("Alt+Home")
            tour.picture(f"{theme}-{spoken}-home")
            clerk.opens(ANA)
    clerk.program.language.set(language)


def _lock_and_leave(tour: Tour) -> None:
    clerk = tour.clerk
    clerk.locks()
    tour.picture("locked")
    clerk.unlocks()
    clerk.signs_out()


def _on_the_telephone(tour: Tour) -> None:
    clerk = tour.clerk
    clerk.signs_in(AGENT)
    clerk.opens("064 123 4567")
    clerk.until(lambda: clerk.is_seen("verify.email"), "nothing is asked")
    tour.picture("verify")
    clerk.verifies_by("name", email="ana.petrovic@example.com")
    clerk.sees_bill("/")
    tour.picture("verified")


def _decides(tour: Tour, folder: Path) -> None:
    tour.clerk.signs_out()
    tour.clerk.signs_in(SUPERVISOR)
    at_work(tour.clerk, tour.picture, folder)


def _plans(tour: Tour, folder: Path) -> None:
    tour.clerk.signs_out()
    with tour_plans.in_the_city_of(folder / "server") as city:
        tour_plans.walk(tour.clerk, tour.picture, city=city, out=OUT)


def _until_it_is_drawn(clerk: Clerk) -> None:
    pages = clerk.widget("copy.pane.preview").findChild(PageView)
    clerk.until(lambda: pages.is_drawn, "the preview was not drawn")


def _wait_until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not claim():
        if time.monotonic() > deadline:
            raise TimeoutError
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _without_the_offscreen_platforms_excuses(kind: QtMsgType, _context: object, said: str) -> None:
    if not said.startswith("This plugin does not support"):
        print(f"{kind.name}: {said}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
