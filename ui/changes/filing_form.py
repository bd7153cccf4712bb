"""How a request came in: the days, the way, the applicant, and the act it stands on."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.domain.changes import (
    ApplicantStanding,
    Declaration,
    IntakeChannel,
    PaperKind,
    Problem,
    Rule,
    check_days,
)
from app.domain.visits import Channel
from app.usecases.changes import Filing
from ui.changes import words
from ui.desk.desk import Desk
from ui.kit.fields import ChoiceField, DateField, FormField, NoteField, TextField
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.words import states, text

_LONGEST = {
    "applicant_name": 120,
    "applicant_id_card": 20,
    "applicant_phone": 40,
    "applicant_email": 254,
    "basis_number": 60,
    "basis_issuer": 120,
}
_NO_ACTS = frozenset({PaperKind.REQUEST, PaperKind.IDENTITY_CARD, PaperKind.AUTHORIZATION})


class FilingForm(Speaking, QWidget):
    """The part of the form that every kind of change has."""

    edited = Signal()
    days_changed = Signal()
    """The month it counts from may be another, and whether it is late."""
    standing_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("change.filing")
        self._desk = desk
        self._acts: tuple[str, ...] = ()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        for place in range(3):
            grid.setColumnStretch(place, 1)
        self._heads: list[QLabel] = []
        self.happened_on = self._day("happened_on")
        self.received_on = self._day("received_on")
        self.channel = ChoiceField("change.channel", self)
        self._head(grid, 0)
        self._lay(grid, 1, self.happened_on, self.received_on, self.channel)
        self.applicant_name = self._line("applicant_name")
        self.applicant_standing = ChoiceField("change.applicant_standing", self)
        self.applicant_id_card = self._line("applicant_id_card")
        self.applicant_phone = self._line("applicant_phone")
        self.applicant_email = self._line("applicant_email")
        self._head(grid, 2)
        grid.addWidget(self.applicant_name, 3, 0, 1, 2)
        grid.addWidget(self.applicant_standing, 3, 2)
        self._lay(grid, 4, self.applicant_id_card, self.applicant_phone, self.applicant_email)
        self.basis_act = ChoiceField("change.basis_act", self)
        self.basis_number = self._line("basis_number")
        self.basis_date = self._day("basis_date")
        self.basis_issuer = self._line("basis_issuer")
        self._head(grid, 5)
        self._lay(grid, 6, self.basis_act, self.basis_number, self.basis_date)
        grid.addWidget(self.basis_issuer, 7, 0, 1, 3)
        self.note = NoteField("change.note", self, lines=2)
        grid.addWidget(self.note, 8, 0, 1, 3)
        for field in self._fields.values():
            field.edited.connect(self.edited)
            if isinstance(field, ChoiceField):
                field.let_shrink()
        for day in (self.happened_on, self.received_on):
            day.committed.connect(self._days_left)
        self.applicant_standing.edited.connect(self.standing_changed)
        self.retranslate()

    @property
    def _fields(self) -> dict[str, FormField]:
        named = (
            "happened_on",
            "received_on",
            "channel",
            "applicant_name",
            "applicant_standing",
            "applicant_id_card",
            "applicant_phone",
            "applicant_email",
            "basis_act",
            "basis_number",
            "basis_date",
            "basis_issuer",
            "note",
        )
        return {name: getattr(self, name) for name in named}

    def _day(self, name: str) -> DateField:
        return DateField(f"change.{name}", self, today=self._today)

    def _line(self, name: str) -> TextField:
        return TextField(f"change.{name}", self, limit=_LONGEST[name])

    def _head(self, grid: QGridLayout, row: int) -> None:
        head = label(self, "section")
        self._heads.append(head)
        grid.addWidget(head, row, 0, 1, 3)

    def _lay(self, grid: QGridLayout, row: int, *fields: FormField) -> None:
        for place, field in enumerate(fields):
            grid.addWidget(field, row, place)

    def _today(self) -> date:
        return self._desk.today

    # values -----------------------------------------------------------------------------------------

    def begin(self, declaration: Declaration, *, applicant: str) -> None:
        """Start over for a kind: received here, today."""
        self._acts = _acts_of(declaration)
        self.retranslate()
        by_phone = self._desk.me.channel is Channel.PHONE
        self.put(
            Filing(
                channel=IntakeChannel.PHONE if by_phone else IntakeChannel.COUNTER,
                received_on=self._desk.today,
                happened_on=self._desk.today,
                applicant_name=applicant,
            )
        )
        self.happened_on.set_day(None)

    def put(self, filing: Filing) -> None:
        """Show what was saved before."""
        for name in ("happened_on", "received_on", "basis_date"):
            getattr(self, name).set_day(getattr(filing, name))
        self.channel.set_value(filing.channel)
        self.applicant_standing.set_value(filing.applicant_standing)
        self._choose_act(filing.basis_act)
        for name in (*_LONGEST, "note"):
            getattr(self, name).set_value(getattr(filing, name))

    def filing(self) -> Filing:
        """Return what is typed; a day that cannot be read counts as today."""
        today = self._desk.today
        return Filing(
            channel=self.channel.value(),
            received_on=self.received_on.day() or today,
            happened_on=self.happened_on.day() or self.received_on.day() or today,
            applicant_name=self.applicant_name.value(),
            applicant_standing=self.standing,
            applicant_id_card=self.applicant_id_card.value(),
            applicant_phone=self.applicant_phone.value(),
            applicant_email=self.applicant_email.value(),
            basis_act=self.basis_act.value() or "",
            basis_number=self.basis_number.value(),
            basis_date=self.basis_date.day(),
            basis_issuer=self.basis_issuer.value(),
            note=self.note.value(),
        )

    @property
    def standing(self) -> ApplicantStanding:
        """In what capacity the applicant applies."""
        chosen = self.applicant_standing.value()
        return chosen if isinstance(chosen, ApplicantStanding) else ApplicantStanding.OWNER

    def typed(self) -> dict[str, object]:
        """Return what is typed, to be kept on disk."""
        return {name: _typed(field) for name, field in self._fields.items()}

    def put_typed(self, typed: Mapping[str, object]) -> None:
        """Show what was kept on disk."""
        for name, field in self._fields.items():
            said = str(typed.get(name) or "")
            if isinstance(field, TextField | NoteField):
                field.set_value(said)
        channel, standing = str(typed.get("channel") or ""), str(typed.get("applicant_standing") or "")
        if channel in set(IntakeChannel):
            self.channel.set_value(IntakeChannel(channel))
        if standing in set(ApplicantStanding):
            self.applicant_standing.set_value(ApplicantStanding(standing))
        self._choose_act(str(typed.get("basis_act") or ""))

    def put_stored(self, stored: Mapping[str, object]) -> None:
        """Take over single data as somebody else stored them."""
        known = {name: value for name, value in stored.items() if name in self._fields}
        self.put_typed({**self.typed(), **{name: _stored(value) for name, value in known.items()}})

    def problems(self) -> tuple[Problem, ...]:
        """List what is wrong with the days, and that nobody applies."""
        found = check_days(
            happened_on=self.happened_on.day(), received_on=self.received_on.day(), today=self._desk.today
        )
        if not self.applicant_name.value():
            found = (*found, Problem("applicant_name", Rule.MISSING))
        return found

    def show_problems(self, problems: Sequence[Problem]) -> FormField | None:
        """Say beside each datum what is wrong with it; return the first that has an error."""
        found = {problem.field: problem for problem in reversed(problems)}
        wrong: FormField | None = None
        for name in ("happened_on", "received_on", "applicant_name"):
            field = self._fields[name]
            if name in found:
                field.set_error(words.problem_sentence(found[name]))
                wrong = wrong or field
        return wrong

    def show_refusal(self, name: str, sentence: str) -> bool:
        """Say beside a datum what the server has against it; False when there is no such datum."""
        field = self._fields.get(name)
        if field is None:
            return False
        field.set_error(sentence)
        field.setFocus()
        return True

    def show_theirs(self, name: str, sentence: str) -> None:
        """Say under a datum what somebody else stored meanwhile."""
        if name in self._fields:
            self._fields[name].set_hint(sentence)

    def _days_left(self) -> None:
        happened, received = self.happened_on.day(), self.received_on.day()
        wrong = [
            problem
            for problem in self.problems()
            if (problem.field == "happened_on" and happened) or (problem.field == "received_on" and received)
        ]
        self.show_problems(wrong)
        self.days_changed.emit()

    def suggest_act(self, act: str) -> None:
        """Take the act that was brought as what the change stands on, unless another was chosen."""
        if act and not self.basis_act.value():
            self._choose_act(act)
            self.edited.emit()

    def _choose_act(self, act: str) -> None:
        if act and act not in self._acts:
            self._acts = (*self._acts, act)
            self.retranslate()
        self.basis_act.set_value(act)

    def retranslate(self) -> None:
        for head, said in zip(
            self._heads,
            (self.tr("When and how"), self.tr("Who applies"), self.tr("On what it stands")),
            strict=True,
        ):
            head.setText(said)
        for name, field in self._fields.items():
            field.set_label(words.field_word(name))
        self.happened_on.set_label(words.field_word("happened_on"), hint=self.tr("15, 15.3, -7 or t"))
        self.channel.set_choices([(channel, states.word(channel)) for channel in IntakeChannel])
        self.applicant_standing.set_choices(
            [(standing, states.word(standing)) for standing in ApplicantStanding]
        )
        self.basis_act.set_choices([("", text.DASH), *((act, words.act_word(act)) for act in self._acts)])


def _acts_of(declaration: Declaration) -> tuple[str, ...]:
    """List the acts a kind can stand on: those its papers accept, and its other papers themselves."""
    acts: list[str] = []
    for paper in declaration.papers:
        offered = paper.is_one_of or (() if paper.kind in _NO_ACTS else (paper.kind.value,))
        acts += [act for act in offered if act not in acts]
    return tuple(acts) or (PaperKind.REQUEST.value,)


def _typed(field: FormField) -> object:
    match field:
        case TextField():
            return field.line.text()
        case NoteField():
            return field.value()
        case ChoiceField():
            chosen = field.value()
            return str(chosen) if chosen else ""
    return ""


def _stored(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return text.day(value)
    return str(value)
