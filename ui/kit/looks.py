"""Small things said to a widget about how it looks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


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


class _Words(Fitting, QLabel):
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
