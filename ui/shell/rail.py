"""The rail on the left: where one can be, where one is, and how much work waits."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from ui.desk.pages import PageRow
from ui.desk.places import Page
from ui.kit.icons import icon
from ui.kit.speaking import Speaking
from ui.kit.styling import set_tip
from ui.kit.theme import current_tokens
from ui.kit.tokens import GRID
from ui.words.tones import Tone

RAIL_WIDTH = 84
MOST_COUNTED = 999


class Rail(QFrame):
    """The pages of the desk, one button each."""

    chosen = Signal(Page)

    def __init__(self, parent: QWidget, *, rows: Sequence[PageRow]) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(RAIL_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, 2 * GRID, GRID, 2 * GRID)
        column.setSpacing(GRID)
        self._group = QButtonGroup(self)
        self._buttons: dict[Page, _RailButton] = {}
        self._stands_for = {row.page: row.stands_under or row.page for row in rows}
        for row in rows:
            if row.stands_under is not None:
                continue
            button = _RailButton(row, self)
            self._group.addButton(button)
            column.addWidget(button)
            self._buttons[row.page] = button
        column.addStretch(1)
        self._group.buttonClicked.connect(self._pressed)

    def show_page(self, page: Page) -> None:
        """Mark where one is."""
        self._buttons[self._stands_for[page]].setChecked(True)

    def set_account_count(self, count: int) -> None:
        """With no account open there is nowhere to go; who opens none has no button for it."""
        if Page.ACCOUNT in self._buttons:
            self._buttons[Page.ACCOUNT].setEnabled(count > 0)

    def _pressed(self, pressed: QToolButton) -> None:
        if isinstance(pressed, _RailButton):
            self.chosen.emit(pressed.page)


class _RailButton(Speaking, QToolButton):
    """A page's button; how much waits there sits on its corner."""

    def __init__(self, row: PageRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = row
        self.setObjectName(f"rail.{row.page}")
        self.setIcon(icon(row.icon_name))
        self.setProperty("look", "navigation")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(20, 20))
        self.setCheckable(True)
        self.setFixedSize(RAIL_WIDTH - 2 * GRID, 52)
        self._waiting = self._overdue = 0
        if row.waiting is not None:
            row.waiting.counted.connect(self.show_waiting)
        self.retranslate()

    @property
    def page(self) -> Page:
        """Where it leads."""
        return self._row.page

    @property
    def badge(self) -> str:
        """The number on the corner, or nothing."""
        return _counted(self._waiting)

    @property
    def tone(self) -> Tone:
        """What the number means at a glance: a single overdue one makes it red."""
        return Tone.BAD if self._overdue else Tone.INFO

    def show_waiting(self, waiting: int, overdue: int) -> None:
        """Put how much waits on the corner; nothing waiting takes it away."""
        if (waiting, overdue) != (self._waiting, self._overdue):
            self._waiting, self._overdue = waiting, overdue
            self.retranslate()
            self.update()

    def retranslate(self) -> None:
        title, waits = self._row.title(), self._row.waiting
        said = waits.words(self._waiting, self._overdue) if waits is not None and self._waiting else ""
        self.setText(title)
        set_tip(self, said)
        self.setAccessibleName(f"{title}: {said}" if said else title)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.badge:
            return
        tokens = current_tokens()
        colors = tokens.tone(self.tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(11)
        font.setBold(True)
        painter.setFont(font)
        width = max(18, painter.fontMetrics().horizontalAdvance(self.badge) + 2 * GRID + 2)
        left = min(self.width() / 2 + 7, self.width() - width - 3)
        pill = QRectF(left, 4, width, 17)
        painter.setPen(QColor(colors.border))
        painter.setBrush(QColor(colors.ground))
        painter.drawRoundedRect(pill, 8.5, 8.5)
        painter.setPen(QColor(colors.ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self.badge)


def _counted(number: int) -> str:
    if not number:
        return ""
    return str(number) if number <= MOST_COUNTED else f"{MOST_COUNTED}+"
