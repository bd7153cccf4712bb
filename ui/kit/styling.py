"""Small things said to a widget about how it looks."""

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QTabBar, QWidget


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and dress the widget anew if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


# Qt takes no second widget class among the bases; that it is mixed into one is for the reader of types.
if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


class Fitting(_Widget):
    """Mixed into a widget of words: as high as its words need at the width it has, and no higher.

    Left to itself a layout either stretches such a widget or, told not to, gives
    it the height of the width it would have liked, and cuts the last lines off.
    """

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.hasHeightForWidth() and self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            hint.setHeight(self.heightForWidth(self.width()))
        return hint

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self.hasHeightForWidth():
            self.updateGeometry()


class PlainLabel(QLabel):
    """A label that shows letters and signs as they are, whoever wrote them; the only kind there is.

    Left to itself Qt takes words with signs in them for a page, and fetches what
    the page names: a picture in a customer's message would be loaded from wherever
    it points to.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)


def plain_tip(words: str) -> str:
    """Return words for a tip, which Qt would show as a page if they looked like one."""
    if "<" not in words and "&lt;" not in words:
        return words
    return f"<qt>{html.escape(words, quote=False).replace(chr(10), '<br>')}</qt>"


def set_tip(widget: QWidget, words: str) -> None:
    """Say ``words`` when the pointer rests on ``widget``."""
    widget.setToolTip(plain_tip(words))


def set_tab_tip(bar: QTabBar, place: int, words: str) -> None:
    """Say ``words`` when the pointer rests on the tab at ``place``."""
    bar.setTabToolTip(place, plain_tip(words))


class _Words(Fitting, PlainLabel):
    """A label that fits its words."""


def label(parent: QWidget, look: str = "", *, name: str = "") -> QLabel:
    """Return a label: title, heading, caption, section, soft, strong or error."""
    made = _Words(parent)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    if look:
        made.setProperty("look", look)
    if name:
        made.setObjectName(name)
    return made


def rule(parent: QWidget, *, upright: bool = False) -> QFrame:
    """Return a one-pixel line."""
    line = QFrame(parent)
    line.setProperty("look", "rule")
    if upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
