"""The pages of a document: drawn as they come into sight, made larger, turned.

A page is drawn when it comes into sight, on one thread that does nothing else, so
that neither a long document nor a fine one holds the window.  That thread knows
bytes only; the window looks every few milliseconds whether they are there.  What
comes from outside is drawn in a process of its own, for which another thread waits.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.documents.pages import Picture
from app.domain.papers import Unreadable
from ui.kit import press
from ui.kit.theme import current_tokens
from ui.kit.tokens import GRID

POINTS = 72
_MARGIN = 4 * GRID
_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_SCREEN = 96
_LOOK_EVERY = 8
_KEPT = 12
_FIT_LIMIT = 1.5


_log = logging.getLogger(__name__)


class PageView(QAbstractScrollArea):
    """The pages of one document, below each other."""

    page_changed = Signal(int, int)
    """The page in sight and the number of pages."""
    zoom_changed = Signal(float)
    opened = Signal(int)
    """The document was read: the number of its pages."""
    failed = Signal()
    """The bytes are no document that can be shown."""
    withheld = Signal(int)
    """This page, counted from 1, would take so long to draw that it is left white."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pdf = b""
        self._way: type[press.Own | press.FromOutside] = press.Own
        self._asked = 0
        self._withheld: set[int] = set()
        self._waiting: tuple[Future[Any], Callable[[Any], None]] | None = None
        self._sizes: list[tuple[float, float]] = []
        self._turns = 0
        """How often the pages were turned to the right, by a quarter each time."""
        self.drawn: dict[tuple[int, int], QImage] = {}
        """The pages that have been drawn, by number and width."""
        self._fit = "width"
        self._zoom = 1.0
        self._page = -1
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().setSingleStep(40)

    def show_document(self, pdf: bytes, *, is_from_outside: bool = False) -> None:
        """Show a PDF from its first page; one from outside is weighed, and drawn apart."""
        self.clear()
        self._pdf = pdf
        self._way = press.FromOutside if is_from_outside else press.Own
        self._await(self._way.sizes(pdf), self._take_sizes)

    def clear(self) -> None:
        """Show nothing."""
        self._pdf = b""
        self._waiting = None
        self._sizes = []
        self._turns = 0
        self.drawn.clear()
        self._withheld.clear()
        self._page = -1
        self._arrange()

    @property
    def is_drawn(self) -> bool:
        """Whether what is in sight is drawn and nothing more is awaited."""
        return bool(self.drawn or self._withheld) and self._waiting is None

    @property
    def page_count(self) -> int:
        return len(self._sizes)

    @property
    def current_page(self) -> int:
        """The page in sight, counted from 1; 0 when there is none."""
        return self._page + 1

    @property
    def zoom(self) -> float:
        """How large the page is; 1.0 is the size on paper."""
        return self._zoom

    def fit_width(self) -> None:
        """Show whole lines."""
        self._fit = "width"
        self._arrange()

    def fit_page(self) -> None:
        """Show whole pages."""
        self._fit = "page"
        self._arrange()

    def zoom_in(self) -> None:
        """Make the page a step larger."""
        self._set_zoom(next((step for step in _STEPS if step > self._zoom + 0.01), _STEPS[-1]))

    def zoom_out(self) -> None:
        """Make the page a step smaller."""
        self._set_zoom(next((step for step in reversed(_STEPS) if step < self._zoom - 0.01), _STEPS[0]))

    def turn(self) -> None:
        """Turn all pages a quarter to the right: what was photographed lying is read standing."""
        self._sizes = [(height, width) for width, height in self._sizes]
        self._turns = (self._turns + 1) % 4
        self._waiting = None
        self.drawn.clear()
        self._arrange()

    # inside -----------------------------------------------------------------

    def _await(self, future: Future[Any], then: Callable[[Any], None]) -> None:
        self._waiting = future, then
        self._timer.start()

    def _look(self) -> None:
        if self._waiting is None:
            self._timer.stop()
            self._draw_next()
            return
        future, then = self._waiting
        if not future.done():
            return
        self._waiting = None
        error = future.exception()
        if error is None:
            then(future.result())
            return
        if isinstance(error, Unreadable) and self._sizes:
            self._withhold(self._asked)
            return
        self._timer.stop()
        if not isinstance(error, Unreadable):  # what is wrong with somebody's file is no fault of ours
            _log.warning("a document cannot be shown", exc_info=error)
        self.failed.emit()

    def _take_sizes(self, sizes: tuple[tuple[float, float], ...]) -> None:
        self._sizes = list(sizes)
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._scrolled()
        self.opened.emit(len(sizes))

    def _take_picture(self, key: tuple[int, int], picture: Picture) -> None:
        image = QImage(
            picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGBX8888
        )
        self.drawn[key] = image.transformed(QTransform().rotate(90 * self._turns)).copy()
        while len(self.drawn) > _KEPT:
            self.drawn.pop(next(iter(self.drawn)))
        self.viewport().update()

    def _withhold(self, place: int) -> None:
        self._withheld.add(place)
        self.withheld.emit(place + 1)

    def _set_zoom(self, zoom: float) -> None:
        self._fit = ""
        middle = self._middle()
        self._zoom = zoom
        self._arrange()
        bar = self.verticalScrollBar()
        bar.setValue(round(middle * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))

    def _middle(self) -> float:
        bar = self.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        return (bar.value() + bar.pageStep() / 2) / whole if whole else 0.0

    def _size(self, place: int) -> QSize:
        width, height = self._sizes[place]
        scale = self._zoom * _SCREEN / POINTS
        return QSize(max(round(width * scale), 1), max(round(height * scale), 1))

    def _rect(self, place: int) -> QRect:
        top = _MARGIN + sum(self._size(before).height() + _MARGIN for before in range(place))
        size = self._size(place)
        left = (self.viewport().width() - size.width()) // 2
        if size.width() + 2 * _MARGIN > self.viewport().width():
            left = _MARGIN - self.horizontalScrollBar().value()
        return QRect(QPoint(left, top - self.verticalScrollBar().value()), size)

    def _arrange(self) -> None:
        view = self.viewport().size()
        if self._sizes and self._fit:
            widest = max(width for width, _ in self._sizes) * _SCREEN / POINTS
            tallest = max(height for _, height in self._sizes) * _SCREEN / POINTS
            zoom = max((view.width() - 2 * _MARGIN) / widest, 0.1)
            if self._fit == "page":
                zoom = max(min(zoom, (view.height() - 2 * _MARGIN) / tallest), 0.1)
            self._zoom = min(zoom, _FIT_LIMIT)
        whole = sum(self._size(place).height() + _MARGIN for place in range(self.page_count)) + _MARGIN
        wide = max((self._size(place).width() for place in range(self.page_count)), default=0) + 2 * _MARGIN
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setRange(0, max(whole - view.height(), 0))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setRange(0, max(wide - view.width(), 0))
        self.zoom_changed.emit(self._zoom)
        self.viewport().update()
        self._timer.start()

    def _in_sight(self) -> list[int]:
        view = self.viewport().rect()
        return [place for place in range(self.page_count) if self._rect(place).intersects(view)]

    def _key(self, place: int) -> tuple[int, int]:
        return place, round(self._size(place).width() * self.devicePixelRatioF())

    def _width_unturned(self, place: int) -> int:
        size = self._size(place)
        return round((size.height() if self._turns % 2 else size.width()) * self.devicePixelRatioF())

    def _draw_next(self) -> None:
        """Have the first page in sight drawn that is not yet; the next look asks again."""
        for place in self._in_sight():
            key = self._key(place)
            if key not in self.drawn and place not in self._withheld:
                self._asked = place
                drawing = self._way.draw(self._pdf, place=place, width=self._width_unturned(place))
                self._await(drawing, partial(self._take_picture, key))
                return

    def _scrolled(self) -> None:
        self.viewport().update()
        self._timer.start()
        middle = self.viewport().height() // 2
        seen = [place for place in self._in_sight() if self._rect(place).top() <= middle]
        page = seen[-1] if seen else (0 if self._sizes else -1)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page + 1, self.page_count)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(tokens.sunken))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place in self._in_sight():
            rect = self._rect(place)
            painter.fillRect(rect, QColor("white"))
            image = self.drawn.get(self._key(place)) or self._nearest(place)
            if image is not None:
                painter.drawImage(QRectF(rect), image)
            painter.setPen(QPen(QColor(tokens.border_strong), 1))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _nearest(self, place: int) -> QImage | None:
        return next((image for (page, _), image in self.drawn.items() if page == place), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        bar = self.verticalScrollBar()
        key = event.key()
        if control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif control and key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif control and key == Qt.Key.Key_0:
            self.fit_width()
        elif control and key == Qt.Key.Key_R:
            self.turn()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            bar.setValue(bar.value() + bar.pageStep() - 40)
        elif key == Qt.Key.Key_PageUp:
            bar.setValue(bar.value() - bar.pageStep() + 40)
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            else:
                self.zoom_out()
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
