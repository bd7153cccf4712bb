"""What the bills section shows: the years, the bills of one of them, and the bill that is chosen."""

import functools

from PySide6.QtCore import QObject, Signal

from app.domain.period import Period
from app.usecases.bills import (
    BillRow,
    BillsOfYear,
    NoSuchBill,
    WholeBill,
    bill_list,
    replaced_bill,
    whole_bill,
)
from ui.bills.columns import bill_columns
from ui.desk.desk import Desk
from ui.kit.table import TableModel

_OLDEST, _NEWEST = -1, 1


class BillsModel(QObject):
    """Asks for bills and remembers which one is looked at."""

    asked = Signal()
    """The list was asked for."""
    listed = Signal(int)
    """The bills of a year came: the place of the one to choose, -1 when there is none."""
    opened = Signal()
    """The whole of the chosen bill came."""
    missed = Signal(Period)
    """There is no bill for the month that was asked for."""
    failed = Signal(object)
    """The list did not come: the error."""
    open_failed = Signal(object)
    """The bill did not come: the error."""

    def __init__(self, desk: Desk, ident: int, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("bills.model")
        self.setParent(parent)
        self.ident = ident
        self.rows = TableModel(bill_columns(), self)
        self.list: BillsOfYear | None = None
        self.whole: WholeBill | None = None
        self._desk = desk
        self._chosen: Period | None = None
        self._wanted: Period | None = None
        self._end = _NEWEST
        self.is_awaited = False
        """Something was asked and has not come yet: what is shown may not be what was meant."""

    def show_account(self, ident: int) -> None:
        """Be about another account: nothing of the one before is left."""
        self.ident = ident
        self.list = self.whole = None
        self._chosen = self._wanted = None
        self._end = _NEWEST
        self.is_awaited = False

    # the list -------------------------------------------------------------------------------------

    @property
    def year(self) -> int:
        """The year whose bills are listed; 0 before any came."""
        return self.list.year if self.list is not None else 0

    @property
    def chosen(self) -> BillRow | None:
        """The row of the bill that is chosen."""
        return next((row for row in self.rows.rows() if row.period == self._chosen), None)

    def load(self) -> None:
        """Ask for everything anew; the bill that was chosen stays chosen."""
        wanted = self._wanted or self._chosen
        self._ask(wanted.year if wanted is not None else 0, wanted)

    def show_year(self, year: int) -> None:
        """List the bills of another year, the latest chosen."""
        if year != self.year:
            self._end = _NEWEST
            self._ask(year, None)

    def step(self, direction: int) -> None:
        """Go on beyond the end of the list: to the year before (1) or after (-1)."""
        years = [found.year for found in self.list.years] if self.list is not None else []
        if self.year in years:
            place = years.index(self.year) + direction
            if 0 <= place < len(years):
                self._end = _NEWEST if direction > 0 else _OLDEST
                self._ask(years[place], None)

    def go_to(self, period: Period) -> None:
        """Choose the bill of a month, whichever year it is of."""
        place = self._place_of(period)
        if place >= 0 and self._wanted is None:
            self.listed.emit(place)
        else:
            self._ask(period.year, period)

    def _ask(self, year: int, wanted: Period | None) -> None:
        self._wanted = wanted
        self.is_awaited = True
        question = functools.partial(bill_list, ident=self.ident, today=self._desk.today, year=year)
        self._desk.jobs.ask(question, self._listed, screen=self, lane="list", failed=self._list_failed)
        self.asked.emit()

    def _listed(self, found: BillsOfYear) -> None:
        wanted, self._wanted = self._wanted, None
        self.list = found
        self.rows.set_rows(found.rows)
        if not found.rows:
            self._chosen = self.whole = None
            self.is_awaited = False
            self.listed.emit(-1)
            return
        place = self._place_of(wanted) if wanted is not None else -1
        if place < 0:
            place = 0 if self._end == _NEWEST else len(found.rows) - 1
        self._end = _NEWEST
        self.listed.emit(place)
        if wanted is not None and self._place_of(wanted) < 0:
            self.missed.emit(wanted)

    def _list_failed(self, error: Exception) -> None:
        self.is_awaited = False
        self.failed.emit(error)

    def _place_of(self, period: Period) -> int:
        rows = self.rows.rows()
        return next((place for place, row in enumerate(rows) if row.period == period), -1)

    # the bill -------------------------------------------------------------------------------------

    def choose(self, place: int) -> None:
        """Open the bill at a place of the list."""
        if 0 <= place < self.rows.rowCount():
            self._chosen = self.rows.row(place).period
            self.open_again()

    def open_again(self) -> None:
        """Ask for the chosen bill in the version that is in force."""
        if self._chosen is not None:
            self._open(functools.partial(whole_bill, period=self._chosen))

    def open_version(self, version: int) -> None:
        """Ask for a version of the chosen bill that was replaced, or for the one in force."""
        row = self.chosen
        if row is not None and version == row.version:
            self.open_again()
        elif row is not None:
            self._open(functools.partial(replaced_bill, period=row.period, version=version))

    def _open(self, question: functools.partial[WholeBill]) -> None:
        self.is_awaited = True
        whole = functools.partial(question, ident=self.ident, today=self._desk.today)
        self._desk.jobs.ask(whole, self._opened, screen=self, lane="bill", failed=self._open_failed)

    def _opened(self, whole: WholeBill) -> None:
        self.whole = whole
        self.is_awaited = False
        self.opened.emit()

    def _open_failed(self, error: Exception) -> None:
        self.is_awaited = False
        if isinstance(error, NoSuchBill):
            self.missed.emit(error.period)
        else:
            self.open_failed.emit(error)
