"""The payment slip alone: what a bill asks for today, to be paid at a post office or a bank."""

import functools

from PySide6.QtWidgets import QWidget

from app.domain.reissues import Medium
from app.usecases.bills import BillPaper, WantedBillPaper, slip_paper
from ui.bills.paper_sheet import PaperSheet
from ui.desk.desk import Desk
from ui.jobs import Question
from ui.words import text


class SlipSheet(PaperSheet):
    """Shows the slip and hands it out; a slip is no copy of a bill and is not registered."""

    def __init__(self, desk: Desk, ident: int, host: QWidget) -> None:
        super().__init__("slip", desk, ident, host)
        self.retranslate()

    def preview_question(self, wanted: WantedBillPaper) -> Question[BillPaper]:
        return functools.partial(slip_paper, wanted=wanted)

    def paper_question(self, wanted: WantedBillPaper) -> Question[BillPaper]:
        return functools.partial(slip_paper, wanted=wanted)

    def hand_out(self) -> bool:
        self.carry_out()
        return True

    def say_done(self, medium: Medium, _paper: BillPaper, path: str) -> None:
        sentence = {
            Medium.PRINTED: self.tr("The slip is printed."),
            Medium.SAVED: self.tr("The slip is saved: {0}"),
            Medium.COPIED: self.tr("The slip is on the clipboard."),
        }[medium]
        self.desk.say(sentence.format(path))

    def say_not_done(self) -> str:
        return self.tr("No slip was made.")

    def say_number(self, _paper: BillPaper) -> str:
        return self.tr(
            "A slip asks for what is to be paid today. It is not entered in the register of copies."
        )

    def retranslate(self) -> None:
        super().retranslate()
        if self.wanted is not None:
            self.set_title(self.tr("Payment slip for {0}").format(text.period(self.wanted.period)))
