"""How the interest of a month came: which rate, from when to when; or what a case costs."""

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.interest import Segment
from app.usecases.plans import MonthOwed
from ui.kit.labels import Item, KeyValueGrid
from ui.kit.master_detail import TablePart
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Align, Column
from ui.kit.tokens import GRID
from ui.plans.wizard.model import PlanModel
from ui.plans.wizard.month_table import DebtLine
from ui.words import states, text


class InterestPanel(Speaking, QWidget):
    """Explains the row the cursor is on."""

    def __init__(self, model: PlanModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("plan.interest")
        self._model = model
        self._line: DebtLine | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        self._heading = label(self, "heading", name="plan.interest.heading")
        self._heading.setWordWrap(True)
        self._facts = KeyValueGrid("plan.interest.facts", self)
        self._segments = TablePart("plan.segments", self, columns=_columns())
        self._note = label(self, "caption", name="plan.interest.note")
        self._note.setWordWrap(True)
        for widget in (self._heading, self._facts, self._segments, self._note):
            column.addWidget(widget)
        column.addStretch(1)
        self.retranslate()

    def show_line(self, line: DebtLine | None) -> None:
        """Explain a month, or the head of a group."""
        self._line = line
        self.setVisible(line is not None)
        if line is None:
            return
        if line.owed is not None:
            self._show_month(line.owed, is_taken=bool(line.periods))
        else:
            self._show_group(line)

    def _show_month(self, owed: MonthOwed, *, is_taken: bool) -> None:
        self._heading.setText(self.tr("Interest of {0}").format(text.period(owed.month.period)))
        since = self.tr("Accrued from {0} to {1}").format(
            text.day(owed.accrue_from), text.day(self._model.today)
        )
        items = [
            _money("principal", self.tr("Principal"), owed.month.principal),
            _money("on_bill", self.tr("Interest on the bill"), owed.interest_on_bill),
            *(
                [_money("acknowledged", self.tr("Left by a plan that ended"), owed.acknowledged)]
                if owed.acknowledged
                else []
            ),
            _money("accrued", since, owed.accrued),
            _money("amount", self.tr("Owed"), owed.month.amount, strong=True),
        ]
        self._facts.set_items(items)
        self._segments.set_rows(owed.segments)
        if not is_taken:
            self._note.setText(self.tr("The programme does not take this month in."))
        elif not owed.segments:
            self._note.setText(self.tr("No interest accrued since the last bill."))
        else:
            self._note.setText(
                self.tr(
                    "Simple interest on the principal by the statutory table, split where the rate or the "
                    "year changes; rounded once, at the end."
                )
            )

    def _show_group(self, line: DebtLine) -> None:
        case = line.case
        self._segments.setVisible(False)
        if case is None:
            self._heading.setText(line.words)
            self._facts.set_items([])
            self._note.setText(self.tr("Space ticks all of these months, or none."))
            return
        self._heading.setText(self.tr("Enforcement {0}").format(case.number))
        bailiff = ", ".join(part for part in (case.bailiff, case.bailiff_seat) if part)
        self._facts.set_items(
            [
                Item(name="state", title=self.tr("State"), value=states.word(case.state)),
                Item(name="bailiff", title=self.tr("Bailiff"), value=bailiff),
                _money("costs", self.tr("Open costs"), case.costs, strong=True),
            ]
        )
        self._note.setText(
            self.tr("The costs are paid with the plan as soon as one month of the case is in it.")
        )

    def retranslate(self) -> None:
        self._segments.set_title(self.tr("Rates"))
        self._segments.model.set_titles(
            {
                "percent": self.tr("Rate a year"),
                "first": self.tr("From"),
                "last": self.tr("To"),
                "days": self.tr("Days"),
                "year": self.tr("Of"),
            }
        )
        self.show_line(self._line)


def _money(name: str, title: str, amount: Decimal, *, strong: bool = False) -> Item:
    return Item(name=name, title=title, value=text.money(amount), right=True, strong=strong)


def _columns() -> list[Column[Segment]]:
    return [
        Column(name="percent", as_=text.percent, align=Align.RIGHT, width=88, strong=True),
        Column(name="first", field="first_day", as_=text.day, width=92),
        Column(name="last", field="last_day", as_=text.day, width=92),
        Column(name="days", align=Align.RIGHT, width=56),
        Column(name="year", field="days_in_year", align=Align.RIGHT, width=52, quiet=True, stretches=True),
    ]
