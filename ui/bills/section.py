"""Bills of an account: the months on the left, the one that is looked at on the right."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from app.domain.period import Period
from app.usecases.bills import BillLink, LinkKind
from ui import errors, text
from ui.bills.bill_list import BillList
from ui.bills.detail import BillDetailView, target_of
from ui.bills.model import BillsModel
from ui.kit.banners import Banner
from ui.kit.looks import set_look
from ui.kit.section import Section
from ui.kit.tokens import Tone
from ui.shell.desk import Desk

_DIVISION = "bills.splitter"


class BillsSection(Section):
    """The first section of an account, and the one most calls are about."""

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__("bills", parent)
        self._desk = desk
        self._model = BillsModel(desk, ident, self)
        set_look(self.content, "ground", "surface")
        self.content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body.setSpacing(0)
        self.trouble = Banner("bills.trouble", self.content)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self.content)
        self._splitter.setObjectName(_DIVISION)
        self._splitter.setChildrenCollapsible(False)
        self.list = BillList(self._model.rows, self._splitter, preferences=desk.preferences)
        self.detail = BillDetailView(self._splitter, preferences=desk.preferences)
        self.detail.setVisible(False)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.detail)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        kept = desk.preferences.get(_DIVISION)
        self._splitter.setSizes(kept if isinstance(kept, list) and len(kept) == 2 else [540, 750])
        self.body.addWidget(self.trouble)
        self.body.addWidget(self._splitter, 1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._splitter.splitterMoved.connect(self._keep_division)
        self.list.years.chosen.connect(self._model.show_year)
        self.list.table.row_chosen.connect(self._model.choose)
        self.list.table.stepped_out.connect(self._model.step)
        self._model.asked.connect(self.show_busy)
        self._model.listed.connect(self._show_list)
        self._model.opened.connect(self._show_bill)
        self._model.missed.connect(self._say_missed)
        self._model.failed.connect(self._say_failed)
        self._model.open_failed.connect(self._say_open_failed)
        self.detail.link_opened.connect(self._open_link)
        self.detail.current_version_asked.connect(self._model.open_again)

    # what the page asks for -----------------------------------------------------------------------

    def load(self) -> None:
        self._model.load()

    def go_to(self, what: object) -> None:
        if isinstance(what, Period):
            self._model.go_to(what)

    def print_copy(self) -> None:
        """Open the copy of the bill that is chosen."""

    # what came ------------------------------------------------------------------------------------

    def _show_list(self, place: int) -> None:
        found = self._model.list
        if found is None or place < 0:
            self._say_empty()
            return
        self.list.show_years(found.years, found.year)
        self.show_rows()
        table = self.list.table
        if table.chosen_row() == place:
            self._model.choose(place)
        else:
            table.choose_row(place)

    def _show_bill(self) -> None:
        if self._model.whole is not None:
            self.trouble.clear()
            self.detail.setVisible(True)
            self.detail.show_bill(self._model.whole)

    def _say_missed(self, period: Period) -> None:
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
            self._model.open_version(link.record_id)
        elif self._model.chosen is not None:
            place = {"period": self._model.chosen.period, "id": link.record_id}
            self.opened_elsewhere.emit(target_of(link), place)

    def _keep_division(self, _at: int, _index: int) -> None:
        self._desk.preferences.set(_DIVISION, self._splitter.sizes())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Bills"))
        if self.is_empty:
            self._say_empty()
