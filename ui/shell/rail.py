"""The rail on the left: where one can be, and where one is."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from ui.kit.icons import icon
from ui.kit.tokens import GRID
from ui.shell.places import Page

RAIL_WIDTH = 84


class Rail(QFrame):
    """The pages of the desk, one button each."""

    chosen = Signal(Page)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(RAIL_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, 2 * GRID, GRID, 2 * GRID)
        column.setSpacing(GRID)
        self._group = QButtonGroup(self)
        self._buttons: dict[Page, QToolButton] = {}
        for page, icon_name in ((Page.HOME, "home"), (Page.ACCOUNT, "address-book")):
            button = QToolButton(self)
            button.setObjectName(f"rail.{page}")
            button.setProperty("look", "navigation")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIcon(icon(icon_name))
            button.setIconSize(QSize(20, 20))
            button.setCheckable(True)
            button.setFixedSize(RAIL_WIDTH - 2 * GRID, 52)
            self._group.addButton(button)
            column.addWidget(button)
            self._buttons[page] = button
        column.addStretch(1)
        self._group.buttonClicked.connect(self._pressed)
        self.retranslate()

    def show_page(self, page: Page) -> None:
        """Mark where one is."""
        self._buttons[page].setChecked(True)

    def set_account_count(self, count: int) -> None:
        """With no account open there is nowhere to go."""
        self._buttons[Page.ACCOUNT].setEnabled(count > 0)

    def _pressed(self, pressed: QToolButton) -> None:
        self.chosen.emit(next(page for page, button in self._buttons.items() if button is pressed))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        words = {Page.HOME: self.tr("Home"), Page.ACCOUNT: self.tr("Accounts")}
        for page, button in self._buttons.items():
            button.setText(words[page])
            button.setAccessibleName(words[page])
