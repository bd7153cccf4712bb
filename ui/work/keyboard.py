"""Who has the keys: a letter decides on a request only while nobody types it somewhere else."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def is_typed_elsewhere(screen: QWidget) -> bool:
    """Tell whether somebody went to an input outside ``screen``: what is typed there is no decision."""
    here = screen.window().focusWidget()
    return here is not None and here.isVisible() and not screen.isAncestorOf(here)


def keep_keyboard(screen: QWidget, *, of: QWidget) -> None:
    """Give the cursor to ``screen`` if a part has it that is about to be hidden or disabled.

    Qt would pass it on to whatever comes next in the window.
    """
    here = screen.window().focusWidget()
    if here is not None and of.isAncestorOf(here):
        screen.setFocus(Qt.FocusReason.OtherFocusReason)
