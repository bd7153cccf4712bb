"""The desk of the person who signed in: the box on top, the rail, and the pages."""

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.documents.changes.filled_forms import FlatScan
from app.usecases import scanning
from app.usecases.scanning import Arrived
from app.usecases.search import Found
from db.errors import PasswordRefused
from ui.desk.commands import ENTRIES
from ui.desk.desk import Desk
from ui.desk.pages import DeskPage
from ui.desk.places import Page, Place
from ui.jobs import Failure
from ui.kit.banners import Banner
from ui.kit.departing_rows import DepartingRows
from ui.kit.files import ask_to_read
from ui.kit.icons import application_icon
from ui.kit.letters import keep_letters
from ui.kit.messages import MessageArea
from ui.kit.speaking import Speaking
from ui.kit.styling import PlainLabel, set_tip
from ui.kit.tokens import GRID
from ui.search.box import SearchBox
from ui.shell.directory import pages_for
from ui.shell.keys import KeysSheet
from ui.shell.rail import RAIL_WIDTH, Rail
from ui.shell.tabs import AccountTabs
from ui.words import errors
from ui.words.tones import Tone
from ui.work.intake import Intake

_MENU = (
    "desk.theme_",
    "desk.density",
    "desk.language_",
    "desk.keys",
    "desk.lock",
    "desk.sign_out",
)


