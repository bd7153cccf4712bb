"""The page of payment plans: how many there are, which are urgent, and the way to each of them."""

import functools
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.topics import Topic
from app.usecases import branches, plans
from app.usecases.branches import Branch
from app.usecases.plans import PortfolioCount, PortfolioRow
from ui.desk.desk import Desk
from ui.desk.pages import DeskPage
from ui.desk.places import AccountSection, Place
from ui.kit.buttons import Button, ButtonKind
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Table
from ui.kit.tokens import GRID
from ui.kit.watch import Watch
from ui.portfolio.following import FollowStrip
from ui.portfolio.listing import PlanList
from ui.portfolio.summary import PortfolioSummary
from ui.portfolio.views import Breakdown, ChosenPlans, counts_by_view, programmes_of
from ui.words import text

_REFRESH_MS = 60_000


class PortfolioPage(Speaking, DeskPage):
    """Everybody's plans; a clerk sees the own branch, a supervisor any."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("portfolio")
        self._desk = desk
        self._counts: Sequence[PortfolioCount] = ()
        self.is_counting = False
        self._is_supervisor = desk.me.supervises
        self._has_branches = not self._is_supervisor
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        self.following: FollowStrip | None = None
        if self._is_supervisor:
            self.following = FollowStrip(desk, self)
            self.following.closed.connect(self.take_keyboard)
            self.following.ended.connect(self.load)
            column.addWidget(self.following)
        self.summary = PortfolioSummary(desk.preferences, self._branch_name, self)
        column.addWidget(self.summary)
        self.list = PlanList(desk, self)
        column.addWidget(self.list, 1)
        self._refresh = QTimer(self)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self._refresh_quietly)
        self.summary.chosen.connect(self._number_chosen)
        self.list.opened.connect(self._open)
        self.list.filters.changed.connect(self._show_counts)
        self._watch = Watch(self)
        self._watch.wanted.connect(self._load_again)
        self._watch.follow(desk.jobs.changed, {Topic.PLANS})
        self._bind_commands()
        self.retranslate()

    def _make_head(self) -> QWidget:
        head = QFrame(self)
        head.setObjectName("portfolio.head")
        row = QHBoxLayout(head)
        row.setContentsMargins(4 * GRID, 2 * GRID, 2 * GRID, GRID)
        row.setSpacing(2 * GRID)
        self._title = label(head, "title", name="portfolio.title")
        self._about = label(head, "soft", name="portfolio.about")
        row.addWidget(self._title, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._about, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._turn = Button("portfolio.turn", head, kind=ButtonKind.QUIET, icon_name="chart-bar")
        self._programmes = Button("portfolio.programmes", head, kind=ButtonKind.QUIET, icon_name="scale")
        self._follow = Button("portfolio.follow.open", head, kind=ButtonKind.SECONDARY, icon_name="refresh")
        self._export = Button("portfolio.export", head, kind=ButtonKind.SECONDARY, icon_name="file-export")
        self._follow.setVisible(self._is_supervisor)
        self._programmes.setVisible(self._is_supervisor)
        self._programmes.clicked.connect(self._go_to_programmes)
        self._follow.clicked.connect(self.follow)
        self._export.clicked.connect(self.export)
        self._turn.setVisible(self._is_supervisor)
        self._turn.clicked.connect(self.turn)
        row.addWidget(self._turn)
        row.addWidget(self._programmes)
        row.addWidget(self._follow)
        row.addWidget(self._export)
        return head

    def _go_to_programmes(self) -> None:
        self._desk.go(Place.programmes())

    def _bind_commands(self) -> None:
        add = functools.partial(self._desk.commands.add, owner=self)
        add("portfolio.filter", run=self.choose)
        add("portfolio.export", run=self.export)
        add("portfolio.refresh", run=self.load)
        if self._is_supervisor:
            add("portfolio.follow", run=self.follow)
            add("portfolio.turn", run=self.turn)

    # being shown ---------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask how many plans there are, and for those that are listed."""
        self._watch.note_asked()
        self.list.load()
        self._ask_counts()

    def _refresh_quietly(self) -> None:
        self.list.refresh()
        self._ask_counts()

    def _ask_counts(self) -> None:
        self.is_counting = True
        question = functools.partial(plans.portfolio_counts, today=self._desk.today)
        self._desk.jobs.ask(question, self._counted, screen=self, lane="counts", failed=self._not_counted)
        if not self._has_branches:
            self._desk.jobs.ask(
                branches.branches, self._branches_came, screen=self, lane="branches", failed=self._ignored
            )

    def take_keyboard(self) -> None:
        """Put the cursor into the list."""
        self.list.take_keyboard()

    def leave(self) -> None:
        """Keep how the columns were arranged, and begin nothing more: this person signs out."""
        if self.following is not None:
            self.following.stop()
        for table in self.findChildren(Table):
            table.keep_now()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh.start()
        self._watch.set_seen(is_seen=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._refresh.stop()
        self._watch.set_seen(is_seen=False)
        self._watch.forget()  # plans of everybody: whoever comes back sees what others did meanwhile

    def _load_again(self) -> None:
        if self.following is None or not self.following.is_under_way:  # else once, when it has ended
            self.load()

    # what is counted -----------------------------------------------------------------------------

    def _counted(self, counts: tuple[PortfolioCount, ...]) -> None:
        self.is_counting = False
        self._counts = counts
        self.list.filters.set_programmes(programmes_of(counts))
        self._show_counts()

    def _show_counts(self) -> None:
        chosen = self.list.filters.chosen
        self.list.filters.set_counts(counts_by_view(self._counts, chosen=chosen))
        self.summary.show_counts(self._counts, chosen=chosen)

    def _not_counted(self, _error: Exception) -> None:
        self.is_counting = False  # the list says what went wrong, and numbers that were known stay

    def _branch_name(self, branch_id: int | None) -> str:
        return self.list.branch_name(branch_id)

    def _branches_came(self, found: Sequence[Branch]) -> None:
        self._has_branches = True
        self.list.set_branches(found)
        self._show_counts()  # their names stand beside the numbers

    def _ignored(self, _error: Exception) -> None:
        pass  # the filter offers all branches, as before

    # going about ---------------------------------------------------------------------------------

    def choose(self) -> None:
        """Go to what narrows the list."""
        self.list.filters.begin()

    def export(self) -> None:
        """Write what is listed to a file."""
        self.list.export()

    def follow(self) -> None:
        """Ask for a day to follow all plans for."""
        if self.following is not None:
            self.following.begin()

    def turn(self) -> None:
        """Count by branch instead of by programme, or the other way about."""
        self.summary.turn()
        self._name_turning()
        self._show_counts()

    def _number_chosen(self, wanted: ChosenPlans) -> None:
        self.list.filters.choose(wanted)
        self.list.take_keyboard()

    def _open(self, row: PortfolioRow) -> None:
        self._desk.go(Place.account(row.ident, section=AccountSection.PLANS, plan_id=row.plan_id))

    def _name_turning(self) -> None:
        is_by_branch = self.summary.breakdown is Breakdown.BRANCH
        words = self.tr("By programme") if is_by_branch else self.tr("By branch")
        self._turn.setText(f"{words} (B)")  # a key keeps its letter in Cyrillic

    def retranslate(self) -> None:
        self._title.setText(self.tr("Payment plans"))
        self._programmes.setText(self.tr("Programmes (Alt+G)"))
        self._name_turning()
        whose = self.tr("of all branches") if self._is_supervisor else text.listed(self._desk.me.branch)
        self._about.setText(whose)
        self._follow.setText(f"{self.tr('Follow plans')} (M)")
        self._export.setText(f"{self.tr('Export')} (E)")
