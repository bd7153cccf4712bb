"""The form of a change: its data beside what is on file, its papers, and what it will do.

Left is what the applicant wants and says, right what has to be brought and what
comes of it.  Everything stays on one page; Enter leads through it.
"""

import functools
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.changes import (
    EffectiveMonth,
    IntakeChannel,
    PaperKind,
    Problem,
    Rule,
    asked_papers,
    canonical,
    is_late,
)
from app.domain.errors import Conflict, Refused, SalterError
from app.usecases import changes
from app.usecases.changes import (
    Effect,
    Filing,
    FormGround,
    PaperAsked,
    PaperNumberMissing,
    PaperNumberRefused,
    SubmissionNeedsConfirmation,
)
from ui.changes import paper_intake, words
from ui.changes.checklist import Checklist
from ui.changes.data_form import DataForm
from ui.changes.debt_panel import DebtPanel
from ui.changes.effect_panel import EffectPanel
from ui.changes.filing_form import FilingForm
from ui.changes.filing_model import FilingModel, FilingStep
from ui.changes.form_words import conflict_words
from ui.changes.month_panel import MonthPanel
from ui.changes.paper_handling import PaperHandling
from ui.desk.desk import Desk
from ui.kit.banners import Banner
from ui.kit.scrolled import ScrolledColumn
from ui.kit.section import NEXT_TURN
from ui.kit.speaking import Speaking
from ui.kit.styling import rule
from ui.words import errors, text
from ui.words.changes import confirmation_words, leaving_words
from ui.words.tones import Tone

_ASK_AFTER = 350
_RIGHT_WIDTH = 664


