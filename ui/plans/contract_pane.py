"""A contract in the window, as it will be or as it was signed; with its slips, printed or saved from here."""

import functools

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from app.domain.plans import PlanPaper
from app.usecases import plans
from ui import errors
from ui.kit.document_pane import DocumentPane
from ui.kit.fields import ChoiceField
from ui.kit.printing import PrintProfiles
from ui.plans import paper_making
from ui.plans.paper_making import Made, Question
from ui.shell.desk import Desk


class ContractPane(DocumentPane):
    """Shows the papers of one plan; ``show_ahead`` a proposal, ``show_plan`` a plan that has a number."""

    def __init__(self, desk: Desk, parent: QWidget, name: str) -> None:
        self._desk = desk
        self._question: Question | None = None
        self._is_proposal = True
        super().__init__(
            name,
            parent,
            kind="contract",
            profiles=PrintProfiles(desk.settings),
            preferences=desk.preferences,
        )
        self.contents = ChoiceField(f"{name}.contents", self.side_host)
        self.contents.edited.connect(self._ask)
        self.side.addWidget(self.contents)
        self.script_chosen.connect(self._ask)
        self.retranslate()
        self.contents.set_value(PlanPaper.CONTRACT)

    def show_ahead(self, question: Question) -> None:
        """Show a contract as it would be signed; ``question`` brings it, as ``plans.contract_ahead`` does."""
        self._show(question, is_proposal=True)

    def show_plan(self, ident: int, plan_id: int) -> None:
        """Show the papers of a registered plan."""
        self._show(
            functools.partial(plans.contract_of, ident=ident, plan_id=plan_id, today=self._desk.today),
            is_proposal=False,
        )

    def forget(self) -> None:
        """Let go of the plan and its papers."""
        self._question = None
        self.clear()

    def _show(self, question: Question, *, is_proposal: bool) -> None:
        self._question, self._is_proposal = question, is_proposal
        self.contents.setVisible(not is_proposal)
        self._ask()

    @property
    def paper(self) -> PlanPaper:
        """What is shown."""
        if self._is_proposal:
            return PlanPaper.PROPOSAL
        chosen = self.contents.value()
        return chosen if isinstance(chosen, PlanPaper) else PlanPaper.CONTRACT

    def _ask(self) -> None:
        if self._question is None:
            return
        self.await_paper()
        question = functools.partial(
            paper_making.make, question=self._question, paper=self.paper, script=self.chosen_script
        )
        self._desk.jobs.ask(question, self._came, screen=self, lane="contract", failed=self._failed)

    def _came(self, made: Made) -> None:
        self.show_paper(made.pdf, file_name=made.file_name)

    def _failed(self, error: Exception) -> None:
        self.show_trouble(errors.sentence(error))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "contents"):
            return
        self.contents.set_label(self.tr("What is printed"))
        self.contents.set_choices(
            [
                (PlanPaper.CONTRACT, self.tr("the contract")),
                (PlanPaper.SLIPS, self.tr("the payment slips")),
                (PlanPaper.BOTH, self.tr("the contract and the payment slips")),
            ]
        )
