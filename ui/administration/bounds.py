"""What programmes may give at most: the bounds through time, and setting others from a day on."""

import functools
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import Refused
from app.domain.faulty import Faulty, readable
from app.domain.topics import Topic
from app.usecases import plans
from app.usecases.plans import ProgrammeBounds
from ui.desk.desk import Desk
from ui.kit.banners import Banner
from ui.kit.buttons import Button, ButtonKind
from ui.kit.fields import DateField, TextField
from ui.kit.list_section import ListSection, Question
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Align, Column
from ui.kit.tokens import GRID
from ui.words import errors, text
from ui.words.tones import Tone

_LONGEST_REASON = 400


class BoundsCard(Speaking, QFrame):
    """The bounds that hold today, those before and to come below, and the way to change them."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("administration.bounds")
        self.setProperty("look", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 3 * GRID, 1, GRID)
        column.setSpacing(2 * GRID)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        self._title = label(self, "heading", name="administration.bounds.title")
        self.change = Button("administration.bounds.change", self, icon_name="edit")
        head.addWidget(self._title, 1)
        head.addWidget(self.change)
        column.addLayout(head)
        self._why = label(self, "soft", name="administration.bounds.why")
        self._why.setWordWrap(True)
        self._why.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        column.addWidget(self._why)
        self.list = BoundsList(desk, self)
        column.addWidget(self.list, 1)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Bounds of programmes"))
        self.change.setText(self.tr("Change…"))
        self._why.setText(
            self.tr("No programme is published that gives more. What was published under others stays.")
        )


class BoundsList(Speaking, ListSection):
    """The bounds through time, the latest first."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("administration.bounds.list", parent, jobs=desk.jobs)
        self._desk = desk
        self.make_table(
            [
                Column(name="valid_from", text=self._since, tone=self._tone, width=118),
                Column(name="percent", as_=_percent, align=Align.RIGHT, width=66, strong=True),
                Column(name="instalments", align=Align.RIGHT, width=52, strong=True),
                Column(name="reason", text=self._reason, hinted=True, width=120, quiet=True, stretches=True),
            ],
            "administration.bounds.table",
            self.content,
            preferences=desk.preferences,
        )
        self.table.sorts_here = False
        self.body.addWidget(self.table)
        self.follow(desk.jobs.changed, {Topic.SETTINGS})
        self.retranslate()

    def question(self, _after: None) -> Question:
        return plans.programme_bounds

    def key_of(self, row: ProgrammeBounds) -> object:
        return row.valid_from

    def say_empty(self) -> None:
        self.show_empty(self.tr("No bounds"))

    @property
    def in_force(self) -> ProgrammeBounds | None:
        """What holds today, once it is here."""
        rows: Sequence[ProgrammeBounds | Faulty] = self.model.rows()
        return next((row for row in readable(rows) if row.holds_on(self._desk.today)), None)

    def _since(self, row: ProgrammeBounds) -> str:
        return text.day(row.valid_from) if row.valid_from is not None else self.tr("at first")

    def _tone(self, row: ProgrammeBounds) -> Tone:
        if row.holds_on(self._desk.today):
            return Tone.GOOD
        is_coming = row.valid_from is not None and row.valid_from > self._desk.today
        return Tone.INFO if is_coming else Tone.NEUTRAL

    def _reason(self, row: ProgrammeBounds) -> str:
        return (
            self.tr("{0} (not confirmed)").format(row.reason or text.DASH)
            if row.is_unconfirmed
            else row.reason
        )

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Bounds of programmes"))
        self.model.set_titles(
            {
                "valid_from": self.tr("From"),
                "percent": self.tr("Discount"),
                "instalments": self.tr("Inst."),
                "reason": self.tr("Reason"),
            }
        )


class BoundsSheet(Speaking, Sheet):
    """Other bounds from a day on, with the reason everybody reads."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__("administration.bounds.sheet", host)
        self._desk = desk
        self.notice = Banner("administration.bounds.notice", self.inside)
        self.from_day = DateField("bounds.from_day", self.inside, today=self._today)
        self.percent = TextField("bounds.percent", self.inside, limit=3)
        self.instalments = TextField("bounds.instalments", self.inside, limit=2)
        self.reason = TextField("bounds.reason", self.inside, limit=_LONGEST_REASON)
        self.fields = (self.from_day, self.percent, self.instalments, self.reason)
        self.body.addWidget(self.notice)
        for field in self.fields:
            self.body.addWidget(field)
        self.save = self.add_button("bounds.save", kind=ButtonKind.PRIMARY)
        self.save.clicked.connect(self.keep_bounds)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.keep_bounds)
        self.retranslate()

    def begin(self, now: ProgrammeBounds | None) -> None:
        """Open with what holds now, from today on."""
        self.notice.clear()
        for field in self.fields:
            field.clear_error()
        self.from_day.set_day(self._desk.today)
        self.percent.set_value(str(now.percent) if now is not None else "")
        self.instalments.set_value(str(now.instalments) if now is not None else "")
        self.reason.set_value("")
        self.save.setEnabled(True)
        self.open()

    def keep_bounds(self) -> None:
        """Set the bounds, unless a field cannot be as it is typed, which is said there."""
        day, percent, count = (
            self.from_day.day(),
            _number(self.percent, 0, 100),
            _number(self.instalments, 1, 99),
        )
        wrong = [
            (self.from_day, day is None or day < self._desk.today, self.tr("A day from today on.")),
            (self.percent, percent is None, self.tr("A whole number from 0 to 100.")),
            (self.instalments, count is None, self.tr("A whole number from 1 to 99.")),
            (self.reason, not self.reason.value(), self.tr("Write why; it stays beside the bounds.")),
        ]
        for field, is_wrong, sentence in wrong:
            field.set_error(sentence if is_wrong else "")
        first = next((field for field, is_wrong, _ in wrong if is_wrong), None)
        if first is not None:
            first.setFocus()
        elif day is not None and percent is not None and count is not None and self.save.isEnabled():
            self.save.setEnabled(False)
            action = functools.partial(
                plans.set_programme_bounds,
                from_day=day,
                percent=percent,
                instalments=count,
                reason=self.reason.value(),
            )
            self._desk.jobs.act(action, self._kept, screen=self, failed=self._refused)

    def _kept(self, _result: object) -> None:
        self.close_sheet()
        self._desk.say(self.tr("The bounds are set."))

    def _refused(self, error: Exception) -> None:
        self.save.setEnabled(True)
        tone = Tone.WARN if isinstance(error, Refused) else Tone.BAD
        self.notice.tell(errors.sentence(error), tone=tone)

    def _today(self) -> date:
        return self._desk.today

    def retranslate(self) -> None:
        self.set_title(self.tr("Bounds of programmes"))
        self.from_day.set_label(
            self.tr("From"), hint=self.tr("Holds for what is published from this day on.")
        )
        self.percent.set_label(self.tr("Discount at most, %"))
        self.instalments.set_label(self.tr("Instalments at most"))
        self.reason.set_label(self.tr("Reason"))
        self.save.setText(self.tr("Save (Ctrl+S)"))


def _percent(value: int) -> str:
    return f"{value} %"


def _number(field: TextField, least: int, most: int) -> int | None:
    typed = field.value().strip()
    is_number = typed.isascii() and typed.isdigit()
    return int(typed) if is_number and least <= int(typed) <= most else None
