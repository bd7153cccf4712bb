"""Letters belong to what takes typing or is searched by typing: pressed there, they run no command."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

_COMMANDING = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class LetterKeeper(QObject):
    """Takes signs out of the hands of shortcuts; the widget gets them as keys."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not event.text().isprintable() or not event.text() or event.modifiers() & _COMMANDING:
            return False
        event.accept()
        return True


def keep_letters(widget: QWidget) -> None:
    """Let signs typed into ``widget``, and into the list it opens, be heard there and nowhere else.

    What is a line or a text to Qt does so by itself.
    """
    keeper = LetterKeeper(widget)
    widget.installEventFilter(keeper)
    if isinstance(widget, QComboBox):
        widget.view().installEventFilter(keeper)
