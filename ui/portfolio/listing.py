"""The list of plans under the filters, a page at a time; what is listed can be exported whole."""

import functools
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.usecases import plans
from app.usecases.branches import Branch
from app.usecases.pages import PageOfRows
from app.usecases.plans import PortfolioKey, PortfolioRow, Which
from app.usecases.plans.portfolio import LARGEST_PAGE, portfolio_rest
from ui.desk.desk import Desk
from ui.kit.section import Section
from ui.kit.speaking import Speaking
from ui.kit.table import PAGE, Table, TableModel
from ui.portfolio.columns import PortfolioReading
from ui.portfolio.filters import PortfolioFilters
from ui.portfolio.views import ChosenPlans
from ui.words import errors, text

MOST_EXPORTED = 20_000


class PlanList(Speaking, Section):
    """Plans of everybody; Enter opens one in its account."""

    opened = Signal(object)
    """PortfolioRow: look at this plan."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("portfolio.list", parent)
        self._desk = desk
        self._shown = ChosenPlans()
        self._next: PortfolioKey | None = None
        self._asked = 0
        self._exported: tuple[ChosenPlans, PortfolioKey | None] = (self._shown, None)
        self._branches: dict[int, str] = {desk.me.branch_id: desk.me.branch}
        self.filters = PortfolioFilters(desk.me, self)
        column = self.layout()
        assert column is not None  # noqa: S101
        column.insertWidget(0, self.filters)  # type: ignore[attr-defined]
        reading = PortfolioReading(today=self._today, which=self._which, branch_name=self.branch_name)
        self._model = TableModel(reading.columns(), self)
        self.table = Table(self._model, "portfolio.table", self.content, preferences=desk.preferences)
        self.table.sorts_here = False  # what is most urgent comes first, on every page
        self.body.addWidget(self.table)
        self.table.row_opened.connect(self._row_opened)
        self._model.more_wanted.connect(self._ask_for_more)
        self.cancelled.connect(self._give_up)
        self.filters.changed.connect(self.begin_anew)
        self.filters.left.connect(self.take_keyboard)
        self.retranslate()

    # asking --------------------------------------------------------------------------------------

    def begin_anew(self) -> None:
        """Ask for the first page of what is chosen now."""
        self._shown = self.filters.chosen
        self.show_busy()
        self._ask(None, PAGE, self._came_anew)

    def load(self) -> None:
        """Ask again for as much as is seen, so that nobody loses their place."""
        self._shown = self.filters.chosen
        self.show_busy()
        self._ask(None, min(max(PAGE, self._model.rowCount()), LARGEST_PAGE), self._came)

    def refresh(self) -> None:
        """Ask again, unless more is seen than is asked for at once."""
        if self._model.rowCount() <= LARGEST_PAGE:
            self.load()

    def _ask(
        self,
        after: PortfolioKey | None,
        limit: int,
        then: Callable[[PageOfRows[PortfolioRow, PortfolioKey]], None],
    ) -> None:
        chosen = self._shown
        question = functools.partial(
            plans.portfolio,
            today=self._desk.today,
            which=chosen.which,
            programme=chosen.programme_id,
            branch=chosen.branch_id,
            state=chosen.state,
            after=after,
            limit=limit,
        )
        self._asked = self._desk.jobs.ask(question, then, screen=self, lane="portfolio", failed=self._failed)

    def _ask_for_more(self) -> None:
        self._ask(self._next, PAGE, self._more_came)

    def _came_anew(self, page: PageOfRows[PortfolioRow, PortfolioKey]) -> None:
        self._show_page(page, before=None, place=0)

    def _came(self, page: PageOfRows[PortfolioRow, PortfolioKey]) -> None:
        self._show_page(page, before=self.chosen, place=max(self.table.chosen_row(), 0))

    def _show_page(
        self, page: PageOfRows[PortfolioRow, PortfolioKey], *, before: PortfolioRow | None, place: int
    ) -> None:
        self._next = page.next_key
        self._model.set_rows(page.rows, more=self._next is not None)
        if not page.rows:
            self._say_empty()
            return
        self.show_rows()
        wanted = before.plan_id if before is not None else 0
        same = [at for at, row in enumerate(page.rows) if row.plan_id == wanted]
        self.table.choose_row(same[0] if same else min(place, len(page.rows) - 1))

    def _more_came(self, page: PageOfRows[PortfolioRow, PortfolioKey]) -> None:
        self._next = page.next_key
        self._model.append_rows(page.rows, more=self._next is not None)
        self.show_waiting_over()

    def _give_up(self) -> None:
        self._desk.jobs.cancel(self._asked)

    def _failed(self, error: Exception) -> None:
        self._model.resume()
        self.show_failure(errors.sentence(error))

    # export --------------------------------------------------------------------------------------

    def export(self) -> None:
        """Write what is listed to a file, with the pages that have not been looked at."""
        if not self._model.rowCount():
            self._desk.say(self.tr("Nothing is listed that could be exported."))
        elif self._next is None:
            self.table.export()
        else:
            self._ask_for_rest(self._next)

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
            at_most=max(MOST_EXPORTED - self._model.rowCount(), 1),
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
        if after != self._next:
            self.export()  # the list was asked for anew meanwhile
            return
        self._more_came(page)
        if self._next is not None:
            count = text.number(self._model.rowCount())
            self._desk.say(
                self.tr("These are the first {0} plans. Narrow the list for the others.").format(count)
            )
        self.table.export()

    # what is chosen ------------------------------------------------------------------------------

    @property
    def rows(self) -> list[PortfolioRow]:
        """The plans that have arrived."""
        return self._model.rows()

    @property
    def chosen(self) -> PortfolioRow | None:
        """The plan the cursor is on."""
        place = self.table.chosen_row()
        return self._model.row(place) if 0 <= place < self._model.rowCount() else None

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
        self._model.retranslate()

    def _row_opened(self, place: int) -> None:
        self.opened.emit(self._model.row(place))

    def _today(self) -> date:
        return self._desk.today

    def _which(self) -> Which:
        return self._shown.which

    def branch_name(self, branch_id: int | None) -> str:
        """Return the name of a branch, or a dash where none is known."""
        return text.listed(self._branches.get(branch_id or 0, text.DASH))

    # words ---------------------------------------------------------------------------------------

    def _say_empty(self) -> None:
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
        self._model.set_titles(
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
            self._say_empty()
