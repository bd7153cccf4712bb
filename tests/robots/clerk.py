"""A clerk before the window: presses keys, reads what is on the screen, and waits as a person does.

The verbs are the clerk's, so that a journey reads as a sentence.  Nothing here
sleeps: every wait is for something that is seen.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests.robots import keyboard, reading_order
from tests.robots.menus import MenuWalk
from ui.accounts.screen import AccountPage
from ui.desk.commands import ENTRIES
from ui.desk.places import AccountSection
from ui.kit.table import Table
from ui.shell.desk_view import DeskView
from ui.shell.program import Program
from ui.shell.user_session import UserSession

WaitUntil = Callable[[Callable[[], bool]], None]

DEMO_PASSWORD = "demo"
BY_THE_CLOCK = ("ceilings.alerts", "work.work_counts")
"""What is asked every minute, and after whatever was written."""
COUNTER_SCREEN = QSize(1366, 768)
"""What the counters have."""


class Clerk:
    """Somebody at the desk of ``program``; ``wait_until`` waits until its claim holds, or fails."""

    def __init__(self, program: Program, *, wait_until: WaitUntil) -> None:
        self.program = program
        self.window = program.window
        self._wait_until = wait_until

    # signing in and out --------------------------------------------------------------------------

    def signs_in(self, login: str, password: str = DEMO_PASSWORD) -> None:
        """Sign in by keyboard, and wait for the desk."""
        self.tries_to_sign_in(login, password)
        self.until(lambda: self.program.user_session is not None, "nobody was let in")
        self.until(lambda: self.desk.isVisible(), "the desk did not come")
        self.window.resize(COUNTER_SCREEN)

    def tries_to_sign_in(self, login: str, password: str) -> None:
        """Fill in the sign-in screen and press Enter."""
        screen = self.window.sign_in
        self.until(lambda: screen.enter.isEnabled(), "one cannot sign in")
        screen.user.setFocus()
        screen.user.selectAll()
        self.types(login + "\n")
        screen.password.selectAll()
        self.types(password + "\n")

    def chooses_server(self, name: str) -> None:
        """Walk down the list of servers to this one."""
        self.until(lambda: self.is_seen("sign_in.server"), "there is no server to choose")
        listed = self.widget("sign_in.server", QComboBox)
        listed.setFocus()
        self.presses("Home")
        while listed.currentText() != name:
            above = listed.currentIndex()
            self.presses("Down")
            if listed.currentIndex() == above:
                raise AssertionError(f"{name} is not offered")

    def is_refused(self) -> str:
        """Wait for the reason why nobody was let in, and return it."""
        refusal = self.window.sign_in.refusal
        self.until(lambda: bool(refusal.words) and self.window.sign_in.enter.isEnabled(), "no refusal")
        return refusal.words

    def signs_out(self) -> None:
        """Sign out by the command."""
        self.runs("desk.sign_out")
        self.until(lambda: self.window.sign_in.isVisible(), "the sign-in screen did not come")

    def locks(self) -> None:
        """Lock with Ctrl+L."""
        self.presses("Ctrl+L")
        self.until(lambda: self.window.is_locked, "the desk is not locked")

    def unlocks(self, password: str = DEMO_PASSWORD) -> None:
        """Type the password behind which everything waits."""
        self.types(password + "\n")
        self.until(lambda: not self.window.is_locked, "the desk stayed locked")

    # keys ----------------------------------------------------------------------------------------

    def types(self, text: str) -> None:
        """Type wherever the cursor is."""
        self.comes_forward()
        keyboard.type_text(self.window, text)

    def types_slowly(self, text: str) -> None:
        """Type ``text`` a key every 400 ms by the keyboard's clock, before a window too busy to look."""
        self.comes_forward()
        keyboard.type_at_pace(self.window, text, gap_ms=400, begins_ms=60_000)

    def scans_at_a_busy_window(self, code: str, *, busy_after: int, seconds: float) -> None:
        """Pull the scanner while the window is busy painting after the first ``busy_after`` signs."""
        self.comes_forward()
        sent = keyboard.type_at_pace(self.window, code[:busy_after], gap_ms=5, begins_ms=60_000)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.picture()
        keyboard.type_at_pace(self.window, code[busy_after:], gap_ms=5, begins_ms=sent + 5)

    def presses(self, keys: str) -> None:
        """Press a combination of keys."""
        self.comes_forward()
        keyboard.press(self.window, keys)

    def comes_forward(self) -> None:
        """Take this window before others; offscreen there is nobody else to do it."""
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            self.until(self.window.isActiveWindow, "the window did not come forward")

    def clicks(self, name: str) -> None:
        """Click the button of this object name."""
        keyboard.click(self.widget(name, QAbstractButton))

    def runs(self, command: str) -> None:
        """Run a command by its words, after ``>`` in the search box."""
        title = ENTRIES[command].title()
        self.presses("Ctrl+Shift+K")
        self.types(title)
        self.until(lambda: self.results.titles[:1] == [title], f"{title} is not offered")
        self.presses("Return")

    def reads_menu(self, name: str) -> list[str]:
        """Open the menu of a button by keyboard, read its entries, and put it away."""
        return self._walks_menu(name, "")

    def chooses(self, words: str, *, menu: str) -> None:
        """Open the menu of a button by keyboard and choose the entry that begins with ``words``."""
        if not any(entry.startswith(words) for entry in self._walks_menu(menu, words)):
            raise AssertionError(f"{words} is not offered")

    def _walks_menu(self, name: str, words: str) -> list[str]:
        self.comes_forward()
        self.until(lambda: self.is_seen(name), f"{name} is not on the screen")
        walk = MenuWalk(self.widget(name, QAbstractButton), words=words)
        self.until(lambda: walk.is_over, f"the menu of {name} did not open")
        return walk.entries

    def walks_by_tab(self, *, areas: Sequence[str]) -> tuple[list[str], list[str]]:
        """Press Tab all the way round from here.

        Return what the cursor stood in, and the same in reading order; ``areas``
        are the parts of the screen in the order they are read.
        """
        self.comes_forward()
        stops = reading_order.tab_stops(self.window)
        read = reading_order.in_reading_order(stops, areas=[self.widget(name) for name in areas])
        return [stop.objectName() for stop in stops], [stop.objectName() for stop in read]

    # finding -------------------------------------------------------------------------------------

    def finds(self, text: str) -> list[str]:
        """Type into the box and return what is listed under it."""
        self.presses("Ctrl+K")
        self.types(text)
        self.until(lambda: self._is_answered(text), f"nothing was answered to {text}")
        return self.results.titles

    def opens(self, text: str, *, section: AccountSection | None = None) -> None:
        """Find, open the first, and wait until the account can be read."""
        self.finds(text)
        self.presses("Return")
        self.sees_account()
        if section is not None:
            self.goes_to(section)

    def scans(self, code: str) -> None:
        """Pull the scanner over a code while the cursor is in the box."""
        self.presses("Ctrl+K")
        self.types(code)

    def scans_anywhere(self, code: str) -> None:
        """Pull the scanner over a code wherever the cursor is."""
        self.types(code)

    def drops(self, path: Path) -> None:
        """Drop a file on the window."""
        files = QMimeData()
        files.setUrls([QUrl.fromLocalFile(str(path))])
        place = QPoint(400, 400)
        buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, files, buttons, modifiers)
        QApplication.sendEvent(self.desk, enter)
        if not enter.isAccepted():
            raise AssertionError(f"{path.name} may not be dropped here")
        drop = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, files, buttons, modifiers)
        QApplication.sendEvent(self.desk, drop)

    def picks_file(self, path: Path, *, dialog: str = "desk.document") -> None:
        """Choose a file in the dialog that is open: that of Ctrl+O, unless another is named."""
        shown = self.window.findChild(QFileDialog, dialog)
        if shown is None:
            raise AssertionError(f"no file is asked for by {dialog}")
        shown.hide()
        shown.fileSelected.emit(str(path))
        shown.close()

    # accounts ------------------------------------------------------------------------------------

    def sees_account(self, ident: str = "") -> None:
        """Wait until an account is open and its header has come."""
        self.until(lambda: self._header_of(ident), f"account {ident} did not come")

    def sees_bill(self, period: str) -> None:
        """Wait until the bill of a month stands on the screen in full."""
        self.until(lambda: period in self.reads("bills.title"), f"the bill of {period} did not come")

    def goes_to(self, section: AccountSection) -> None:
        """Go to a section by Alt and its number, and wait for its rows."""
        self.presses(f"Alt+{list(AccountSection).index(section) + 1}")
        self.sees_section(section)

    def sees_section(self, section: AccountSection) -> None:
        """Wait until a section has come."""
        self.until(lambda: self.page.is_showing(section), f"{section} did not come")

    def verifies_by(self, *ticked: str, jmbg: str = "", phone: str = "", email: str = "") -> None:
        """Tick and fill in what the caller said, and send it."""
        for name in ticked:
            self.widget(f"verify.{name}", QAbstractButton).setChecked(True)
        for name, said in (("jmbg_last4", jmbg), ("phone", phone), ("email", email)):
            if said:
                self.until(lambda name=name: self.is_seen(f"verify.{name}"), f"{name} is not asked")
                self.widget(f"verify.{name}").setFocus(Qt.FocusReason.TabFocusReason)  # and all is selected
                self.types(said)
        self.clicks("verify.send")

    def writes_note(self, text: str) -> None:
        """Write a call note with N and save it."""
        self.presses("N")
        self.until(lambda: self.is_seen("note"), "the note did not open")
        self.types(text)
        self.presses("Ctrl+Return")
        self.until(lambda: not self.is_seen("note"), "the note was not saved")

    def saves_copy(self, path: Path) -> None:
        """Make a copy of the bill that is chosen and save it as a PDF."""
        self.presses("Ctrl+P")
        self.until(
            lambda: self.widget("copy.pane.save", QAbstractButton).isEnabled(), "the copy was not shown"
        )
        self.presses("Ctrl+S")
        self.picks_file(path, dialog="copy.pane.file")
        self.until(lambda: not self.is_seen("copy"), "the copy was not saved")

    def prints_copy(self) -> None:
        """Make a copy of the bill that is chosen and print it where this workstation prints copies."""
        self.presses("Ctrl+P")
        self.until(
            lambda: self.widget("copy.pane.print", QAbstractButton).isEnabled(), "the copy was not shown"
        )
        self.presses("Ctrl+Return")
        self.until(lambda: not self.is_seen("copy"), "the copy was not printed")

    # reading -------------------------------------------------------------------------------------

    @property
    def user_session(self) -> UserSession:
        """What exists while somebody is signed in."""
        if self.program.user_session is None:
            raise AssertionError("nobody is signed in")
        return self.program.user_session

    @property
    def desk(self) -> DeskView:
        return self.user_session.view

    @property
    def results(self) -> Any:
        """What hangs under the search box."""
        return self.desk.search.results

    @property
    def page(self) -> AccountPage:
        """The account that is seen."""
        page = self.desk.tabs.current
        if page is None:
            raise AssertionError("no account is open")
        return page

    def hears(self, words: str) -> None:
        """Wait for a message in the bar that contains ``words``."""
        self.until(lambda: words in self.desk.messages.words, f"nobody said: {words}")

    def reads(self, name: str) -> str:
        """Return the words of the thing of this object name that is seen, or nothing."""
        for found in self.window.findChildren(QWidget, name):
            if not found.isVisible():
                continue
            if isinstance(found, QPlainTextEdit):
                return found.toPlainText()
            if isinstance(found, QComboBox):
                return found.currentText()
            if isinstance(found, (QLabel, QLineEdit, QAbstractButton)):
                return found.text()
            words = getattr(found, "words", None)
            if isinstance(words, str):
                return words
        return ""

    def rows_of(self, name: str) -> list[list[str]]:
        """Return the cells of a table as they are seen, once it has any."""
        self.until(lambda: self.widget(name, Table).model().rowCount() > 0, f"{name} stayed empty")
        table = self.widget(name, Table)
        return [
            [column.words(table.model().row(place)) for column in table.seen_columns()]
            for place in range(table.model().rowCount())
        ]

    def is_seen(self, name: str) -> bool:
        """Whether something of this object name is on the screen."""
        return any(found.isVisible() for found in self.window.findChildren(QWidget, name))

    def widget(self, name: str, kind: type[Any] = QWidget) -> Any:
        """Return the widget of this name that is seen.

        Raises: AssertionError when there is none.
        """
        for found in self.window.findChildren(kind, name):
            if found.isVisible():
                return found
        raise AssertionError(f"{name} is not on the screen")

    def picture(self) -> QImage:
        """Return the window as it is seen."""
        QApplication.processEvents()
        return self.window.grab().toImage()

    def counts(self, what: Callable[[], object], *, until: Collection[str]) -> Counter[str]:
        """Do something and return how many statements each question and action of it took.

        It is counted once all of those named by ``until`` were answered.  What the clock
        asks for, whenever it does, is not counted.
        """
        stats = self.user_session.gateway.stats
        before = {id(work): work for work in stats.works}  # held, so that no other takes its number
        what()

        def asked() -> Counter[str]:
            found: Counter[str] = Counter()
            for work in stats.works:
                if id(work) not in before and work.name not in BY_THE_CLOCK:
                    found[work.name] += len(work.statements)
            return found

        self.until(lambda: set(until) <= set(asked()), f"not all of {until} were answered")
        return asked()

    # waiting -------------------------------------------------------------------------------------

    def until(self, claim: Callable[[], Any], otherwise: str) -> None:
        """Wait until ``claim`` holds; ``otherwise`` says what is missing."""
        last: list[BaseException] = []

        def holds() -> bool:
            try:
                last.clear()
                return bool(claim())
            except AssertionError as error:
                last.append(error)
                return False

        try:
            self._wait_until(holds)
        except Exception as error:
            raise AssertionError(f"{otherwise} {last or ''}".strip()) from error

    def _is_answered(self, text: str) -> bool:
        return bool(self.results.isVisible() and self.results.answers == text)

    def _header_of(self, ident: str) -> bool:
        page = self.page
        return bool((not ident or f"{page.ident:07d}" == ident) and page.is_ready)
