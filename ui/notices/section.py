"""Notices: what the customer was reminded of, and how it reached them."""

import functools
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.payment_reference import Reference
from app.domain.topics import DEBT
from app.usecases import notices
from app.usecases.notices import Notice, NoticeItem
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


class NoticesSection(Speaking, MasterDetail):
    """The notices, the latest first, each with every month it asks for."""

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__("notices", _columns(), parent, jobs=desk.jobs, preferences=desk.preferences)
        self._desk = desk
        self._ident = ident
        self._heading = label(self.detail_host, "heading", name="notices.heading")
        self._facts = Part("notices.facts", self.detail_host)
        self._items = TablePart("notices.items", self.detail_host, columns=_item_columns())
        for widget in (self._heading, self._facts, self._items):
            self.detail.addWidget(widget)
        self._items.table.row_opened.connect(self._open_month)
        self.follow(desk.jobs.changed, DEBT)
        self.retranslate()

    def show_account(self, ident: int) -> None:
        self._ident = ident

    def question(self, _after: None) -> Question:
        return functools.partial(notices.notices_of, ident=self._ident)

    def go_to(self, what: object) -> None:
        """Show the notice that a payment reference names, now or as soon as the list is here."""
        if isinstance(what, Reference):
            self.want(what)
            if not self.is_waiting and self.row_of(what) is None:
                self.say_missed(what)

    def row_of(self, key: object) -> Any:
        if isinstance(key, Reference):
            return notices.notice_named(self.sound_rows, key)
        return super().row_of(key)

    def say_missed(self, key: object) -> None:
        if isinstance(key, Reference):
            self.want_none()
            self._desk.say(self.tr("No notice of this account is of {0}.").format(text.period(key.period)))

    def show_detail(self, row: Notice) -> None:
        self._heading.setText(self.tr("Notice {0}: {1}").format(row.number, states.word(row.kind)))
        days = self.tr("%n day(s)", "", row.days_to_pay)
        self._facts.set_facts(
            [
                Item(name="state", title=self.tr("State"), value=states.word(row.state)),
                Item(
                    name="delivery",
                    title=self.tr("Sent by"),
                    value=_sent_by(row),
                ),
                Item(name="drawn", title=self.tr("Drawn up"), value=text.day(row.drawn_on)),
                Item(name="delivered", title=self.tr("Delivered"), value=text.day(row.delivered_on)),
                Item(name="term", title=self.tr("Term"), value=days),
                Item(name="until", title=self.tr("To pay until"), value=text.day(row.pay_until)),
                Item(name="principal", title=self.tr("Principal"), value=text.money(row.principal)),
                Item(name="interest", title=self.tr("Interest"), value=text.money(row.interest)),
                Item(
                    name="total",
                    title=self.tr("Asked for"),
                    value=text.money_rsd(row.total),
                    tone=Tone.WARN,
                    strong=True,
                ),
            ]
        )
        self._items.set_rows(row.items)

    def _open_month(self, place: int) -> None:
        month: NoticeItem = self._items.model.row(place)
        self.opened_elsewhere.emit(AccountSection.BILLS.value, {"period": month.period})

    def say_empty(self) -> None:
        self.show_empty(
            self.tr("No notices"),
            self.tr("Nobody was reminded of anything on this account."),
            icon_name="bell",
        )

    def retranslate(self) -> None:
        self.model.set_titles(
            {
                "number": self.tr("Number"),
                "kind": self.tr("Kind"),
                "drawn": self.tr("Drawn up"),
                "total": self.tr("Asked for"),
                "until": self.tr("To pay until"),
                "state": self.tr("State"),
            }
        )
        self._facts.set_title(self.tr("Notice"))
        self._items.set_title(self.tr("Months asked for"))
        self._items.model.set_titles(
            {
                "period": self.tr("Month"),
                "principal": self.tr("Principal"),
                "interest": self.tr("Interest"),
                "total": self.tr("Together"),
            }
        )
        if self.is_empty:
            self.say_empty()
        self.show_again()


def _columns() -> list[Column[Notice]]:
    return [
        Column(name="number", width=152, strong=True),
        Column(name="kind", as_=states.word, width=140, stretches=True),
        Column(name="drawn", field="drawn_on", as_=text.day, width=96, hidden=True),
        Column(name="total", as_=text.money, align=Align.RIGHT, width=100),
        Column(name="until", field="pay_until", as_=text.day, width=96),
        Column(name="state", as_=states.word, toned=states.tone, width=140),
    ]


def _item_columns() -> list[Column[NoticeItem]]:
    return [
        Column(name="period", as_=text.period, width=100, stretches=True),
        Column(name="principal", as_=text.money, align=Align.RIGHT, width=120),
        Column(name="interest", as_=text.money, align=Align.RIGHT, width=120),
        Column(name="total", text=_item_total, align=Align.RIGHT, width=120, strong=True),
    ]


def _sent_by(row: Notice) -> str:
    tr = QCoreApplication.translate
    words = {
        "mail": tr("NoticesSection", "post"),
        "in_person": tr("NoticesSection", "delivered in person"),
        "email": tr("NoticesSection", "e-mail"),
        "portal": tr("NoticesSection", "portal"),
    }
    return words.get(row.delivery_method, row.delivery_method)


def _item_total(item: NoticeItem) -> str:
    return text.money(item.principal + item.interest)
