"""Timeline: what happened, the latest first, narrowed to what one looks for."""

import functools

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.domain.topics import EVERYTHING, Topic
from app.usecases import timeline
from app.usecases.timeline import Event, EventKind, TimelineKey
from ui.desk.desk import Desk
from ui.desk.places import AccountSection
from ui.kit.list_section import ListSection, Question
from ui.kit.speaking import Speaking
from ui.kit.styling import set_look
from ui.kit.table import Align, Column
from ui.kit.tokens import GRID
from ui.timeline.words import describe
from ui.words import states, text

_GROUPS: dict[str, frozenset[EventKind]] = {
    "all": frozenset(EventKind),
    "money": frozenset({EventKind.BILL_ISSUED, EventKind.BILL_CORRECTED, EventKind.PAYMENT}),
    "debt": frozenset(
        {EventKind.NOTICE_DRAWN, EventKind.NOTICE_DELIVERED, EventKind.CASE_STEP, EventKind.PLAN_STEP}
    ),
    "desk": frozenset({EventKind.NOTE, EventKind.REISSUE, EventKind.PLAN_PAPER, EventKind.DELIVERY_CHANGED}),
    "data": frozenset(
        {
            EventKind.CHANGE,
            EventKind.HOLDER,
            EventKind.PREMISES,
            EventKind.SUBSIDY,
            EventKind.PORTAL_REGISTERED,
            EventKind.ACCOUNT_OPENED,
            EventKind.ACCOUNT_CLOSED,
        }
    ),
}
_SECTIONS = {
    EventKind.BILL_ISSUED: AccountSection.BILLS,
    EventKind.BILL_CORRECTED: AccountSection.BILLS,
    EventKind.REISSUE: AccountSection.BILLS,
    EventKind.PAYMENT: AccountSection.PAYMENTS,
    EventKind.NOTICE_DRAWN: AccountSection.NOTICES,
    EventKind.NOTICE_DELIVERED: AccountSection.NOTICES,
    EventKind.CASE_STEP: AccountSection.ENFORCEMENT,
    EventKind.PLAN_STEP: AccountSection.PLANS,
    EventKind.PLAN_PAPER: AccountSection.PLANS,
    EventKind.CHANGE: AccountSection.CHANGES,
    EventKind.HOLDER: AccountSection.DATA,
    EventKind.PREMISES: AccountSection.DATA,
    EventKind.SUBSIDY: AccountSection.DATA,
    EventKind.DELIVERY_CHANGED: AccountSection.DATA,
    EventKind.PORTAL_REGISTERED: AccountSection.DATA,
}
"""What is written at the desk and alters nothing of the account but its timeline."""


class TimelineSection(Speaking, ListSection):
    """One list; Enter opens where the thing itself is."""

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__("timeline", parent, jobs=desk.jobs)
        self._desk = desk
        self._ident = ident
        self._group = "all"
        row = QHBoxLayout()
        row.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 0)
        row.setSpacing(GRID)
        self._groups: dict[str, QPushButton] = {}
        for name in _GROUPS:
            button = QPushButton(self.content)
            button.setObjectName(f"timeline.{name}")
            set_look(button, "kind", "quiet")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setChecked(name == self._group)
            button.clicked.connect(self._group_chosen)
            row.addWidget(button)
            self._groups[name] = button
        row.addStretch(1)
        self.body.addLayout(row)
        self.make_table(_columns(), "timeline.table", self.content, preferences=desk.preferences)
        self.body.addWidget(self.table, 1)
        self.table.row_opened.connect(self._open)
        self.follow(desk.jobs.changed, EVERYTHING - {Topic.CONTACTS, Topic.PROGRAMMES})
        self.retranslate()

    def forget_account(self) -> bool:
        self._group = "all"
        self.want_none()
        self._groups["all"].setChecked(True)
        self.show_nothing()
        return True

    def show_account(self, ident: int) -> None:
        self._ident = ident

    def question(self, after: TimelineKey | None) -> Question:
        return functools.partial(
            timeline.timeline_page, ident=self._ident, kinds=tuple(_GROUPS[self._group]), before=after
        )

    def _group_chosen(self) -> None:
        self._group = next(name for name, button in self._groups.items() if button.isChecked())
        self.load()

    def _open(self, place: int) -> None:
        event: Event = self.model.row(place)
        if event.kind in _SECTIONS:
            what: dict[str, object] = {"record_id": event.record_id}
            if event.period is not None:
                what["period"] = event.period
            self.opened_elsewhere.emit(_SECTIONS[event.kind].value, what)

    def say_empty(self) -> None:
        if self._group != "all":
            self.show_rows()  # there are others to choose
        else:
            self.show_empty(
                self.tr("Nothing happened yet"), self.tr("The account is new."), icon_name="timeline"
            )

    def retranslate(self) -> None:
        words = {
            "all": self.tr("Everything"),
            "money": self.tr("Bills and payments"),
            "debt": self.tr("Notices, cases, plans"),
            "desk": self.tr("At the desk"),
            "data": self.tr("Data"),
        }
        for name, button in self._groups.items():
            button.setText(words[name])
        self.model.set_titles(
            {
                "day": self.tr("When"),
                "kind": self.tr("What"),
                "words": self.tr("About"),
                "amount": self.tr("Amount"),
                "who": self.tr("By"),
            }
        )
        if self.is_empty:
            self.say_empty()


def _columns() -> list[Column[Event]]:
    return [
        Column(name="day", text=_when, width=140),
        Column(name="kind", as_=states.word, toned=states.tone, width=190),
        Column(name="words", text=describe, width=420, stretches=True),
        Column(name="amount", text=_amount, align=Align.RIGHT, width=120, strong=True),
        Column(name="who", width=160, quiet=True),
    ]


def _when(event: Event) -> str:
    return text.moment(event.moment) if event.moment is not None else text.day(event.day)


def _amount(event: Event) -> str:
    is_money = event.kind not in (EventKind.PREMISES, EventKind.SUBSIDY)
    return text.money(event.amount) if is_money and event.amount is not None else ""
