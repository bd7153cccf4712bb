"""The papers of one bill: what a copy of it and its slip have in common."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from app.domain.period import Period
from app.usecases.bills import BillPaper, WantedBillPaper
from ui.desk.desk import Desk
from ui.papers.pane import DocumentPane


class BillPane(DocumentPane[BillPaper]):
    """Shows a paper of the bill that is given to ``show_bill``."""

    NAME: ClassVar[str]
    """What its sheet and its printer are known by."""

    def __init__(self, desk: Desk, name: str, parent: QWidget, within: QWidget) -> None:
        super().__init__(desk, name, parent, within=within, kind=self.NAME, is_copied=True)
        self._ident = 0
        self._version = 0
        self.period: Period | None = None

    def show_bill(self, ident: int, period: Period, *, version: int) -> None:
        """Show the paper of a bill."""
        self._ident, self.period, self._version = ident, period, version
        self.begin()

    def forget_account(self) -> None:
        self.period = None
        super().forget_account()

    def wanted(self) -> WantedBillPaper | None:
        """Return what is wanted now."""
        if self.period is None:
            return None
        return WantedBillPaper(self._ident, self.period, self._version, self.chosen_script, self.desk.now)
