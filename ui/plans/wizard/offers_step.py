"""What it would cost: offers side by side, another number of instalments, and the days of the chosen one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.plans import OfferedInstalment
from ui.kit.banners import Banner
from ui.kit.fields import TextField
from ui.kit.scrolled import ScrolledColumn
from ui.kit.speaking import Speaking
from ui.kit.styling import label, rule
from ui.kit.table import Align, Column, Table, TableModel
from ui.kit.tokens import GRID
from ui.plans.wizard.model import PlanModel
from ui.plans.wizard.offer_columns import OfferColumns
from ui.words import errors, text
from ui.words.tones import Tone

_RIGHT_WIDTH = 320


class OffersStep(Speaking, QWidget):
    """One offer is chosen at all times, as long as there is any."""

    confirmed = Signal()
    """Enter: go on with the chosen offer."""
    edited = Signal()

    def __init__(self, model: PlanModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        scroll = ScrolledColumn(self)
        column = scroll.column
        left = scroll.inside
        self.limit = Banner("plan.limit", left)
        self._covers = label(left, "soft", name="plan.offers.covers")
        self.columns = OfferColumns(left)
        self.columns.chosen.connect(self._chosen)
        self.columns.confirmed.connect(self.confirmed)
        self.count = _CountField("plan.count", left)
        self.count.entered.connect(self._count_typed)
        for at, widget in enumerate((self.limit, self._covers, self.columns, self.count)):
            column.insertWidget(at, widget)
        right = QWidget(self)
        right.setFixedWidth(_RIGHT_WIDTH)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(4 * GRID, 3 * GRID, 5 * GRID, 3 * GRID)
        beside.setSpacing(2 * GRID)
        self._head = label(right, "section", name="plan.schedule.head")
        self.schedule = TableModel(_columns(), self)
        self.table = Table(self.schedule, "plan.schedule", right)
        self.table.setProperty("framed", True)
        self._note = label(right, "caption", name="plan.schedule.note")
        self._note.setWordWrap(True)
        beside.addWidget(self._head)
        beside.addWidget(self.table, 1)
        beside.addWidget(self._note)
        row.addWidget(scroll, 1)
        row.addWidget(rule(self, upright=True))
        row.addWidget(right)
        model.chosen.connect(self._chosen_anew)
        self.retranslate()

    def fill(self) -> None:
        """Show the offers for what is ticked now."""
        programme = self._model.programme
        if programme is None:
            return
        self.columns.show_offers(
            self._model.offers, count=self._model.count, relief=programme.programme.terms.interest
        )
        height = self.columns.inside.sizeHint().height()
        self.columns.setFixedHeight(height + self.columns.horizontalScrollBar().sizeHint().height())
        offer = self._model.offer
        self.schedule.set_rows(offer.instalments if offer is not None else ())
        self.count.setVisible(programme.programme.terms.takes_other_counts)
        self._say_sums()
        self._say_limit()

    def _chosen_anew(self) -> None:
        if self.isVisible():  # else it is filled when it is come to
            self.fill()

    def take_keyboard(self) -> None:
        """Put the cursor on the offers."""
        self.columns.setFocus(Qt.FocusReason.TabFocusReason)

    def _chosen(self, count: int) -> None:
        self._model.choose_count(count)
        self.edited.emit()

    def _count_typed(self) -> None:
        typed = self.count.value()
        if not typed:
            self.confirmed.emit()
            return
        refusal = self._model.add_count(int(typed))
        if refusal is not None:
            self.count.set_error(errors.sentence(refusal))
            return
        self.count.set_value("")
        self.edited.emit()
        self.take_keyboard()

    def _say_sums(self) -> None:
        if self._model.ground is None:
            return
        sums = self._model.sums
        self._covers.setText(
            self.tr("Principal {0} + interest {1} + costs {2} = {3}").format(
                text.money(sums.principal),
                text.money(sums.interest),
                text.money(sums.costs),
                text.money(sums.total),
            )
        )

    def _say_limit(self) -> None:
        if not self._model.may_sign:
            said = self.tr("A plan is signed at a counter. Tell what it would cost, and where to go.")
        elif self._model.is_over_limit and self._model.signing_limit is not None:
            said = self.tr("You may sign plans up to {0}. Ask a supervisor to register this one.").format(
                text.money(self._model.signing_limit)
            )
        else:
            said = ""
        self.limit.tell(said, tone=Tone.INFO if not self._model.may_sign else Tone.WARN)

    def retranslate(self) -> None:
        self.count.set_label(
            self.tr("Another number of instalments"), hint=self.tr("Type it and press Enter")
        )
        self._head.setText(self.tr("Instalments of the chosen offer"))
        self.table.setAccessibleName(self.tr("Instalments of the chosen offer"))
        self._note.setText(self.tr("Days are moved off weekends and holidays; the last takes what is left."))
        self.schedule.set_titles(
            {"number": self.tr("No."), "due": self.tr("Due"), "amount": self.tr("Amount")}
        )
        self._say_sums()
        self._say_limit()


class _CountField(TextField):
    """A number from 1 to 99; Enter asks for it and stays."""

    entered = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent, limit=2)
        self.line.setMaximumWidth(20 * GRID)
        self.line.setValidator(QIntValidator(1, 99, self.line))

    def _enter_pressed(self) -> bool:
        self.entered.emit()
        return True


def _columns() -> list[Column[OfferedInstalment]]:
    return [
        Column(name="number", align=Align.RIGHT, width=48, quiet=True),
        Column(name="due", field="due_on", as_=text.day, width=100),
        Column(name="amount", as_=text.money, align=Align.RIGHT, width=110, strong=True, stretches=True),
    ]
