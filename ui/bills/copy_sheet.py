"""The copy of a bill: no copy leaves without an entry in the register, and one entry is one copy."""

import functools
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.period import Period
from app.domain.reissues import NEEDS_NOTE, Medium, Reason
from app.usecases import reissues
from app.usecases.bills import BillPaper, WantedBillPaper, copy_paper
from ui.bills.paper_sheet import PaperSheet
from ui.desk.desk import Desk
from ui.jobs import Question
from ui.kit.fields import ChoiceField, NoteField
from ui.kit.printing import PrinterFailed
from ui.words import states, text


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the register is told of a copy."""

    period: Period
    version: int
    reason: Reason
    medium: Medium
    script: str
    note: str


class CopySheet(PaperSheet):
    """Asks why, shows the copy, registers it, and hands it out."""

    def __init__(self, desk: Desk, ident: int, host: QWidget) -> None:
        self._reissue_id: int | None = None
        self._unused: tuple[_Entry, int] | None = None
        """An entry whose copy was never made: trying again makes that one, not another."""
        super().__init__("copy", desk, ident, host)
        self.retranslate()
        self.reason.set_value(Reason.NOT_RECEIVED)

    def fill_form(self) -> None:
        self.reason = ChoiceField("copy.reason", self.left)
        self.note = NoteField("copy.note", self.left, lines=2)
        self.reason.edited.connect(self._reason_chosen)
        self.form.addWidget(self.reason)
        self.form.addWidget(self.note)

    def begin(self, period: Period, *, version: int) -> None:
        if self.wanted is None or self.wanted.period != period:
            self._start_over()
        super().begin(period, version=version)

    def turn_away(self) -> None:
        super().turn_away()
        self._reissue_id = None
        self._start_over()

    def _start_over(self) -> None:
        self.reason.set_value(Reason.NOT_RECEIVED)
        self.note.set_value("")
        self._unused = None

    def _reason_chosen(self) -> None:
        if self.reason.value() not in NEEDS_NOTE:
            self.note.clear_error()

    # the paper ------------------------------------------------------------------------------------

    def preview_question(self, wanted: WantedBillPaper) -> Question[BillPaper]:
        return functools.partial(copy_paper, wanted=wanted)

    def paper_question(self, wanted: WantedBillPaper) -> Question[BillPaper]:
        return functools.partial(copy_paper, wanted=wanted, reissue_id=self._reissue_id)

    # leaving --------------------------------------------------------------------------------------

    def hand_out(self) -> bool:
        if self.wanted is None:
            return False
        if self.reason.value() in NEEDS_NOTE and not self.note.value():
            self.note.set_error(self.tr("Say for what the copy is made."))
            self.note.setFocus()
            return False
        entry = self._entry(self.wanted)
        if self._unused is not None and self._unused[0] == entry:
            self._registered(self._unused[1])
            return True
        self._reissue_id = None
        action = functools.partial(
            reissues.register_copy,
            ident=self.wanted.ident,
            period=entry.period,
            version=entry.version,
            reason=entry.reason,
            medium=entry.medium,
            script=entry.script,
            note=entry.note,
        )
        self.desk.jobs.act(action, self._registered, screen=self, failed=self._not_registered)
        return True

    def _entry(self, wanted: WantedBillPaper) -> _Entry:
        return _Entry(
            wanted.period,
            wanted.version,
            self.reason.value(),
            self.medium,
            str(wanted.script),
            self.note.value(),
        )

    def _registered(self, reissue_id: int) -> None:
        self._reissue_id = reissue_id
        self.carry_out()

    def _not_registered(self, error: Exception) -> None:
        if isinstance(error, reissues.ReasonNeedsNote):
            self.note.set_error(self.tr("Say for what the copy is made."))
        self.give_up(error)

    def give_up(self, error: Exception) -> None:
        super().give_up(error)
        if self._reissue_id is not None and self.wanted is not None:
            was_printed = isinstance(error, PrinterFailed)  # perhaps: nobody knows what the printer did
            self._unused = None if was_printed else (self._entry(self.wanted), self._reissue_id)
            self.handed_out.emit()

    # words ----------------------------------------------------------------------------------------

    def say_done(self, medium: Medium, paper: BillPaper, path: str) -> None:
        sentence = {
            Medium.PRINTED: self.tr("Copy no. {0} printed."),
            Medium.SAVED: self.tr("Copy no. {0} saved: {1}"),
            Medium.COPIED: self.tr("Copy no. {0} is on the clipboard."),
        }[medium]
        self.desk.say(sentence.format(paper.number, path))
        self._start_over()

    def say_not_done(self) -> str:
        if self._reissue_id is None:
            return self.tr("No copy was made.")
        return self.tr("The copy is in the register, but it may not have been made. Try again.")

    def say_number(self, paper: BillPaper) -> str:
        return self.tr(
            "This is copy no. {0}. It will be marked with your name, the branch and the time."
        ).format(paper.number)

    def retranslate(self) -> None:
        super().retranslate()
        if self.wanted is not None:
            self.set_title(self.tr("Copy of the bill for {0}").format(text.period(self.wanted.period)))
        chosen = self.reason.value()
        self.reason.set_label(self.tr("Why the copy is made"))
        self.reason.set_choices([(reason, states.word(reason)) for reason in Reason])
        if chosen is not None:
            self.reason.set_value(chosen)
        self.note.set_label(self.tr("Note"), hint=self.tr("Kept in the register beside the reason."))
