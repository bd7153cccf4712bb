"""A call note, opened by N over whatever is on the screen."""

import functools
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.errors import Refused
from app.domain.visits import Channel
from app.usecases import notes
from db.errors import NotDone
from ui.desk.desk import Desk
from ui.kit.buttons import ButtonKind
from ui.kit.drafts import KeptForm
from ui.kit.fields import ChoiceField, NoteField
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.words import errors, states, text


class NoteSheet(Speaking, Sheet):
    """Writes a note; what is typed is kept on disk until it is saved."""

    def __init__(self, desk: Desk, ident: int, host: QWidget) -> None:
        super().__init__("note", host)
        self._desk = desk
        self._ident = ident
        self._kept = KeptForm(desk.drafts, self, login=desk.me.login, form="note", ident=ident)
        self._is_begun = False
        self._sent = 0
        self._again: UUID | None = None
        """The key of a note that was not saved: unless it is changed, both ways of sending it save one."""
        self.words = NoteField("note.text", self.inside, lines=8)
        self.channel = ChoiceField("note.channel", self.inside)
        self.body.addWidget(self.words)
        self.body.addWidget(self.channel)
        self.save = self.add_button("note.save", kind=ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._save)
        enter = QShortcut(QKeySequence("Ctrl+Return"), self)
        enter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        enter.activated.connect(self._save)
        self._kept.due.connect(self.keep)
        self.words.edited.connect(self._edited)
        self.channel.edited.connect(self._offer_no_more)
        self.closed.connect(self.keep)
        self.retranslate()
        self._choose_usual_channel()

    @property
    def is_idle(self) -> bool:
        """Whether nothing about its account is left in it: what was begun is saved."""
        return self.isHidden() and not self._is_begun and self._again is None and self.save.isEnabled()

    def show_account(self, ident: int) -> None:
        """Be about another account from now on; only while idle."""
        self._ident = ident
        self._kept.keep_for(ident)
        self._choose_usual_channel()

    def _choose_usual_channel(self) -> None:
        self.channel.set_value(self._desk.me.channel)

    def begin(self) -> None:
        """Open, with what was typed before and not saved."""
        self._is_begun = True
        self.words.set_value(str(self._kept.read().get("text", "")))
        self.open()

    def keep(self) -> None:
        """Put what was typed on disk now, if the form is open."""
        if self._is_begun:
            typed = self.words.value()
            self._kept.keep({"text": typed} if typed else {})

    def _edited(self) -> None:
        self._kept.note_edit()
        self._offer_no_more()

    def _offer_no_more(self) -> None:
        """Take what was typed before back from the tray: it is not what they would send now."""
        if self._again is not None:
            self._again = None
            self._desk.jobs.drop(self._sent)

    def _save(self) -> None:
        if not self.save.isEnabled():
            return
        self.keep()
        self.save.setEnabled(False)
        action = functools.partial(
            notes.write_note, ident=self._ident, channel=self.channel.value(), text=self.words.value()
        )
        self._sent = self._desk.jobs.act(
            action,
            self._saved,
            screen=self,
            failed=self._failed,
            title=self.tr("Call note, account {0}").format(text.ident(self._ident)),
            key=self._again,
        )

    def _saved(self, _result: object) -> None:
        self.save.setEnabled(True)
        self._again = None
        self._is_begun = False
        self._kept.drop()
        self.words.set_value("")
        self.close_sheet()
        self._desk.say(self.tr("Note saved."))

    def _failed(self, error: Exception) -> None:
        self.save.setEnabled(True)
        sentence = errors.sentence(error)
        self._again = error.key if isinstance(error, NotDone) else None
        if isinstance(error, Refused):
            self.words.set_error(sentence)
            self.words.setFocus()
        else:
            self._desk.say(sentence)

    def retranslate(self) -> None:
        self.set_title(self.tr("Call note"))
        self.words.set_label(self.tr("What was said and agreed"), hint=self.tr("Ctrl+Enter saves."))
        self.channel.set_label(self.tr("Came by"))
        chosen = self.channel.value()
        self.channel.set_choices([(channel, states.word(channel)) for channel in Channel])
        if chosen is not None:
            self.channel.set_value(chosen)
        self.save.setText(self.tr("Save note"))
