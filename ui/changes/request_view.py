"""A request to be read: what it changes, on which papers, from when, what the bill will be, what happened.

It is the same for whoever filed it and for whoever decides on it.
"""

import functools

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import ENDED, ChangeState, FieldType, declaration_of
from app.usecases import changes
from app.usecases.changes import Effect, Filing, Request, StreetChoice
from ui.changes import request_columns as columns
from ui.changes import words
from ui.changes.editors import street_words
from ui.changes.effect_panel import EffectPanel
from ui.changes.month_panel import MonthPanel
from ui.desk.desk import Desk
from ui.kit.banners import Banner
from ui.kit.labels import Badge, Item
from ui.kit.master_detail import Part, TablePart
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.words import errors, states, text
from ui.words.tones import Tone


class RequestView(Speaking, QWidget):
    """One request in full; it asks for the effect of an open one by itself."""

    paper_opened = Signal(object, str)
    """A paper is to be looked at: its id and what it is called."""
    request_opened = Signal(object)
    """The request it undoes, or that undoes it, is to be looked at."""

    def __init__(self, desk: Desk, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._desk = desk
        self._request: Request | None = None
        self._street = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        self.title = label(self, "heading", name=f"{name}.title")
        self.title.setWordWrap(True)
        self.state = Badge(f"{name}.state", self)
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        column.addLayout(head)
        self.decision = Banner(f"{name}.decision", self)
        self.undoing = Banner(f"{name}.undoing", self)
        self.undoing.action_chosen.connect(self._open_other)
        self.difference = TablePart(f"{name}.difference", self, columns=columns.difference_columns())
        self.facts = Part(f"{name}.facts", self, across=2)
        self.papers = TablePart(f"{name}.papers", self, columns=columns.paper_columns())
        self.month = MonthPanel(f"{name}.month", self)
        self.effect = EffectPanel(f"{name}.effect", self)
        self.events = TablePart(f"{name}.events", self, columns=columns.event_columns())
        for widget in (
            self.decision,
            self.undoing,
            self.difference,
            self.month,
            self.effect,
            self.papers,
            self.facts,
            self.events,
        ):
            column.addWidget(widget)
        self.papers.table.row_opened.connect(self._open_paper)
        self.retranslate()

    @property
    def request(self) -> Request | None:
        """What is shown."""
        return self._request

    def show_request(self, request: Request) -> None:
        """Show a request; the effect of one that is not over is asked for."""
        is_other = self._request is None or self._request.id != request.id
        self._request = request
        if is_other:
            self._street = ""
            self._ask_street(request)
        self._say()
        if request.state in ENDED or request.state is ChangeState.APPROVED:
            self.effect.show_none("")
            return
        if is_other:
            self.effect.show_none("")
        self.effect.show_waiting(is_waiting=True)
        question = functools.partial(
            changes.effect_of,
            ident=request.ident,
            kind=request.kind,
            values=request.values,
            applies_from=request.effective.period,
            today=self._desk.today,
        )
        self._desk.jobs.ask(
            question, self._effect_came, screen=self, lane="effect", failed=self._effect_failed
        )

    def _ask_street(self, request: Request) -> None:
        """Ask for the name of a street: a request knows its id."""
        streets = [one.name for one in declaration_of(request.kind).fields if one.type is FieldType.STREET]
        ids = [str(request.values.get(name) or "") for name in streets]
        if ids and ids[0].isdigit():
            question = functools.partial(changes.street_named, street_id=int(ids[0]))
            self._desk.jobs.ask(
                question, self._street_came, screen=self, lane="street", failed=self._street_failed
            )

    def _street_came(self, street: StreetChoice | None) -> None:
        self._street = street_words(street) if street is not None else ""
        self._say()

    def _street_failed(self, _error: Exception) -> None:
        pass  # its id is shown

    def clear(self) -> None:
        """Show nothing, and hear no answer about what was shown."""
        self._request = None
        self._desk.jobs.withdraw(self)

    def _effect_came(self, effect: Effect) -> None:
        self.effect.show_effect(effect)

    def _effect_failed(self, error: Exception) -> None:
        self.effect.show_none(errors.sentence(error))

    def _open_paper(self, place: int) -> None:
        line: columns.PaperLine = self.papers.model.row(place)
        if line.paper is not None and line.paper.size:
            self.paper_opened.emit(line.paper.id, words.capital(words.paper_word(line.asked.kind)))

    def _open_other(self) -> None:
        if self._request is not None:
            other = self._request.undone_by or self._request.undoes
            if other is not None:
                self.request_opened.emit(other)

    # words ------------------------------------------------------------------------------------------

    def _say(self) -> None:
        request = self._request
        if request is None:
            return
        self.title.setText(f"{columns.change_title(request)}: {columns.kind_title(request.kind)}")
        self.state.set_state(states.word(request.state), states.tone(request.state))
        self._say_decision(request)
        self._say_undoing(request)
        self.difference.set_rows(columns.difference_rows(request, street=self._street))
        self.facts.set_facts(self._facts(request))
        self.papers.set_rows(columns.paper_lines(request))
        self.events.set_rows(request.events)
        self.month.show_month(request.effective, late_days=request.days_late)

    def _say_decision(self, request: Request) -> None:
        tones = {
            ChangeState.REJECTED: Tone.BAD,
            ChangeState.RETURNED: Tone.WARN,
            ChangeState.CANCELLED: Tone.NEUTRAL,
        }
        if request.state in tones and request.reason:
            word = words.capital(states.word(request.state))
            self.decision.tell(f"{word}: {request.reason}", tone=tones[request.state])
        else:
            self.decision.clear()

    def _say_undoing(self, request: Request) -> None:
        if request.undone_by is not None:
            words_said = self.tr("This change was taken back by another request.")
        elif request.undoes is not None:
            words_said = self.tr("This request takes an earlier change back.")
        else:
            self.undoing.clear()
            return
        self.undoing.tell(words_said, tone=Tone.INFO, action=self.tr("Show it"))

    def _facts(self, request: Request) -> list[Item]:
        filing = request.filing
        declaration = declaration_of(request.kind)
        decided = f"{request.decided_by}, {text.moment(request.decided_at)}" if request.decided_by else ""
        items = [
            ("received", words.field_word("received_on"), text.day(filing.received_on)),
            ("channel", words.field_word("channel"), states.word(filing.channel)),
            ("happened", words.field_word("happened_on"), text.day(filing.happened_on)),
            ("due", self.tr("Decide by"), text.day(request.due_on)),
            ("applicant", words.field_word("applicant_name"), filing.applicant_name),
            (
                "standing",
                words.field_word("applicant_standing"),
                _standing(filing),
            ),
            ("contact", self.tr("Contact"), _joined(filing.applicant_phone, filing.applicant_email)),
            ("id_card", words.field_word("applicant_id_card"), filing.applicant_id_card),
            ("basis", self.tr("Basis"), _basis(request)),
            ("entered", self.tr("Entered by"), _joined(request.entered_by, text.listed(request.branch))),
            ("decider", self.tr("Decided by"), decided or states.word(declaration.decider)),
            ("ground", self.tr("Decided on"), _ground(request)),
        ]
        if filing.note:
            items.append(("note", words.field_word("note"), filing.note))
        return [Item(name=name, title=title, value=value) for name, title, value in items]

    def retranslate(self) -> None:
        self.difference.set_title(self.tr("What changes"))
        self.papers.set_title(self.tr("Papers"))
        self.facts.set_title(self.tr("Request"))
        self.events.set_title(self.tr("What happened"))
        for part, titles in (
            (
                self.difference,
                {
                    "name": self.tr("Data item"),
                    "old": self.tr("On file"),
                    "new": self.tr("Asked for"),
                    "mark": "",
                },
            ),
            (
                self.papers,
                {
                    "paper": self.tr("Paper"),
                    "file": self.tr("File"),
                    "size": self.tr("Size"),
                    "seen": self.tr("Original"),
                },
            ),
            (
                self.events,
                {
                    "moment": self.tr("When"),
                    "state": self.tr("State"),
                    "who": self.tr("Who"),
                    "reason": self.tr("Reason"),
                },
            ),
        ):
            part.model.set_titles(titles)
        self._say()


def _basis(request: Request) -> str:
    filing = request.filing
    day = text.day(filing.basis_date) if filing.basis_date is not None else ""
    act = words.act_word(filing.basis_act) if filing.basis_act else ""
    return _joined(act, filing.basis_number, day, filing.basis_issuer)


def _ground(request: Request) -> str:
    ground = states.word(declaration_of(request.kind).ground)
    if request.provider is not None:
        asked = _joined(request.provider.name, text.day(request.sent_to_provider_at), request.provider_order)
        return f"{ground}: {asked}"
    return ground


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _standing(filing: Filing) -> str:
    return states.word(filing.applicant_standing) if filing.applicant_standing is not None else text.DASH
