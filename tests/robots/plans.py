"""What a clerk does with payment plans: signs them, has them certified, looks what becomes of them."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QComboBox, QPlainTextEdit

from app.domain.plans import Payer, PlanPaper
from tests.robots.clerk import Clerk
from ui.desk.places import AccountSection
from ui.kit.table import Table
from ui.plans.section import PlansSection
from ui.plans.what_if import WhatIfStrip
from ui.plans.wizard.sheet import PlanSheet
from ui.plans.wizard.steps_bar import WizardStep
from ui.words import states

SUMS = ("total", "current_month", "unsued", "sued", "plan", "overpaid")


class Plans:
    """The verbs of ``clerk`` around plans; everything is done by keyboard."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk

    # step by step --------------------------------------------------------------------------------

    def begins(self) -> None:
        """Begin a new plan in the account by its key, and wait for the programmes."""
        self.clerk.presses("R")
        self.clerk.until(lambda: self.clerk.is_seen("plan.programmes"), "no plan was begun")
        self._until_asked()

    def _until_asked(self) -> None:
        model = self.sheet.model
        self.clerk.until(lambda: model.ground is not None and not model.is_asking, "no programmes came")

    @property
    def sheet(self) -> PlanSheet:
        """The wizard of the account that is seen."""
        sheet: PlanSheet = self.clerk.widget("plan.wizard", PlanSheet)
        return sheet

    def programmes(self) -> dict[str, str]:
        """Return each programme, and whether it can be signed or why not."""
        return {name: why for name, _validity, why in self.clerk.rows_of("plan.programmes")}

    def chosen_programme(self) -> str:
        """Return the programme that the cursor is on."""
        place = self.clerk.widget("plan.programmes", Table).chosen_row()
        return self.clerk.rows_of("plan.programmes")[place][0]

    def repays_as(self, payer: Payer) -> None:
        """Say who repays: down the list, and each time the programmes are asked anew."""
        words = states.word(payer)
        listed = self.clerk.widget("plan.payer.editor", QComboBox)
        listed.setFocus()
        if listed.currentText() != words:
            self.clerk.presses("Home")
            self._until_asked()
        while listed.currentText() != words:
            above = listed.currentIndex()
            self.clerk.presses("Down")
            if listed.currentIndex() == above:
                offered = [listed.itemText(place) for place in range(listed.count())]
                raise AssertionError(f"{words} is not offered, but {offered}")
            self._until_asked()

    def goes_on(self) -> WizardStep:
        """Press Alt+Right, and return where one is then."""
        before = self.sheet.step
        self.clerk.presses("Alt+Right")
        self.clerk.until(lambda: self.sheet.step != before, f"one cannot go on: {self.is_told()}")
        return self.sheet.step

    def goes_back(self) -> WizardStep:
        """Press Alt+Left, and return where one is then."""
        before = self.sheet.step
        self.clerk.presses("Alt+Left")
        self.clerk.until(lambda: self.sheet.step != before, "one cannot go back")
        return self.sheet.step

    def goes_to(self, step: WizardStep) -> None:
        """Go on until a step is reached."""
        while self.sheet.step < step:
            self.goes_on()

    def is_told(self) -> str:
        """Return what is said to be in the way, or nothing."""
        return self.clerk.reads("plan.trouble")

    def ticks(self, *months: str) -> None:
        """Go to these months and press Space on each: what was ticked is not any more."""
        table = self.clerk.widget("plan.months", Table)
        table.setFocus()
        for month in months:
            self.clerk.presses("Ctrl+Home")
            while self._line(table) != month:
                above = table.chosen_row()
                self.clerk.presses("Down")
                if table.chosen_row() == above:
                    raise AssertionError(f"{month} is not owed")
            self.clerk.presses("Space")

    def _line(self, table: Table) -> str:
        return self.clerk.rows_of("plan.months")[table.chosen_row()][1]

    def ticked(self) -> list[str]:
        """Return the months that are ticked, as they are read."""
        rows = self.clerk.rows_of("plan.months")
        lines = self.sheet.page(WizardStep.MONTHS).table.lines.rows()
        return [row[1] for row, line in zip(rows, lines, strict=True) if not line.is_head and line.is_whole]

    def owed(self) -> dict[str, str]:
        """Return the sums under the months."""
        names = ("principal", "interest", "costs", "total")
        return {name: self.clerk.reads(f"plan.sums.{name}.amount") for name in names}

    def offered(self) -> list[int]:
        """Return the numbers of instalments that can be chosen."""
        return list(self.sheet.page(WizardStep.OFFER).columns.possible)

    def chooses_offer(self, count: int) -> None:
        """Walk to an offer with Left and Right."""
        self.clerk.widget("plan.offers").setFocus()
        self.clerk.presses("Home")
        while self.sheet.model.count != count:
            before = self.sheet.model.count
            self.clerk.presses("Right")
            if self.sheet.model.count == before:
                raise AssertionError(f"{count} instalments are not offered")

    def asks_for(self, count: int) -> None:
        """Type a number of instalments of one's own and press Enter."""
        self.clerk.widget("plan.count.editor").setFocus()
        self.clerk.types(f"{count}\n")

    def offer(self, count: int) -> dict[str, str]:
        """Return what the column of an offer says."""
        cells = self.sheet.page(WizardStep.OFFER).columns.columns[count].cells
        return {name: cell.text() for name, cell in cells.items() if not cell.isHidden()}

    def fills_in(self, said: Mapping[str, str]) -> None:
        """Type what the contract says of the debtor."""
        for name, words in said.items():
            field = self.clerk.widget(f"plan.debtor.{name}.editor")
            field.setFocus()
            field.selectAll()
            self.clerk.types(words)

    def sees_contract(self) -> bytes:
        """Wait until the contract is drawn, and return it."""
        pane = self.sheet.page(WizardStep.CONTRACT).pane
        self.clerk.until(lambda: bool(pane.pdf) and pane.preview.pages.is_drawn, "no contract")
        return bytes(pane.pdf)

    def tries_to_register(self) -> None:
        """Press Ctrl+Enter, and wait for the number or for what is in the way."""
        self.clerk.presses("Ctrl+Return")
        self.clerk.until(lambda: self.clerk.is_seen("plan.done") or bool(self.is_told()), "nothing happened")

    def registers(self) -> str:
        """Register, and return the number of the contract."""
        self.tries_to_register()
        if not self.clerk.is_seen("plan.done"):
            raise AssertionError(f"not registered: {self.is_told()}")
        return self.clerk.reads("plan.done")

    def saves_papers(self, path: Path, *, paper: PlanPaper = PlanPaper.BOTH) -> bytes:
        """Choose what is printed, save it as a PDF, and return it as it was saved."""
        pane = self.sheet.page(WizardStep.CONTRACT).pane
        self.clerk.until(lambda: bool(pane.pdf), "no papers")
        listed = self.clerk.widget("plan.contract.contents.editor", QComboBox)
        listed.setFocus()
        self.clerk.presses("Home")
        while pane.contents.value() is not paper:
            self.clerk.presses("Down")
        self.clerk.until(lambda: bool(pane.pdf) and pane.preview.pages.is_drawn, "the papers are not drawn")
        self.clerk.until(lambda: self.clerk.widget("plan.contract.save", QAbstractButton).isEnabled(), "no")
        self.clerk.widget("plan.contract.save", QAbstractButton).setFocus()
        self.clerk.presses("Space")
        self.clerk.picks_file(path, dialog="plan.contract.file")
        self.clerk.until(lambda: path.exists() and not pane.is_leaving, "the papers were not saved")
        return path.read_bytes()

    def closes(self) -> None:
        """Close the wizard, and see the plan in the account."""
        self.clerk.presses("Esc")
        self.clerk.until(lambda: not self.clerk.is_seen("plan.wizard"), "the wizard stayed")

    # in the account ------------------------------------------------------------------------------

    @property
    def section(self) -> PlansSection:
        """The plans of the account that is seen."""
        section: PlansSection = self.clerk.page.section(AccountSection.PLANS)
        return section

    def looks(self) -> None:
        """Go to the plans of the account, and wait until one is told in full."""
        self.clerk.goes_to(AccountSection.PLANS)
        self.clerk.until(lambda: self.section.view.story is not None, "no plan is told")

    def sums(self) -> dict[str, str]:
        """Return the six sums over the account, as they are read."""
        return {name: self.clerk.reads(f"account.sum.{name}.amount") for name in SUMS}

    def amounts(self) -> dict[str, Decimal]:
        """Return the six sums as numbers, read off the screen."""
        return {name: amount_of(words) for name, words in self.sums().items()}

    def schedule(self) -> list[list[str]]:
        """Return the instalments as they are read."""
        return self.clerk.rows_of("plans.instalments.table")

    def events(self) -> list[list[str]]:
        """Return what happened, as it is read."""
        return self.clerk.rows_of("plans.events.table")

    def state(self) -> str:
        """Return where the plan stands, as it is read."""
        return self.clerk.reads("plans.state")

    def certifies(self, number: str, *, day: str = "t") -> None:
        """Enter the notary's number by V and Ctrl+Enter, and wait until the plan is in force."""
        self.clerk.presses("V")
        self.clerk.until(lambda: self.clerk.is_seen("plan.certify.number"), "nothing is asked")
        self.clerk.types(number)
        self._types_over("plan.certify.day", day)
        self.clerk.presses("Ctrl+Return")
        self.clerk.until(lambda: not self.clerk.is_seen("plan.certify.number"), "it was not certified")

    def asks_what_if(self, day: str) -> str:
        """Ask by W what would follow on a day, and return the verdict."""
        self.clerk.presses("W")
        self.clerk.until(lambda: self.clerk.is_seen("plan.what_if.day"), "nothing is asked")
        self._types_over("plan.what_if.day", day)
        strip = self.clerk.widget("plan.what_if", WhatIfStrip)
        before = strip.found
        self.clerk.presses("Return")
        self.clerk.until(lambda: strip.found is not None and strip.found is not before, "no verdict")
        return self.clerk.reads("plan.what_if.verdict")

    def undoes(self, reason: str) -> None:
        """Take the registration back by U, with a reason."""
        self._ends_with("U", reason)

    def cancels(self, reason: str) -> None:
        """Cancel the plan by X, with a reason."""
        self._ends_with("X", reason)

    def _ends_with(self, key: str, reason: str) -> None:
        self.clerk.presses(key)
        self.clerk.until(lambda: self.clerk.is_seen("plan.reason"), "no reason is asked for")
        self.clerk.widget("plan.reason.editor", QPlainTextEdit).setFocus()
        self.clerk.types(reason)
        self.clerk.presses("Ctrl+Return")
        self.clerk.until(lambda: not self.clerk.is_seen("plan.reason"), "it was not done")

    def _types_over(self, name: str, words: str) -> None:
        line = self.clerk.widget(f"{name}.editor")
        line.setFocus()
        line.selectAll()
        self.clerk.types(words)


def amount_of(words: str) -> Decimal:
    """Read an amount as it is written on the screen."""
    return Decimal(words.replace(".", "").replace(",", "."))
