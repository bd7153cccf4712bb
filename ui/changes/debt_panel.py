"""What is owed, sued and planned on an account, put before the clerk when its user changes."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.usecases.changes import DebtShown
from ui.kit.banners import Banner
from ui.kit.labels import Item
from ui.kit.master_detail import Part
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.words import states, text
from ui.words.tones import Tone


class DebtPanel(Speaking, QWidget):
    """The sums of the portal, the open cases and the plans; hides where the kind does not ask."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("change.debt")
        self._debt: DebtShown | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self.sums = Part("change.debt.sums", self, across=2)
        self.warning = Banner("change.debt.warning", self)
        self.others = label(self, "caption", name="change.debt.others")
        self.others.setWordWrap(True)
        for widget in (self.sums, self.warning, self.others):
            column.addWidget(widget)
        self.hide()
        self.retranslate()

    def show_debt(self, debt: DebtShown | None) -> None:
        """Show these facts; None hides the panel."""
        self._debt = debt
        self.setVisible(debt is not None)
        self.retranslate()

    def retranslate(self) -> None:
        self.sums.set_title(self.tr("Debt on the account"))
        if self._debt is None:
            return
        sums = self._debt.sums
        named = (
            ("total", self.tr("Total"), sums.total),
            ("current", self.tr("This month"), sums.current_month),
            ("unsued", self.tr("Unsued"), sums.unsued),
            ("sued", self.tr("Sued"), sums.sued),
            ("plan", self.tr("Plan"), sums.plan),
            ("overpaid", self.tr("Overpaid"), sums.overpaid),
        )
        self.sums.set_facts(
            [
                Item(name=name, title=title, value=text.money(amount), right=True, strong=name == "total")
                for name, title, amount in named
            ]
        )
        if sums.total > 0:
            self.warning.tell(
                self.tr("The debt stays with the holder who made it; the new one pays from the change on."),
                tone=Tone.WARN,
            )
        else:
            self.warning.tell(self.tr("Nothing is owed on this account."), tone=Tone.GOOD)
        cases = [f"{case.case_number} ({states.word(case.state)})" for case in self._debt.cases]
        plans = [f"{plan.contract_number} ({states.word(plan.state)})" for plan in self._debt.plans]
        said = []
        if cases:
            said.append(self.tr("Enforcement: {0}").format(", ".join(cases)))
        if plans:
            said.append(self.tr("Plans: {0}").format(", ".join(plans)))
        self.others.setText(". ".join(said))
        self.others.setVisible(bool(said))
