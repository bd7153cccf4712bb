"""Following all plans for a day by hand: what the monitor does every night, and what it has done."""

import functools
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.usecases import plans
from app.usecases.plans import Followed
from ui.desk.desk import Desk
from ui.kit.banners import Banner
from ui.kit.buttons import Button, ButtonKind
from ui.kit.fields import DateField
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.portfolio import words
from ui.words import errors
from ui.words.tones import Tone

PORTION = 1_000
"""Plans in a transaction: nobody who serves one of them waits for the whole round."""

_NOTHING = Followed(followed=0, settled=0, moved=0, active=0, in_arrears=0, kept=0, broken=0)


class FollowStrip(Speaking, QFrame):
    """Asks for a day up to today; Ctrl+Enter follows the plans, Esc stops, and then closes the strip."""

    closed = Signal()
    ended = Signal()
    """A round is over: plans stand otherwise than before."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("portfolio.follow")
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._day: date | None = None
        self._done: Followed | None = None
        self._sum = _NOTHING
        self._is_under_way = self._is_stopped = False
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        self.day = DateField("portfolio.follow.day", self, today=self._today)
        self._about = label(self, "soft", name="portfolio.follow.about")
        self._about.setWordWrap(True)
        self.leave = Button("portfolio.follow.leave", self, kind=ButtonKind.QUIET)
        self.go = Button("portfolio.follow.go", self, kind=ButtonKind.PRIMARY, icon_name="refresh")
        self.leave.clicked.connect(self.close_strip)
        self.go.clicked.connect(self.follow)
        row.addWidget(self.day, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._about, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.go, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        self.outcome = Banner("portfolio.follow.outcome", self)
        column.addWidget(self.outcome)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.follow)
        QWidget.setTabOrder(self.day.editor, self.go)
        QWidget.setTabOrder(self.go, self.leave)
        self.hide()
        self.retranslate()

    def begin(self) -> None:
        """Ask for the day; today is proposed."""
        if self.isHidden():
            self._done = None
            self.outcome.tell("")
            self.day.set_day(self._desk.today)
        self.show()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.line.selectAll()

    def close_strip(self) -> None:
        """Ask no more; a round that is under way stops after the plans at hand."""
        if self._is_under_way:
            self._is_stopped = True
            self.retranslate()
            return
        self.hide()
        self.closed.emit()

    def stop(self) -> None:
        """Begin no other portion: this person signs out."""
        self._is_stopped = True

    @property
    def is_under_way(self) -> bool:
        """Whether plans are being followed."""
        return self._is_under_way

    def follow(self) -> None:
        """Follow all plans for the day that stands in the field."""
        if self.is_under_way:
            return
        day = self.day.day()
        if day is None:
            self.day.set_error(self.tr("Write a day up to today."))
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._day = day
        self._done, self._sum = None, _NOTHING
        self._is_stopped = False
        self._set_under_way(under_way=True)
        self._next_portion(day)

    def _next_portion(self, day: date) -> None:
        self._desk.jobs.act(
            functools.partial(plans.follow, day=day, at_most=PORTION),
            self._followed,
            screen=self,
            failed=self._failed,
            title=self.tr("Following payment plans"),
        )

    def _set_under_way(self, *, under_way: bool) -> None:
        self._is_under_way = under_way
        self.go.setEnabled(not under_way)
        self.day.editor.setEnabled(not under_way)
        self.retranslate()

    def _followed(self, done: Followed) -> None:
        self._sum = _together(self._sum, done)
        if done["followed"] == PORTION and not self._is_stopped and self._day is not None:
            self.retranslate()
            self._next_portion(self._day)
            return
        self._done = self._sum
        self._is_stopped = done["followed"] == PORTION
        self._set_under_way(under_way=False)
        self.ended.emit()
        if not self.isVisible() and self._day is not None:
            self._desk.say(words.followed_sentence(self._sum, day=self._day))

    def _failed(self, error: Exception) -> None:
        self._set_under_way(under_way=False)
        if self._sum["followed"]:
            self.ended.emit()
        sentence = errors.sentence(error)
        if getattr(error, "field", "") == "day":
            self.day.set_error(sentence)
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.outcome.tell(f"{self._said_so_far()} {sentence}".strip(), tone=Tone.WARN)

    def _said_so_far(self) -> str:
        if not self._sum["followed"] or self._day is None:
            return ""
        return words.followed_sentence(self._sum, day=self._day)

    def _today(self) -> date:
        return self._desk.today

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go.hasFocus():
            self.follow()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.leave.hasFocus():
            self.close_strip()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.day.set_label(self.tr("Follow plans for the day"))
        self._about.setText(
            self.tr(
                "Payments that name a plan are set against its instalments, and every plan in force is"
                " looked at as of that day: on time, in arrears, paid off or broken. A plan that was looked"
                " at for that day or a later one is left alone."
            )
        )
        self.leave.setText(self.tr("Stop") if self._is_under_way else self.tr("Close"))
        self.go.setText(self.tr("Following…") if self._is_under_way else self.tr("Follow plans"))
        if self._done is not None and self._day is not None:
            said = words.followed_sentence(self._done, day=self._day)
            stand = words.standings_sentence(self._done)
            rest = self.tr("Stopped: the other plans wait for the next round.") if self._is_stopped else ""
            tone = Tone.WARN if self._done["broken"] or self._is_stopped else Tone.GOOD
            self.outcome.tell(" ".join(part for part in (said, stand, rest) if part), tone=tone)
        else:
            self.outcome.tell(self._said_so_far(), icon_name="hourglass")


def _together(one: Followed, other: Followed) -> Followed:
    """Add up two portions of a round."""
    return Followed(
        followed=one["followed"] + other["followed"],
        settled=one["settled"] + other["settled"],
        moved=one["moved"] + other["moved"],
        active=one["active"] + other["active"],
        in_arrears=one["in_arrears"] + other["in_arrears"],
        kept=one["kept"] + other["kept"],
        broken=one["broken"] + other["broken"],
    )
