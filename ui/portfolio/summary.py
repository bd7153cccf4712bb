"""The plans in numbers: a row for each programme or branch, a column for each state."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.plans import PlanState
from app.usecases.plans import PortfolioCount, Which
from ui.kit.preferences import Preferences
from ui.kit.speaking import Speaking
from ui.kit.table import Align, Column, Table, TableModel
from ui.kit.theme import current_density
from ui.kit.tokens import GRID
from ui.portfolio.views import STATES, Breakdown, ChosenPlans, GroupCount, counts_by_group
from ui.words import states, text

_MOST_ROWS = 6


class PortfolioSummary(Speaking, QFrame):
    """Counts by programme or branch, and state; Enter on a number lists the plans it counts."""

    chosen = Signal(object)
    """ChosenPlans: those that were counted."""

    def __init__(
        self, preferences: Preferences, branch_name: Callable[[int | None], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("portfolio.summary")
        self._branch_name = branch_name
        self._shown = ChosenPlans()
        self.breakdown = Breakdown.PROGRAMME
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

    def show_counts(self, counts: Sequence[PortfolioCount], *, chosen: ChosenPlans) -> None:
        """Show plans in numbers under what is chosen; without any there is nothing to see."""
        self._shown = chosen
        rows = counts_by_group(counts, breakdown=self.breakdown, chosen=chosen)
        place = max(self.table.chosen_row(), 0)
        at = max(self.table.currentIndex().column(), 0)
        self._model.set_rows(rows)
        self.table.setCurrentIndex(self._model.index(min(place, len(rows) - 1), at))
        height = current_density().row_height * min(len(rows), _MOST_ROWS)
        self.table.setFixedHeight(height + self.table.horizontalHeader().sizeHint().height() + GRID)
        self.setVisible(bool(rows))

    def turn(self) -> None:
        """Go from programmes to branches, or back; the numbers are shown by ``show_counts``."""
        is_by_branch = self.breakdown is Breakdown.BRANCH
        self.breakdown = Breakdown.PROGRAMME if is_by_branch else Breakdown.BRANCH
        self.retranslate()

    def _row_opened(self, place: int) -> None:
        row: GroupCount = self._model.row(place)
        name = self._model.column(self.table.currentIndex().column()).name
        state = next((one for one in PlanState if one.value == name), None)
        wanted = replace(self._shown, which=Which.ALL, state=state)
        if row.breakdown is Breakdown.PROGRAMME:
            wanted = replace(wanted, programme_id=row.key)
        else:
            wanted = replace(wanted, branch_id=row.key)
        self.chosen.emit(wanted)

    def _columns(self) -> list[Column[GroupCount]]:
        right = Align.RIGHT
        counted = [
            Column(
                name=state.value,
                text=functools.partial(_of_state, state),
                align=right,
                width=104,
                hidden=state not in STATES,
            )
            for state in PlanState
        ]
        return [
            Column(name="group", text=self._group, width=260, strong=True, stretches=True),
            *counted,
            Column(name="count", as_=text.number, align=right, width=84, strong=True),
            Column(name="payable", as_=text.money, align=right, width=140),
        ]

    def _group(self, row: GroupCount) -> str:
        if row.breakdown is Breakdown.PROGRAMME:
            return self.tr("All programmes") if row.programme is None else text.listed(row.programme.name)
        return self.tr("All branches") if row.is_sum else self._branch_name(row.key)

    def retranslate(self) -> None:
        is_by_branch = self.breakdown is Breakdown.BRANCH
        titles = {state.value: states.word(state) for state in PlanState}
        titles[PlanState.AWAITING_CERTIFICATION.value] = self.tr("to be certified")
        self._model.set_titles(
            {
                "group": self.tr("Branch") if is_by_branch else self.tr("Programme"),
                **{name: words[:1].upper() + words[1:] for name, words in titles.items()},
                "count": self.tr("Together"),
                "payable": self.tr("To pay by plans"),
            }
        )
        self.table.setAccessibleName(
            self.tr("Plans by branch and state") if is_by_branch else self.tr("Plans by programme and state")
        )


def _of_state(state: PlanState, row: GroupCount) -> str:
    count = row.of(state)
    return text.number(count) if count else text.DASH
