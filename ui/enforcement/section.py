"""Enforcement: what is claimed, before which bailiff, and how far it has come."""

import functools
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.payment_reference import Reference
from app.domain.topics import DEBT
from app.usecases import enforcement
from app.usecases.enforcement import CaseItem, CaseStepTaken, EnforcementCase
from ui.desk.desk import Desk
from ui.desk.places import AccountSection
from ui.kit.labels import Item
from ui.kit.list_section import Question
from ui.kit.master_detail import MasterDetail, Part, TablePart
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Align, Column
from ui.words import states, text
from ui.words.tones import Tone


class EnforcementSection(Speaking, MasterDetail):
    """The cases, the latest first."""

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__("enforcement", _columns(), parent, jobs=desk.jobs, preferences=desk.preferences)
        self._desk = desk
        self._ident = ident
        self._heading = label(self.detail_host, "heading", name="enforcement.heading")
        self._claim = Part("enforcement.claim", self.detail_host)
        self._bailiff = Part("enforcement.bailiff", self.detail_host)
        self._steps = TablePart("enforcement.steps", self.detail_host, columns=_step_columns())
        self._items = TablePart("enforcement.items", self.detail_host, columns=_item_columns())
        for widget in (self._heading, self._claim, self._bailiff, self._steps, self._items):
            self.detail.addWidget(widget)
        self._items.table.row_opened.connect(self._open_month)
        self.follow(desk.jobs.changed, DEBT)
        self.retranslate()

    def show_account(self, ident: int) -> None:
        self._ident = ident

    def question(self, _after: None) -> Question:
        return functools.partial(enforcement.cases_of, ident=self._ident)

    def go_to(self, what: object) -> None:
        """Show the case that a payment reference names, now or as soon as the list is here."""
        if isinstance(what, Reference):
            self.want(what)
            if not self.is_waiting and self.row_of(what) is None:
                self.say_missed(what)

    def row_of(self, key: object) -> Any:
        if isinstance(key, Reference):
            return enforcement.case_named(self.sound_rows, key)
        return super().row_of(key)

    def say_missed(self, key: object) -> None:
        if isinstance(key, Reference):
            self.want_none()
            self._desk.say(
                self.tr("No case of this account begins with {0}.").format(text.period(key.period))
            )

    def show_detail(self, row: EnforcementCase) -> None:
        number = row.case_number or row.internal_number
        self._heading.setText(self.tr("Case {0}: {1}").format(number, states.word(row.state)))
        interest = self.tr("Interest to {0}").format(text.day(row.interest_until))
        self._claim.set_facts(
            [
                _money("principal", self.tr("Principal"), row.principal),
                _money("left", self.tr("Still open of it"), row.open_principal),
                _money("interest", interest, row.interest),
                _money("creditor_costs", self.tr("Costs of the creditor"), row.creditor_costs),
                _money("bailiff_costs", self.tr("Costs of the bailiff"), row.bailiff_costs),
                _money("paid_costs", self.tr("Costs paid"), row.paid_costs),
                _money("claimed", self.tr("Claimed"), row.claimed),
                _money("remaining", self.tr("Would settle it"), row.remaining, tone=Tone.BAD),
            ]
        )
        self._bailiff.set_facts(self._bailiff_facts(row))
        self._steps.set_rows(row.steps)
        self._items.set_rows(row.items)

    def _bailiff_facts(self, row: EnforcementCase) -> list[Item]:
        if row.bailiff is None:
            return [Item(name="none", title=self.tr("Bailiff"), value=self.tr("not assigned yet"))]
        return [
            Item(name="name", title=self.tr("Name"), value=row.bailiff.name, strong=True),
            Item(name="seat", title=self.tr("Seat"), value=row.bailiff.seat),
            Item(name="phone", title=self.tr("Telephone"), value=row.bailiff.phone),
            Item(name="email", title=self.tr("E-mail"), value=row.bailiff.email),
            Item(name="account", title=self.tr("Account to pay to"), value=row.bailiff.bank_account),
            Item(name="means", title=self.tr("Means"), value=row.means),
        ]

    def _open_month(self, place: int) -> None:
        month: CaseItem = self._items.model.row(place)
        self.opened_elsewhere.emit(AccountSection.BILLS.value, {"period": month.period})

    def say_empty(self) -> None:
        self.show_empty(
            self.tr("No enforcement"),
            self.tr("No month of this account was handed to a bailiff."),
            icon_name="gavel",
        )

    def retranslate(self) -> None:
        self.model.set_titles(
            {
                "number": self.tr("Case"),
                "bailiff": self.tr("Bailiff"),
                "months": self.tr("Months"),
                "filed": self.tr("Filed"),
                "claimed": self.tr("Claimed"),
                "remaining": self.tr("To settle"),
                "state": self.tr("State"),
            }
        )
        self._claim.set_title(self.tr("Claim"))
        self._bailiff.set_title(self.tr("Bailiff"))
        self._steps.set_title(self.tr("Steps"))
        self._items.set_title(self.tr("Months claimed"))
        self._steps.model.set_titles({"step": self.tr("Step"), "day": self.tr("Day")})
        self._items.model.set_titles(
            {
                "period": self.tr("Month"),
                "principal": self.tr("Principal"),
                "open": self.tr("Still open"),
            }
        )
        if self.is_empty:
            self.say_empty()
        self.show_again()


def _money(name: str, title: str, amount: Decimal, *, tone: Tone | None = None) -> Item:
    return Item(name=name, title=title, value=text.money(amount), tone=tone if amount else None, right=True)


def _columns() -> list[Column[EnforcementCase]]:
    return [
        Column(name="number", text=_number, width=130, strong=True),
        Column(name="bailiff", text=_bailiff, width=130, stretches=True),
        Column(name="months", text=_months, width=140),
        Column(name="filed", text=_filed, width=90, hidden=True),
        Column(name="claimed", as_=text.money, align=Align.RIGHT, width=100, hidden=True),
        Column(name="remaining", as_=text.money, align=Align.RIGHT, width=100),
        Column(name="state", as_=states.word, toned=states.tone, width=140),
    ]


def _step_columns() -> list[Column[CaseStepTaken]]:
    return [
        Column(name="step", as_=states.word, width=240, stretches=True),
        Column(name="day", as_=text.day, width=110),
    ]


def _item_columns() -> list[Column[CaseItem]]:
    return [
        Column(name="period", as_=text.period, width=110, stretches=True),
        Column(name="principal", as_=text.money, align=Align.RIGHT, width=130),
        Column(name="open", as_=text.money, align=Align.RIGHT, width=130, strong=True),
    ]


def _number(row: EnforcementCase) -> str:
    return row.case_number or row.internal_number


def _bailiff(row: EnforcementCase) -> str:
    return row.bailiff.name if row.bailiff is not None else text.DASH


def _months(row: EnforcementCase) -> str:
    if not row.items:
        return text.DASH
    first, last = row.items[0].period, row.items[-1].period
    return text.period(first) if first == last else f"{first} – {last}"


def _filed(row: EnforcementCase) -> str:
    return text.day(row.steps[0].day) if row.steps else text.DASH
