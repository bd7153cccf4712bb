"""A part of a screen that is loaded: its content, or why there is none.

The wait shows nothing for 300 ms, then a quiet line, and from 600 ms on words and
a way to cancel.  What was on the screen stays readable meanwhile.
"""

from collections.abc import Collection

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.topics import Topic
from ui.kit.banners import Banner
from ui.kit.busy import PROGRESS_AFTER, QUIET_AFTER, BusyIndicator, BusyLine
from ui.kit.buttons import Button, ButtonKind
from ui.kit.empty import EmptyState
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import PlainLabel
from ui.kit.table import Table
from ui.kit.tokens import GRID
from ui.kit.watch import Watch
from ui.words.tones import Tone

NEXT_TURN = 1
"""Milliseconds after which a part of a screen goes on being built.

Zero would not do: Qt goes through all that was posted, and what that posts, before
it looks at a key or paints.
"""


class Section(QWidget):
    """Base of a screen's parts.

    A subclass fills ``self.body`` (a column layout), overrides ``load()`` to ask
    for its rows and ends each load with one of the ``show_…`` methods.
    """

    opened_elsewhere = Signal(str, dict)
    """Ask navigation for another place: target's name and what to open there."""
    cancelled = Signal()
    """The clerk gave up waiting: cancel what is being asked."""
    retried = Signal()
    """The clerk asked for it again after a failure; ``load()`` is called as well."""
    action_chosen = Signal()
    """The empty state's action was chosen."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._watch = Watch(self)
        self._watch.wanted.connect(self.load_once)
        self._is_waiting = False
        self.column = column = QVBoxLayout(self)
        """Everything of the section from top to bottom; ``body`` is the part that waits for rows."""
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._failure = Banner(f"{name}.failure", self)
        self._failure.action_chosen.connect(self._retry)
        column.addWidget(self._failure)
        places = QWidget(self)
        self._places = QStackedLayout(places)
        self.content = QWidget(places)
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(2 * GRID)
        self.empty = EmptyState(f"{name}.empty", places)
        self.empty.action_chosen.connect(self.action_chosen)
        self._places.addWidget(self.content)
        self._places.addWidget(self.empty)
        self._blank = QWidget(places)
        self._places.addWidget(self._blank)
        column.addWidget(places, 1)
        self._line = BusyLine(f"{name}.busy", self)
        self._line.hide()
        self._wait = _Wait(f"{name}.wait", self)
        self._wait.hide()
        self._wait.cancel.clicked.connect(self._cancel)
        self._quiet_timer = self._timer(QUIET_AFTER)
        self._quiet_timer.timeout.connect(self._show_line)
        self._progress_timer = self._timer(PROGRESS_AFTER)
        self._progress_timer.timeout.connect(self._show_wait)

    # the hook ---------------------------------------------------------------

    def load(self) -> None:
        """Ask for what the section shows.  Called when first shown and to refresh."""
        raise NotImplementedError

    def follow(self, changed: SignalInstance, topics: Collection[Topic]) -> None:
        """Load when first shown, and again once ``changed``, of ``Jobs``, names one of ``topics``."""
        self._watch.follow(changed, topics)

    def load_once(self) -> None:
        """Load unless what is shown is what is stored."""
        if not self._watch.is_fresh:
            self._watch.note_asked()
            self.load()

    def forget(self) -> None:
        """Have ``load_once`` load again."""
        self._watch.forget()

    def go_to(self, what: object) -> None:
        """Show one particular thing of the section, such as a month; most have none."""

    def prepare(self) -> bool:
        """Make a part that is otherwise made when it is first needed; False when there is none left."""
        return False

    def forget_account(self) -> bool:
        """Forget the account that is shown, before the section is given another by ``show_account``.

        False when it cannot; then it is thrown away, and made anew for the next account.
        """
        return False

    def show_account(self, ident: int) -> None:
        """Be about this account from now on; called with the same one again and again.

        A section may be made before there is any account, and is then given its first one here.
        """

    @property
    def sheets(self) -> list[Sheet]:
        """The forms that were made for this section so far."""
        return []

    @property
    def place(self) -> object:
        """What ``go_to`` would bring back, such as the month that is looked at; None for no place."""
        return None

    # the states -------------------------------------------------------------

    def show_busy(self) -> None:
        """Something was asked; signs of waiting appear only if it lasts."""
        self._watch.note_asked()
        self._is_waiting = True
        self._quiet_timer.start()
        self._progress_timer.start()

    def show_rows(self) -> None:
        """The answer came: show the content."""
        self._rest()
        self._failure.clear()
        self._places.setCurrentWidget(self.content)

    def show_empty(self, title: str, hint: str = "", *, action: str = "", icon_name: str = "") -> None:
        """The answer came and there is nothing: say so, and why."""
        self._rest()
        self._failure.clear()
        self.empty.set_words(title, hint, action=action, icon_name=icon_name)
        self._places.setCurrentWidget(self.empty)

    def show_nothing(self) -> None:
        """Empty the tables, and show neither content nor a reason until one of the others is called."""
        for table in self.content.findChildren(Table):
            table.begin_anew()
        self._rest()
        self._watch.forget()
        self._failure.clear()
        self._places.setCurrentWidget(self._blank)

    def show_failure(self, sentence: str, *, may_retry: bool = True) -> None:
        """It did not come: say why above what is still on the screen."""
        self._rest()
        self._watch.forget()
        self._failure.tell(sentence, tone=Tone.WARN, action=self.tr("Try again") if may_retry else "")

    def show_waiting_over(self) -> None:
        """Take the signs of waiting away and change nothing else."""
        self._rest()

    @property
    def is_waiting(self) -> bool:
        """Whether something was asked and has not been answered yet."""
        return self._is_waiting

    @property
    def is_empty(self) -> bool:
        """Whether the empty state is what is seen."""
        return self._places.currentWidget() is self.empty

    @property
    def failure(self) -> str:
        """The sentence of the last failure, while it is shown."""
        return self._failure.words

    # inside -----------------------------------------------------------------

    def _timer(self, after: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        return timer

    def _rest(self) -> None:
        self._is_waiting = False
        self._quiet_timer.stop()
        self._progress_timer.stop()
        self._line.hide()
        self._wait.hide()

    def _show_line(self) -> None:
        self._place_signs()
        self._line.show()
        self._line.raise_()

    def _show_wait(self) -> None:
        self._place_signs()
        self._wait.show()
        self._wait.raise_()

    def _place_signs(self) -> None:
        self._line.setGeometry(0, 0, self.width(), 2)
        self._wait.adjustSize()
        self._wait.move((self.width() - self._wait.width()) // 2, 4 * GRID)

    def _cancel(self) -> None:
        self._rest()
        self._watch.forget()
        self.cancelled.emit()

    def _retry(self) -> None:
        self.retried.emit()
        self._watch.note_asked()
        self.load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_signs()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_signs()
        self._watch.set_seen(is_seen=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.set_seen(is_seen=False)


class _Wait(Speaking, QFrame):
    """Named waiting with a way out."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("look", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(BusyIndicator(f"{name}.ring", self), 0, Qt.AlignmentFlag.AlignVCenter)
        self._words = PlainLabel(self)
        row.addWidget(self._words)
        self.cancel = Button(f"{name}.cancel", self, kind=ButtonKind.QUIET)
        row.addWidget(self.cancel)
        self.retranslate()

    def retranslate(self) -> None:
        self._words.setText(self.tr("Loading…"))
        self.cancel.setText(self.tr("Cancel"))
        self.adjustSize()
