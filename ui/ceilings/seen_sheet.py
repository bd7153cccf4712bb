"""What a supervisor found of an alert: written down, and the alert is told no more."""

import functools

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.usecases import ceilings
from app.usecases.ceilings import CeilingAlert
from ui.ceilings import words
from ui.desk.desk import Desk
from ui.kit.buttons import ButtonKind
from ui.kit.fields import NoteField
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.words import errors, states, text


class SeenSheet(Speaking, Sheet):
    """Asks why an alert is no cause for worry, or what was done about it."""

    written = Signal()

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__("seen", host)
        self._desk = desk
        self._alert: CeilingAlert | None = None
        self._about = label(self.inside, "soft", name="seen.about")
        self._about.setWordWrap(True)
        self.reason = NoteField("seen.reason", self.inside, lines=6)
        self.body.addWidget(self._about)
        self.body.addWidget(self.reason)
        self.save = self.add_button("seen.save", kind=ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        enter = QShortcut(QKeySequence("Ctrl+Return"), self)
        enter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        enter.activated.connect(self._save)
        self.retranslate()

    def begin(self, alert: CeilingAlert) -> None:
        """Ask about this alert."""
        if alert != self._alert:
            self.reason.set_value("")
        self._alert = alert
        self.retranslate()
        self.open()

    def _save(self) -> None:
        if self._alert is None or not self.save.isEnabled():
            return
        if not self.reason.value():
            self.reason.set_error(self.tr("Write what you found; it is kept."))
            self.reason.setFocus()
            return
        self.save.setEnabled(False)
        action = functools.partial(
            ceilings.see_alert,
            login=self._alert.login,
            ceiling=self._alert.ceiling,
            began_at=self._alert.began_at,
            reason=self.reason.value(),
        )
        title = self.tr("What was found of an alert")
        self._desk.jobs.act(action, self._saved, screen=self, failed=self._failed, title=title)

    def _saved(self, _result: object) -> None:
        self.save.setEnabled(True)
        self.reason.set_value("")
        self._alert = None
        self.close_sheet()
        self._desk.say(self.tr("Written down. The alert is told no more."))
        self.written.emit()

    def _failed(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self.reason.set_error(errors.sentence(error))

    def retranslate(self) -> None:
        self.set_title(self.tr("Seen, because …"))
        self.reason.set_label(
            self.tr("What you found, and what was done about it"), hint=self.tr("Ctrl+Enter saves.")
        )
        self.save.setText(self.tr("Write it down"))
        if self._alert is not None:
            facts = (
                text.listed(self._alert.full_name),
                f"{states.word(self._alert.ceiling)}: {words.amount(self._alert.counted, self._alert.most)}",
                words.when(self._alert),
            )
            self._about.setText("\n".join(facts))
