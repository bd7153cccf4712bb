"""Showing a masked personal number: with a reason, on record, and only for a moment."""

import functools
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import Refused
from app.usecases import visits
from ui.desk.desk import Desk
from ui.kit.buttons import ButtonKind
from ui.kit.fields import TextField
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.words import errors

_SHOWN_FOR = 30_000


class RevealSheet(Speaking, Sheet):
    """Asks why, then shows the number for half a minute."""

    def __init__(self, desk: Desk, ident: int, host: QWidget) -> None:
        super().__init__("reveal", host)
        self._desk = desk
        self._ident = ident
        self._valid_from: date | None = None
        self._awaited: date | None = None
        """Whose number is on its way; nobody's once the sheet is closed."""
        self.reason = TextField("reveal.reason", self.inside, limit=200)
        self.number = label(self.inside, "title", name="reveal.number")
        self._hint = label(self.inside, "caption")
        self._hint.setWordWrap(True)
        for widget in (self.reason, self.number, self._hint):
            self.body.addWidget(widget)
        self.show_number = self.add_button("reveal.show", kind=ButtonKind.PRIMARY)
        self.show_number.clicked.connect(self._ask)
        self.reason.line.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_FOR)
        self._timer.timeout.connect(self.number.clear)
        self.closed.connect(self._forget)
        self.retranslate()

    def begin(self, valid_from: date) -> None:
        """Ask for the reason to see the number of the holder since ``valid_from``."""
        self._valid_from = valid_from
        self.reason.set_value("")
        self.number.clear()
        self.open()

    def forget_account(self) -> bool:
        """Forget the account; False while an answer about it is on its way."""
        self._forget()
        self._valid_from = None
        return self.show_number.isEnabled()

    def show_account(self, ident: int) -> None:
        """Be about this account from now on."""
        self._ident = ident

    def _forget(self) -> None:
        self._awaited = None
        self._timer.stop()
        self.number.clear()

    def _ask(self) -> None:
        if self._valid_from is None or not self.show_number.isEnabled():
            return
        self.show_number.setEnabled(False)
        self._awaited = self._valid_from
        action = functools.partial(
            visits.reveal_personal_number,
            ident=self._ident,
            valid_from=self._awaited,
            reason=self.reason.value(),
        )
        self._desk.jobs.act(action, self._recorded, screen=self, failed=self._refused)

    def _recorded(self, _nothing: None) -> None:
        if self._awaited is None:
            self.show_number.setEnabled(True)
            return
        question = functools.partial(
            visits.revealed_personal_number, ident=self._ident, valid_from=self._awaited
        )
        self._desk.jobs.ask(question, self._revealed, screen=self, failed=self._refused)

    def _revealed(self, number: str | None) -> None:
        self.show_number.setEnabled(True)
        if self._awaited is None:
            return  # the sheet was closed meanwhile: what is opened next is asked for anew
        self._awaited = None
        self.number.setText(number or self.tr("none on file"))
        self._timer.start()

    def _refused(self, error: Exception) -> None:
        self.show_number.setEnabled(True)
        sentence = errors.sentence(error)
        if isinstance(error, Refused):
            self.reason.set_error(sentence)
            self.reason.setFocus()
        else:
            self._desk.say(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field passes Enter on to the next one; this is the last, and asks.
        is_key = watched is self.reason.line and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
            return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        self.set_title(self.tr("Show the personal number"))
        self.reason.set_label(self.tr("Why it is needed"))
        self._hint.setText(self.tr("Who saw it, when and why goes on record. It is shown for half a minute."))
        self.show_number.setText(self.tr("Show"))
