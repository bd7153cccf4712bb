"""The left side: the years, the bills of one year, and what that year comes to."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.usecases.bills import YearOfBills
from ui.kit.buttons import Button, ButtonKind
from ui.kit.letters import keep_letters
from ui.kit.preferences import Preferences
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Table, TableModel
from ui.kit.tokens import GRID
from ui.words import text

_MOST_CHIPS = 6


class YearBar(Speaking, QWidget):
    """A chip for each of the latest years, and a menu for those before them."""

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._year = 0
        self._years: list[int] = []
        self._chips: dict[int, Button] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._chip_clicked)
        self._older = Button(f"{name}.older", self, kind=ButtonKind.QUIET)
        self._menu = QMenu(self._older)
        keep_letters(self._menu)
        self._menu.triggered.connect(self._older_chosen)
        self._older.setMenu(self._menu)
        self._older.hide()
        self._row.addWidget(self._older)
        self._row.addStretch(1)
        self.retranslate()

    def show_years(self, years: Sequence[int], year: int) -> None:
        """Offer these years, the latest first; ``year`` is the one that is shown."""
        self._year = year
        if list(years) != self._years:
            self._years = list(years)
            self._make_chips()
        for shown, chip in self._chips.items():
            chip.setChecked(shown == year)
        self.retranslate()

    def _make_chips(self) -> None:
        for chip in self._chips.values():
            self._group.removeButton(chip)
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        before: QWidget = self._older
        for place, year in enumerate(self._years[:_MOST_CHIPS]):
            chip = Button(f"{self.objectName()}.{year}", self, kind=ButtonKind.QUIET, text=str(year))
            chip.setCheckable(True)
            self._group.addButton(chip, year)
            self._row.insertWidget(place, chip)
            self.setTabOrder(before, chip)  # or chips made later come after the table
            self._chips[year] = before = chip
        self._menu.clear()
        for year in self._years[_MOST_CHIPS:]:
            action = QAction(str(year), self._menu)
            action.setData(year)
            self._menu.addAction(action)
        self._older.setVisible(len(self._years) > _MOST_CHIPS)

    def _chip_clicked(self, chip: Button) -> None:
        self.chosen.emit(self._group.id(chip))

    def _older_chosen(self, action: QAction) -> None:
        self.chosen.emit(int(action.data()))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Years"))
        is_older = self._year in self._years[_MOST_CHIPS:]
        self._older.setText(str(self._year) if is_older else self.tr("Older"))
        for year, chip in self._chips.items():
            chip.setAccessibleName(self.tr("Bills of {0}").format(year))


class BillTable(Table):
    """The bills of a year; the arrows go on into the years beside it."""

    stepped_out = Signal(int)
    """An arrow went beyond the last row (1) or the first one (-1)."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = self.model().rowCount() - 1
        if event.key() == Qt.Key.Key_Down and not event.modifiers() and self.chosen_row() == last:
            self.stepped_out.emit(1)
        elif event.key() == Qt.Key.Key_Up and not event.modifiers() and self.chosen_row() == 0:
            self.stepped_out.emit(-1)
        else:
            super().keyPressEvent(event)


class BillList(Speaking, QWidget):
    """The years on top, the bills beneath, the year's sums at the foot."""

    def __init__(self, model: TableModel, parent: QWidget, *, preferences: Preferences) -> None:
        super().__init__(parent)
        self.setObjectName("bills.list")
        self._sums: YearOfBills | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 0, 0)
        column.setSpacing(GRID)
        self.years = YearBar("bills.years", self)
        self.table = BillTable(model, "bills.table", self, preferences=preferences)
        self.foot = label(self, "caption", name="bills.sums")
        self.foot.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.foot.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.years)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)
        self.setMinimumWidth(90 * GRID)
        self.retranslate()

    def show_years(self, years: Sequence[YearOfBills], year: int) -> None:
        """Offer the years and say what the shown one comes to."""
        self.years.show_years([found.year for found in years], year)
        self._sums = next((found for found in years if found.year == year), None)
        self.retranslate()

    def forget(self) -> None:
        """Let go of what the year came to: what comes next is about another account."""
        self._sums = None
        self.foot.clear()

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Bills"))
        self.table.model().set_titles(
            {
                "month": self.tr("Month"),
                "charged": self.tr("Charged"),
                "paid": self.tr("Paid"),
                "open": self.tr("Open"),
                "due": self.tr("Due"),
                "state": self.tr("State"),
            }
        )
        if self._sums is None:
            self.foot.clear()
            return
        count = self.tr("%n bill(s)", "", self._sums.bills)
        sentence = self.tr("{0}: {1}, charged {2}, paid {3}, open {4}")
        self.foot.setText(
            sentence.format(
                self._sums.year,
                count,
                text.money(self._sums.charged),
                text.money(self._sums.paid),
                text.money(self._sums.open),
            )
        )