class DeskView(Speaking, QWidget):
    """Everything between signing in and signing out."""

    lock_asked = Signal()
    sign_out_asked = Signal()
    look_asked = Signal(str)
    """A theme, the density or a language was chosen by its command's name."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.setAcceptDrops(True)
        self._desk = desk
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_top())
        self.line_banner = Banner("desk.line", self)
        outer.addWidget(self.line_banner)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._rows = {row.page: row for row in pages_for(desk)}
        self.rail = Rail(self, rows=tuple(self._rows.values()))
        self._pages = QStackedWidget(self)
        self._made: dict[Page, DeskPage] = {}
        self.tabs = self._tabs()
        self._intake: Intake | None = None
        across.addWidget(self.rail)
        across.addWidget(self._pages, 1)
        outer.addLayout(across, 1)
        self.messages = MessageArea("desk.messages", self)
        self.keys = KeysSheet(desk, self)
        self.search.attach_popup(self)
        self._bind_commands()
        self._connect()
        self.rail.set_account_count(0)
        self.retranslate()

    def begin(self) -> None:
        """Show the first page, the cursor in the box where accounts are served: the queue is waiting."""
        self.go(Place.home())
        if self._desk.me.serves:
            self.search.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tabs.begin()
        for row in self._rows.values():
            if row.waiting is not None:
                row.waiting.begin()

    def commands_of_the_window(self) -> list[QAction]:
        """Return every command that is bound anywhere at this desk, whether it can be run now or not."""
        return [action for action in self.findChildren(QAction) if action.objectName() in ENTRIES]

    def keep_drafts(self) -> None:
        """Have every open form put what was typed on disk now."""
        for page in self._made.values():
            page.keep_drafts()

    def leave(self) -> None:
        """Leave every page: this person signs out."""
        for page in self._made.values():
            page.leave()

    def _quit(self) -> None:
        self.window().close()

    def _make_top(self) -> QWidget:
        top = QWidget(self)
        top.setObjectName("desk.top")
        row = QHBoxLayout(top)
        row.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID)
        self.search = SearchBox(self._desk, top)
        mark = PlainLabel(top)
        mark.setPixmap(application_icon().pixmap(QSize(28, 28), self.devicePixelRatioF()))
        mark.setFixedWidth(RAIL_WIDTH - 6 * GRID)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(mark)
        self.person = QToolButton(top)
        self.person.setObjectName("desk.person")
        self.person.setProperty("look", "person")
        self.person.setText(_initials(self._desk.me.full_name))
        self.person.setFixedSize(32, 32)
        self.person.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.person.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row.addStretch(1)
        row.addWidget(self.search, 8)
        row.addStretch(1)
        row.addWidget(self.person)
        return top

    def _bind_commands(self) -> None:
        add = functools.partial(self._desk.commands.add, owner=self)
        add("desk.find", run=self.search.begin)
        add("desk.command", run=self.search.begin_command)
        for row in self._rows.values():
            if row.command:
                add(row.command, run=self._page_asked)
        add("desk.open_document", run=self.choose_document)
        add("desk.close_tab", run=self.tabs.close_current)
        add("desk.next_tab", run=self._next_tab)
        add("desk.previous_tab", run=self._previous_tab)
        add("desk.keys", run=self.keys.show_keys)
        add("desk.lock", run=self.lock_asked.emit)
        add("desk.sign_out", run=self.sign_out_asked.emit)
        add("desk.quit", run=self._quit)
        for name in ("theme_light", "theme_dark", "theme_system", "density"):
            add(f"desk.{name}", run=self._look_chosen)
        for name in ("language_latin", "language_cyrillic", "language_english"):
            add(f"desk.{name}", run=self._look_chosen)
        menu = QMenu(self.person)
        keep_letters(menu)
        for prefix in _MENU:
            if prefix in ("desk.density", "desk.language_", "desk.keys"):
                menu.addSeparator()
            for action in self.actions():
                if action.objectName().startswith(prefix):
                    menu.addAction(action)
        self.person.setMenu(menu)

    def _connect(self) -> None:
        jobs = self._desk.jobs
        jobs.line_lost.connect(self._line_lost)
        jobs.line_restored.connect(self._line_restored)
        jobs.went_wrong.connect(self._went_wrong)
        self.line_banner.action_chosen.connect(self.sign_out_asked)
        self._desk.went.connect(self.go)
        self._desk.said.connect(self.messages.say)
        self.rail.chosen.connect(self._rail_chosen)
        self.tabs.emptied.connect(self._last_closed)
        self._desk.accounts.changed.connect(self._accounts_changed)
        self.search.failed.connect(self._say_failure)
        self.search.left.connect(self._take_keyboard)

    # going about -------------------------------------------------------------------------------

    def go(self, place: Place) -> None:
        """Show ``place``; home for somebody whom that page is not offered."""
        if place.page not in self._rows:
            place = Place.home()
        page = self.page(place.page)
        self._pages.setCurrentWidget(page)
        self.rail.show_page(place.page)
        page.arrive(place)

    def page(self, which: Page) -> DeskPage:
        """Return a page, made when it is first needed."""
        if which not in self._made:
            self._made[which] = self._rows[which].factory(self._desk, self._pages)
            self._pages.addWidget(self._made[which])
        return self._made[which]

    def _tabs(self) -> AccountTabs:
        tabs = self.page(Page.ACCOUNT)
        if not isinstance(tabs, AccountTabs):
            raise TypeError("the accounts are shown by tabs, which the window knows by their keys")
        return tabs

    def _page_asked(self) -> None:
        command = self.sender().objectName()
        self.go(Place(next(row.page for row in self._rows.values() if row.command == command)))

    def _rail_chosen(self, page: Page) -> None:
        self.go(Place(page))

    def _last_closed(self) -> None:
        self.go(Place.home())

    def _accounts_changed(self) -> None:
        self.rail.set_account_count(len(self._desk.accounts.idents))

    def _take_keyboard(self) -> None:
        """Give the keyboard to the page that is seen."""
        page = self._pages.currentWidget()
        if isinstance(page, DeskPage):
            page.take_keyboard()

    def _next_tab(self) -> None:
        self.tabs.step(1)

    def _previous_tab(self) -> None:
        self.tabs.step(-1)

    # what is dropped or chosen ------------------------------------------------------------------

    def choose_document(self) -> None:
        """Read a bill, or a request, from a file that is chosen."""
        ask_to_read(
            self,
            self.tr("A bill, a form, a scan or a message"),
            name="desk.document",
            kinds=self.tr("Files (*.pdf *.eml *.png *.jpg *.jpeg *.tif *.tiff *.heic *.heif *.webp *.bmp)"),
            chosen=self.read_document,
        )

    def read_document(self, path: str) -> None:
        """Open the bill that the file at ``path`` shows, or offer the request it brings."""
        read = scanning.read_document if Page.WORK in self._rows else scanning.find_in_document
        question: Callable[..., Found | Arrived] = functools.partial(read, path=path)
        self._desk.jobs.ask(
            question,
            self._document_read,
            screen=self,
            lane="document",
            failed=self._say_failure,
            title=self.tr("Reading {0}").format(Path(path).name),
            is_counted=True,
        )

    def _read_first(self, files: Sequence[str]) -> None:
        self.read_document(files[0])
        if len(files) > 1:
            self._desk.say(
                self.tr("One file at a time: {0} is read, the others are not.").format(Path(files[0]).name)
            )

    def _document_read(self, found: Found | Arrived) -> None:
        if isinstance(found, Found):
            self.search.take(found)
            return
        if isinstance(found.reading, FlatScan) and found.reading.mark is None:
            self._desk.say(self.tr("No payment code was found on it: is it a paper of a request?"))
        self.intake.offer(found)

    @property
    def intake(self) -> Intake:
        """The panel over what was dropped and is no bill."""
        if self._intake is None:
            self._intake = Intake(self._desk, self)
        return self._intake

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read a file that is pasted where nothing else takes it."""
        if event.matches(QKeySequence.StandardKey.Paste):
            files = _local_files(QApplication.clipboard().mimeData())
            if files:
                self._read_first(files)
                return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = _local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self._read_first(files)

    # the line and failures ---------------------------------------------------------------------

    def _line_lost(self, error: object) -> None:
        if isinstance(error, PasswordRefused):
            self.line_banner.tell(
                errors.sentence(error),
                tone=Tone.BAD,
                action=self.tr("Sign in again"),
                icon_name="lock",
            )
            return
        self.line_banner.tell(
            self.tr("The server cannot be reached. What is on the screen stays readable; we keep trying."),
            tone=Tone.WARN,
            icon_name="plug-connected-x",
        )

    def _line_restored(self) -> None:
        self.line_banner.clear()
        self._desk.say(self.tr("The connection is back."))

    def _went_wrong(self, failure: Failure) -> None:
        self._say_failure(failure.error)

    def _say_failure(self, error: Exception) -> None:
        self.messages.say(errors.sentence(error), icon_name="alert-triangle")

    def _look_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.look_asked.emit(action.objectName())

    # words ---------------------------------------------------------------------------------------

    def note_export(self, table: str, row_count: int, export: DepartingRows) -> None:
        """Put an export of a list over accounts on record, then let it go."""
        self._desk.exports.record(table, export, ident=None, row_count=row_count)

    def retranslate(self) -> None:
        words = self.tr("{0}: theme, language, lock, sign out").format(self._desk.me.full_name)
        set_tip(self.person, words)
        self.person.setAccessibleName(words)
        self._desk.commands.retranslate(self)


def _initials(full_name: str) -> str:
    return "".join(part[0] for part in full_name.split()[:2]).upper()


def _local_files(data: QMimeData) -> Sequence[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
