"""The right side: one bill, whole, with what can be done with it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from app.domain.payment_reference import MODEL, grouped
from app.usecases.bills import BillLink, LinkKind, WholeBill
from ui.bills import words
from ui.bills.columns import copy_columns, line_columns, link_columns, vat_columns
from ui.bills.ledger import LedgerTable, ScrolledPage
from ui.bills.rows import ledger_rows, vat_rows
from ui.bills.why import WhyPanel
from ui.kit.banners import Banner
from ui.kit.buttons import Button, ButtonKind
from ui.kit.labels import Badge, Item, KeyValueGrid
from ui.kit.preferences import Preferences, sizes_kept
from ui.kit.speaking import Speaking
from ui.kit.styling import label, set_look, set_tip
from ui.kit.table import Column
from ui.kit.tokens import GRID
from ui.words import states, text
from ui.words.tones import Tone

_FACTS = ("payable", "charged", "paid", "open", "due", "reference")
_LARGEST_SHARE = 0.45
"""Of the height below the facts: what the reasons take by themselves."""


class FactTile(QWidget):
    """A fact at the head of a bill: its name above, the words below."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.title = label(self, "caption", name=f"{name}.title")
        self.words = label(self, "heading", name=f"{name}.words")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.title)
        column.addWidget(self.words)

    def say(self, title: str, value: str) -> None:
        """Show a fact under its name."""
        self.title.setText(title)
        self.words.setText(value)
        self.words.setAccessibleName(title)
        self.setAccessibleName(title)


