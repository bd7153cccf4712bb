"""The ceilings that are raised now: for whom, how far, until when, by whom and why."""

from PySide6.QtWidgets import QWidget

from app.domain.topics import Topic
from app.usecases import ceilings
from app.usecases.ceilings import Raise
from ui.desk.desk import Desk
from ui.kit.list_section import ListSection, Question
from ui.kit.speaking import Speaking
from ui.kit.table import Align, Column
from ui.words import states, text


class RaiseList(Speaking, ListSection):
    """One row for each; those first that end first."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("oversight.raises", parent, jobs=desk.jobs)
        self.make_table(
            [
                Column(
                    name="who",
                    field="full_name",
                    as_=text.listed,
                    hint=_reason,
                    width=150,
                    strong=True,
                    stretches=True,
                ),
                Column(name="what", field="ceiling", as_=states.word, hinted=True, width=200),
                Column(name="most", as_=text.number, align=Align.RIGHT, width=80),
                Column(name="until", field="last_day", as_=text.day, width=100),
                Column(name="by", field="raised_by", hinted=True, width=130, quiet=True),
                Column(name="why", field="reason", as_=text.listed, hinted=True, width=200, quiet=True),
            ],
            "oversight.raises.table",
            self.content,
            preferences=desk.preferences,
        )
        self.body.addWidget(self.table)
        self.follow(desk.jobs.changed, {Topic.ALERTS})
        self.retranslate()

    def question(self, _after: None) -> Question:
        return ceilings.raises_in_force

    def key_of(self, row: Raise) -> int:
        return row.id

    def say_empty(self) -> None:
        self.show_empty(self.tr("No limit is raised now"))

    def retranslate(self) -> None:
        self.model.set_titles(
            {
                "who": self.tr("For whom"),
                "what": self.tr("What"),
                "most": self.tr("At most"),
                "until": self.tr("Until"),
                "by": self.tr("Raised by"),
                "why": self.tr("For which task"),
            }
        )
        self.table.setAccessibleName(self.tr("Limits that are raised"))
        if self.is_empty:
            self.say_empty()


def _reason(row: Raise) -> str:
    return row.reason
