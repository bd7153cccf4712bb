"""Months to tick: unsued ones first, then those of each enforcement case under its own line.

Space ticks the row the cursor is on, and everything under a line of a group.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from app.domain.money import ZERO
from app.domain.period import Period
from app.usecases.plans import CaseOwed, MonthOwed
from ui.kit.icons import pixmap
from ui.kit.table import Align, Column, Table, TableModel
from ui.kit.table.paint import CellDelegate
from ui.kit.theme import current_tokens
from ui.plans.wizard.model import PlanModel
from ui.words import states, text

_BOX = 16
_FAINT = 0.6
_SPAN_FROM, _SPAN_OVER = 1, 5


@dataclass(frozen=True, slots=True)
class DebtLine:
    """A row: a month, or the head of a group with all its months."""

    periods: tuple[Period, ...]
    """What a tick takes in; none where the programme takes none."""

    ticked: int
    owed: MonthOwed | None = None
    case: CaseOwed | None = None
    is_sued: bool = False
    words: str = ""
    amount: Decimal = ZERO

    @property
    def is_head(self) -> bool:
        return self.owed is None

    @property
    def is_whole(self) -> bool:
        """Whether everything a tick takes in is ticked."""
        return bool(self.periods) and self.ticked == len(self.periods)


class MonthTable(Table):
    """The months, with a box before each that can be taken in."""

    sorts_here = False
    ticked = Signal(object, bool)
    """Months, and whether they are taken in."""

    def __init__(self, parent: QWidget) -> None:
        self.lines = TableModel(_columns(), parent)
        super().__init__(self.lines, "plan.months", parent)
        self.setProperty("framed", True)
        self._delegate = _BoxDelegate(self)
        self.setItemDelegate(self._delegate)
        self.horizontalHeader().setSectionsMovable(False)
        self.clicked.connect(self._cell_clicked)

    def show_lines(self, lines: Iterable[DebtLine]) -> None:
        """Show these rows; the cursor stays where it was."""
        coming, seen = list(lines), self.lines.rows()
        if [_name(line) for line in coming] == [_name(line) for line in seen]:
            for at, line in enumerate(coming):
                if line != seen[at]:
                    self.lines.replace_row(at, line)  # a tick paints a cell, and leaves what is selected
            return
        place = self.chosen_row()
        self.clearSpans()
        self.lines.set_rows(coming)
        for at, line in enumerate(self.lines.rows()):
            if line.is_head:
                self.setSpan(at, _SPAN_FROM, 1, _SPAN_OVER)
        last = self.lines.rowCount() - 1
        self.choose_row(min(place, last) if place >= 0 else min(1, last))

    @property
    def current(self) -> DebtLine | None:
        """The row the cursor is on."""
        place = self.chosen_row()
        return self.lines.row(place) if 0 <= place < self.lines.rowCount() else None

    def toggle(self) -> None:
        """Turn the tick of every chosen row."""
        chosen = [self.lines.row(place) for place in self.chosen_rows()]
        periods = [period for line in chosen for period in line.periods]
        if periods:
            self.ticked.emit(periods, not all(line.is_whole for line in chosen if line.periods))

    def _cell_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            line: DebtLine = self.lines.row(index.row())
            if line.periods:
                self.ticked.emit(line.periods, not line.is_whole)

    def _row_double_clicked(self, index: QModelIndex) -> None:
        """Do nothing: two quick clicks on boxes are no wish to go on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggle()
        else:
            super().keyPressEvent(event)


