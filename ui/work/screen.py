"""The page of work: the list, the review of one request, and the approval of many."""

import functools
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.usecases import changes
from app.usecases.changes import Taken, WorkCounts, WorkRow
from ui.desk.desk import Desk
from ui.desk.pages import DeskPage
from ui.desk.places import Place
from ui.kit.speaking import Speaking
from ui.kit.table import Table
from ui.words import errors
from ui.work.batch import Batch
from ui.work.counts import CountWatch
from ui.work.decisions import Decided, Move
from ui.work.queue import Queue
from ui.work.review import Review
from ui.work.views import View, counts_by_view

_REFRESH_MS = 60_000
_MINUTE_MS = 20_000


class WorkPage(Speaking, DeskPage):
    """Where requests are decided, without the mouse."""

    def __init__(self, desk: Desk, parent: QWidget, *, counts: CountWatch) -> None:
        super().__init__(parent)
        self.setObjectName("work")
        self._desk = desk
        self._counts = counts
        self._by_turn = False
        self._last_undoable: Decided | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._places = QStackedWidget(self)
        self.queue = Queue(desk, self._places)
        self.review = Review(desk, self._places)
        self.batch = Batch(desk, self._places)
        for place in (self.queue, self.review, self.batch):
            self._places.addWidget(place)
        column.addWidget(self._places)
        self._refresh = self._timer(_REFRESH_MS, self._refresh_list)
        self._minutes = self._timer(_MINUTE_MS, self.queue.tick)
        self.queue.opened.connect(self._open)
        self.review.left.connect(self._show_list)
        self.review.decided.connect(self._decided)
        self.review.taken_by_other.connect(self._go_on)
        self.batch.left.connect(self._show_list)
        counts.all_counted.connect(self._show_counts)
        self.queue.filters.changed.connect(self._filters_changed)
        self._bind_commands()
        self.retranslate()

    def _timer(self, interval: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer

    def _bind_commands(self) -> None:
        add = functools.partial(self._desk.commands.add, owner=self)
        add("work.take_next", run=self.take_next)
        add("work.approve", run=self.approve)
        add("work.reject", run=self._reject)
        add("work.return", run=self._return)
        add("work.provider", run=self._provider)
        add("work.undo", run=self._undo)
        add("work.account", run=self._open_account)
        add("work.filter", run=self._filter)
        add("work.refresh", run=self.refresh)

    # being shown ---------------------------------------------------------------------------------

    def take_keyboard(self) -> None:
        """Put the cursor where the work goes on."""
        shown = self._places.currentWidget()
        if shown is self.queue:
            self.queue.take_keyboard()
        elif shown is self.review:
            self.review.take_keyboard()
        else:
            self.batch.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Give back what is held: this person signs out."""
        self.review.rest()
        for table in self.findChildren(Table):
            table.keep_now()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh.start()
        self._minutes.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._refresh.stop()
        self._minutes.stop()

    def refresh(self) -> None:
        """Ask for what is seen again."""
        if self._is_reviewing:
            self.review.reload()
        else:
            self._refresh_list()
        self._counts.ask()

    def _refresh_list(self) -> None:
        if self._places.currentWidget() is self.queue:
            self.queue.load()
        else:
            self.queue.forget()

    def _show_counts(self, counts: WorkCounts) -> None:
        branch = self.queue.filters.chosen.branch_id
        self.queue.filters.set_counts(counts_by_view(counts, role=self._desk.me.role, branch_id=branch))

    def _filters_changed(self) -> None:
        self._show_counts(self._counts.counts)

    # going about ---------------------------------------------------------------------------------

    @property
    def _is_reviewing(self) -> bool:
        return self._places.currentWidget() is self.review

    def _open(self, row: WorkRow) -> None:
        self._by_turn = False
        self._show_review(row.ident, row.id)

    def _show_review(self, ident: int, request_id: int, *, by_itself: bool = False) -> None:
        self._places.setCurrentWidget(self.review)
        self.review.begin(ident, request_id, by_itself=by_itself)

    def _show_list(self) -> None:
        self.queue.forget()
        self._places.setCurrentWidget(self.queue)
        self.queue.take_keyboard()

    def take_next(self) -> None:
        """Take the request whose turn it is, of what is listed; nobody else gets the same."""
        if self._places.currentWidget() is self.batch:
            return
        chosen = self.queue.filters.chosen
        view = chosen.view if chosen.view is not View.TAKEN else View.WAITING
        asked = type(chosen)(view=view, kind=chosen.kind, branch_id=chosen.branch_id)
        action = functools.partial(
            changes.take_next,
            states=asked.states(),
            kinds=asked.kinds(self._desk.me.role),
            branch=asked.branch_id,
        )
        self._desk.jobs.act(action, self._next_taken, screen=self, failed=self._failed)

    def _next_taken(self, taken: Taken | None) -> None:
        if taken is None:
            if self._is_reviewing:
                self.review.leave()
            else:
                self._desk.say(self.tr("Nothing more waits here."))
            return
        self._by_turn = True
        self._show_review(taken["ident"], taken["request_id"], by_itself=True)

    def _go_on(self) -> None:
        """Open the next request: by turn, or the one below in the list that nobody has taken."""
        if self._by_turn:
            self.take_next()
            return
        row = self._following()
        if row is None:
            self.review.leave()  # that was the last one of the list
        else:
            self.queue.choose(row)
            self._show_review(row.ident, row.id, by_itself=True)

    def _following(self) -> WorkRow | None:
        """Return the next row of the list as it was, beginning below the cursor."""
        rows, current = self.queue.rows, self.queue.chosen
        at = next((place for place, row in enumerate(rows) if row is current), -1)
        states = self.queue.filters.chosen.states()
        for row in rows[at + 1 :]:
            if row.state in states and row.is_free:
                return row
        return None

    def _failed(self, error: Exception) -> None:
        self._desk.say(errors.sentence(error))

    # deciding ------------------------------------------------------------------------------------

    def approve(self) -> None:
        """Approve what is reviewed, or ask about all that are selected."""
        if self._is_reviewing:
            self.review.choose(Move.APPROVE)
        elif self._places.currentWidget() is self.queue:
            self._approve_selected()

    def _approve_selected(self) -> None:
        rows = self.queue.selected
        if len(rows) == 1:
            self._open(rows[0])
        elif len({row.kind for row in rows}) > 1:
            self._desk.say(self.tr("Choose requests of one kind: only those can be approved together."))
        elif rows:
            self._places.setCurrentWidget(self.batch)
            self.batch.begin(rows)

    def _decided(self, made: Decided) -> None:
        undo = None
        if made.move is Move.APPROVE:
            self._last_undoable = made
            undo = self._undo_last
        self._desk.say(self._words(made), undo=undo)
        self._go_on()

    def _words(self, made: Decided) -> str:
        match made.move:
            case Move.APPROVE:
                return self.tr("{0} is approved and has taken effect.").format(made.number)
            case Move.REJECT:
                return self.tr("{0} is rejected.").format(made.number)
            case Move.RETURN:
                return self.tr("{0} is returned for completion.").format(made.number)
            case Move.PROVIDER:
                return self.tr("{0} waits for the provider's order.").format(made.number)
        return self.tr("The undoing of {0} is filed; it waits for a decision.").format(made.number)

    def _undo_last(self) -> None:
        """Return to the request that was approved last, to say why it is taken back."""
        made = self._last_undoable
        if made is not None:
            self._desk.go(Place.work())
            self._places.setCurrentWidget(self.review)
            self.review.begin(made.ident, made.request_id, undoing=True)

    def _reject(self) -> None:
        self._decide(Move.REJECT)

    def _return(self) -> None:
        self._decide(Move.RETURN)

    def _provider(self) -> None:
        offered = [move for move in (Move.PROVIDER, Move.ORDER) if self.review.bar.is_offered(move)]
        if offered:
            self._decide(offered[0])

    def _undo(self) -> None:
        self._decide(Move.UNDO)

    def _decide(self, move: Move) -> None:
        if self._is_reviewing:
            self.review.choose(move)

    def _open_account(self) -> None:
        if self._is_reviewing:
            self.review.open_account()

    def _filter(self) -> None:
        if self._places.currentWidget() is self.queue:
            self.queue.filters.begin()

    def retranslate(self) -> None:
        self._show_counts(self._counts.counts)
