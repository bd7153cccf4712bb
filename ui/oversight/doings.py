"""What somebody did that is counted, the latest first: whose account, when, and what the record says."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.domain.ceilings import Doing, Span
from app.domain.office_time import ZONE
from app.usecases import ceilings
from app.usecases.ceilings import CeilingAlert, Colleague, RecordedDoing, Standing
from ui.ceilings import words
from ui.desk.desk import Desk
from ui.kit.list_section import ListSection, Question
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Column
from ui.kit.tokens import GRID
from ui.words import states, text

_DOINGS = (Doing.VISITS, Doing.REVEALS, Doing.LOOK_UPS, Doing.COPIES, Doing.EXPORTS)


class Stretch(StrEnum):
    """How much of the past is listed."""

    ALERT = "alert"
    """The hour or the day of the alert that was chosen."""
    TODAY = "today"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose doings are listed, of which kind, and from when until when."""

    login: str
    doing: Doing | None
    since: datetime
    until: datetime


class DoingList(Speaking, ListSection):
    """Enter opens the account, for whoever serves."""

    opened = Signal(int)
    """Go to this account."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("oversight.doings", parent, jobs=desk.jobs)
        self._desk = desk
        self._alert: CeilingAlert | None = None
        self._people: tuple[Colleague, ...] = ()
        self._standings: tuple[Standing, ...] = ()
        self._listed: Asked | None = None
        strip = QWidget(self)
        row = QHBoxLayout(strip)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(2 * GRID)
        self.people = self._choice("oversight.person", strip, width=220)
        self.kinds = self._choice("oversight.kind", strip, width=210)
        self.stretches = self._choice("oversight.stretch", strip, width=200)
        for choice in (self.people, self.kinds, self.stretches):
            row.addWidget(choice)
        row.addStretch(1)
        self.column.insertWidget(0, strip)
        self._standing = label(self, "soft", name="oversight.standing")
        self._standing.setWordWrap(True)
        self._standing.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        self.column.insertWidget(1, self._standing)
        self.make_table(
            [
                Column(name="when", field="done_at", as_=text.moment, width=140),
                Column(name="what", field="doing", as_=states.word, width=180),
                Column(name="account", text=_ident, width=80),
                Column(name="name", as_=text.listed, hinted=True, width=180, strong=True),
                Column(name="address", as_=text.listed, hinted=True, width=200, quiet=True),
                Column(name="detail", text=words.detail, hint=words.detail, width=200, stretches=True),
            ],
            "oversight.doings.table",
            self.content,
            preferences=desk.preferences,
        )
        self.table.sorts_here = False
        self.body.addWidget(self.table)
        self.table.row_opened.connect(self._row_opened)
        self.retranslate()
        self.say_empty()

    def _choice(self, name: str, parent: QWidget, *, width: int) -> QComboBox:
        made = QComboBox(parent)
        made.setObjectName(name)
        made.setFixedWidth(width)
        made.setMaxVisibleItems(20)
        made.activated.connect(self._chosen_by_hand)
        return made

    # who, what, since when -----------------------------------------------------------------------

    def set_people(self, people: Sequence[Colleague]) -> None:
        """Offer these people."""
        self._people = tuple(people)
        login = self.login
        self.people.clear()
        for one in people:
            self.people.addItem(text.listed(one.full_name), one.login)
        self._choose_person(login or (self._alert.login if self._alert is not None else ""))

    def show_alert(self, alert: CeilingAlert) -> None:
        """List what an alert counted."""
        self._alert = alert
        self._choose_person(alert.login)
        self.kinds.setCurrentIndex(self.kinds.findData(alert.ceiling.doing.value))
        if self.kinds.currentIndex() < 0:
            self.kinds.setCurrentIndex(0)
        self._fill_stretches(Stretch.ALERT)
        self.begin_anew()

    @property
    def login(self) -> str:
        """Whose doings are looked at, or nothing."""
        return str(self.people.currentData() or "")

    def _name_of(self, login: str) -> str:
        names = {one.login: one.full_name for one in self._people}
        if self._alert is not None:  # somebody who left meanwhile is still looked at
            names.setdefault(self._alert.login, self._alert.full_name)
        return text.listed(names.get(login, login))

    def _choose_person(self, login: str) -> None:
        if login and self.people.findData(login) < 0:
            self.people.addItem(self._name_of(login), login)
        self.people.setCurrentIndex(self.people.findData(login))

    def _chosen_by_hand(self, _place: int) -> None:
        if self._alert is not None and self._alert.login != self.login:
            self._alert = None
            self._fill_stretches(Stretch.TODAY)
        if self.login:
            self.begin_anew()

    def _since_until(self) -> tuple[datetime, datetime]:
        midnight = datetime.combine(self._desk.now.date(), time(), ZONE)
        tomorrow = midnight + timedelta(days=1)
        match Stretch(self.stretches.currentData() or Stretch.TODAY):
            case Stretch.ALERT if self._alert is not None:
                hours = 1 if self._alert.ceiling.span is Span.AN_HOUR else 24
                return self._alert.began_at, self._alert.began_at + timedelta(hours=hours)
            case Stretch.WEEK:
                return midnight - timedelta(days=6), tomorrow
        return midnight, tomorrow

    def _fill_stretches(self, chosen: Stretch) -> None:
        said = {Stretch.TODAY: self.tr("today"), Stretch.WEEK: self.tr("the last seven days")}
        if self._alert is not None:
            said = {Stretch.ALERT: words.when(self._alert), **said}
        self.stretches.clear()
        for stretch, words_of_it in said.items():
            self.stretches.addItem(words_of_it, stretch.value)
        self.stretches.setCurrentIndex(max(self.stretches.findData(chosen.value), 0))

    # asking --------------------------------------------------------------------------------------

    def load(self) -> None:
        if not self.login:
            self.say_empty()
            return
        since, until = self._since_until()
        kind = self.kinds.currentData()
        self._listed = Asked(self.login, Doing(kind) if kind else None, since, until)
        question = functools.partial(ceilings.standing, login=self.login)
        self._jobs.ask(question, self._standing_came, screen=self, lane="standing", failed=self._no_standing)
        super().load()

    def question(self, after: datetime | None) -> Question:
        if self._listed is None:
            raise ValueError("nobody is chosen")
        return functools.partial(
            ceilings.doings,
            login=self._listed.login,
            doing=self._listed.doing,
            since=self._listed.since,
            until=self._listed.until,
            before=after,
        )

    def _standing_came(self, standings: tuple[Standing, ...]) -> None:
        self._standings = standings
        self._say_standing()

    def _no_standing(self, _error: Exception) -> None:
        self._standings = ()  # the list says why
        self._say_standing()

    def _say_standing(self) -> None:
        known = bool(self.login and self._standings)
        said = self.tr("By now: {0}").format(words.standing_words(self._standings)) if known else ""
        self._standing.setText(said)
        self._standing.setVisible(known)

    def say_empty(self) -> None:
        if self.login:
            self.show_empty(self.tr("Nothing of this kind was done then"))
        else:
            self.show_empty(
                self.tr("Choose an alert or a person"),
                self.tr("What they did is listed here."),
                icon_name="eye",
            )

    def _row_opened(self, place: int) -> None:
        row: RecordedDoing = self.model.row(place)
        if row.ident is not None:
            self.opened.emit(row.ident)

    def take_keyboard(self) -> None:
        """Put the cursor where a person is chosen."""
        self.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self.model.set_titles(
            {
                "when": self.tr("When"),
                "what": self.tr("What"),
                "account": self.tr("Account"),
                "name": self.tr("Name"),
                "address": self.tr("Address"),
                "detail": self.tr("On record"),
            }
        )
        self.table.setAccessibleName(self.tr("What was done"))
        for place in range(self.people.count()):
            self.people.setItemText(place, self._name_of(str(self.people.itemData(place))))
        self.people.setAccessibleName(self.tr("Person"))
        self.people.setPlaceholderText(self.tr("Choose a person"))
        self.kinds.setAccessibleName(self.tr("What was done"))
        self.stretches.setAccessibleName(self.tr("When it was done"))
        kind = max(self.kinds.currentIndex(), 0)
        self.kinds.clear()
        self.kinds.addItem(self.tr("everything"), "")
        for doing in _DOINGS:
            self.kinds.addItem(states.word(doing), doing.value)
        self.kinds.setCurrentIndex(kind)
        self._fill_stretches(Stretch(self.stretches.currentData() or Stretch.TODAY))
        self._say_standing()
        if self.is_empty:
            self.say_empty()


def _ident(row: RecordedDoing) -> str:
    return text.ident(row.ident) if row.ident is not None else text.DASH
