"""Who serves, and as what; letting somebody in or out is the business of ``salter-db staff``."""

from PySide6.QtWidgets import QWidget

from app.usecases import staff
from app.usecases.staff import StaffMember
from ui.desk.desk import Desk
from ui.kit.list_section import ListSection, Question
from ui.kit.speaking import Speaking
from ui.kit.table import Column
from ui.words import states, text
from ui.words.tones import Tone


class PeopleList(Speaking, ListSection):
    """The staff list, those who left last."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("administration.people", parent, jobs=desk.jobs)
        self.make_table(
            [
                Column(name="full_name", as_=text.listed, width=220, strong=True, stretches=True),
                Column(name="login", width=180),
                Column(name="role", as_=states.word, width=130),
                Column(name="branch", as_=text.listed, width=200),
                Column(name="state", text=self._state, tone=_tone, width=120),
            ],
            "administration.people.table",
            self.content,
            preferences=desk.preferences,
        )
        self.body.addWidget(self.table)
        self.retranslate()

    def question(self, _after: None) -> Question:
        return staff.people

    def key_of(self, row: StaffMember) -> object:
        return row.login

    def say_empty(self) -> None:
        self.show_empty(
            self.tr("Nobody is on the staff list"), self.tr("salter-db staff add lets people in.")
        )

    def _state(self, row: StaffMember) -> str:
        return self.tr("serves") if row.is_active else self.tr("left")

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("People"))
        self.model.set_titles(
            {
                "full_name": self.tr("Name"),
                "login": self.tr("Signs in as"),
                "role": self.tr("Role"),
                "branch": self.tr("Branch"),
                "state": self.tr("State"),
            }
        )


def _tone(row: StaffMember) -> Tone:
    return Tone.GOOD if row.is_active else Tone.NEUTRAL
