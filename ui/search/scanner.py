"""A scanner that is pulled while the cursor is somewhere else: its code goes to the search box.

A scanner types like a keyboard, only faster than any hand.  The first signs of a
payment code go wherever the cursor is, as all typing does; once they are certain
to be a scanner's they are taken back out of there, and the rest is led to the box.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.search.box import SearchBox

_BEGINS = ("K:PR|", "K:PR\r", "K:PR\n")
_LONGEST_GAP = 0.15
"""Seconds between two signs as they were sent: a scanner needs 1 to 30 ms, a hand on two keys longer."""


class ScannerWatch(QObject):
    """Watches the keys of ``window`` for the beginning of a payment code."""

    def __init__(
        self, window: QWidget, box: SearchBox, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(box)
        self._window = window
        self._box = box
        self._clock = clock
        self._typed = ""
        self._last = 0.0
        window.winId()
        window.windowHandle().installEventFilter(self)

    def stop(self) -> None:
        """Watch no longer."""
        self._window.windowHandle().removeEventFilter(self)
        self.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not self._box.isVisible() or self._box.field.hasFocus():
            return False
        if event.type() == QEvent.Type.ShortcutOverride and self._goes_on(event):
            event.accept()  # else the P or the R of a code would be taken for a command
            return True
        return event.type() == QEvent.Type.KeyPress and self._key(event)

    def _focus(self) -> QWidget:
        return self._window.focusWidget() or self._window

    def _goes_on(self, event: QKeyEvent) -> bool:
        """Tell whether this key, not yet pressed, is the next of a code that has begun."""
        typed = self._typed + event.text()
        is_begun = bool(self._typed and event.text()) and any(begin.startswith(typed) for begin in _BEGINS)
        return is_begun and self._is_soon(self._sent_at(event))

    def _is_soon(self, now: float) -> bool:
        return 0 <= now - self._last <= _LONGEST_GAP

    def _key(self, event: QKeyEvent) -> bool:
        now = self._sent_at(event)
        if not self._is_soon(now):
            self._typed = ""
        self._last = now
        sign = event.text()
        if not sign:
            return False  # Shift and its like
        self._typed += sign
        if not any(begin.startswith(self._typed) for begin in _BEGINS):
            self._typed = ""
            return False
        if self._typed not in _BEGINS:
            return False
        self._take_over(sign)
        return True

    def _sent_at(self, event: QKeyEvent) -> float:
        """Return when the key was pressed, by the keyboard's clock where there is one.

        The moment it is handled says nothing: a busy window handles a scan with
        gaps, and what somebody typed slowly meanwhile all at once.
        """
        return event.timestamp() / 1000 if event.timestamp() else self._clock()

    def _take_over(self, last: str) -> None:
        begun, self._typed = self._typed, ""
        _take_back(self._focus(), begun[: -len(last)])
        self._box.take_scan(begun)


def _take_back(field: QWidget, typed: str) -> None:
    """Take what a scanner typed out of a field, if it is there."""
    if isinstance(field, QLineEdit):
        at = field.cursorPosition()
        if not field.isReadOnly() and field.text()[:at].endswith(typed):
            field.setSelection(at - len(typed), len(typed))
            field.del_()
    elif isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed))
        if cursor.selectedText() == typed:
            cursor.removeSelectedText()
