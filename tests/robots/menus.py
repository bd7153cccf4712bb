"""Menus by keyboard: opened from their button, walked down, chosen with Enter.

A menu may keep its button's thread until it is closed, so the walk is laid out
before the button is pressed.
"""

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QMenu

from tests.robots import keyboard


class MenuWalk:
    """One walk through the menu of ``button``: to the entry that begins with ``words``, or only reading."""

    def __init__(self, button: QAbstractButton, *, words: str = "") -> None:
        self.entries: list[str] = []
        """What the menu offered, once it was open; what cannot be chosen in brackets."""
        self.is_over = False
        self._window = button.window()
        self._menu: QMenu = button.menu()  # type: ignore[attr-defined]
        self._words = words
        self._opened = QTimer()
        self._opened.setSingleShot(True)
        self._opened.timeout.connect(self._walk)
        self._menu.aboutToShow.connect(self._opened.start)
        button.setFocus()
        keyboard.press(self._window, "Space")

    def _walk(self) -> None:
        self._menu.aboutToShow.disconnect(self._opened.start)
        try:
            listed = [action for action in self._menu.actions() if not action.isSeparator()]
            words = [action.text().replace("&", "") for action in listed]
            self.entries = [
                said if action.isEnabled() else f"({said})"
                for said, action in zip(words, listed, strict=True)
            ]
            for _step in listed if self._words else ():
                keyboard.press(self._window, "Down")
                chosen = self._menu.activeAction()
                if chosen is not None and chosen.text().startswith(self._words):
                    keyboard.press(self._window, "Return")
                    break
            else:
                keyboard.press(self._window, "Esc")
        finally:
            self.is_over = True
            if shiboken6.isValid(self._menu):  # signing out takes it away
                self._menu.close()
