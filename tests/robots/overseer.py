"""What somebody does who oversees payment plans: looks at lists, narrows them, follows plans for a day."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from app.usecases.plans import Which
from tests.robots.clerk import Clerk
from ui.kit.table import Table
from ui.portfolio.screen import PortfolioPage
from ui.portfolio.views import VIEWS


class Overseer:
    """Somebody before everybody's plans; everything is done by keys."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk

    @property
    def page(self) -> PortfolioPage:
        found: PortfolioPage = self.clerk.widget("portfolio", PortfolioPage)
        return found

    # going about ---------------------------------------------------------------------------------

    def goes_to_plans(self) -> None:
        """Go to the page by its key, and wait for its plans and its numbers."""
        self.clerk.presses("Alt+P")
        self.sees_list()

    def sees_list(self) -> None:
        """Wait until the list and the numbers have been answered."""
        self.clerk.until(
            lambda: not self.page.list.is_waiting and not self.page.is_counting, "the plans did not come"
        )

    def looks_at(self, which: Which) -> None:
        """Go to a list by F and the arrows."""
        self.clerk.presses("F")
        views = self.page.list.filters.views
        while views.currentIndex() != VIEWS.index(which):
            self.clerk.presses("Right" if views.currentIndex() < VIEWS.index(which) else "Left")
        self.sees_list()
        self.clerk.presses("Esc")

    def narrows(self, name: str, words: str) -> None:
        """Choose in one of the boxes that narrow the list, by Tab and the arrows."""
        self.clerk.presses("F")
        box = self.clerk.widget(f"portfolio.{name}", QComboBox)
        self.clerk.until(lambda: box.count() > 1, "there is nothing to choose")
        while not box.hasFocus():
            self.clerk.presses("Tab")
        self.clerk.presses("Home")
        while box.currentText() != words:
            before = box.currentIndex()
            self.clerk.presses("Down")
            assert box.currentIndex() != before, f"{words} is not offered"
        self.sees_list()
        self.clerk.presses("Esc")

    def chooses(self, number: str) -> None:
        """Put the cursor on a plan by the arrows."""
        table = self.clerk.widget("portfolio.table", Table)
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clerk.presses("Home")
        for _row in range(self.numbers().index(number)):
            self.clerk.presses("Down")

    def opens(self, number: str) -> None:
        """Open a plan in its account by Enter."""
        self.chooses(number)
        self.clerk.presses("Return")
        self.clerk.sees_account()

    def opens_count(self, programme: str, column: str) -> None:
        """Press Enter on a number of the table on top."""
        table = self.clerk.widget("portfolio.counts", Table)
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clerk.presses("Home")
        for _row in range([row[0] for row in self.counts()].index(programme)):
            self.clerk.presses("Down")
        names = [one.name for one in table.model().columns]
        while names[table.currentIndex().column()] != column:
            self.clerk.presses("Right")
        self.clerk.presses("Return")
        self.sees_list()

    # reading -------------------------------------------------------------------------------------

    def numbers(self) -> list[str]:
        """Return the numbers of the contracts that are listed."""
        return [row.contract_number for row in self.page.list.rows]

    def row_of(self, number: str) -> dict[str, str]:
        """Return what the list says of a plan, by column."""
        table = self.clerk.widget("portfolio.table", Table)
        row = table.model().row(self.numbers().index(number))
        return {column.name: column.words(row) for column in table.seen_columns()}

    def counts(self) -> list[list[str]]:
        """Return the table of numbers as it is seen."""
        return self.clerk.rows_of("portfolio.counts")

    def counted(self, which: Which) -> str:
        """Return the number beside the name of a list, or nothing."""
        return self.page.list.filters.views.tabText(VIEWS.index(which)).rpartition("  ")[2]

    # following -----------------------------------------------------------------------------------

    def follows(self, day: str = "") -> str:
        """Follow all plans by M, for today unless a day is typed, and return what is said."""
        self.clerk.presses("M")
        self.clerk.until(lambda: self.clerk.is_seen("portfolio.follow.day"), "no day is asked for")
        if day:
            self.clerk.types(day)
        self.clerk.presses("Ctrl+Return")
        strip = self.page.following
        assert strip is not None
        self.clerk.until(lambda: not strip.is_under_way, "it did not end")
        return strip.outcome.words or strip.day.error
