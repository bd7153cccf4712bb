"""A column of widgets that scrolls when there is no room for all of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.kit.tokens import GRID


class ScrolledColumn(QScrollArea):
    """Scrolls up and down only; what is put into ``column`` goes before the stretch at its end."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inside = QWidget(self)
        self.setWidget(self.inside)
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(5 * GRID, 3 * GRID, 5 * GRID, 4 * GRID)
        self.column.setSpacing(3 * GRID)
        self.column.addStretch(1)
