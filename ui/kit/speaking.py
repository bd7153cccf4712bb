"""Widgets that say something, and say it again when another language is spoken."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as _Widget
else:
    _Widget = object


class Speaking(_Widget):
    """Mixed into a widget with words of its own; it stands before Qt's class.

    ``retranslate`` says them all.  A widget calls it once, where its construction
    ends; from then on it is called here.  A class that others are built upon leaves
    that call to them, whose parts are not there yet while it is constructed itself.
    """

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Say every word anew, in the language in force."""
        raise NotImplementedError
