"""The one window: signing in, or the desk, and the curtain over it while it is locked."""

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QWidget

from ui.kit.icons import application_icon
from ui.kit.speaking import Speaking
from ui.shell.lock import KnownPassword, LockScreen
from ui.shell.sign_in import SignIn
from ui.shell.status import StatusBar

if TYPE_CHECKING:
    from ui.shell.desk_view import DeskView

_SMALLEST = QSize(1024, 640)
_FIRST = QSize(1366, 768)


class Window(Speaking, QMainWindow):
    """Shows what the program tells it to; decides nothing."""

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowIcon(application_icon())
        self.setMinimumSize(_SMALLEST)
        self.resize(_FIRST)
        self._places = QStackedWidget(self)
        self.setCentralWidget(self._places)
        self.sign_in = SignIn(self._places)
        self._places.addWidget(self.sign_in)
        self.status = StatusBar(self)
        self.setStatusBar(self.status)
        self.lock = LockScreen(self)
        self.desk: DeskView | None = None
        self._before_lock: QWidget | None = None
        self.retranslate()

    @property
    def is_locked(self) -> bool:
        """Whether the curtain is down."""
        return not self.lock.isHidden()

    def show_desk(self, desk: "DeskView") -> None:
        """Show the desk of whoever signed in."""
        self.desk = desk
        self._places.addWidget(desk)
        self._places.setCurrentWidget(desk)
        self.retranslate()

    def drop_desk(self) -> None:
        """Take the desk away."""
        if self.is_locked:
            self.lock.hide()
            self.lift_curtain()
        if self.desk is not None:
            self._places.removeWidget(self.desk)
            self.desk.deleteLater()
            self.desk = None

    def show_sign_in(self) -> None:
        """Let somebody sign in."""
        self._places.setCurrentWidget(self.sign_in)
        self.retranslate()

    def draw_curtain(self, *, full_name: str, known: KnownPassword) -> None:
        """Lock: what is behind can be neither read nor reached by keys."""
        if self.desk is None:
            return
        _close_what_floats()
        self._before_lock = self.focusWidget()
        self.desk.setEnabled(False)
        self._places.hide()
        self.statusBar().hide()
        self.lock.cover(full_name=full_name, known=known)

    def lift_curtain(self) -> None:
        """Unlock: everything is where it was, the cursor too."""
        self._places.show()
        self.statusBar().show()
        if self.desk is not None:
            self.desk.setEnabled(True)
        before, self._before_lock = self._before_lock, None
        if before is not None and shiboken6.isValid(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def place_for_desk(self) -> QStackedWidget:
        """Return the parent a desk is built in."""
        return self._places

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lock.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Šalter"))


def _close_what_floats() -> None:
    """Close menus and dialogs: they lie over the window and would stay there over a curtain."""
    while (popup := QApplication.activePopupWidget()) is not None:
        if not popup.close():
            break
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QDialog):
        dialog.reject()
