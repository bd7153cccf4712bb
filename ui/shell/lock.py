"""The locked desk: everything stays as it was behind a curtain until the same person returns.

The password is compared with what was signed in with, without asking the server,
so that a desk can be unlocked while the line is down.  Only a salted digest of it
is kept.
"""

import hashlib
import hmac
import secrets

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from ui.kit.banners import Banner
from ui.kit.buttons import Button, ButtonKind
from ui.kit.icons import pixmap
from ui.kit.speaking import Speaking
from ui.kit.styling import PlainLabel, label
from ui.kit.tokens import GRID
from ui.words.tones import Tone

_ACTIVITY = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class KnownPassword:
    """Recognizes a password without keeping it."""

    def __init__(self, password: str) -> None:
        self._salt = secrets.token_bytes(16)
        self._digest = self._of(password)

    def matches(self, password: str) -> bool:
        """Tell whether ``password`` is the one."""
        return hmac.compare_digest(self._digest, self._of(password))

    def _of(self, password: str) -> bytes:
        return hashlib.scrypt(password.encode(), salt=self._salt, n=2**12, r=8, p=1)


class IdleWatch(QObject):
    """Notices that nobody touched the keyboard or the mouse for some minutes.

    It watches what the system sends to the window, not every event of every widget.
    """

    idled = Signal()

    def __init__(self, window: QWidget, *, minutes: float) -> None:
        super().__init__(window)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(minutes * 60_000))
        self._timer.timeout.connect(self.idled)
        window.winId()
        self._handle = window.windowHandle()
        self._handle.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._handle.removeEventFilter(self)
        self._timer.stop()
        self.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self._timer.start()
        return False


class LockScreen(Speaking, QWidget):
    """Covers the window; nothing of it can be read or reached until it is lifted."""

    unlocked = Signal()
    left = Signal()
    """Somebody else wants to sign in instead."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lock")
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._covered = parent
        self._known: KnownPassword | None = None
        self._full_name = ""
        outer = QVBoxLayout(self)
        card = QFrame(self)
        card.setProperty("look", "card")
        card.setFixedWidth(340)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(card)
        column.setContentsMargins(7 * GRID, 7 * GRID, 7 * GRID, 7 * GRID)
        column.setSpacing(2 * GRID)
        self._mark = PlainLabel(card)
        column.addWidget(self._mark)
        self._title = label(card, "title")
        self._who = label(card, "soft", name="lock.who")
        self._who.setWordWrap(True)
        self.refusal = Banner("lock.refusal", card)
        self.password = QLineEdit(card)
        self.password.setObjectName("lock.password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.enter = Button("lock.enter", card, kind=ButtonKind.PRIMARY)
        self.leave = Button("lock.leave", card, kind=ButtonKind.QUIET)
        for widget in (self._title, self._who, self.refusal, self.password, self.enter, self.leave):
            column.addWidget(widget)
        self.password.returnPressed.connect(self._try)
        self.enter.clicked.connect(self._try)
        self.leave.clicked.connect(self.left)
        self.hide()
        self.retranslate()

    def cover(self, *, full_name: str, known: KnownPassword) -> None:
        """Lock until the password ``known`` is typed."""
        self._known = known
        self._full_name = full_name
        self.password.clear()
        self.refusal.clear()
        self.retranslate()
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()
        self.password.setFocus()

    def _try(self) -> None:
        if self._known is not None and self._known.matches(self.password.text()):
            self.password.clear()
            self.hide()
            self.unlocked.emit()
            return
        self.refusal.tell(self.tr("That is not the password."), tone=Tone.BAD)
        self.password.selectAll()
        self.password.setFocus()

    def retranslate(self) -> None:
        self._mark.setPixmap(pixmap("lock", size=28, ink="accent_ink", ratio=self.devicePixelRatioF()))
        self._title.setText(self.tr("Locked"))
        self._who.setText(self.tr("{0} is signed in. Everything is as it was left.").format(self._full_name))
        self.password.setPlaceholderText(self.tr("Password"))
        self.password.setAccessibleName(self.tr("Password"))
        self.enter.setText(self.tr("Unlock"))
        self.leave.setText(self.tr("Sign in as somebody else"))
