"""Keys as the system sends them: to the window, which passes them to whatever has the cursor."""

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

_KEYS = {"\n": Qt.Key.Key_Return, "\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}


def type_text(window: QWidget, text: str) -> None:
    """Type ``text``; a line break is Enter, as scanners send it."""
    handle = _handle(window)
    for sign in text:
        if sign in "\r\n":
            QTest.keyClick(handle, Qt.Key.Key_Return)
        elif sign == "\t":
            QTest.keyClick(handle, Qt.Key.Key_Tab)
        elif sign.isascii():
            QTest.keyClick(handle, sign)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                QCoreApplication.sendEvent(handle, event)


def type_at_pace(window: QWidget, text: str, *, gap_ms: int, begins_ms: int) -> int:
    """Type ``text`` as a keyboard whose own clock shows ``gap_ms`` between the keys; return its last reading.

    All of it arrives at once, as it does at a window that was busy meanwhile.
    """
    for place, sign in enumerate(text):
        moment = begins_ms + place * gap_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, _KEYS.get(sign, 0), Qt.KeyboardModifier.NoModifier, sign)
            event.setTimestamp(moment)
            QCoreApplication.sendEvent(_handle(window), event)
    return begins_ms + (len(text) - 1) * gap_ms


def press(window: QWidget, keys: str) -> None:
    """Press a combination such as ``Ctrl+K``, ``Alt+3``, ``Return`` or ``N``."""
    QTest.keySequence(_handle(window), QKeySequence(keys))


def click(widget: QWidget, *, at: QPoint | None = None) -> None:
    """Press the left mouse button on a widget that is seen."""
    if not widget.isVisible() or not widget.isEnabled():
        raise AssertionError(f"{widget.objectName()} cannot be clicked")
    window = widget.window()
    place = widget.mapTo(window, at if at is not None else widget.rect().center())
    QTest.mouseClick(_handle(window), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def _handle(window: QWidget) -> QWindow:
    handle = window.windowHandle()
    if handle is None:
        raise AssertionError("the window was never shown")
    return handle
