"""The payment slip alone: what a bill asks for today, to be paid at a post office or a bank."""

import functools

from PySide6.QtWidgets import QWidget

from app.domain.reissues import Medium
from app.usecases.bills import BillPaper, slip_paper
from ui.bills.paper_pane import BillPane
from ui.desk.desk import Desk
from ui.jobs import Question
from ui.words import text


class SlipPane(BillPane):
    """Shows the slip and hands it out; a slip is no copy of a bill and is not registered."""

    NAME = "slip"

    def __init__(self, desk: Desk, name: str, parent: QWidget, within: QWidget) -> None:
        super().__init__(desk, name, parent, within)
        self.retranslate()

    def question(self) -> Question[BillPaper] | None:
        wanted = self.wanted()
        return functools.partial(slip_paper, wanted=wanted) if wanted is not None else None

    def title(self) -> str:
        return self.tr("Payment slip for {0}").format(text.period(self.period)) if self.period else ""

    def about_words(self, _made: BillPaper) -> str:
        return self.tr(
            "A slip asks for what is to be paid today. It is not entered in the register of copies."
        )

    def left_words(self, medium: Medium, _made: BillPaper, path: str) -> str:
        sentence = {
            Medium.PRINTED: self.tr("The slip is printed."),
            Medium.SAVED: self.tr("The slip is saved: {0}"),
            Medium.COPIED: self.tr("The slip is on the clipboard."),
        }[medium]
        return sentence.format(path)
