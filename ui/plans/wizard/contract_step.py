"""The contract as it will be; once registered, its number, what comes next, and the papers to print."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.plans import PlanState
from ui.desk.desk import Desk
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.plans.contract_pane import ContractPane
from ui.plans.wizard.model import PlanModel
from ui.words import states, text


class ContractStep(Speaking, QWidget):
    """Looked at before it is signed, and handed out after."""

    def __init__(self, desk: Desk, model: PlanModel, parent: QWidget, *, within: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 3 * GRID, 0, 0)
        column.setSpacing(3 * GRID)
        strip = QHBoxLayout()
        strip.setSpacing(5 * GRID)
        self.done = label(self, "number", name="plan.done")
        self.state = label(self, "strong", name="plan.done.state")
        self.facts = label(self, "soft", name="plan.done.next")
        self.facts.setWordWrap(True)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.state)
        said.addWidget(self.facts)
        strip.addWidget(self.done)
        strip.addLayout(said, 1)
        column.addLayout(strip)
        self.pane = ContractPane(desk, "plan.contract", self, within)
        column.addWidget(self.pane, 1)
        self.retranslate()

    def show_ahead(self) -> None:
        """Show the contract as it would be signed."""
        self.retranslate()
        self.pane.show_ahead(self._model.contract_question())

    def show_signed(self) -> None:
        """Show what was registered, with the papers of the plan."""
        signed = self._model.signed
        self.retranslate()
        if signed is not None:
            self.pane.show_plan(self._model.ident, int(signed["plan_id"]))

    def put_away(self) -> None:
        """Let go of the papers."""
        self.pane.put_away()

    def retranslate(self) -> None:
        signed, offer = self._model.signed, self._model.offer
        for widget in (self.done, self.state, self.facts):
            widget.setVisible(signed is not None)
        if signed is not None and offer is not None:
            self._say_signed(
                signed, first=text.money_rsd(offer.first.amount), by=text.day(offer.first.due_on)
            )

    def _say_signed(self, signed: dict[str, Any], *, first: str, by: str) -> None:
        self.done.setText(str(signed["contract_number"]))
        self.done.setAccessibleName(self.tr("Number of the contract"))
        state = PlanState(signed["state"])
        self.state.setText(states.word(state))
        if state is PlanState.AWAITING_CERTIFICATION:
            said = self.tr(
                "Print the contract. A notary certifies the signature; enter his number under Plans, and "
                "the plan comes into force."
            )
        else:
            said = self.tr("The plan is in force. Print the contract and the slips for the customer.")
        paid = self.tr("First instalment: {0} by {1}").format(first, by)
        self.facts.setText(f"{said} {paid}")
