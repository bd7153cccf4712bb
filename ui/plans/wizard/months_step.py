"""Which months: ticked at first whatever the programme takes; the sums follow every tick."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.plans import DebtChange
from ui.kit.banners import Banner
from ui.kit.labels import SumTile
from ui.kit.scrolled import ScrolledColumn
from ui.kit.speaking import Speaking
from ui.kit.styling import label, rule, set_tip
from ui.kit.tokens import GRID
from ui.plans.wizard.interest_panel import InterestPanel
from ui.plans.wizard.model import PlanModel
from ui.plans.wizard.month_table import MonthTable, lines_of
from ui.words import text
from ui.words.tones import Tone

_RIGHT_WIDTH = 460


class MonthsStep(Speaking, QWidget):
    """The months in groups, how the interest of one came, and what all come to."""

    confirmed = Signal()
    """Enter: go on with what is ticked."""
    edited = Signal()

    def __init__(self, model: PlanModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(5 * GRID, 3 * GRID, 5 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        self.changed = Banner("plan.changed", left)
        self.table = MonthTable(left)
        self.table.ticked.connect(self._ticked)
        self.table.row_chosen.connect(self._row_chosen)
        self.table.row_opened.connect(self._row_opened)
        self._count = label(left, "soft", name="plan.months.count")
        sums = QHBoxLayout()
        sums.setSpacing(6 * GRID)
        self.sums = {
            name: SumTile(f"plan.sums.{name}", left, leading=name == "total")
            for name in ("principal", "interest", "costs", "total")
        }
        for tile in self.sums.values():
            sums.addWidget(tile)
        sums.addStretch(1)
        column.addWidget(self.changed)
        column.addWidget(self.table, 1)
        column.addWidget(self._count)
        column.addLayout(sums)
        right = ScrolledColumn(self)
        beside = right.column
        right.setFixedWidth(_RIGHT_WIDTH)
        self.interest = InterestPanel(model, right.inside)
        beside.insertWidget(0, self.interest)
        row.addWidget(left, 1)
        row.addWidget(rule(self, upright=True))
        row.addWidget(right)
        model.chosen.connect(self._chosen_anew)
        model.came.connect(self._came)
        self.retranslate()

    def fill(self) -> None:
        """Show months and sums as they are ticked now."""
        if self._model.ground is None:
            self.table.lines.clear()
            return
        self.table.show_lines(
            lines_of(
                self._model,
                unsued=self.tr("Not sued"),
                sued=self.tr("Sued, without an open case"),
                costs=self.tr("costs"),
                bailiff=self.tr("bailiff {0}"),
            )
        )
        sums = self._model.sums
        for name, amount in (
            ("principal", sums.principal),
            ("interest", sums.interest),
            ("costs", sums.costs),
            ("total", sums.total),
        ):
            self.sums[name].set_amount(amount)
        self._count.setText(
            self.tr("{0} of {1} overdue months are in the plan").format(
                len(self._model.months), len(self._model.debt.months)
            )
        )
        self.interest.show_line(self.table.current)

    def _chosen_anew(self) -> None:
        if self.isVisible():  # else it is filled when it is come to
            self.fill()

    def take_keyboard(self) -> None:
        """Put the cursor on the months."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _came(self) -> None:
        self._say_changes()

    def _ticked(self, periods: object, is_in: bool) -> None:  # noqa: FBT001
        self._model.take(periods, is_in=is_in)  # type: ignore[arg-type]
        self.edited.emit()

    def _row_chosen(self, _place: int) -> None:
        self.interest.show_line(self.table.current)

    def _row_opened(self, _place: int) -> None:
        self.confirmed.emit()

    def _say_changes(self) -> None:
        changes = self._model.changes
        if not changes:
            self.changed.clear()
            return
        said = "; ".join(self._change_words(change) for change in changes)
        self.changed.tell(self.tr("Since it was shown: {0}.").format(said), tone=Tone.WARN)

    def _change_words(self, change: DebtChange) -> str:
        what = change.what if isinstance(change.what, str) else text.period(change.what)
        if isinstance(change.what, str):
            what = self.tr("costs of {0}").format(what)
        if change.before is None:
            return self.tr("{0} came: {1}").format(what, text.money(change.now))
        if change.now is None:
            return self.tr("{0} is not owed any more").format(what)
        return self.tr("{0} was {1}, is {2}").format(what, text.money(change.before), text.money(change.now))

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Months of debt"))
        set_tip(self.table, self.tr("Space takes a month in or out"))
        self.table.lines.set_titles(
            {
                "tick": "",
                "period": self.tr("Month"),
                "due": self.tr("Due"),
                "principal": self.tr("Principal"),
                "on_bill": self.tr("Interest on bill"),
                "accrued": self.tr("Accrued since"),
                "amount": self.tr("Owed"),
            }
        )
        self.sums["principal"].set_title(self.tr("Principal"))
        self.sums["interest"].set_title(self.tr("Interest"))
        self.sums["costs"].set_title(self.tr("Costs of enforcement"))
        self.sums["total"].set_title(self.tr("In the plan"))
        self._say_changes()
        if not self.isHidden():  # else it is filled when it is come to
            self.fill()
