"""Raising a ceiling for somebody's task: for whom, which, how far, until when, and why."""

import functools
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.ceilings import RAISABLE, Ceiling
from app.usecases import ceilings
from app.usecases.ceilings import Colleague, Standing
from ui.ceilings import words
from ui.desk.desk import Desk
from ui.kit.buttons import ButtonKind
from ui.kit.fields import ChoiceField, DateField, FormField, NoteField, TextField
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.words import errors, states, text


class RaiseSheet(Speaking, Sheet):
    """A form for supervisors; nobody is offered themselves."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__("raise", host)
        self._desk = desk
        self._colleagues: tuple[Colleague, ...] = ()
        self._standings: dict[Ceiling, Standing] = {}
        self.person = ChoiceField("raise.person", self.inside)
        self.ceiling = ChoiceField("raise.ceiling", self.inside)
        self.most = TextField("raise.most", self.inside, limit=9)
        self.last_day = DateField("raise.last_day", self.inside, today=self._today)
        self.reason = NoteField("raise.reason", self.inside, lines=4)
        self._fields: tuple[FormField, ...] = (
            self.person,
            self.ceiling,
            self.most,
            self.last_day,
            self.reason,
        )
        for field in self._fields:
            self.body.addWidget(field)
        self.save = self.add_button("raise.save", kind=ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        enter = QShortcut(QKeySequence("Ctrl+Return"), self)
        enter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        enter.activated.connect(self._save)
        self.person.edited.connect(self._ask_standing)
        self.ceiling.edited.connect(self._show_standing)
        self.retranslate()

    def set_colleagues(self, colleagues: Sequence[Colleague]) -> None:
        """Offer these people."""
        self._colleagues = tuple(colleagues)
        self.person.set_choices([(one.login, text.listed(one.full_name)) for one in colleagues])

    def begin(self, login: str, ceiling: Ceiling) -> None:
        """Ask how far a ceiling is to be raised; this person and this ceiling are proposed."""
        for field in self._fields:
            field.clear_error()
        self.most.set_value("")
        self.reason.set_value("")
        self.last_day.set_day(self._desk.today)
        if login in [one.login for one in self._colleagues]:
            self.person.set_value(login)
        if ceiling in RAISABLE:
            self.ceiling.set_value(ceiling)
        self._ask_standing()
        self.open()

    def _ask_standing(self) -> None:
        self._standings = {}
        self._show_standing()
        if self.person.value() is not None:
            question = functools.partial(ceilings.standing, login=self.person.value())
            self._desk.jobs.ask(
                question, self._standing_came, screen=self, lane="standing", failed=self._no_standing
            )

    def _standing_came(self, standings: tuple[Standing, ...]) -> None:
        self._standings = {one.ceiling: one for one in standings}
        self._show_standing()

    def _no_standing(self, _error: Exception) -> None:
        pass  # the number is checked all the same when it is sent

    def _show_standing(self) -> None:
        one = self._standings.get(self.ceiling.value())
        now = words.amount(one.counted, one.most) if one is not None else ""
        self.most.set_hint(self.tr("Now: {0}").format(now) if now else "")

    def _save(self) -> None:
        if not self.save.isEnabled():
            return
        typed = self.most.value().replace(".", "")
        day = self.last_day.day()
        wrong: list[tuple[FormField, str]] = []
        if self.person.value() is None:
            wrong.append((self.person, self.tr("Choose for whom.")))
        if not typed.isdecimal():
            wrong.append((self.most, self.tr("Write a number.")))
        if day is None:
            wrong.append((self.last_day, self.tr("Write the last day, today included.")))
        if not self.reason.value():
            wrong.append((self.reason, self.tr("Write for which task; it is kept.")))
        for field, sentence in wrong:
            field.set_error(sentence)
        if wrong or day is None:
            wrong[0][0].setFocus()
            return
        self._send(int(typed), day)

    def _send(self, most: int, day: date) -> None:
        self.save.setEnabled(False)
        action = functools.partial(
            ceilings.raise_ceiling,
            login=self.person.value(),
            ceiling=self.ceiling.value(),
            most=most,
            last_day=day,
            reason=self.reason.value(),
        )
        self._desk.jobs.act(
            action, self._saved, screen=self, failed=self._failed, title=self.tr("Raising a limit")
        )

    def _saved(self, _result: object) -> None:
        self.save.setEnabled(True)
        self.close_sheet()
        self._desk.say(self.tr("The limit is raised; it holds at once."))

    def _failed(self, error: Exception) -> None:
        self.save.setEnabled(True)
        by_name = {"most": self.most, "last_day": self.last_day, "reason": self.reason}
        field = by_name.get(getattr(error, "field", ""), self.person)
        field.set_error(errors.sentence(error))
        field.setFocus()

    def _today(self) -> date:
        return self._desk.today

    def retranslate(self) -> None:
        self.set_title(self.tr("Raise a limit"))
        self.person.set_label(self.tr("For whom"))
        self.ceiling.set_label(self.tr("What"))
        self.most.set_label(self.tr("How many at most"))
        self.last_day.set_label(self.tr("Last day"), hint=self.tr("It ends by itself with this day."))
        self.reason.set_label(self.tr("For which task"), hint=self.tr("Ctrl+Enter saves."))
        self.save.setText(self.tr("Raise the limit"))
        self.ceiling.set_choices([(one, states.word(one)) for one in RAISABLE])
        self.set_colleagues(self._colleagues)
        self._show_standing()
