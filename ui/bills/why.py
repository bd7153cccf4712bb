"""Why a bill changed since the month before: the difference always, the reasons when opened."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.period import Period
from app.usecases.bills import Explanation
from ui.bills import sentences, words
from ui.bills.columns import reason_columns
from ui.bills.ledger import LedgerTable, ScrolledPage
from ui.bills.rows import reason_rows, weightiest
from ui.kit.buttons import Button, ButtonKind
from ui.kit.icons import icon
from ui.kit.preferences import Preferences
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.words import text

_KEY = "bills.why_open"


class WhyPanel(Speaking, QFrame):
    """A head that tells the difference, over a list of the reasons."""

    turned = Signal(bool)
    """The reasons were opened or closed."""

    def __init__(self, parent: QWidget, *, preferences: Preferences) -> None:
        super().__init__(parent)
        self.setObjectName("bills.why")
        self._preferences = preferences
        self._why: Explanation | None = None
        self._period: Period | None = None
        self._is_open = preferences.get(_KEY) is not False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(GRID, 0, 6 * GRID, GRID)
        head.setSpacing(3 * GRID)
        self.head = Button("bills.why.turn", self, kind=ButtonKind.QUIET)
        self.head.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.head.setCheckable(False)
        self.head.clicked.connect(self.turn)
        self.summary = label(self, "soft", name="bills.why.summary")
        self.summary.setMinimumWidth(0)
        self.total = label(self, "heading", name="bills.why.total")
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.total.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head.addWidget(self.head)
        head.addWidget(self.summary, 1)
        head.addStretch(0)
        head.addWidget(self.total)
        column.addLayout(head)
        self._scroll = ScrolledPage("bills.why.page", self)
        self.table = LedgerTable(
            reason_columns(), "bills.reasons", self._scroll.page, preferences=preferences
        )
        self.table.horizontalHeader().hide()
        self.table.row_reached.connect(self._reach)
        self._scroll.column.addWidget(self.table)
        self._scroll.column.addStretch(1)
        column.addWidget(self._scroll, 1)
        self.retranslate()

    @property
    def is_open(self) -> bool:
        """Whether the reasons are seen."""
        return self._is_open and bool(self.table.model().rowCount())

    def show_reasons(self, period: Period, why: Explanation | None) -> None:
        """Explain the bill of ``period``; no explanation hides the panel."""
        self._period = period
        self._why = why
        self.setVisible(why is not None)
        self.retranslate()

    def turn(self) -> None:
        """Open the reasons, or close them; it is remembered."""
        self._is_open = not self._is_open
        self._preferences.set(_KEY, self._is_open)
        self._lay_out()
        self.turned.emit(self._is_open)

    def wanted_height(self) -> int:
        """Return the height in which every reason is seen."""
        head = self.head.sizeHint().height() + GRID + 1
        return head + (self.table.height() + 2 * GRID if self.is_open else 0)

    def _reach(self, place: int) -> None:
        self._scroll.reach(self.table, place)

    def _lay_out(self) -> None:
        has_reasons = bool(self.table.model().rowCount())
        self._scroll.setVisible(self.is_open)
        self.summary.setVisible(not self.is_open)
        self.head.setEnabled(has_reasons)
        if has_reasons:
            self.head.setIcon(icon("chevron-down" if self.is_open else "chevron-right"))
        self.setMaximumHeight(16_777_215 if self.is_open else self.wanted_height())
        self.setMinimumHeight(self.head.sizeHint().height() + GRID + 1)

    def retranslate(self) -> None:
        why = self._why
        self.table.setAccessibleName(self.tr("Why the bill changed"))
        self.table.model().set_titles({"sentence": self.tr("Reason"), "amount": self.tr("Difference")})
        self.table.show_rows(reason_rows(why) if why is not None else ())
        if why is None or self._period is None:
            self._lay_out()
            return
        before = text.period(self._period.previous())
        self.head.setText(self.tr("Why it changed since {0}").format(before))
        if why.previous is None:
            self.head.setText(self.tr("There is no bill for {0} to compare with").format(before))
            self.total.clear()
        else:
            self.total.setText(words.signed(why.change) if why.change else self.tr("no change"))
        most = weightiest(why)
        self.summary.setText(sentences.difference(most) if most is not None else "")
        self.head.setAccessibleName(f"{self.head.text()}: {self.total.text()}")
        self._lay_out()
