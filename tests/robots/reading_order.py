"""Where the Tab key goes, and in what order a person reads."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from tests.robots import keyboard

_MOST_STOPS = 200


def tab_stops(window: QWidget) -> list[QWidget]:
    """Press Tab until the cursor is back where it is now; return every widget it stood in."""
    stops: list[QWidget] = []
    while (here := window.focusWidget()) is not None and here not in stops and len(stops) < _MOST_STOPS:
        stops.append(here)
        keyboard.press(window, "Tab")
    return stops


def in_reading_order(stops: Sequence[QWidget], *, areas: Sequence[QWidget]) -> list[QWidget]:
    """Sort ``stops`` as they are read: area by area, and within each line by line from the left.

    ``areas`` are told in the order they are read; a stop belongs to the last one it lies in.
    """
    for scrolled in {area for area in map(_scrolled, stops) if area is not None}:
        scrolled.verticalScrollBar().setValue(0)  # walking has scrolled; places are compared as at first
    ordered: list[QWidget] = []
    for place in range(-1, len(areas)):
        ordered += _by_lines([stop for stop in stops if _area_of(stop, areas) == place])
    return ordered


def _by_lines(widgets: Sequence[QWidget]) -> list[QWidget]:
    lines: list[list[QWidget]] = []
    for widget in sorted(widgets, key=lambda one: _place(one).top()):
        if lines and _place(widget).center().y() <= _place(lines[-1][0]).bottom():
            lines[-1].append(widget)
        else:
            lines.append([widget])
    return [widget for line in lines for widget in sorted(line, key=lambda one: _place(one).left())]


def _area_of(stop: QWidget, areas: Sequence[QWidget]) -> int:
    around = [place for place, area in enumerate(areas) if area is stop or area.isAncestorOf(stop)]
    return around[-1] if around else -1


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def _scrolled(widget: QWidget) -> QAbstractScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QAbstractScrollArea):
        above = above.parentWidget()
    return above
