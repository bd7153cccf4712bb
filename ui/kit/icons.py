"""Icons: line drawings recolored from the theme each time they are painted.

An icon asked for once stays right when the theme changes, because the engine
behind it looks up the color when it paints.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.kit.theme import current_tokens
from ui.words.tones import Tone


@cache
def drawing(name: str, color: str) -> QSvgRenderer:
    """Return the drawing of an icon in one color, for those who paint by hand."""
    svg = resources.read_text(f"icons/{name}.svg").replace("currentColor", color)
    return QSvgRenderer(QByteArray(svg.encode()))


def _color(ink: str, mode: QIcon.Mode) -> str:
    tokens = current_tokens()
    if mode is QIcon.Mode.Disabled:
        return tokens.text_disabled
    if ink in {str(tone) for tone in Tone}:
        return tokens.tone(ink).ink
    return str(getattr(tokens, ink))


class _Engine(QIconEngine):
    """Paints one drawing in the color that the theme gives its ink."""

    def __init__(self, name: str, ink: str) -> None:
        super().__init__()
        self._name = name
        self._ink = ink

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRect(rect.left(), rect.top() + (rect.height() - side) // 2, side, side)
        drawing(self._name, _color(self._ink, mode)).render(painter, QRectF(square))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._ink)


def icon(name: str, *, ink: str = "text_soft") -> QIcon:
    """Return the icon ``name`` of ``resources/icons``; ``ink`` is a token's or a tone's name."""
    return QIcon(_Engine(name, ink))


def pixmap(name: str, *, size: int, ink: str = "text_soft", ratio: float = 1.0) -> QPixmap:
    """Return the icon painted once, ``size`` pixels square, sharp at the screen's ``ratio``."""
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    drawing(name, _color(ink, QIcon.Mode.Normal)).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def application_icon() -> QIcon:
    """Return the program's own icon in the sizes that window systems ask for."""
    painted = QSvgRenderer(QByteArray(resources.read_bytes("icons/salter.svg")))
    whole = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        drawn = QPixmap(side, side)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painted.render(painter, QRectF(drawn.rect()))
        painter.end()
        whole.addPixmap(drawn)
    return whole
