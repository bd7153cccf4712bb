"""The copy of a bill: no copy leaves without an entry in the register, and one entry is one copy."""

import functools

from PySide6.QtWidgets import QWidget

from app.domain.period import Period
from app.domain.reissues import NEEDS_NOTE, Medium, Reason
from app.usecases import reissues
from app.usecases.bills import BillPaper, WantedBillPaper, copy_paper
from ui.bills.paper_pane import BillPane
from ui.desk.desk import Desk
from ui.jobs import Question
from ui.kit.fields import ChoiceField, NoteField
from ui.papers.leaving import RegisterEntry
from ui.words import states, text


class CopyPane(BillPane):
    """Asks why, shows the copy, registers it, and hands it out."""

    NAME = "copy"

    def __init__(self, desk: Desk, name: str, parent: QWidget, within: QWidget) -> None:
        super().__init__(desk, name, parent, within)
        self._wanted: WantedBillPaper | None = None
        self.reason = ChoiceField(f"{name}.reason", self.side_host)
        self.note = NoteField(f"{name}.note", self.side_host, lines=2)
        self.reason.edited.connect(self._reason_chosen)
        self.add_field(self.reason)
        self.add_field(self.note)
        self.retranslate()
        self.reason.set_value(Reason.NOT_RECEIVED)

    def show_bill(self, ident: int, period: Period, *, version: int) -> None:
        if period != self.period:
            self._start_over()
        super().show_bill(ident, period, version=version)

    def forget_account(self) -> None:
        super().forget_account()
        self._start_over()

    def take_keyboard(self) -> None:
        self.reason.editor.setFocus()

    def _start_over(self) -> None:
        self.reason.set_value(Reason.NOT_RECEIVED)
        self.note.set_value("")

    def _reason_chosen(self) -> None:
        if self.reason.value() not in NEEDS_NOTE:
            self.note.clear_error()

    # the paper and its entry ------------------------------------------------------------------------

    def question(self) -> Question[BillPaper] | None:
        self._wanted = self.wanted()
        return functools.partial(copy_paper, wanted=self._wanted) if self._wanted is not None else None

    def is_complete(self) -> bool:
        if self.reason.value() in NEEDS_NOTE and not self.note.value():
            self._ask_for_note()
            return False
        return True

    def entry(self, medium: Medium) -> RegisterEntry | None:
        wanted = self._wanted
        if wanted is None:
            return None
        action = functools.partial(
            reissues.register_copy,
            ident=wanted.ident,
            period=wanted.period,
            version=wanted.version,
            reason=self.reason.value(),
            medium=medium,
            script=str(wanted.script),
            note=self.note.value(),
        )
        return RegisterEntry(action, functools.partial(_question_of, wanted))

    def show_refusal(self, error: Exception) -> None:
        if isinstance(error, reissues.ReasonNeedsNote):
            self._ask_for_note()

    def _ask_for_note(self) -> None:
        self.note.set_error(self.tr("Say for what the copy is made."))
        self.note.setFocus()

    # words ------------------------------------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Copy of the bill for {0}").format(text.period(self.period)) if self.period else ""

    def about_words(self, made: BillPaper) -> str:
        return self.tr(
            "This is copy no. {0}. It will be marked with your name, the branch and the time."
        ).format(made.number)

    def left_words(self, medium: Medium, made: BillPaper, path: str) -> str:
        sentence = {
            Medium.PRINTED: self.tr("Copy no. {0} printed."),
            Medium.SAVED: self.tr("Copy no. {0} saved: {1}"),
            Medium.COPIED: self.tr("Copy no. {0} is on the clipboard."),
        }[medium]
        return sentence.format(made.number, path)

    def retranslate(self) -> None:
        super().retranslate()
        self.reason.set_label(self.tr("Why the copy is made"))
        self.reason.set_choices([(reason, states.word(reason)) for reason in Reason])
        self.note.set_label(self.tr("Note"), hint=self.tr("Kept in the register beside the reason."))


def _question_of(wanted: WantedBillPaper, reissue_id: int) -> Question[BillPaper]:
    return functools.partial(copy_paper, wanted=wanted, reissue_id=reissue_id)
