"""Plans: under which programme, what is written off on what condition, and what is still to come."""

import functools
from decimal import Decimal

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from app.domain.plans import PlanState
from app.usecases import plans
from app.usecases.plans import Instalment, Plan, PlanItem
from ui import errors, states, text
from ui.kit.labels import Item
from ui.kit.looks import label
from ui.kit.master_detail import MasterDetail, Part
from ui.kit.table import Align, Column
from ui.kit.tokens import Tone
from ui.shell.desk import Desk
from ui.shell.places import AccountSection


class PlansSection(MasterDetail):
    """The plans, the latest first, each with its schedule."""

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__("plans", _columns(), parent, preferences=desk.preferences)
        self._desk = desk
        self._ident = ident
        self._heading = label(self.detail_host, "heading", name="plans.heading")
        self._basis = label(self.detail_host, "caption", name="plans.basis")
        self._basis.setWordWrap(True)
        self._progress = QProgressBar(self.detail_host)
        self._progress.setObjectName("plans.progress")
        self._progress.setTextVisible(False)
        self._progress_words = label(self.detail_host, "soft", name="plans.progress.words")
        self._debt = Part("plans.debt", self.detail_host)
        self._instalments = Part("plans.instalments", self.detail_host, columns=_instalment_columns())
        self._items = Part("plans.items", self.detail_host, columns=_item_columns())
        for widget in (
            self._heading,
            self._basis,
            self._progress,
            self._progress_words,
            self._debt,
            self._instalments,
            self._items,
        ):
            self.detail.addWidget(widget)
        assert self._items.table is not None  # noqa: S101
        self._items.table.row_opened.connect(self._open_month)
        self.retranslate()

    def turn_to(self, ident: int) -> None:
        self._ident = ident

    def load(self) -> None:
        self.show_busy()
        question = functools.partial(plans.plans_of, ident=self._ident, today=self._desk.today)
        self._desk.jobs.ask(question, self._came, screen=self, lane="page", failed=self._failed)

    def _came(self, rows: tuple[Plan, ...]) -> None:
        if rows:
            self.show_list(rows)
        else:
            self.model.clear()
            self._say_empty()

    def _failed(self, error: Exception) -> None:
        self.show_failure(errors.sentence(error))

    def show_detail(self, row: Plan) -> None:
        state = states.word(row.state)
        self._heading.setText(self.tr("Contract {0}: {1}").format(row.contract_number, state))
        basis = (text.listed(row.programme), text.listed(row.legal_basis))
        self._basis.setText(" · ".join(part.rstrip(".") for part in basis if part))
        self._progress.setRange(0, max(1, int(row.payable * 100)))
        self._progress.setValue(int(row.paid * 100))
        self._progress.setAccessibleName(self.tr("Paid of the plan"))
        self._progress_words.setText(
            self.tr("{0} of {1} paid ({2}); {3} of {4} instalments").format(
                text.money(row.paid),
                text.money(row.payable),
                text.share(row.paid, row.payable),
                row.paid_instalments,
                len(row.instalments),
            )
        )
        if row.state is PlanState.KEPT:
            off_principal, off_interest = self.tr("Principal written off"), self.tr("Interest written off")
        else:
            off_principal = self.tr("Principal written off if kept")
            off_interest = self.tr("Interest written off if kept")
        self._debt.set_facts(
            [
                _money("principal", self.tr("Principal"), row.principal),
                Item(name="signed", title=self.tr("Signed"), value=text.day(row.signed_on)),
                _money("interest", self.tr("Interest"), row.interest),
                Item(name="certified", title=self.tr("Certified"), value=_certified(row)),
                _money("costs", self.tr("Costs"), row.costs),
                Item(name="ended", title=self.tr("Ended"), value=text.day(row.ended_on)),
                _money("written_off_principal", off_principal, row.written_off_principal),
                Item(name="by", title=self.tr("Registered by"), value=row.created_by),
                _money("written_off_interest", off_interest, row.written_off_interest),
                _money("payable", self.tr("To pay by the plan"), row.payable),
            ]
        )
        self._instalments.set_rows(row.instalments)
        self._items.set_rows(row.items)

    def _open_month(self, place: int) -> None:
        assert self._items.model is not None  # noqa: S101
        month: PlanItem = self._items.model.row(place)
        self.opened_elsewhere.emit(AccountSection.BILLS.value, {"period": month.period})

    def _say_empty(self) -> None:
        self.show_empty(
            self.tr("No plans"),
            self.tr("No debt of this account was ever put into instalments."),
            icon_name="calendar-dollar",
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.model.set_titles(
            {
                "number": self.tr("Contract"),
                "programme": self.tr("Programme"),
                "signed": self.tr("Signed"),
                "payable": self.tr("To pay"),
                "remaining": self.tr("Remaining"),
                "state": self.tr("State"),
            }
        )
        self._debt.set_title(self.tr("Debt under the plan"))
        self._instalments.set_title(self.tr("Instalments"))
        self._items.set_title(self.tr("Months covered"))
        assert self._instalments.model is not None and self._items.model is not None  # noqa: S101, PT018
        self._instalments.model.set_titles(
            {
                "number": self.tr("No."),
                "due": self.tr("Due"),
                "amount": self.tr("Amount"),
                "paid": self.tr("Paid"),
                "open": self.tr("Open"),
                "state": self.tr("State"),
                "reference": self.tr("Reference"),
            }
        )
        self._items.model.set_titles(
            {
                "period": self.tr("Month"),
                "principal": self.tr("Principal"),
                "interest": self.tr("Interest"),
                "sued": self.tr("Was sued"),
            }
        )
        if self.is_empty:
            self._say_empty()
        self.show_again()


def _money(name: str, title: str, amount: Decimal) -> Item:
    return Item(name=name, title=title, value=text.money(amount), right=True, strong=name == "payable")


def _certified(row: Plan) -> str:
    if row.certified_on is None:
        return text.DASH
    return f"{text.day(row.certified_on)} {row.certification_number}".strip()


def _columns() -> list[Column]:
    return [
        Column(name="number", text=_number, width=156, strong=True, sortable=False),
        Column(name="programme", text=_programme, width=110, stretches=True, sortable=False),
        Column(name="signed", text=_signed, width=95, sortable=False),
        Column(name="payable", text=_payable, align=Align.RIGHT, width=100, hidden=True, sortable=False),
        Column(name="remaining", text=_remaining, align=Align.RIGHT, width=100, sortable=False),
        Column(name="state", text=_state, tone=_tone, width=110, sortable=False),
    ]


def _instalment_columns() -> list[Column]:
    return [
        Column(name="number", text=_instalment_number, align=Align.RIGHT, width=44, sortable=False),
        Column(name="due", text=_due, width=92, sortable=False),
        Column(name="amount", text=_amount, align=Align.RIGHT, width=88, sortable=False),
        Column(name="paid", text=_paid, align=Align.RIGHT, width=88, hidden=True, sortable=False),
        Column(name="open", text=_open, align=Align.RIGHT, width=88, strong=True, sortable=False),
        Column(name="state", text=_instalment_state, tone=_instalment_tone, width=116, sortable=False),
        Column(name="reference", text=_reference, width=136, quiet=True, stretches=True, sortable=False),
    ]


def _item_columns() -> list[Column]:
    return [
        Column(name="period", text=_period, width=100, stretches=True, sortable=False),
        Column(name="principal", text=_principal, align=Align.RIGHT, width=120, sortable=False),
        Column(name="interest", text=_interest, align=Align.RIGHT, width=120, sortable=False),
        Column(name="sued", text=_was_sued, width=100, sortable=False),
    ]


def _number(row: Plan) -> str:
    return row.contract_number


def _programme(row: Plan) -> str:
    return row.programme_code


def _signed(row: Plan) -> str:
    return text.day(row.signed_on)


def _payable(row: Plan) -> str:
    return text.money(row.payable)


def _remaining(row: Plan) -> str:
    return text.money(row.remaining)


def _state(row: Plan) -> str:
    return states.word(row.state)


def _tone(row: Plan) -> Tone:
    return states.tone(row.state)


def _instalment_number(row: Instalment) -> str:
    return str(row.number)


def _due(row: Instalment) -> str:
    return text.day(row.due_on)


def _amount(row: Instalment) -> str:
    return text.money(row.amount)


def _paid(row: Instalment) -> str:
    return text.money(row.paid)


def _open(row: Instalment) -> str:
    return text.money(row.open)


def _instalment_state(row: Instalment) -> str:
    return states.word(row.state)


def _instalment_tone(row: Instalment) -> Tone:
    return states.tone(row.state)


def _reference(row: Instalment) -> str:
    return row.reference


def _period(item: PlanItem) -> str:
    return text.period(item.period)


def _principal(item: PlanItem) -> str:
    return text.money(item.principal)


def _interest(item: PlanItem) -> str:
    return text.money(item.interest)


def _was_sued(item: PlanItem) -> str:
    return text.yes_no(item.was_sued)
