"""Where one is in the wizard, and what was chosen on the way."""

from enum import IntEnum

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.kit.speaking import Speaking
from ui.kit.styling import label, set_look
from ui.kit.tokens import GRID
from ui.plans.wizard.model import PlanModel
from ui.words import states, text


class WizardStep(IntEnum):
    """The steps, in order."""

    PROGRAMME = 0
    MONTHS = 1
    OFFER = 2
    DEBTOR = 3
    CONTRACT = 4


class StepsBar(Speaking, QWidget):
    """The names of the steps side by side, under each what was decided there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("plan.steps")
        self._current = WizardStep.PROGRAMME
        row = QHBoxLayout(self)
        row.setContentsMargins(5 * GRID, 2 * GRID, 5 * GRID, 2 * GRID)
        row.setSpacing(4 * GRID)
        self._titles = {}
        self._chosen = {}
        for step in WizardStep:
            column = QVBoxLayout()
            column.setSpacing(0)
            self._titles[step] = label(self, name=f"plan.steps.{step.name.lower()}")
            self._chosen[step] = label(self, "caption", name=f"plan.steps.{step.name.lower()}.chosen")
            column.addWidget(self._titles[step])
            column.addWidget(self._chosen[step])
            row.addLayout(column, 1)
        self.retranslate()

    def show_step(self, current: WizardStep, model: PlanModel) -> None:
        """Show which step one is at, and what was chosen at those before."""
        self._current = current
        chosen = self._chosen_words(model)
        for step in WizardStep:
            set_look(self._titles[step], "look", "strong" if step is current else "soft")
            set_look(self._titles[step], "tone", "" if step is not current else "info")
            self._chosen[step].setText(chosen.get(step, "") if step <= current else "")
        self.setAccessibleName(
            self.tr("Step {0} of {1}: {2}").format(current + 1, len(WizardStep), self._titles[current].text())
        )

    def _chosen_words(self, model: PlanModel) -> dict[WizardStep, str]:
        words: dict[WizardStep, str] = {}
        if model.ground is None or model.programme is None:
            return {}
        words[WizardStep.PROGRAMME] = text.listed(model.programme.programme.name)
        if self._current > WizardStep.PROGRAMME:
            words[WizardStep.MONTHS] = self.tr("%n month(s), {0}", "", len(model.months)).format(
                text.money(model.sums.total)
            )
        offer = model.offer
        if self._current > WizardStep.MONTHS and offer is not None:
            count = len(offer.instalments)
            words[WizardStep.OFFER] = (
                self.tr("at once: {0}").format(text.money(offer.payable))
                if count == 1
                else self.tr("{0} × {1}").format(count, text.money(offer.monthly))
            )
        if self._current > WizardStep.OFFER:
            words[WizardStep.DEBTOR] = states.word(model.payer)
        if model.signed is not None:
            words[WizardStep.CONTRACT] = str(model.signed["contract_number"])
        return words

    def retranslate(self) -> None:
        names = {
            WizardStep.PROGRAMME: self.tr("1 Programme"),
            WizardStep.MONTHS: self.tr("2 Months"),
            WizardStep.OFFER: self.tr("3 Offer"),
            WizardStep.DEBTOR: self.tr("4 Debtor"),
            WizardStep.CONTRACT: self.tr("5 Contract"),
        }
        for step, words in names.items():
            self._titles[step].setText(words)


class Pages(QStackedWidget):
    """The pages of the steps, which scroll by themselves: each has the room there is, and asks for none.

    Left to itself a stack is as high as the highest of its pages would like to be,
    and the whole form scrolls though the page that is seen has room.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    def hasHeightForWidth(self) -> bool:
        return False
