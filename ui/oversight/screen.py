"""The page of oversight: who came near a limit, what they did, and whose limit is raised."""

import functools
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.domain.ceilings import Ceiling
from app.domain.topics import Topic
from app.usecases import ceilings
from app.usecases.ceilings import CeilingAlert, Colleague
from ui.ceilings.alert_list import AlertList
from ui.ceilings.raise_sheet import RaiseSheet
from ui.ceilings.seen_sheet import SeenSheet
from ui.ceilings.watching import AlertWatch
from ui.desk.desk import Desk
from ui.desk.pages import DeskPage
from ui.desk.places import Place
from ui.kit.buttons import Button, ButtonKind
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Table
from ui.kit.tokens import GRID
from ui.kit.watch import Watch
from ui.oversight.doings import DoingList
from ui.oversight.raises import RaiseList
from ui.words import errors

_LEFT_WIDTH, _RIGHT_WIDTH = 560, 720


class OversightPage(Speaking, DeskPage):
    """Supervisors look at what somebody did, write down what they found, and raise a limit for a task.

    An administrator looks and writes down; raising is a supervisor's.
    """

    def __init__(self, desk: Desk, parent: QWidget, *, alerts: AlertWatch) -> None:
        super().__init__(parent)
        self.setObjectName("oversight")
        self._desk = desk
        self._raises = desk.me.supervises
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self.alerts, self.raises = self._make_left(alerts)
        self.doings = DoingList(desk, self._splitter)
        self.doings.setMinimumWidth(120 * GRID)
        self._splitter.addWidget(self.doings)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([_LEFT_WIDTH, _RIGHT_WIDTH])
        column.addWidget(self._splitter, 1)
        self.seen_sheet = SeenSheet(desk, self)
        self.raise_sheet = RaiseSheet(desk, self)
        self.alerts.chosen.connect(self._alert_chosen)
        self.alerts.opened.connect(self._alert_opened)
        self.doings.opened.connect(self._open_account)
        self._watch = Watch(self)
        self._watch.wanted.connect(self._ask_people)
        self._watch.follow(desk.jobs.changed, {Topic.ALERTS})
        self._bind_commands()
        self.retranslate()

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(4 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        head.setSpacing(2 * GRID)
        self._title = label(self, "title", name="oversight.title")
        self.see = Button("oversight.see", self, kind=ButtonKind.SECONDARY, icon_name="eye")
        self.lift = Button("oversight.lift", self, kind=ButtonKind.SECONDARY, icon_name="arrow-up")
        self.lift.setVisible(self._raises)
        self.see.clicked.connect(self.ask_what_was_found)
        self.lift.clicked.connect(self.ask_how_far)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.see)
        head.addWidget(self.lift)
        return head

    def _make_left(self, watch: AlertWatch) -> tuple[AlertList, RaiseList]:
        left = QWidget(self._splitter)
        left.setMinimumWidth(80 * GRID)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        alerts = AlertList("oversight.alerts", self._desk, watch, left)
        column.addWidget(alerts, 3)
        foot = QHBoxLayout()
        foot.setContentsMargins(4 * GRID, GRID, 2 * GRID, 0)
        self._raised = label(left, "heading", name="oversight.raised")
        self.end = Button("oversight.end", left, kind=ButtonKind.QUIET, icon_name="x")
        self.end.setVisible(self._raises)
        self.end.clicked.connect(self.end_raise)
        foot.addWidget(self._raised)
        foot.addStretch(1)
        foot.addWidget(self.end)
        column.addLayout(foot)
        raises = RaiseList(self._desk, left)
        column.addWidget(raises, 2)
        self._splitter.addWidget(left)
        return alerts, raises

    def _bind_commands(self) -> None:
        add = functools.partial(self._desk.commands.add, owner=self)
        add("oversight.see", run=self.ask_what_was_found)
        add("oversight.refresh", run=self.load)
        if self._raises:
            add("oversight.raise", run=self.ask_how_far)
            add("oversight.end", run=self.end_raise)

    # being shown ---------------------------------------------------------------------------------

    def arrive(self, place: Place) -> None:
        self._watch.set_seen(is_seen=True)
        self.load()
        if place.alert:
            self.alerts.want(place.alert)
        self.take_keyboard()

    def load(self) -> None:
        """Ask for everything that is seen again."""
        self.alerts.load()
        self.raises.load()
        if self.doings.login:
            self.doings.load()

    def take_keyboard(self) -> None:
        """Put the cursor into the list of alerts, or where a person is chosen when there is none."""
        if self.alerts.is_empty:
            self.doings.take_keyboard()
        else:
            self.alerts.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        for table in self.findChildren(Table):
            table.keep_now()

    def _ask_people(self) -> None:
        self._watch.note_asked()
        self._desk.jobs.ask(
            ceilings.colleagues, self._people_came, screen=self, lane="people", failed=self._ignored
        )

    def _people_came(self, people: Sequence[Colleague]) -> None:
        self.doings.set_people(people)
        self.raise_sheet.set_colleagues(people)

    def _ignored(self, _error: Exception) -> None:
        self._watch.forget()  # asked for again when the page is next shown

    # doing ---------------------------------------------------------------------------------------

    def _alert_chosen(self, alert: CeilingAlert | None) -> None:
        self.see.setEnabled(alert is not None)
        if alert is not None:
            self.doings.show_alert(alert)

    def _alert_opened(self, _alert: CeilingAlert) -> None:
        self.doings.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_what_was_found(self) -> None:
        """Ask what was found of the alert the cursor is on."""
        if self.alerts.current is not None:
            self.seen_sheet.begin(self.alerts.current)

    def ask_how_far(self) -> None:
        """Ask how far a limit is to be raised; the person that is looked at is proposed."""
        alert = self.alerts.current
        is_theirs = alert is not None and alert.login == self.doings.login
        ceiling = alert.ceiling if alert is not None and is_theirs else Ceiling.VISITS_AN_HOUR
        self.raise_sheet.begin(self.doings.login, ceiling)

    def end_raise(self) -> None:
        """End the raised limit the cursor is on."""
        chosen = self.raises.chosen
        if chosen is not None:
            action = functools.partial(ceilings.end_raise, raise_id=chosen.id)
            title = self.tr("Ending a raised limit")
            self._desk.jobs.act(action, self._ended, screen=self, failed=self._not_ended, title=title)

    def _ended(self, _result: object) -> None:
        self._desk.say(self.tr("The limit is again what it was."))

    def _not_ended(self, error: Exception) -> None:
        self._desk.say(errors.sentence(error))

    def _open_account(self, ident: int) -> None:
        if self._raises:  # an administrator serves nobody
            self._desk.go(Place.account(ident))

    def retranslate(self) -> None:
        self._title.setText(self.tr("Oversight"))
        self._raised.setText(self.tr("Raised limits"))
        self.see.setText(f"{self.tr('Seen, because …')} (S)")  # a key keeps its letter in Cyrillic
        self.lift.setText(f"{self.tr('Raise a limit')} (R)")
        self.end.setText(f"{self.tr('End it')} (X)")
