"""Approving many requests of one kind: asked about once, done one by one, each on its own result.

One refusal stops nothing: what was approved stays approved, and what was not says why.
"""

import functools
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.visits import Purpose
from app.usecases import changes, visits
from app.usecases.changes import BatchBarrier, Moved, WorkRow
from ui.changes.words import kind_word
from ui.desk.desk import Desk
from ui.kit.buttons import Button, ButtonKind
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Column, Table, TableModel
from ui.kit.tokens import GRID
from ui.words import errors, text
from ui.words.tones import Tone
from ui.work import words
from ui.work.views import Outcome

_TONES = {Outcome.APPROVED: Tone.GOOD, Outcome.REFUSED: Tone.BAD, Outcome.LEFT_OUT: Tone.WARN}


class One(QObject):
    """One of the requests that are approved together."""

    row: WorkRow
    outcome: Outcome
    why: str
    settled = Signal(object)

    def __init__(self, row: WorkRow, parent: QObject) -> None:
        super().__init__(parent)
        self.row = row
        self.outcome = Outcome.WAITING
        self.why = ""

    def done(self, _moved: Moved) -> None:
        """It was approved and has taken effect."""
        self.outcome, self.why = Outcome.APPROVED, ""
        self.settled.emit(self)

    def failed(self, error: Exception) -> None:
        """It was not."""
        self.outcome, self.why = Outcome.REFUSED, errors.sentence(error)
        self.settled.emit(self)