class _BoxDelegate(CellDelegate):
    """Paints the boxes, the heads of groups, and faintly what cannot be taken in."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: DebtLine = index.model().row(index.row())  # type: ignore[attr-defined]
        if line.is_head:
            painter.fillRect(option.rect, QColor(current_tokens().sunken))
        painter.setOpacity(1.0 if line.periods else _FAINT)
        if index.column() == 0:
            self._paint_ground(painter, option, index.row())
            if line.periods:
                _paint_box(painter, option.rect, line)
        else:
            super().paint(painter, option, index)
        painter.setOpacity(1.0)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, place: int) -> None:
        """Paint the cell as every other, without its words: the box says the same."""
        tokens, scene, rect = self.scene.tokens, self.scene, QRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.selected if scene.is_focused else tokens.selected_idle))
        elif place == self.hovered_row:
            painter.fillRect(rect, QColor(tokens.hover))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.border))
        if scene.is_focused and place == scene.current_row:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(tokens.focus))


def _name(line: DebtLine) -> tuple[object, ...]:
    period = line.owed.month.period if line.owed is not None else None
    return line.words, period, line.case.id if line.case is not None else 0


def _paint_box(painter: QPainter, cell: QRect, line: DebtLine) -> None:
    tokens = current_tokens()
    box = QRectF(0, 0, _BOX, _BOX)
    box.moveCenter(cell.center())
    box.translate(0.5, 0.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    is_filled = line.ticked > 0
    painter.setPen(QPen(QColor(tokens.accent if is_filled else tokens.border_strong), 1.2))
    painter.setBrush(QColor(tokens.accent if is_filled else tokens.surface))
    painter.drawRoundedRect(box, 3, 3)
    if is_filled:
        mark = pixmap(
            "check" if line.is_whole else "minus",
            size=_BOX - 4,
            ink="accent_text",
            ratio=painter.device().devicePixelRatioF(),
        )
        painter.drawPixmap(box.adjusted(2, 2, -2, -2).topLeft().toPoint(), mark)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def lines_of(model: PlanModel, *, unsued: str, sued: str, costs: str, bailiff: str) -> list[DebtLine]:
    """Order what is owed into lines; the words name the groups."""
    debt, cases = model.debt, {case.id: case for case in model.debt.cases}
    groups: dict[CaseOwed | bool, list[MonthOwed]] = {}
    for one in debt.months:
        case = cases.get(one.month.case_id) if one.month.is_sued else None
        groups.setdefault(case if case is not None else one.month.is_sued, []).append(one)
    lines: list[DebtLine] = []
    for key in sorted(groups, key=lambda key: (key is not False, key is True, getattr(key, "id", 0))):
        months = groups[key]
        if isinstance(key, CaseOwed):
            said = [f"{key.number}: {states.word(key.state)}"]
            said += [bailiff.format(key.bailiff)] if key.bailiff else []
            said += [costs] if key.costs else []
            head = (" · ".join(said), key.costs)
        else:
            head = (sued if key else unsued, ZERO)
        lines += _group(model, months, key if isinstance(key, CaseOwed) else None, *head)
    return lines


def _group(
    model: PlanModel, months: list[MonthOwed], case: CaseOwed | None, words: str, amount: Decimal
) -> list[DebtLine]:
    takes, ticked = model.coverable, model.periods
    within = tuple(one.month.period for one in months if one.month.period in takes)
    is_sued = months[0].month.is_sued
    taken = sum(period in ticked for period in within)
    head = DebtLine(within, taken, case=case, is_sued=is_sued, words=words, amount=amount)
    return [
        head,
        *(
            DebtLine(
                (one.month.period,) if one.month.period in takes else (),
                int(one.month.period in ticked),
                owed=one,
                case=case,
                is_sued=is_sued,
            )
            for one in months
        ),
    ]


def _columns() -> list[Column[DebtLine]]:
    return [
        Column(name="tick", text=_tick, width=40),
        Column(name="period", text=_period, width=84, strong=True),
        Column(name="due", text=_due, width=96),
        Column(name="principal", text=_principal, align=Align.RIGHT, width=104),
        Column(name="on_bill", text=_on_bill, align=Align.RIGHT, width=124),
        Column(name="accrued", text=_accrued, align=Align.RIGHT, width=138),
        Column(name="amount", text=_amount, align=Align.RIGHT, width=112, strong=True, stretches=True),
    ]


def _tick(line: DebtLine) -> str:
    return text.yes_no(line.is_whole) if line.periods else ""


def _period(line: DebtLine) -> str:
    return text.period(line.owed.month.period) if line.owed is not None else line.words


def _due(line: DebtLine) -> str:
    return text.day(line.owed.month.due_on) if line.owed is not None else ""


def _principal(line: DebtLine) -> str:
    return text.money(line.owed.month.principal) if line.owed is not None else ""


def _on_bill(line: DebtLine) -> str:
    return text.money(line.owed.interest_on_bill) if line.owed is not None else ""


def _accrued(line: DebtLine) -> str:
    return text.money(line.owed.acknowledged + line.owed.accrued) if line.owed is not None else ""


def _amount(line: DebtLine) -> str:
    if line.owed is not None:
        return text.money(line.owed.month.amount)
    return text.money(line.amount) if line.amount else ""
