"""Bills of an account: the months on the left, the one that is looked at on the right."""

import functools
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from app.documents.slip import PaymentSlip
from app.documents.wording import Script
from app.domain.period import Period
from app.domain.topics import DEBT
from app.usecases.bills import BillDetail, BillLink, LinkKind, WantedBillPaper, payment_slip
from ui.bills import words
from ui.bills.bill_list import BillList
from ui.bills.copy_pane import CopyPane
from ui.bills.detail import BillDetailView, target_of
from ui.bills.model import BillsModel
from ui.bills.paper_pane import BillPane
from ui.bills.slip_pane import SlipPane
from ui.desk.desk import Desk
from ui.kit.banners import Banner
from ui.kit.preferences import sizes_kept
from ui.kit.section import NEXT_TURN, Section
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import set_look
from ui.papers.sheet import DocumentSheet
from ui.words import errors, text
from ui.words.tones import Tone

_DIVISION = "bills.splitter"


class BillsSection(Speaking, Section):
    """The first section of an account, and the one most calls are about."""

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__("bills", parent)
        self._desk = desk
        self._ident = ident
        self._page = parent.parentWidget() or parent
        self._sheets: dict[type[BillPane], DocumentSheet[BillPane]] = {}
        self._then: Callable[[BillDetail], None] | None = None
        self.model = BillsModel(desk, ident, self)
        set_look(self.content, "ground", "surface")
        self.content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body.setSpacing(0)
        self.trouble = Banner("bills.trouble", self.content)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self.content)
        self._splitter.setObjectName(_DIVISION)
        self._splitter.setChildrenCollapsible(False)
        self.list = BillList(self.model.rows, self._splitter, preferences=desk.preferences)
        self.detail: BillDetailView | None = None
        """Made while the first bill is on its way, so that no turn of the event loop is a long one."""
        self._splitter.addWidget(self.list)
        self._place: QWidget | None = QWidget(self._splitter)
        self._splitter.addWidget(self._place)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes(sizes_kept(desk.preferences, _DIVISION) or [540, 750])
        self.body.addWidget(self.trouble)
        self.body.addWidget(self._splitter, 1)
        self._connect()
        self.follow(desk.jobs.changed, DEBT)
        self.retranslate()

    def _connect(self) -> None:
        self._splitter.splitterMoved.connect(self._keep_division)
        self.list.years.chosen.connect(self.model.show_year)
        self.list.table.row_chosen.connect(self.model.choose)
        self.list.table.stepped_out.connect(self.model.step)
        self.model.asked.connect(self.show_busy)
        self.model.listed.connect(self._show_list)
        self.model.opened.connect(self._bill_came)
        self.model.missed.connect(self._say_missed)
        self.model.failed.connect(self._say_failed)
        self.model.open_failed.connect(self._say_open_failed)

    def prepare(self) -> bool:
        if self.detail is None:
            self._prepare_detail()
            return True
        return False

    def _prepare_detail(self) -> None:
        """Make the right side, unseen; ``_show_bill`` puts it in.  Both at once would be felt."""
        if self.detail is not None:
            return
        detail = BillDetailView(self.content, preferences=self._desk.preferences)
        detail.link_opened.connect(self._open_link)
        detail.current_version_asked.connect(self.model.open_again)
        detail.copy_asked.connect(self.print_copy)
        detail.save_asked.connect(self.save_copy)
        detail.slip_asked.connect(self.print_slip)
        detail.payment_data_asked.connect(self.copy_payment_data)
        detail.hide()
        self.detail = detail

    # from account to account ----------------------------------------------------------------------

    def forget_account(self) -> bool:
        self._then = None
        self._ident = 0
        self.list.forget()
        self.trouble.clear()
        if self.detail is not None:
            self.detail.begin_anew()
        for sheet in self._sheets.values():
            sheet.forget_account()
        self.model.show_account(0)
        self.show_nothing()
        return True

    def show_account(self, ident: int) -> None:
        if ident != self._ident:
            self._ident = ident
            self.model.show_account(ident)

    # what the page asks for -----------------------------------------------------------------------

    def load(self) -> None:
        self.model.load()

    def go_to(self, what: object) -> None:
        if isinstance(what, Period):
            self.model.go_to(what)

    @property
    def sheets(self) -> list[Sheet]:
        return list(self._sheets.values())

    @property
    def place(self) -> object:
        return self.model.chosen.period if self.model.chosen is not None else None

    def print_copy(self) -> None:
        """Open the copy of the bill that is chosen; when a paper is open already, print that."""
        seen = next((sheet for sheet in self._sheets.values() if sheet.isVisible()), None)
        if seen is not None:
            seen.print_paper()
        else:
            self._with_bill(self._begin_copy)

    def save_copy(self) -> None:
        """Open the copy of the bill that is chosen, and ask where to save it."""
        self._with_bill(self._begin_saving)

    def print_slip(self) -> None:
        """Open the payment slip of the bill that is chosen."""
        self._with_bill(self._begin_slip)

    def copy_payment_data(self) -> None:
        """Put what a payer must write on a slip on the clipboard."""
        self._with_bill(self._ask_payment_data)

    def _with_bill(self, then: Callable[[BillDetail], None]) -> None:
        """Do something with the bill that is chosen, as soon as it is here."""
        self._then = then
        if not self.model.is_awaited:
            self._do_with_bill()

    def _do_with_bill(self) -> None:
        then, self._then = self._then, None
        if then is not None and self.model.whole is not None:
            then(self.model.whole.detail)

    def _begin_copy(self, bill: BillDetail) -> None:
        self._show_paper(CopyPane, bill)

    def _begin_saving(self, bill: BillDetail) -> None:
        self._show_paper(CopyPane, bill).choose_file()

    def _begin_slip(self, bill: BillDetail) -> None:
        self._show_paper(SlipPane, bill)

    def _show_paper(self, kind: type[BillPane], bill: BillDetail) -> BillPane:
        sheet = self.sheet(kind)
        sheet.pane.show_bill(self._ident, bill.period, version=bill.version)
        sheet.open()
        return sheet.pane

    def sheet(self, kind: type[BillPane]) -> DocumentSheet[BillPane]:
        """Return the sheet of a kind of paper, over the whole page; made when it is first needed."""
        if kind not in self._sheets:
            made = DocumentSheet(kind.NAME, self._page, functools.partial(kind, self._desk))
            made.pane.left.connect(made.close_sheet)
            made.pane.busy_changed.connect(self._paper_moved)
            self._sheets[kind] = made
        return self._sheets[kind]

    def _paper_moved(self, is_leaving: bool) -> None:  # noqa: FBT001 - a slot
        if not is_leaving:
            self.model.open_again()  # it may stand among the copies of the bill now

    def _ask_payment_data(self, bill: BillDetail) -> None:
        wanted = WantedBillPaper(self._ident, bill.period, bill.version, Script.LATIN, self._desk.now)
        question = functools.partial(payment_slip, wanted=wanted)
        self._desk.jobs.ask(
            question, self._payment_data_came, screen=self, lane="slip", failed=self._say_open_failed
        )

    def _payment_data_came(self, slip: PaymentSlip) -> None:
        QApplication.clipboard().setText(words.payment_data(slip))
        self._desk.say(self.tr("The payment data is on the clipboard."))

    # what came ------------------------------------------------------------------------------------

    def _show_list(self, place: int) -> None:
        found = self.model.list
        if found is None or place < 0:
            self._say_empty()
            return
        self.list.show_years(found.years, found.year)
        self.show_rows()
        table = self.list.table
        if table.chosen_row() == place:
            self.model.choose(place)
        else:
            table.choose_row(place)
        QTimer.singleShot(NEXT_TURN, self, self._prepare_detail)  # while the bill is on its way

    def _bill_came(self) -> None:
        """Make the right side and put it in, each at a turn of its own: both at once would be felt."""
        self._prepare_detail()
        QTimer.singleShot(NEXT_TURN, self, self._show_bill)

    def _show_bill(self) -> None:
        if self.model.whole is not None and self.detail is not None:
            self.trouble.clear()
            self.detail.show_bill(self.model.whole)
            if self._place is not None:
                self._splitter.replaceWidget(1, self.detail)
                self._place.deleteLater()
                self._place = None
            self.detail.show()
            QTimer.singleShot(NEXT_TURN, self, self._do_with_bill)

    def _say_missed(self, period: Period) -> None:
        self._then = None
        self.trouble.tell(self.tr("There is no bill for {0}.").format(text.period(period)), tone=Tone.WARN)

    def _say_failed(self, error: Exception) -> None:
        self.show_failure(errors.sentence(error))

    def _say_open_failed(self, error: Exception) -> None:
        self.trouble.tell(errors.sentence(error), tone=Tone.WARN)

    def _say_empty(self) -> None:
        self.show_empty(
            self.tr("No bills yet"),
            self.tr("The first one is made at the beginning of the month after the account was opened."),
            icon_name="file-invoice",
        )

    # what is done ---------------------------------------------------------------------------------

    def _open_link(self, link: BillLink) -> None:
        if link.kind is LinkKind.VERSION:
            self.model.open_version(link.record_id)
        elif self.model.chosen is not None:
            place = {"period": self.model.chosen.period, "record_id": link.record_id}
            self.opened_elsewhere.emit(target_of(link), place)

    def _keep_division(self, _at: int, _index: int) -> None:
        self._desk.preferences.set(_DIVISION, self._splitter.sizes())

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Bills"))
        if self.is_empty:
            self._say_empty()
