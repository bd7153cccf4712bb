"""Payments: what was received, and what each was set against."""

import functools

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.topics import DEBT
from app.usecases import payments
from app.usecases.payments import AllocatedPart, AllocationTarget, Payment, PaymentKey
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

_TARGETS = {
    AllocationTarget.BILL: AccountSection.BILLS,
    AllocationTarget.INSTALMENT: AccountSection.PLANS,
    AllocationTarget.CASE_COSTS: AccountSection.ENFORCEMENT,
}


class PaymentsSection(Speaking, MasterDetail):
    """The payments, the latest first."""

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__("payments", _columns(), parent, jobs=desk.jobs, preferences=desk.preferences)
        self._desk = desk
        self._ident = ident
        self._heading = label(self.detail_host, "heading", name="payments.heading")
        self._facts = Part("payments.facts", self.detail_host)
        self._parts = TablePart("payments.parts", self.detail_host, columns=_part_columns())
        for widget in (self._heading, self._facts, self._parts):
            self.detail.addWidget(widget)
        self._parts.table.row_opened.connect(self._open_part)
        self.follow(desk.jobs.changed, DEBT)
        self.retranslate()

    def show_account(self, ident: int) -> None:
        self._ident = ident

    def question(self, after: PaymentKey | None) -> Question:
        return functools.partial(payments.payment_page, ident=self._ident, before=after)

    def show_detail(self, row: Payment) -> None:
        self._heading.setText(
            self.tr("{0} on {1}").format(text.money_rsd(row.amount), text.day(row.received_on))
        )
        self._facts.set_facts(
            [
                Item(name="channel", title=self.tr("Paid by"), value=states.word(row.channel)),
                Item(name="booked", title=self.tr("Booked"), value=text.moment(row.booked_at)),
                Item(name="reference", title=self.tr("Reference"), value=row.reference),
                Item(name="payer", title=self.tr("Payer"), value=row.payer),
                Item(name="bank_line", title=self.tr("Bank statement"), value=row.bank_line),
                Item(
                    name="unallocated",
                    title=self.tr("Not set against anything"),
                    value=text.money(row.unallocated),
                    tone=Tone.GOOD if row.unallocated else None,
                ),
            ]
        )
        self._parts.set_rows(row.parts)

    def _open_part(self, place: int) -> None:
        part: AllocatedPart = self._parts.model.row(place)
        what = {"period": part.period} if part.period is not None else {"record_id": part.record_id}
        self.opened_elsewhere.emit(_TARGETS[part.target].value, what)

    def say_empty(self) -> None:
        self.show_empty(
            self.tr("No payments"),
            self.tr("Nothing has been received for this account yet."),
            icon_name="cash",
        )

    def retranslate(self) -> None:
        self.model.set_titles(
            {
                "received": self.tr("Received"),
                "amount": self.tr("Amount"),
                "unallocated": self.tr("Left over"),
                "channel": self.tr("Paid by"),
                "against": self.tr("Set against"),
                "reference": self.tr("Reference"),
            }
        )
        self._facts.set_title(self.tr("Payment"))
        self._parts.set_title(self.tr("Set against"))
        self._parts.model.set_titles({"target": self.tr("What"), "amount": self.tr("Amount")})
        if self.is_empty:
            self.say_empty()
        self.show_again()


def _columns() -> list[Column[Payment]]:
    return [
        Column(name="received", field="received_on", as_=text.day, width=96),
        Column(name="amount", as_=text.money, align=Align.RIGHT, width=110, strong=True),
        Column(name="unallocated", text=_unallocated, align=Align.RIGHT, width=124, hidden=True),
        Column(name="channel", as_=states.word, width=170),
        Column(name="against", text=_against, width=150, stretches=True),
        Column(name="reference", width=130, quiet=True, hidden=True),
    ]


def _part_columns() -> list[Column[AllocatedPart]]:
    return [
        Column(name="target", text=_target, width=300, stretches=True),
        Column(name="amount", as_=text.money, align=Align.RIGHT, width=120),
    ]


def _unallocated(row: Payment) -> str:
    return text.money(row.unallocated) if row.unallocated else ""


def _against(row: Payment) -> str:
    return ", ".join(_target(part) for part in row.parts)


def _target(part: AllocatedPart) -> str:
    tr = QCoreApplication.translate
    if part.target is AllocationTarget.BILL:
        return tr("PaymentsSection", "Bill {0}").format(text.period(part.period))
    if part.target is AllocationTarget.INSTALMENT:
        return tr("PaymentsSection", "Instalment {0} of plan {1}").format(part.instalment, part.number)
    return tr("PaymentsSection", "Costs of case {0}").format(part.number)
