"""The list of requests that wait, nearest deadline first, a page at a time."""

import functools
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.faulty import Faulty, readable
from app.domain.topics import Topic
from app.usecases import branches, changes
from app.usecases.branches import Branch
from app.usecases.changes import WorkKey, WorkRow
from app.usecases.pages import PageOfRows
from ui.desk.desk import Desk
from ui.kit.list_section import ListSection, Question
from ui.kit.speaking import Speaking
from ui.kit.table import PAGE
from ui.work.columns import WorkColumns
from ui.work.filters import Filters
from ui.work.views import Chosen, View


class Queue(Speaking, ListSection):
    """Requests under the filters; Enter opens one, Shift with the arrows selects several."""

    opened = Signal(object)
    """WorkRow: look at this request."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("work.queue", parent, jobs=desk.jobs)
        self._desk = desk
        self._shown = Chosen()
        self._has_branches = False
        self.filters = Filters(desk.me, self)
        self.column.insertWidget(0, self.filters)
        reading = WorkColumns(today=self._today)
        self.make_table(reading.columns(), "work.table", self.content, preferences=desk.preferences)
        self.table.sorts_here = False  # what is nearest to its deadline comes first, on every page
        self.body.addWidget(self.table)
        self.table.row_opened.connect(self._row_opened)
        self.filters.changed.connect(self.load)
        self.filters.left.connect(self.take_keyboard)
        self.follow(desk.jobs.changed, {Topic.CHANGES})
        self.retranslate()

    # asking --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask for the first page of what is chosen."""
        self._shown = self.filters.chosen
        super().load()
        if not self._has_branches and self._desk.me.supervises:
            self._desk.jobs.ask(
                branches.branches, self._branches_came, screen=self, lane="branches", failed=self._ignored
            )

    def question(self, after: WorkKey | None) -> Question:
        chosen, me = self._shown, self._desk.me
        return functools.partial(
            changes.work_list,
            states=chosen.states(),
            kinds=chosen.kinds(me.role),
            branch=chosen.branch_id,
            claimant=me.login if chosen.view is View.TAKEN else "",
            after=after,
            limit=PAGE,
        )

    def key_of(self, row: WorkRow) -> tuple[int, int]:
        return row.ident, row.id

    def show_list(self, rows: Sequence[WorkRow | Faulty]) -> None:
        selected = {self.key_of(row) for row in self.selected}
        super().show_list(rows)
        if rows and len(selected) > 1:
            self._select_again(selected)

    def take_in(
        self, page: PageOfRows[WorkRow | Faulty, WorkKey]
    ) -> tuple[list[WorkRow | Faulty], WorkKey | None]:
        """Cut off what is due later than was asked for: rows come in the order of their deadlines."""
        last = self._shown.last_day(self._desk.today)
        rows = [row for row in page.rows if last is None or isinstance(row, Faulty) or row.due_on <= last]
        return rows, page.next_key if len(rows) == len(page.rows) else None

    def _select_again(self, keys: set[tuple[int, int]]) -> None:
        """Keep what was selected through a refresh."""
        model = self.table.selectionModel()
        for place, row in enumerate(self.model.rows()):
            if not isinstance(row, Faulty) and self.key_of(row) in keys:
                model.select(
                    self.model.index(place, 0), model.SelectionFlag.Select | model.SelectionFlag.Rows
                )

    def _branches_came(self, found: Sequence[Branch]) -> None:
        self._has_branches = True
        self.filters.set_branches(found)

    def _ignored(self, _error: Exception) -> None:
        pass  # the filter offers all branches, as before

    # what is chosen ------------------------------------------------------------------------------

    @property
    def rows(self) -> list[WorkRow]:
        """The requests that have arrived."""
        return list(readable(self.model.rows()))

    @property
    def selected(self) -> list[WorkRow]:
        """The requests that are selected."""
        return [self.model.row(place) for place in self.table.chosen_rows()]

    def choose(self, row: WorkRow) -> None:
        """Put the cursor on a request, if it is listed."""
        self.put_cursor(self.key_of(row))

    def take_keyboard(self) -> None:
        """Put the cursor into the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        """Let the minutes of those who have taken something go on."""
        self.model.retranslate()

    def _row_opened(self, place: int) -> None:
        self.opened.emit(self.model.row(place))

    def _today(self) -> date:
        return self._desk.today

    # words ---------------------------------------------------------------------------------------

    def say_empty(self) -> None:
        chosen = self._shown
        if chosen.kind is not None or chosen.last_day(self._desk.today) is not None:
            hint = self.tr("Nothing is as narrow as this filter. Press F to choose something else.")
        elif chosen.view is View.TAKEN:
            hint = self.tr("You have taken no request. T takes the next one that waits.")
        else:
            hint = self.tr("Every request of this part of the list is done.")
        self.show_empty(self.tr("No requests"), hint, icon_name="list-check")

    def retranslate(self) -> None:
        self.model.set_titles(
            {
                "due": self.tr("Deadline"),
                "kind": self.tr("Change"),
                "name": self.tr("Account"),
                "address": self.tr("Address"),
                "number": self.tr("Number"),
                "state": self.tr("State"),
                "papers": self.tr("Papers"),
                "taken": self.tr("Taken by"),
                "received": self.tr("Received"),
                "month": self.tr("From month"),
                "channel": self.tr("Came by"),
                "ident": self.tr("Account number"),
            }
        )
        self.table.setAccessibleName(self.tr("Requests"))
        if self.is_empty:
            self.say_empty()
