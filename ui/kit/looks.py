"""Small things said to a widget about how it looks."""

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and dress the widget anew if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def label(parent: QWidget, look: str = "", *, name: str = "") -> QLabel:
    """Return a label: title, heading, caption, section, soft, strong or error."""
    made = QLabel(parent)
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
