"""The list of plans under the filters, a page at a time; what is listed can be exported whole."""

import functools
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.usecases import plans
from app.usecases.branches import Branch
from app.usecases.pages import PageOfRows
from app.usecases.plans import PortfolioKey, PortfolioRow, Which
from app.usecases.plans.portfolio import LARGEST_PAGE, portfolio_rest
from ui.desk.desk import Desk
from ui.kit.list_section import ListSection, Question
from ui.kit.speaking import Speaking
from ui.kit.table import PAGE
from ui.portfolio.columns import PortfolioReading
from ui.portfolio.filters import PortfolioFilters
from ui.portfolio.views import ChosenPlans
from ui.words import text

MOST_EXPORTED = 20_000


class PlanList(Speaking, ListSection):
    """Plans of everybody; Enter opens one in its account."""

    opened = Signal(object)
    """PortfolioRow: look at this plan."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("portfolio.list", parent, jobs=desk.jobs)
        self._desk = desk
        self._shown = ChosenPlans()
        self._exported: tuple[ChosenPlans, PortfolioKey | None] = (self._shown, None)
        self._branches: dict[int, str] = {desk.me.branch_id: desk.me.branch}
        self.filters = PortfolioFilters(desk.me, self)
        self.column.insertWidget(0, self.filters)
        reading = PortfolioReading(today=self._today, which=self._which, branch_name=self.branch_name)
        self.make_table(reading.columns(), "portfolio.table", self.content, preferences=desk.preferences)
        self.table.sorts_here = False  # what is most urgent comes first, on every page
        self.body.addWidget(self.table)
        self.table.row_opened.connect(self._row_opened)
        self.filters.changed.connect(self.begin_anew)
        self.filters.left.connect(self.take_keyboard)
        self.retranslate()

    # asking --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask again for as much as is seen, so that nobody loses their place."""
        self._shown = self.filters.chosen
        super().load()

    def question(self, after: PortfolioKey | None) -> Question:
        is_refresh = after is None and not self.begins
        chosen = self._shown
        return functools.partial(
            plans.portfolio,
            today=self._desk.today,
            which=chosen.which,
            programme=chosen.programme_id,
            branch=chosen.branch_id,
            state=chosen.state,
            after=after,
            limit=min(max(PAGE, self.model.rowCount()), LARGEST_PAGE) if is_refresh else PAGE,
        )

    def key_of(self, row: PortfolioRow) -> int:
        return row.plan_id

    def refresh(self) -> None:
        """Ask again, unless more is seen than is asked for at once."""
        if self.model.rowCount() <= LARGEST_PAGE:
            self.load()

    # export --------------------------------------------------------------------------------------

    def export(self) -> None:
        """Write what is listed to a file, with the pages that have not been looked at."""
        if not self.model.rowCount():
            self._desk.say(self.tr("Nothing is listed that could be exported."))
        elif self.next_key is None:
            self.table.export()
        else:
            self._ask_for_rest(self.next_key)

    def _ask_for_rest(self, after: PortfolioKey) -> None:
        chosen = self._shown
        question = functools.partial(
            portfolio_rest,
            today=self._desk.today,
            which=chosen.which,
            programme=chosen.programme_id,
            branch=chosen.branch_id,
            state=chosen.state,
            after=after,
            at_most=max(MOST_EXPORTED - self.model.rowCount(), 1),
        )
        title = self.tr("Plans for an export")
        self._exported = chosen, after
        self._desk.jobs.ask(
            question, self._rest_came, screen=self, lane="export", failed=self._failed, title=title
        )

    def _rest_came(self, page: PageOfRows[PortfolioRow, PortfolioKey]) -> None:
        chosen, after = self._exported
        if chosen != self._shown:
            return  # something else was chosen meanwhile
        if after != self.next_key:
            self.export()  # the list was asked for anew meanwhile
            return
        self.add_page(page)
        if self.next_key is not None:
            count = text.number(self.model.rowCount())
            self._desk.say(
                self.tr("These are the first {0} plans. Narrow the list for the others.").format(count)
            )
        self.table.export()

    # what is chosen ------------------------------------------------------------------------------

    @property
    def rows(self) -> list[PortfolioRow]:
        """The plans that have arrived."""
        return self.model.rows()

    def take_keyboard(self) -> None:
        """Put the cursor into the list, or on what is listed where that is nothing."""
        if self.is_empty:
            self.filters.begin()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_branches(self, branches: Sequence[Branch]) -> None:
        """Name the branches."""
        self._branches |= {branch.id: branch.name for branch in branches}
        self.filters.set_branches(branches)
        self.model.retranslate()

    def _row_opened(self, place: int) -> None:
        self.opened.emit(self.model.row(place))

    def _today(self) -> date:
        return self._desk.today

    def _which(self) -> Which:
        return self._shown.which

    def branch_name(self, branch_id: int | None) -> str:
        """Return the name of a branch, or a dash where none is known."""
        return text.listed(self._branches.get(branch_id or 0, text.DASH))

    # words ---------------------------------------------------------------------------------------

    def say_empty(self) -> None:
        if self._shown.is_narrowed:
            hint = self.tr("Nothing is as narrow as this filter. Press F to choose something else.")
        else:
            hint = self._nothing(self._shown.which)
        self.show_empty(self.tr("No plans"), hint, icon_name="calendar-dollar")

    def _nothing(self, which: Which) -> str:
        match which:
            case Which.ALL:
                return self.tr("No plan was signed yet. One is begun in an account, among its plans.")
            case Which.ARRIVING:
                return self.tr("No instalment falls due within a week.")
            case Which.MISSED:
                return self.tr("Every instalment that fell due is paid.")
            case Which.BREAKING:
                return self.tr("No plan breaks within a week.")
            case Which.AWAITING:
                return self.tr("Every contract that was signed has its certification.")

    def retranslate(self) -> None:
        self.model.set_titles(
            {
                "next": self.tr("Next"),
                "number": self.tr("Contract"),
                "name": self.tr("Account"),
                "address": self.tr("Address"),
                "programme": self.tr("Programme"),
                "state": self.tr("State"),
                "late": self.tr("Late"),
                "late_open": self.tr("Overdue"),
                "open": self.tr("Remaining"),
                "signed": self.tr("Signed"),
                "due": self.tr("Next due"),
                "breaks": self.tr("Breaks on"),
                "payable": self.tr("To pay"),
                "paid": self.tr("Paid"),
                "instalments": self.tr("Instalments"),
                "payer": self.tr("Payer"),
                "branch": self.tr("Branch"),
                "by": self.tr("Registered by"),
                "ident": self.tr("Account number"),
            }
        )
        self.table.setAccessibleName(self.tr("Payment plans"))
        if self.is_empty:
            self.say_empty()
