"""Who owes, and which programme: each with the reason why it cannot be signed today."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.plans import ProgrammeChoice
from ui.kit.banners import Banner
from ui.kit.fields import ChoiceField
from ui.kit.scrolled import ScrolledColumn
from ui.kit.speaking import Speaking
from ui.kit.styling import label, rule
from ui.kit.table import Column, Table, TableModel
from ui.kit.tokens import GRID
from ui.plans.wizard.model import PlanModel
from ui.plans.wizard.terms_panel import TermsPanel, validity
from ui.words import states, text
from ui.words.plans import why_not
from ui.words.tones import Tone

_RIGHT_WIDTH = 460


class ProgrammeStep(Speaking, QWidget):
    """Programmes that can be signed first; the first of them is chosen by itself."""

    confirmed = Signal()
    """Enter: go on with what is chosen."""
    edited = Signal()
    plan_opened = Signal()
    """The plan that is in the way is to be looked at."""

    def __init__(self, model: PlanModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._is_filling = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(5 * GRID, 3 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        self.standing = Banner("plan.standing", left)
        self.standing.action_chosen.connect(self.plan_opened)
        self.payer = ChoiceField("plan.payer", left)
        self.payer.setMaximumWidth(80 * GRID)
        self.payer.edited.connect(self._payer_chosen)
        self._head = label(left, "section", name="plan.programmes.head")
        self.programmes = TableModel(_columns(), self)
        self.table = Table(self.programmes, "plan.programmes", left)
        self.table.setProperty("framed", True)
        self.table.row_chosen.connect(self._row_chosen)
        self.table.row_opened.connect(self._row_opened)
        for widget in (self.standing, self.payer, self._head):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        right = ScrolledColumn(self)
        beside = right.column
        right.setFixedWidth(_RIGHT_WIDTH)
        self.terms = TermsPanel(right.inside)
        beside.insertWidget(0, self.terms)
        row.addWidget(left, 1)
        row.addWidget(rule(self, upright=True))
        row.addWidget(right)
        model.came.connect(self.fill)
        self.retranslate()

    def fill(self) -> None:
        """Show what came."""
        ground = self._model.ground
        if ground is None:
            self.programmes.clear()
            return
        self._is_filling = True
        self._say_payers()
        self.payer.set_value(ground.payer)
        found = ground.choices.programmes
        self.programmes.set_rows((*found, *ground.choices.faulty))
        chosen = self._model.programme
        self.table.choose_row(found.index(chosen) if chosen in found else 0)
        self._is_filling = False
        self._say_standing()
        self._show_terms()

    def take_keyboard(self) -> None:
        """Put the cursor on the programme that is chosen."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _payer_chosen(self) -> None:
        self._model.choose_payer(self.payer.value())
        self.edited.emit()

    def _row_chosen(self, place: int) -> None:
        if place < 0 or self._is_filling:
            return
        self._model.choose_programme(self.programmes.row(place))
        self._show_terms()

    def _row_opened(self, _place: int) -> None:
        self.confirmed.emit()

    def _show_terms(self) -> None:
        chosen = self._model.programme
        self.terms.setVisible(chosen is not None)
        if chosen is not None:
            self.terms.show_programme(chosen, self._model.payer)

    def _say_standing(self) -> None:
        ground = self._model.ground
        plan = ground.in_the_way if ground is not None else None
        if plan is None:
            self.standing.clear()
            return
        self.standing.tell(
            self.tr("Contract {0} is {1}. There can be no second one beside it.").format(
                plan.contract_number, states.word(plan.state)
            ),
            tone=Tone.WARN,
            action=self.tr("Open it"),
        )

    def _say_payers(self) -> None:
        ground = self._model.ground
        if ground is not None:
            self.payer.set_choices([(payer, states.word(payer)) for payer in ground.choices.payers])

    def retranslate(self) -> None:
        self.payer.set_label(self.tr("Who repays"))
        self._head.setText(self.tr("Programmes"))
        self.table.setAccessibleName(self.tr("Programmes"))
        self.programmes.set_titles(
            {
                "name": self.tr("Programme"),
                "validity": self.tr("In force"),
                "state": self.tr("Can it be signed"),
            }
        )
        self._say_payers()
        self._say_standing()


def _columns() -> list[Column[ProgrammeChoice]]:
    return [
        Column(name="name", field="programme.name", as_=text.listed, width=190, strong=True, hinted=True),
        Column(name="validity", field="programme", as_=validity, width=176),
        Column(name="state", text=_state, tone=_tone, width=300, stretches=True, hinted=True),
    ]


def _state(choice: ProgrammeChoice) -> str:
    return why_not(choice.obstacle) if choice.obstacle is not None else text.yes_no(True)


def _tone(choice: ProgrammeChoice) -> Tone:
    return Tone.NEUTRAL if choice.obstacle is not None else Tone.GOOD