class BillDetailView(Speaking, QWidget):
    """Head with the facts and the buttons; the lines; why it changed; everything that names the month."""

    copy_asked = Signal()
    save_asked = Signal()
    payment_data_asked = Signal()
    slip_asked = Signal()
    link_opened = Signal(object)
    """A payment, notice, case, plan or version was chosen: its BillLink."""
    current_version_asked = Signal()

    def __init__(self, parent: QWidget, *, preferences: Preferences) -> None:
        super().__init__(parent)
        self.setObjectName("bills.detail")
        self._preferences = preferences
        self._whole: WholeBill | None = None
        self._tables: dict[str, LedgerTable] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        self.replaced = Banner("bills.replaced", self)
        self.replaced.action_chosen.connect(self.current_version_asked)
        column.addWidget(self.replaced)
        column.addLayout(self._make_facts())
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setObjectName("bills.detail.splitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._make_page())
        self.why = WhyPanel(self._splitter, preferences=preferences)
        self.why.turned.connect(self._divide)
        self._splitter.addWidget(self.why)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.splitterMoved.connect(self._keep_division)
        column.addWidget(self._splitter, 1)
        self.setMinimumWidth(120 * GRID)
        self.retranslate()

    # the parts, top to bottom ---------------------------------------------------------------------

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(4 * GRID, 2 * GRID, 3 * GRID, GRID)
        row.setSpacing(2 * GRID)
        self.title = label(self, "title", name="bills.title")
        self.state = Badge("bills.state", self)
        self.version = Badge("bills.version", self)
        self.payment_data = Button("bills.payment_data", self, kind=ButtonKind.QUIET, icon_name="copy")
        self.slip = Button("bills.slip", self, kind=ButtonKind.QUIET, icon_name="receipt")
        self.save = Button("bills.save", self, icon_name="download")
        self.copy = Button("bills.copy", self, kind=ButtonKind.PRIMARY, icon_name="printer")
        self.payment_data.clicked.connect(self.payment_data_asked)
        self.slip.clicked.connect(self.slip_asked)
        self.save.clicked.connect(self.save_asked)
        self.copy.clicked.connect(self.copy_asked)
        for widget in (self.title, self.state, self.version):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        for button in (self.payment_data, self.slip, self.save, self.copy):
            row.addWidget(button)
        return row

    def _make_facts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(4 * GRID, 0, 4 * GRID, 2 * GRID)
        row.setSpacing(6 * GRID)
        self.facts = {name: FactTile(f"bills.fact.{name}", self) for name in _FACTS}
        for tile in self.facts.values():
            row.addWidget(tile)
        row.addStretch(1)
        return row

    def _make_page(self) -> ScrolledPage:
        self._scroll = ScrolledPage("bills.page", self)
        page, column = self._scroll.page, self._scroll.column
        column.setContentsMargins(2 * GRID, GRID, GRID, 4 * GRID)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        self._lines_title = label(page, "section", name="bills.lines.title")
        self.premises = label(page, "caption", name="bills.premises")
        head.addWidget(self._lines_title)
        head.addStretch(1)
        head.addWidget(self.premises)
        column.addLayout(head)
        lines = self._table("lines", line_columns(), page)
        lines.span_groups("service")
        column.addWidget(lines)
        column.addSpacing(3 * GRID)
        beside = QGridLayout()
        beside.setHorizontalSpacing(8 * GRID)
        beside.setColumnStretch(0, 3)
        beside.setColumnStretch(1, 2)
        self._vat_title = self._part_title("vat", page)
        self._prior_title = self._part_title("prior", page)
        self.prior = KeyValueGrid("bills.prior", page)
        self.prior.set_margins(2 * GRID, GRID, 2 * GRID, 0)
        beside.addWidget(self._vat_title, 0, 0)
        beside.addWidget(self._prior_title, 0, 1)
        beside.addWidget(self._table("vat", vat_columns(), page), 1, 0, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(self.prior, 1, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(beside)
        column.addSpacing(3 * GRID)
        self._links_title = self._part_title("links", page)
        self.no_links = self._remark("links", page)
        links = self._table("links", link_columns(), page)
        links.row_opened.connect(self._open_link)
        self._copies_title = self._part_title("copies", page)
        self.no_copies = self._remark("copies", page)
        copies = self._table("copies", copy_columns(), page)
        for widget in (self._links_title, self.no_links, links):
            column.addWidget(widget)
        column.addSpacing(3 * GRID)
        for widget in (self._copies_title, self.no_copies, copies):
            column.addWidget(widget)
        column.addStretch(1)
        return self._scroll

    def _part_title(self, name: str, page: QWidget) -> QLabel:
        title = label(page, "section", name=f"bills.{name}.title")
        title.setContentsMargins(2 * GRID, 0, 0, 0)
        return title

    def _remark(self, name: str, page: QWidget) -> QLabel:
        remark = label(page, "caption", name=f"bills.{name}.none")
        remark.setContentsMargins(2 * GRID, GRID, 0, GRID)
        remark.hide()
        return remark

    def _table(self, name: str, columns: Sequence[Column[Any]], page: QWidget) -> LedgerTable:
        table = LedgerTable(columns, f"bills.{name}", page, preferences=self._preferences)
        table.row_reached.connect(self._reach)
        self._tables[name] = table
        return table

    # what is shown --------------------------------------------------------------------------------

    def table(self, name: str) -> LedgerTable:
        """Return one of the tables: lines, vat, links or copies."""
        return self._tables[name]

    @property
    def whole(self) -> WholeBill | None:
        """The bill that is shown."""
        return self._whole

    def show_bill(self, whole: WholeBill) -> None:
        """Show a bill from its top."""
        is_other = self._whole is None or self._whole.detail.period != whole.detail.period
        self._whole = whole
        self.retranslate()
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)
        self._divide()

    def begin_anew(self) -> None:
        """Show no bill: what comes next is about another account."""
        self._whole = None
        self.hide()

    def _open_link(self, place: int) -> None:
        self.link_opened.emit(self._tables["links"].model().row(place))

    def _reach(self, place: int) -> None:
        table = self.sender()
        if isinstance(table, LedgerTable) and place >= 0:
            self._scroll.reach(table, place)

    def _divide(self) -> None:
        """Give the reasons the height they want, at most what the person left them."""
        whole = self._splitter.height()
        kept = sizes_kept(self._preferences, "bills.detail.splitter")
        most = int(whole * _LARGEST_SHARE)
        if kept is not None:
            most = round(whole * kept[1] / sum(kept))
        height = min(self.why.wanted_height(), most) if self.why.is_open else self.why.wanted_height()
        self._splitter.setSizes([whole - height, height])

    def _keep_division(self, _at: int, _index: int) -> None:
        if self.why.is_open:
            self._preferences.set("bills.detail.splitter", self._splitter.sizes())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._divide()

    # words ----------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.payment_data.setText(self.tr("Payment data"))
        set_tip(self.payment_data, self.tr("Copy the payment data, to be sent or read out"))
        self.slip.setText(self.tr("Slip"))
        set_tip(self.slip, self.tr("Payment slip for what is to be paid today"))
        self.save.setText(self.tr("Save"))
        set_tip(self.save, self.tr("Save a copy of the bill as a PDF"))
        self.copy.setText(self.tr("Print copy"))
        set_tip(self.copy, self.tr("Copy of the bill (Ctrl+P)"))
        self._vat_title.setText(self.tr("VAT").upper())
        self._prior_title.setText(self.tr("Owed besides, when it was issued").upper())
        self._links_title.setText(self.tr("What names this month").upper())
        self._copies_title.setText(self.tr("Copies made").upper())
        self.no_links.setText(self.tr("No payment, notice, case or plan names this month."))
        self.no_copies.setText(self.tr("No copy of this bill was made."))
        self._name_columns()
        if self._whole is not None:
            self._say(self._whole)

    def _name_columns(self) -> None:
        titles = {
            "lines": {
                "code": self.tr("Code"),
                "service": self.tr("Service"),
                "quantity": self.tr("Quantity"),
                "price": self.tr("Price"),
                "unit": self.tr("Unit"),
                "vat_percent": self.tr("VAT %"),
                "vat": self.tr("VAT"),
                "amount": self.tr("Amount"),
            },
            "vat": {
                "rate": self.tr("Rate"),
                "base": self.tr("Base"),
                "vat": self.tr("VAT"),
                "amount": self.tr("Amount"),
            },
            "links": {
                "kind": self.tr("What"),
                "number": self.tr("Number"),
                "day": self.tr("Day"),
                "state": self.tr("State"),
                "amount": self.tr("Amount"),
            },
            "copies": {
                "number": self.tr("No."),
                "made_at": self.tr("Made"),
                "operator": self.tr("By whom, where"),
                "reason": self.tr("Reason"),
                "medium": self.tr("How"),
            },
        }
        for name, words_of in titles.items():
            self._tables[name].model().set_titles(words_of)
        self._tables["vat"].setAccessibleName(self.tr("VAT"))
        self._tables["links"].setAccessibleName(self.tr("What names this month"))
        self._tables["copies"].setAccessibleName(self.tr("Copies made"))

    def _say(self, whole: WholeBill) -> None:
        bill = whole.detail
        month = text.period(bill.period)
        self.title.setText(month)
        self.state.set_state(states.word(bill.state), states.tone(bill.state))
        corrected = self.tr("corrected, version {0}").format(bill.version)
        self.version.set_state(corrected if bill.version > 1 else "", Tone.INFO)
        self._say_replaced(whole)
        self._say_facts(whole)
        title = self.tr("Lines of {0}").format(month).upper()
        self._lines_title.setText(title)
        self._tables["lines"].setAccessibleName(self.tr("Lines of {0}").format(month))
        self.premises.setText(words.premises(bill))
        self._tables["lines"].show_rows(ledger_rows(bill))
        self._tables["vat"].show_rows(vat_rows(bill))
        self._say_prior(whole)
        versions = [link for link in bill.links if link.kind is LinkKind.VERSION]
        links = [link for link in bill.links if link not in versions or len(versions) > 1]
        self._show_or_remark("links", links, self.no_links)
        self._show_or_remark("copies", whole.copies, self.no_copies)
        self.why.show_reasons(bill.period, whole.why)

    def _say_replaced(self, whole: WholeBill) -> None:
        bill = whole.detail
        if bill.is_current_version:
            self.replaced.clear()
        else:
            self.replaced.tell(
                self.tr("This is version {0}, which was replaced by a correction.").format(bill.version),
                tone=Tone.WARN,
                action=self.tr("Show the one in force"),
            )

    def _say_facts(self, whole: WholeBill) -> None:
        bill = whole.detail
        if bill.payable and bill.payable < bill.open:
            title = self.tr("To pay by {0}").format(text.day(bill.discount_until))
        else:
            title = self.tr("To pay today")
        self.facts["payable"].say(title, text.money(bill.payable))
        self.facts["charged"].say(self.tr("Charged"), text.money(bill.charged))
        self.facts["paid"].say(self.tr("Paid"), text.money(bill.paid))
        self.facts["open"].say(self.tr("Open"), text.money(bill.open))
        self.facts["due"].say(self.tr("Due"), text.day(bill.due_on))
        self.facts["reference"].say(
            self.tr("Payment reference, model {0}").format(MODEL), grouped(bill.reference)
        )
        for name in ("payable", "open"):
            set_look(self.facts[name].words, "tone", str(Tone.NEUTRAL))
        self.slip.setEnabled(bool(bill.payable))
        self.payment_data.setEnabled(bool(bill.payable))

    def _say_prior(self, whole: WholeBill) -> None:
        bill = whole.detail
        prior = (
            ("unsued", self.tr("Unsued"), bill.prior_unsued),
            ("sued", self.tr("Sued"), bill.prior_sued),
            ("plan", self.tr("In a plan"), bill.prior_plan),
            ("overpaid", self.tr("Overpaid"), bill.prior_overpaid),
        )
        self.prior.set_items(
            [
                Item(name=name, title=title, value=text.money(amount), right=True)
                for name, title, amount in prior
            ]
        )

    def _show_or_remark(self, name: str, rows: Sequence[Any], remark: QWidget) -> None:
        self._tables[name].show_rows(rows)
        self._tables[name].setVisible(bool(rows))
        remark.setVisible(not rows)


def target_of(link: BillLink) -> str:
    """Return the section of the account in which a link is shown."""
    return {
        LinkKind.PAYMENT: "payments",
        LinkKind.NOTICE: "notices",
        LinkKind.CASE: "enforcement",
        LinkKind.PLAN: "plans",
    }[link.kind]
