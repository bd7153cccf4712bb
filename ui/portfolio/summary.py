"""The plans in numbers: a row for each programme, a column for each state."""

import functools
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.plans import PlanState
from app.usecases.plans import PortfolioCount
from ui import states, text
from ui.kit.preferences import Preferences
from ui.kit.table import Align, Column, Table, TableModel
from ui.kit.theme import current_density
from ui.kit.tokens import GRID
from ui.portfolio.views import STATES, ProgrammeCount, counts_by_programme

_MOST_ROWS = 5


class PortfolioSummary(QFrame):
    """Counts by programme and state; Enter on a number lists the plans it counts."""

    chosen = Signal(object, object)
    """The programme's number or None for all, and the state or None for any."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("portfolio.summary")
        self._counts: Sequence[PortfolioCount] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._model = TableModel(self._columns(), self)
        self.table = Table(self._model, "portfolio.counts", self, preferences=preferences)
        self.table.setProperty("framed", True)
        self.table.sorts_here = False  # the last row is the sum of those above it
        column.addWidget(self.table)
        self.table.row_opened.connect(self._row_opened)
        self.hide()
        self.retranslate()

    def show_counts(self, counts: Sequence[PortfolioCount], *, branch_id: int | None) -> None:
        """Show the plans of a branch in numbers, or of all branches; without any there is nothing to see."""
        rows = counts_by_programme(counts, branch_id=branch_id)
        place = max(self.table.chosen_row(), 0)
        at = max(self.table.currentIndex().column(), 0)
        self._model.set_rows(rows)
        self.table.setCurrentIndex(self._model.index(min(place, len(rows) - 1), at))
        height = current_density().row_height * min(len(rows), _MOST_ROWS)
        self.table.setFixedHeight(height + self.table.horizontalHeader().sizeHint().height() + GRID)
        self.setVisible(bool(rows))

    def _row_opened(self, place: int) -> None:
        row: ProgrammeCount = self._model.row(place)
        name = self._model.column(self.table.currentIndex().column()).name
        state = next((one for one in PlanState if one.value == name), None)
        self.chosen.emit(row.programme.id if row.programme is not None else None, state)

    def _columns(self) -> list[Column]:
        right = Align.RIGHT
        counted = [
            Column(
                name=state.value,
                text=functools.partial(_of_state, state),
                align=right,
                width=104,
                sortable=False,
                hidden=state not in STATES,
            )
            for state in PlanState
        ]
        return [
            Column(
                name="programme", text=self._programme, width=260, strong=True, stretches=True, sortable=False
            ),
            *counted,
            Column(name="count", text=_count, align=right, width=84, strong=True, sortable=False),
            Column(name="payable", text=_payable, align=right, width=140, sortable=False),
        ]

    def _programme(self, row: ProgrammeCount) -> str:
        if row.programme is None:
            return self.tr("All programmes")
        return text.listed(row.programme.name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        titles = {state.value: states.word(state) for state in PlanState}
        titles[PlanState.AWAITING_CERTIFICATION.value] = self.tr("to be certified")
        self._model.set_titles(
            {
                "programme": self.tr("Programme"),
                **{name: words[:1].upper() + words[1:] for name, words in titles.items()},
                "count": self.tr("Together"),
                "payable": self.tr("To pay by plans"),
            }
        )
        self.table.setAccessibleName(self.tr("Plans by programme and state"))


def _of_state(state: PlanState, row: ProgrammeCount) -> str:
    count = row.of(state)
    return text.number(count) if count else text.DASH


def _count(row: ProgrammeCount) -> str:
    return text.number(row.count)


def _payable(row: ProgrammeCount) -> str:
    return text.money(row.payable)