class Batch(Speaking, QWidget):
    """Asks once, then shows each request with its tick or its refusal as they come."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("batch")
        self._desk = desk
        self._items: list[One] = []
        self._at = -1
        self._is_stopped = False
        self._visited: list[int] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QFrame(self)
        head.setProperty("ground", "surface")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(head)
        row.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        row.setSpacing(2 * GRID)
        words_column = QVBoxLayout()
        words_column.setSpacing(GRID)
        self.title = label(head, "title", name="batch.title")
        self.said = label(head, "soft", name="batch.said")
        self.said.setWordWrap(True)
        words_column.addWidget(self.title)
        words_column.addWidget(self.said)
        row.addLayout(words_column, 1)
        self.back = Button("batch.back", head, kind=ButtonKind.QUIET)
        self.go = Button("batch.go", head, kind=ButtonKind.PRIMARY, icon_name="check")
        row.addWidget(self.back)
        row.addWidget(self.go)
        column.addWidget(head)
        self._model = TableModel(_columns(), self)
        self.table = Table(self._model, "batch.table", self, preferences=desk.preferences)
        self.table.sorts_here = False
        column.addWidget(self.table, 1)
        self.back.clicked.connect(self.leave)
        self.go.clicked.connect(self.start)
        self.retranslate()

    # asked once ----------------------------------------------------------------------------------

    def begin(self, rows: Sequence[WorkRow]) -> None:
        """Show what would be approved, and ask."""
        for old in self._items:
            old.deleteLater()
        self._items = [self._item(row) for row in rows]
        self._at = -1
        self._is_stopped = False
        self._model.set_rows(self._items)
        self.table.choose_row(0)
        self.retranslate()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _item(self, row: WorkRow) -> One:
        item = One(row, self)
        item.settled.connect(self._one_settled)
        barrier = changes.batch_barrier(row)
        if barrier is not None:
            item.outcome = Outcome.LEFT_OUT
            item.why = {
                BatchBarrier.TAKEN: words.taken_word(row.claimed_by, row.claimed_at, is_mine=False),
                BatchBarrier.OWN: self.tr("You entered it: somebody else has to approve it."),
                BatchBarrier.PAPERS_MISSING: self.tr("Papers are missing."),
            }[barrier]
        return item

    @property
    def is_under_way(self) -> bool:
        """Whether requests are being approved."""
        return self._at >= 0 and any(
            item.outcome in (Outcome.WAITING, Outcome.UNDER_WAY) for item in self._items
        )

    @property
    def outcomes(self) -> list[Outcome]:
        """What became of each, in the order of the list."""
        return [item.outcome for item in self._items]

    # done one by one -----------------------------------------------------------------------------

    def start(self) -> None:
        """Approve those that can be, one after the other; a second press changes nothing."""
        waiting = [item.row.ident for item in self._items if item.outcome is Outcome.WAITING]
        if self._at < 0 and waiting:
            self._at = 0
            self._show()
            self._visited = sorted(set(waiting) - set(self._desk.accounts.idents))
            action = functools.partial(visits.open_visits, idents=tuple(set(waiting)), purpose=Purpose.CASE)
            self._desk.jobs.act(action, self._opened, screen=self, failed=self._not_opened)

    def _opened(self, _result: object) -> None:
        self._next()

    def _not_opened(self, error: Exception) -> None:
        for item in self._items:
            if item.outcome is Outcome.WAITING:
                item.outcome, item.why = Outcome.REFUSED, errors.sentence(error)
        self._finish()

    def leave(self) -> None:
        """Back to the list; what was begun is finished, what was not is left as it is."""
        if self.is_under_way:
            self._is_stopped = True
            for item in self._items:
                if item.outcome is Outcome.WAITING:
                    item.outcome, item.why = Outcome.LEFT_OUT, self.tr("Stopped before it was its turn.")
            self._show()
        else:
            self.left.emit()

    def _next(self) -> None:
        waiting = [item for item in self._items if item.outcome is Outcome.WAITING]
        if not waiting or self._is_stopped:
            self._finish()
            return
        item = waiting[0]
        item.outcome = Outcome.UNDER_WAY
        self._at += 1
        self._show()
        row = item.row
        action = functools.partial(
            changes.approve, ident=row.ident, request_id=row.id, seen_version=row.version
        )
        total = len(waiting) + self._at - 1
        title = self.tr("Approving {0} of {1}").format(self._at, total)
        self._desk.jobs.act(action, item.done, screen=self, failed=item.failed, title=title)

    def _one_settled(self, _item: One) -> None:
        self._show()
        self._next()

    def _finish(self) -> None:
        action = functools.partial(visits.close_visits, idents=tuple(self._visited))
        self._desk.jobs.act(action, self._closed, screen=self, failed=self._closed)
        self._show()
        self._desk.say(self.said.text())

    def _closed(self, _result: object) -> None:
        pass  # a visit ends by itself, too

    def _show(self) -> None:
        self._model.retranslate()
        self.retranslate()
        places = [at for at, item in enumerate(self._items) if item.outcome is Outcome.UNDER_WAY]
        if places:
            self.table.scrollTo(self._model.index(places[0], 0))

    def _count(self, outcome: Outcome) -> int:
        return sum(item.outcome is outcome for item in self._items)

    # words ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at < 0:
            self.start()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self._model.set_titles(
            {
                "outcome": self.tr("Result"),
                "number": self.tr("Number"),
                "name": self.tr("Account"),
                "address": self.tr("Address"),
                "why": self.tr("Why"),
            }
        )
        self.table.setAccessibleName(self.tr("Requests that are approved together"))
        if not self._items:
            return
        self.title.setText(f"{kind_word(self._items[0].row.kind)}  ·  {text.number(len(self._items))}")
        waiting, approved = self._count(Outcome.WAITING), self._count(Outcome.APPROVED)
        refused = self._count(Outcome.REFUSED) + self._count(Outcome.LEFT_OUT)
        left_out = self.tr("%n will be left out", "", refused) if refused else ""
        if self._at < 0:
            asked = self.tr("Approve %n request(s) without looking at each of them?", "", waiting)
            self.said.setText(f"{asked} {left_out}.".replace(" .", "").strip())
        else:
            said = self.tr("%n approved", "", approved)
            if refused:
                others = self.tr("%n not approved", "", refused)
                said = f"{said}, {others}"
            self.said.setText(f"{said}.")
        self.go.setText(self.tr("Approve %n (Enter)", "", waiting))
        self.go.setVisible(self._at < 0)
        self.go.setEnabled(waiting > 0)
        self.back.setText(self.tr("Stop (Esc)") if self.is_under_way else self.tr("Back to the list (Esc)"))


def _columns() -> list[Column[One]]:
    return [
        Column(name="outcome", as_=words.outcome_word, toned=_TONES.get, width=140),
        Column(name="number", field="row.number", width=130),
        Column(name="name", field="row.account_name", as_=text.or_dash, width=200, strong=True),
        Column(name="address", field="row.address", width=240),
        Column(name="why", hinted=True, width=360, stretches=True),
    ]
