"""The one box that finds everything, and what it found beneath it.

A scanner types like a keyboard, line breaks and all: within a payment code Enter
is kept as a sign instead of being obeyed, and the code is looked up when the
typing stops.
"""

import functools
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.payment_reference import Reference
from app.usecases import search
from app.usecases.search import Found, Recent
from ui.desk.desk import Desk
from ui.desk.places import Place
from ui.kit.fields import SearchField
from ui.kit.speaking import Speaking
from ui.search.results import SearchResults

LINE_BREAK = "↵"
_SCANNED = "K:"
_CODE = "K:PR|"
_SCAN_ENDS_AFTER = 150
_PAGE = 50


class SearchBox(Speaking, QWidget):
    """Finds while one types; Enter opens the first, the arrows choose another."""

    failed = Signal(Exception)
    left = Signal()
    """The keyboard goes back to the page."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self._desk = desk
        self._enter_waits = False
        self._named: Reference | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.field = SearchField("search.field", self)
        self.field.setMaxLength(1000)
        row.addWidget(self.field)
        self.results: SearchResults | None = None
        self._scan_timer = QTimer(self)
        self._scan_timer.setSingleShot(True)
        self._scan_timer.setInterval(_SCAN_ENDS_AFTER)
        self._scan_timer.timeout.connect(self._scan_ended)
        self.field.textEdited.connect(self._edited)
        self.field.returnPressed.connect(self._entered)
        self.field.moved_down.connect(self._go_down)
        self.field.given_up.connect(self.dismiss)
        self.field.installEventFilter(self)
        self.retranslate()

    def attach_popup(self, host: QWidget) -> None:
        """Let the results appear over ``host``, whatever is there."""
        self.results = SearchResults(self, host)
        self.results.hit_opened.connect(self._open_hit)
        self.results.command_chosen.connect(self._run_command)
        self.results.left_upwards.connect(self.field.setFocus)
        self.results.dismissed.connect(self._given_up)
        self.results.list.installEventFilter(self)

    # what is asked of it -------------------------------------------------------------------------

    def begin(self) -> None:
        """Take the keyboard; what stands in the box is replaced by typing."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._ask()

    def begin_command(self) -> None:
        """Take the keyboard for a command."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setText(">")
        self._ask()

    def dismiss(self) -> None:
        """Close what was found and give the keyboard back to the page."""
        self._enter_waits = False
        self._scan_timer.stop()
        if self.results is not None:
            self.results.hide()
        self.field.clearFocus()
        self.left.emit()

    def _given_up(self) -> None:
        self.field.clear()
        self.dismiss()

    def take(self, found: Found) -> None:
        """Show what was found by other means, such as a picture; what a reference names is opened at once."""
        if found.named is not None and found.hits:
            self._land(found.named)
        elif self.results is not None:
            self.results.show_found(found)
            self.field.setFocus()

    def take_scan(self, begun: str) -> None:
        """Take over from elsewhere: a scanner has typed ``begun`` and goes on typing here."""
        self.field.setText(begun.replace("\r", LINE_BREAK).replace("\n", LINE_BREAK))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scan_timer.start()

    # typing --------------------------------------------------------------------------------------

    def _edited(self, typed: str) -> None:
        self._enter_waits = False
        before, code, rest = typed.partition(_CODE)
        if code and before:
            self.field.setText(code + rest)  # the scanner was pulled over what stood here
        if self.field.text().startswith(_SCANNED):
            self._scan_timer.start()
            return
        self._ask()

    def _entered(self) -> None:
        typed = self.field.text()
        if typed.startswith(_SCANNED):
            self.field.insert(LINE_BREAK)
            self._scan_timer.start()
        elif self.results is None or self.results.answers != typed or not self.results.open_current():
            # What hangs there may answer an earlier letter: Enter waits for the answer to this text.
            self._enter_waits = True
            self._ask()

    def _scan_ended(self) -> None:
        self._enter_waits = True
        self._ask()

    def _ask(self) -> None:
        typed = self.field.text()
        if self.results is None:
            return
        self.results.answers = ""
        self._named = None
        if typed.startswith(">") or not self._desk.me.serves:
            self.results.answers = typed
            found = self._desk.commands.matching(typed.removeprefix(">"), self.window())
            self.results.show_commands(found)
            return
        if not typed.strip():
            recent = functools.partial(search.recent_accounts, limit=_PAGE)
            self._desk.jobs.ask(recent, self._recent_came, screen=self, lane="search", failed=self._failed)
            return
        question = functools.partial(search.find, text=typed.replace(LINE_BREAK, "\n"), limit=_PAGE)
        self._desk.jobs.ask(
            question, self._found, screen=self, lane="search", failed=self._failed, is_counted=True
        )

    def _is_attended(self) -> bool:
        """Whether somebody still waits here for an answer, and has not gone on to something else."""
        return self.field.hasFocus() or (self.results is not None and self.results.list.hasFocus())

    def _recent_came(self, hits: Sequence[Recent]) -> None:
        if self.results is not None and not self.field.text().strip() and self._is_attended():
            self.results.show_recent(hits)

    def _found(self, found: Found) -> None:
        if self.results is None or not self.field.text().strip() or not self._is_attended():
            return
        if self._enter_waits and found.must_go_on_record:
            self._enter_waits = False
            action = functools.partial(search.look_up_personal_number, number=self.field.text().strip())
            self._desk.jobs.act(action, self._looked_up, screen=self, failed=self._failed)
            return
        if self._enter_waits and found.named is not None and found.hits:
            self._land(found.named)
            return
        self.results.answers = self.field.text()
        self._named = found.named
        self.results.show_found(found)
        if self._enter_waits and len(found.hits) == 1:
            self.results.open_current()
        self._enter_waits = False

    def _looked_up(self, record: int) -> None:
        question = functools.partial(search.looked_up, record=record)
        self._desk.jobs.ask(
            question, self._found, screen=self, lane="search", failed=self._failed, is_counted=True
        )

    def _failed(self, error: Exception) -> None:
        self._enter_waits = False
        self.failed.emit(error)

    # going ---------------------------------------------------------------------------------------

    def _land(self, named: Reference) -> None:
        self._enter_waits = False
        self._leave_for(Place.named(named))

    def _open_hit(self, ident: int) -> None:
        if self._named is not None and self._named.ident == ident:  # a reference names more than the account
            self._leave_for(Place.named(self._named))
        else:
            self._leave_for(Place.account(ident))

    def _leave_for(self, place: Place) -> None:
        self.field.clear()
        self._desk.go(place)
        self.dismiss()

    def _run_command(self, name: str) -> None:
        self.field.clear()
        self.dismiss()
        for action in self._desk.commands.available(self.window()):
            if action.objectName() == name:
                action.trigger()
                return

    def _go_down(self) -> None:
        if self.results is not None and self.results.isVisible():
            self.results.enter_list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_seen = self.results is not None and self.results.isVisible()
        if is_seen and event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._left_alone)
        is_escape = (
            watched is self.field
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        )
        if is_escape and is_seen:
            self.field.clear()
            self.dismiss()
            return True
        return super().eventFilter(watched, event)

    def _left_alone(self) -> None:
        """Close what was found once the cursor is neither in the box nor in the list."""
        if self.results is not None and self.window().isActiveWindow() and not self._is_attended():
            self.results.hide()

    # words ---------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        words = (
            self.tr("Find: account, name, address, phone, reference – or scan a bill")
            if self._desk.me.serves
            else self.tr("Find a command")
        )
        self.field.set_words(words, key="Ctrl+K")
