"""A document seen before it is printed: its pages in the window, and the ways to look at them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.buttons import IconButton
from ui.kit.page_view import PageView
from ui.kit.speaking import Speaking
from ui.kit.styling import PlainLabel, rule
from ui.kit.tokens import GRID


class DocumentPreview(Speaking, QWidget):
    """A document with its page number and the ways to make it larger."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.bar.setSpacing(GRID)
        self._place = PlainLabel(self)
        self._place.setObjectName(f"{name}.place")
        self._smaller = IconButton(f"{name}.smaller", self, icon_name="zoom-out")
        self._size = PlainLabel(self)
        self._size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._size.setMinimumWidth(12 * GRID)
        self._larger = IconButton(f"{name}.larger", self, icon_name="zoom-in")
        self._width = IconButton(f"{name}.width", self, icon_name="arrows-horizontal")
        self._whole = IconButton(f"{name}.whole", self, icon_name="file-text")
        self._turn = IconButton(f"{name}.turn", self, icon_name="rotate-clockwise")
        self.pages = PageView(f"{name}.pages", self)
        self.bar.addWidget(self._place)
        self.bar.addStretch(1)
        for widget in (self._smaller, self._size, self._larger, self._width, self._whole, self._turn):
            self.bar.addWidget(widget)
        column.addLayout(self.bar)
        column.addWidget(rule(self))
        column.addWidget(self.pages, 1)
        self._smaller.clicked.connect(self.pages.zoom_out)
        self._larger.clicked.connect(self.pages.zoom_in)
        self._width.clicked.connect(self.pages.fit_width)
        self._whole.clicked.connect(self.pages.fit_page)
        self._turn.clicked.connect(self.pages.turn)
        self.pages.page_changed.connect(self._show_place)
        self.pages.zoom_changed.connect(self._show_zoom)
        self.setFocusProxy(self.pages)
        self.retranslate()

    def show_document(self, pdf: bytes, *, is_from_outside: bool = False) -> None:
        """Show a PDF from its first page, lines whole."""
        self.pages.show_document(pdf, is_from_outside=is_from_outside)

    def clear(self) -> None:
        """Show nothing."""
        self.pages.clear()
        self._show_place(0, 0)

    def _show_place(self, page: int, count: int) -> None:
        self._place.setText(self.tr("Page {0} of {1}").format(page, count) if count else "")

    def _show_zoom(self, zoom: float) -> None:
        self._size.setText(f"{round(zoom * 100)} %")

    def retranslate(self) -> None:
        self._smaller.set_words(self.tr("Smaller (Ctrl+-)"))
        self._larger.set_words(self.tr("Larger (Ctrl++)"))
        self._width.set_words(self.tr("Whole width (Ctrl+0)"))
        self._whole.set_words(self.tr("Whole page"))
        self._turn.set_words(self.tr("Turn to the right (Ctrl+R)"))
        self.pages.setAccessibleName(self.tr("Document"))
        self._show_place(self.pages.current_page, self.pages.page_count)
