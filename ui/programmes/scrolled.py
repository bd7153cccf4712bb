"""A column of widgets that scrolls when there is no room for all of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.kit.tokens import GRID


def scrolled(parent: QWidget) -> tuple[QScrollArea, QVBoxLayout]:
    """Return a scrolling area and its column; what is put in goes before the stretch at its end."""
    scroll = QScrollArea(parent)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside = QWidget(scroll)
    scroll.setWidget(inside)
    column = QVBoxLayout(inside)
    column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 4 * GRID)
    column.setSpacing(3 * GRID)
    column.addStretch(1)
    return scroll, column
