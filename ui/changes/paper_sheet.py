"""A paper about a request, made again: the receipt, or the letter about the decision."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.usecases.changes import PaperAbout, WantedChangePaper
from ui.changes.paper_page import PaperPage
from ui.desk.desk import Desk
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking

WIDTH = 1080


class ChangePaperSheet(Speaking, Sheet):
    """Shows the paper over the page; it is printed or saved from here."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__("change_paper", host, width=WIDTH)
        self._desk = desk
        self._about = PaperAbout.RECEIPT
        around = self.inside.layout()
        assert isinstance(around, QVBoxLayout)  # noqa: S101
        around.setStretch(0, 1)  # the paper takes the whole height
        around.setStretch(1, 0)
        around.setContentsMargins(0, 0, 0, 0)
        self.page = PaperPage(desk, "change_paper.page", self.inside)
        self.body.addWidget(self.page, 1)
        self.closed.connect(self.page.clear)
        self.retranslate()

    def show_about(self, about: PaperAbout, *, ident: int, request_id: int) -> None:
        """Make a paper about a request and show it."""
        self._about = about
        self.retranslate()
        self.open()
        self.page.show_paper(
            WantedChangePaper(
                about, ident, self.page.pane.chosen_script, self._desk.now, request_id=request_id
            )
        )
        self.page.take_keyboard()

    def retranslate(self) -> None:
        self.set_title(
            self.tr("Receipt") if self._about is PaperAbout.RECEIPT else self.tr("Letter about the decision")
        )
