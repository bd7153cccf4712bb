"""The rail on the left: where one can be, where one is, and how much work waits."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from ui.desk.places import Page
from ui.kit.icons import icon
from ui.kit.theme import current_tokens
from ui.kit.tokens import GRID
from ui.words.tones import Tone

RAIL_WIDTH = 84
MOST_COUNTED = 999
_ICONS = {
    Page.HOME: "home",
    Page.WORK: "list-check",
    Page.ACCOUNT: "address-book",
    Page.PLANS: "calendar-dollar",
}
_REACHED_FROM = {Page.PROGRAMMES: Page.PLANS}
"""Pages without a button of their own, and the page one comes to them from."""


class Rail(QFrame):
    """The pages of the desk, one button each."""

    chosen = Signal(Page)

    def __init__(self, parent: QWidget, *, pages: Sequence[Page] = (Page.HOME, Page.ACCOUNT)) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(RAIL_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, 2 * GRID, GRID, 2 * GRID)
        column.setSpacing(GRID)
        self._group = QButtonGroup(self)
        self._buttons: dict[Page, _RailButton] = {}
        self._waiting = self._overdue = 0
        for page in pages:
            button = _RailButton(self)
            button.setObjectName(f"rail.{page}")
            button.setIcon(icon(_ICONS[page]))
            self._group.addButton(button)
            column.addWidget(button)
            self._buttons[page] = button
        column.addStretch(1)
        self._group.buttonClicked.connect(self._pressed)
        self.retranslate()

    def show_page(self, page: Page) -> None:
        """Mark where one is."""
        self._buttons[_REACHED_FROM.get(page, page)].setChecked(True)

    def set_account_count(self, count: int) -> None:
        """With no account open there is nowhere to go."""
        self._buttons[Page.ACCOUNT].setEnabled(count > 0)

    def set_waiting(self, waiting: int, overdue: int) -> None:
        """Show how many requests wait for this person; a single overdue one makes it red."""
        self._waiting, self._overdue = waiting, overdue
        button = self._buttons.get(Page.WORK)
        if button is not None:
            button.set_badge(_counted(waiting), tone=Tone.BAD if overdue else Tone.INFO)
        self.retranslate()

    def _pressed(self, pressed: QToolButton) -> None:
        self.chosen.emit(next(page for page, button in self._buttons.items() if button is pressed))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        words = {
            Page.HOME: self.tr("Home"),
            Page.WORK: self.tr("Work"),
            Page.ACCOUNT: self.tr("Accounts"),
            Page.PLANS: self.tr("Plans"),
        }
        for page, button in self._buttons.items():
            button.setText(words[page])
            button.setAccessibleName(words[page])
        button = self._buttons.get(Page.WORK)
        if button is not None and self._waiting:
            waiting = self.tr("%n request(s) waiting", "", self._waiting)
            if self._overdue:
                overdue = self.tr("%n overdue", "", self._overdue)
                waiting = f"{waiting}, {overdue}"
            button.setToolTip(waiting)
            button.setAccessibleName(f"{words[Page.WORK]}: {waiting}")
        elif button is not None:
            button.setToolTip("")


class _RailButton(QToolButton):
    """A page's button; a number may sit on its corner."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "navigation")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(20, 20))
        self.setCheckable(True)
        self.setFixedSize(RAIL_WIDTH - 2 * GRID, 52)
        self._badge = ""
        self._tone = Tone.INFO

    @property
    def badge(self) -> str:
        """The number on the corner, or nothing."""
        return self._badge

    @property
    def tone(self) -> Tone:
        """What the number means at a glance."""
        return self._tone

    def set_badge(self, words: str, *, tone: Tone) -> None:
        """Put a number on the corner; no words take it away."""
        if (words, tone) != (self._badge, self._tone):
            self._badge, self._tone = words, tone
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._badge:
            return
        tokens = current_tokens()
        colors = tokens.tone(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(11)
        font.setBold(True)
        painter.setFont(font)
        width = max(18, painter.fontMetrics().horizontalAdvance(self._badge) + 2 * GRID + 2)
        left = min(self.width() / 2 + 7, self.width() - width - 3)
        pill = QRectF(left, 4, width, 17)
        painter.setPen(QColor(colors.border))
        painter.setBrush(QColor(colors.ground))
        painter.drawRoundedRect(pill, 8.5, 8.5)
        painter.setPen(QColor(colors.ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self._badge)


def _counted(number: int) -> str:
    if not number:
        return ""
    return str(number) if number <= MOST_COUNTED else f"{MOST_COUNTED}+"