class ChangeForm(Speaking, QWidget):
    """Fills itself from the model's ground; ``model`` stores what is filled in."""

    edited = Signal()
    filled = Signal()
    """All that is known stands in the form: it can be edited."""
    viewed = Signal(object, str)
    """A stored paper is to be looked at."""

    def __init__(self, desk: Desk, model: FilingModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("change.form")
        self.setAcceptDrops(True)
        self._desk = desk
        self._model = model
        self.is_confirming = False
        self._theirs: dict[str, object] = {}
        self._coming: tuple[FormGround, str, Mapping[str, object]] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._left = ScrolledColumn(self)
        left = self._left.column
        self._right = ScrolledColumn(self)
        right = self._right.column
        self._right.setFixedWidth(_RIGHT_WIDTH)
        row.addWidget(self._left, 1)
        row.addWidget(rule(self, upright=True))
        row.addWidget(self._right)
        self.notice = Banner("change.notice", self._left.inside)
        self.notice.action_chosen.connect(self._notice_acted)
        self.data = DataForm(desk, self._left.inside)
        self.filing = FilingForm(desk, self._left.inside)
        upper: tuple[QWidget, ...] = (self.notice, self.data, rule(self._left.inside), self.filing)
        for widget in upper:
            left.insertWidget(left.count() - 1, widget)
        self.duplicates = Banner("change.duplicates", self._right.inside)
        self.leaving = Banner("change.leaving", self._right.inside)
        self.debt = DebtPanel(self._right.inside)
        self.month = MonthPanel("change.month", self._right.inside)
        self.papers = Checklist(self._right.inside)
        self.effect = EffectPanel("change.effect", self._right.inside)
        beside: tuple[QWidget, ...] = (
            self.duplicates,
            self.leaving,
            self.debt,
            self.month,
            self.papers,
            self.effect,
        )
        for widget in beside:
            right.insertWidget(right.count() - 1, widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_ASK_AFTER)
        self._timer.timeout.connect(self._ask_effect)
        self._handling = PaperHandling(model, self.papers, self._given, self)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.data.edited.connect(self._data_edited)
        self.filing.edited.connect(self._edited)
        self.filing.days_changed.connect(self._days_changed)
        self.filing.standing_changed.connect(self._show_papers)
        self.papers.viewed.connect(self.viewed)
        self.papers.act_chosen.connect(self.filing.suggest_act)
        self._model.refused.connect(self._refused)
        self._model.stored.connect(self._stored)

    # opening ----------------------------------------------------------------------------------------

    def show_ground(self, ground: FormGround, *, applicant: str, typed: Mapping[str, object]) -> None:
        """Show an empty form, the request as it is stored, or what was typed and not stored."""
        self.notice.clear()
        self.is_confirming = False
        self._theirs = {}
        self.papers.clear()
        self.effect.show_none("")
        self.data.show_form(ground)
        self._coming = (ground, "" if ground.debt is not None else applicant, typed)
        QTimer.singleShot(NEXT_TURN, self, self._show_rest)  # two dozen inputs were made: let keys be heard

    def _show_rest(self) -> None:
        if self._coming is None or self._coming[0] is not self._model.ground:
            return  # another form was asked for meanwhile
        (ground, applicant, typed), self._coming = self._coming, None
        self.filing.begin(ground.declaration, applicant=applicant)
        request = self._model.request
        if request is not None:
            self.data.put(request.values)
            self.filing.put(request.filing)
        values, filing = typed.get("values"), typed.get("filing")
        self.data.put(values if isinstance(values, dict) else {})
        if isinstance(filing, dict):
            self.filing.put_typed(filing)
        self.data.set_standing(self.filing.standing)
        self.debt.show_debt(ground.debt)
        self.leaving.tell(leaving_words(ground.leaving), tone=Tone.WARN)
        self._say_duplicates()
        self._show_papers()
        self.papers.show_stored(request.papers if request is not None else ())
        self._days_changed()
        self._left.verticalScrollBar().setValue(0)
        self._right.verticalScrollBar().setValue(0)
        self.filled.emit()

    def typed(self) -> dict[str, object]:
        """Return what is typed, to be kept on disk."""
        return {"values": self.data.typed(), "filing": self.filing.typed()}

    def take_keyboard(self) -> None:
        """Put the cursor into the first datum."""
        first = next((row for row in self.data.rows.values() if row.is_shown), None)
        (first.editor if first is not None else self.filing.happened_on).setFocus(
            Qt.FocusReason.TabFocusReason
        )

    @property
    def effective(self) -> EffectiveMonth:
        """The month it counts from as it is filled in now."""
        return self._ground.effective_on(self.filing.received_on.day() or self._desk.today)

    @property
    def _ground(self) -> FormGround:
        if self._model.ground is None:
            raise RuntimeError("no form is shown")
        return self._model.ground

    # editing ----------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self.is_confirming = False
        self.edited.emit()

    def _data_edited(self) -> None:
        self._edited()
        self._show_papers()
        self._timer.start()

    def _days_changed(self) -> None:
        happened = self.filing.happened_on.day()
        received = self.filing.received_on.day() or self._desk.today
        days = 0
        if happened is not None and is_late(
            happened, received_on=received, reporting_days=self._ground.reporting_days
        ):
            days = (received - happened).days
        self.month.show_month(self.effective, late_days=days)
        self._timer.start()

    def _stored(self, _request: object) -> None:
        effect = self.effect.effect
        if effect is not None and effect.awaits_record:
            self._timer.start()  # on record now: the neighbors may be shown

    def _show_papers(self) -> None:
        self.data.set_standing(self.filing.standing)
        self.papers.show_asked(asked_papers(self._ground.declaration, self.data.around))

    def _ask_effect(self) -> None:
        ground = self._model.ground
        if ground is None or self.isHidden():
            return
        month = self.effective.period
        problems = [one for one in self.data.problems(applies_from=month) if not one.is_warning]
        if problems:
            self.effect.show_none(self._why_no_effect(problems))
            return
        self.effect.show_waiting(is_waiting=True)
        question = functools.partial(
            changes.effect_of,
            ident=self._model.ident,
            kind=self._model.kind,
            values=canonical(ground.declaration, self.data.values()),
            applies_from=month,
            today=self._desk.today,
        )
        ask = self._desk.jobs.ask
        ask(question, self._effect_came, screen=self, lane="effect", failed=self._effect_failed)

    def _why_no_effect(self, problems: Sequence[Problem]) -> str:
        wrong = next((one for one in problems if one.rule is not Rule.MISSING), None)
        if wrong is None:
            return self.tr("The next bill is computed as soon as the data are complete.")
        row = self.data.rows.get(wrong.field)
        if row is None:
            return words.problem_sentence(wrong)
        return f"{words.field_word(wrong.field)}: {words.problem_sentence(wrong, row.field)}"

    def _effect_came(self, effect: Effect) -> None:
        self.effect.show_effect(effect)

    def _effect_failed(self, error: Exception) -> None:
        self.effect.show_none(errors.sentence(error))

    # papers -----------------------------------------------------------------------------------------

    def _given(self) -> tuple[Filing, dict[str, object]]:
        return self.filing.filing(), self.data.values()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paper_intake.has_something(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        kind = self.papers.first_wanting()
        if kind is not None:
            event.acceptProposedAction()
            self._handling.bring(kind, event.mimeData())

    # saving and submitting --------------------------------------------------------------------------

    def save(self) -> None:
        """Save as a draft, whatever is still wanting."""
        if not self._model.is_busy:
            self._model.save(*self._given())

    def submit(self) -> None:
        """Submit, unless something here is wrong or wanting; a second time confirms what was asked."""
        if self._model.is_busy or not self._is_complete():
            return
        self._model.submit(*self._given(), confirmed=self.is_confirming)

    def _is_complete(self) -> bool:
        problems = self.data.problems(applies_from=self.effective.period)
        wrong_row = self.data.show_problems(problems)
        wrong_day = self.filing.show_problems(self.filing.problems())
        wanting = []
        if self.filing.channel.value() is not IntakeChannel.PHONE:
            wanting = self.papers.unsatisfied(_is_wanting)
        for kind in wanting:
            self.papers.show_error(kind, self.tr("Attach it, or say that the original was seen."))
        whole = [problem for problem in problems if not problem.field]
        if wrong_row is not None:
            wrong_row.editor.setFocus()
        elif wrong_day is not None:
            wrong_day.setFocus()
        elif wanting and not whole:
            self.papers.boxes[wanting[0]].seen.setFocus()
        else:
            if whole:
                self.notice.tell(words.problem_sentence(whole[0]), tone=Tone.WARN)
            return not whole
        self.notice.tell(self.tr("Something is still wanting: it is marked below."), tone=Tone.WARN)
        return False

    def _refused(self, error: Exception, step: FilingStep, paper: PaperKind | None) -> None:
        sentence = errors.sentence(error)
        if paper is not None:
            self._handling.show_stored()
            self.papers.show_error(paper, sentence)
            if isinstance(error, (PaperNumberMissing, PaperNumberRefused)):
                self.papers.boxes[paper].number.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, SubmissionNeedsConfirmation):
            self.is_confirming = True
            self.notice.tell(confirmation_words(error), tone=Tone.WARN, action=self.tr("Submit all the same"))
        elif isinstance(error, Conflict):
            self._say_conflict(error)
        elif isinstance(error, Refused) and self._show_refusal(error, sentence):
            self.notice.tell(self.tr("Something is still wanting: it is marked below."), tone=Tone.WARN)
        else:
            self.notice.tell(sentence, tone=Tone.WARN if isinstance(error, SalterError) else Tone.BAD)
        if step is FilingStep.SUBMIT:
            self._left.verticalScrollBar().setValue(0)

    def _show_refusal(self, error: Refused, sentence: str) -> bool:
        papers = [str(one) for one in getattr(error, "papers", ())]
        for kind in papers:
            if kind in set(PaperKind):
                self.papers.show_error(PaperKind(kind), sentence)
        shown = self.data.show_refusal(error.field, sentence) or self.filing.show_refusal(
            error.field, sentence
        )
        return shown or bool(papers)

    def _say_conflict(self, error: Conflict) -> None:
        self._theirs = dict(error.fields)
        kind = self._model.kind
        for name, value in error.fields.items():
            said = self.tr("Stored by {0}: {1}").format(
                error.changed_by, words.stored_word(kind, name, value)
            )
            row = self.data.rows.get(name)
            if row is not None:
                row.show_theirs(said)
            else:
                self.filing.show_theirs(name, said)
        self.notice.tell(conflict_words(error), tone=Tone.WARN, action=self.tr("Take theirs"))

    def _notice_acted(self) -> None:
        if self.is_confirming:
            self.submit()
        elif self._theirs:
            theirs, self._theirs = self._theirs, {}
            self.data.put(theirs)
            self.filing.put_stored(theirs)
            self.notice.clear()
            self._edited()

    # words ------------------------------------------------------------------------------------------

    def _say_duplicates(self) -> None:
        ground = self._model.ground
        mine = self._model.request_id
        others = [row for row in ground.open_duplicates if row.id != mine] if ground is not None else []
        if not others:
            self.duplicates.clear()
            return
        listed = ", ".join(f"{row.number} ({text.day(row.received_on)})" for row in others)
        self.duplicates.tell(
            self.tr("A request of this kind is open already: {0}").format(listed), tone=Tone.WARN
        )

    def retranslate(self) -> None:
        self._say_duplicates()
        ground = self._model.ground
        self.leaving.tell(leaving_words(ground.leaving if ground is not None else None), tone=Tone.WARN)


def _is_wanting(asked: PaperAsked) -> bool:
    # what a provider orders comes after the provider was asked
    return asked.is_missing and asked.kind is not PaperKind.PROVIDER_ORDER
