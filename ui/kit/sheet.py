"""A panel that slides over the right side of the window, for forms.

It takes the place of dialogs: there is never more than one, it is part of the
window, and the page behind it stays readable.  Esc asks to close it.
"""

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.kit.buttons import Button, ButtonKind, IconButton
from ui.kit.speaking import Speaking
from ui.kit.styling import label, rule
from ui.kit.tokens import GRID

WIDTH = 440


class Sheet(QWidget):
    """A form over the right side of ``host``.  Fill ``body``; put buttons in with ``add_button``."""

    closed = Signal()
    """The sheet was closed, by a button, by Esc or by the program."""
    close_requested = Signal()
    """Esc or the cross.  The sheet closes by itself unless ``holds`` is set."""

    def __init__(self, name: str, host: QWidget, *, width: int = WIDTH) -> None:
        super().__init__(host)
        self.setObjectName(name)
        self._host = host
        self._width = width
        self._before: QWidget | None = None
        self.holds = False
        """Set when closing must be confirmed first: then only ``close_requested`` is told."""
        self.is_busy = False
        """Set while what the form began is carried out, even when it was closed meanwhile."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        self._panel = QFrame(self)
        self._panel.setProperty("look", "sheet")
        self._panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row.addWidget(self._panel)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(5 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        self._title = label(self._panel, "title", name=f"{name}.title")
        self._title.setWordWrap(True)
        self._cross = _Cross(f"{name}.close", self._panel)
        self._cross.clicked.connect(self._ask_to_close)
        head.addWidget(self._title, 1)
        head.addWidget(self._cross, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(rule(self._panel))
        scroll = QScrollArea(self._panel)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(scroll)
        scroll.setWidget(inside)
        self._inside = inside
        self._whole = whole = QVBoxLayout(inside)
        whole.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        self.body = QVBoxLayout()
        self.body.setSpacing(3 * GRID)
        whole.addLayout(self.body)
        whole.addStretch(1)
        column.addWidget(scroll, 1)
        self._foot = QWidget(self._panel)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        foot.addWidget(rule(self._foot))
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(5 * GRID, 3 * GRID, 5 * GRID, 3 * GRID)
        self._buttons.setSpacing(2 * GRID)
        self._buttons.addStretch(1)
        foot.addLayout(self._buttons)
        column.addWidget(self._foot)
        self._foot.hide()  # until there is a button in it
        host.installEventFilter(self)
        self.hide()

    def fill_with_body(self, *, left: int = 0, top: int = 0) -> None:
        """Let the body take the whole height, but for these margins: what is in it scrolls by itself."""
        self._whole.setStretch(0, 1)
        self._whole.setStretch(1, 0)
        self._whole.setContentsMargins(left, top, 0, 0)

    @property
    def inside(self) -> QWidget:
        """The parent for what is put into ``body``."""
        return self._inside

    @property
    def panel(self) -> QWidget:
        """The panel itself."""
        return self._panel

    def move_to(self, host: QWidget) -> None:
        """Lie over another host from now on, hidden or open as before."""
        if host is self._host:
            return
        was_hidden = self.isHidden()
        self._host.removeEventFilter(self)
        self._host = host
        self.setParent(host)
        host.installEventFilter(self)
        self._fit()
        self.setVisible(not was_hidden)

    def set_title(self, words: str) -> None:
        """Name the form in the language in force."""
        self._title.setText(words)
        self._panel.setAccessibleName(words)
        self.setAccessibleName(words)

    def add_button(self, name: str, *, kind: ButtonKind | str = ButtonKind.SECONDARY) -> Button:
        """Add a button to the foot, the weightiest last, and return it."""
        button = Button(name, self._foot, kind=kind)
        self._buttons.addWidget(button)
        self._foot.show()
        return button

    def open(self) -> None:
        """Show the sheet and put the cursor into its first field."""
        self._before = self.window().focusWidget()
        self._fit()
        self.show()
        self.raise_()
        self._cross.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_first()

    def print_paper(self) -> None:
        """Print the paper that the form shows; most show none."""

    def take_keyboard(self) -> None:
        """Put the cursor into the first field, unless it is in the sheet already."""
        here = self.window().focusWidget()
        if here is None or not self.isAncestorOf(here):
            self._focus_first()

    def close_sheet(self) -> None:
        """Close, and give the cursor back to where it was."""
        if self.isHidden():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _ask_to_close(self) -> None:
        self.close_requested.emit()
        if not self.holds:
            self.close_sheet()

    def _focus_first(self) -> None:
        for widget in self.inside.findChildren(QWidget):
            if (
                widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and widget.isVisibleTo(self)
                and widget.isEnabled()
            ):
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _fit(self) -> None:
        self.setGeometry(self._host.rect())
        self._panel.setFixedWidth(min(self._width, self._host.width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._ask_to_close()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next_one: bool) -> bool:  # noqa: FBT001
        stops = [
            widget
            for widget in self._panel.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisibleTo(self)
            and widget.isEnabled()
            and widget.focusProxy() is None
        ]
        here = self.window().focusWidget()
        if not stops:
            return False
        if here in stops:
            place = (stops.index(here) + (1 if next_one else -1)) % len(stops)
        else:
            place = 0 if next_one else -1
        stops[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shade = QColor("black")
        shade.setAlpha(56)
        painter.fillRect(self.rect(), shade)


class _Cross(Speaking, IconButton):
    """The way out of any form."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent, icon_name="x")
        self.retranslate()

    def retranslate(self) -> None:
        self.set_words(QCoreApplication.translate("Sheet", "Close (Esc)"))
