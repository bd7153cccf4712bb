"""What stays on top of a review: which request, of whom, how urgent, and the way back."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.changes import Reviewed
from ui.changes.words import kind_word
from ui.kit.buttons import IconButton
from ui.kit.labels import Badge
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.words import states, text
from ui.words.tones import Tone
from ui.work import words


class ReviewHead(Speaking, QFrame):
    """The number, the kind, the state and the deadline; the account beneath."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("review.head")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._reviewed: Reviewed | None = None
        self._today: date | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID)
        self._back = IconButton("review.back", self, icon_name="arrow-left")
        self._back.clicked.connect(self.left)
        row.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(2 * GRID)
        self.title = label(self, "title", name="review.title")
        self.state = Badge("review.state", self)
        self.due = Badge("review.due", self)
        self.late = Badge("review.late", self)
        for widget in (self.title, self.state, self.due, self.late):
            first.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addStretch(1)
        column.addLayout(first)
        self.account = label(self, "soft", name="review.account")
        column.addWidget(self.account)
        row.addLayout(column, 1)
        self.retranslate()

    def show_request(self, reviewed: Reviewed, *, today: date) -> None:
        """Show which request it is."""
        self._reviewed, self._today = reviewed, today
        self.retranslate()

    def retranslate(self) -> None:
        self._back.set_words(self.tr("Back to the list (Esc)"))
        if self._reviewed is None or self._today is None:
            for badge in (self.state, self.due, self.late):
                badge.set_state("", Tone.NEUTRAL)
            return
        request = self._reviewed.request
        self.title.setText(f"{kind_word(request.kind)}  ·  {request.number}")
        self.state.set_state(states.word(request.state), states.tone(request.state))
        if request.due_on is not None and request.decided_at is None:
            due = words.due_word(request.due_on, today=self._today)
            self.due.set_state(due, words.due_tone(request.due_on, today=self._today))
        else:
            self.due.set_state("", Tone.NEUTRAL)
        self.late.set_state(self.tr("reported late") if request.is_late else "", Tone.WARN)
        name = self._reviewed.name or self.tr("An account that is to be opened")
        parts = [name, self._reviewed.address, text.ident(request.ident), text.listed(request.branch)]
        self.account.setText("  ·  ".join(part for part in parts if part))
