"""What is set, from when on, and what of it nobody has confirmed."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.topics import Topic
from app.usecases import settings
from app.usecases.settings import DatedSetting
from ui.desk.desk import Desk
from ui.kit.list_section import ListSection, Question
from ui.kit.speaking import Speaking
from ui.kit.table import Column
from ui.words import text
from ui.words.settings import value_words
from ui.words.tones import Tone


class SettingsList(Speaking, ListSection):
    """Every value of every setting; what holds today is marked."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("administration.settings", parent, jobs=desk.jobs)
        self._desk = desk
        self.make_table(
            [
                Column(name="name", width=196, strong=True, hinted=True),
                Column(name="value", as_=value_words, hinted=True, width=200, stretches=True),
                Column(name="valid_from", as_=text.day, width=92),
                Column(name="state", text=self._state, tone=self._tone, width=92),
                Column(name="confirmed", text=self._confirmed, tone=_doubt, width=126),
                Column(name="note", as_=text.listed, hinted=True, width=110, quiet=True),
            ],
            "administration.settings.table",
            self.content,
            preferences=desk.preferences,
        )
        self.body.addWidget(self.table)
        self.follow(desk.jobs.changed, {Topic.SETTINGS})
        self.retranslate()

    def question(self, _after: None) -> Question:
        return settings.all_settings

    def take_in(self, answer: Any) -> tuple[Sequence[DatedSetting], None]:
        """List what counts today first, and below it what does not any more or not yet."""
        today = self._desk.today
        return sorted(answer, key=lambda one: not one.holds_on(today)), None

    def key_of(self, row: DatedSetting) -> object:
        return row.name, row.valid_from

    def say_empty(self) -> None:
        self.show_empty(self.tr("No settings"), self.tr("What counts without them is in the program."))

    def _state(self, row: DatedSetting) -> str:
        if row.holds_on(self._desk.today):
            return self.tr("in force")
        return self.tr("coming") if row.valid_from > self._desk.today else self.tr("over")

    def _tone(self, row: DatedSetting) -> Tone:
        if row.holds_on(self._desk.today):
            return Tone.GOOD
        return Tone.INFO if row.valid_from > self._desk.today else Tone.NEUTRAL

    def _confirmed(self, row: DatedSetting) -> str:
        return self.tr("not confirmed") if row.is_unconfirmed else ""

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Settings"))
        self.model.set_titles(
            {
                "name": self.tr("Setting"),
                "value": self.tr("Value"),
                "valid_from": self.tr("From"),
                "state": self.tr("State"),
                "confirmed": self.tr("Confirmed"),
                "note": self.tr("Note"),
            }
        )


def _doubt(row: DatedSetting) -> Tone | None:
    return Tone.WARN if row.is_unconfirmed else None
