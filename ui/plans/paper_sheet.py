"""The papers of a plan over the page: seen first, then printed or saved."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk.desk import Desk
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.tokens import GRID
from ui.plans.contract_pane import ContractPane

WIDTH = 1080


class PlanPaperSheet(Speaking, Sheet):
    """Shows the contract of a plan and its slips; ``pane`` tells when one left."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__("plan_paper", host, width=WIDTH)
        self._desk = desk
        self._number = ""
        around = self.inside.layout()
        assert isinstance(around, QVBoxLayout)  # noqa: S101
        around.setStretch(0, 1)  # the paper takes the whole height
        around.setStretch(1, 0)
        around.setContentsMargins(5 * GRID, 3 * GRID, 0, 0)
        self.pane = ContractPane(desk, self.inside, "plan_paper.pane")
        self.body.addWidget(self.pane, 1)
        desk.commands.add("copy.print", owner=self, run=self.pane.print_paper)
        desk.commands.add("copy.save", owner=self, run=self.pane.choose_file)
        self.pane.printed.connect(self._printed)
        self.pane.saved.connect(self._saved)
        self.closed.connect(self.pane.forget)
        self.retranslate()

    def show_plan(self, ident: int, plan_id: int, *, contract_number: str) -> None:
        """Show the papers of a registered plan, with the cursor on what is most likely wanted."""
        self._number = contract_number
        self.retranslate()
        self.open()
        self.pane.show_plan(ident, plan_id)
        self.pane.take_keyboard()

    def _printed(self) -> None:
        self._desk.say(self.tr("Printed."))
        self._take_cursor()

    def _saved(self, path: str) -> None:
        self._desk.say(self.tr("Saved: {0}").format(path))
        self._take_cursor()

    def _take_cursor(self) -> None:
        """Take the cursor back: nothing could be chosen for a while, so it left, and Esc with it."""
        if self.isVisible():
            self.take_keyboard()

    def _focus_first(self) -> None:
        self.pane.take_keyboard()

    def turn_away(self) -> bool:
        """Let go of the plan; a paper of it that is on its way arrives all the same."""
        if not self.isHidden():
            self.close_sheet()
        self.pane.forget()
        return True

    def retranslate(self) -> None:
        self.set_title(self.tr("Papers of plan {0}").format(self._number))
        self.pane.print.setToolTip(self.tr("Print (Ctrl+Enter)"))
        self.pane.save.setToolTip(self.tr("Save as PDF (Ctrl+S)"))
