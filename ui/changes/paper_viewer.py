"""A paper of a request, looked at in the window: nothing of it is ever run."""

import functools

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.usecases import changes
from ui.desk.desk import Desk
from ui.kit.banners import Banner
from ui.kit.preview import DocumentPreview
from ui.kit.sheet import Sheet
from ui.kit.tokens import GRID
from ui.words import errors
from ui.words.tones import Tone

WIDTH = 820


def withheld_words(page: int) -> str:
    """Say that a page is kept, but not drawn."""
    return QCoreApplication.translate(
        "changes",
        "Page {0} is not shown: it is damaged, or built so that drawing it would hold the program up."
        " The file is kept as it came.",
    ).format(page)


class PaperViewer(Sheet):
    """Shows a scan over the page; Esc puts it away."""

    def __init__(self, desk: Desk, name: str, host: QWidget) -> None:
        super().__init__(name, host, width=WIDTH)
        self._desk = desk
        self.fill_with_body()
        self.trouble = Banner(f"{name}.trouble", self.inside)
        self.preview = DocumentPreview(f"{name}.preview", self.inside)
        self.preview.setMinimumHeight(60 * GRID)
        self.preview.pages.failed.connect(self._not_drawn)
        self.preview.pages.withheld.connect(self._withheld)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.preview, 1)
        self.closed.connect(self._put_away)

    def show_paper(self, ident: int, paper_id: int, title: str) -> None:
        """Fetch a stored paper and show it."""
        self.set_title(title)
        self.trouble.clear()
        self.preview.clear()
        self.open()
        question = functools.partial(changes.paper_content, ident=ident, paper_id=paper_id)
        self._desk.jobs.ask(question, self._came, screen=self, lane="paper", failed=self._failed)

    def _focus_first(self) -> None:
        self.preview.setFocus()

    def _came(self, content: bytes) -> None:
        self.preview.show_document(content, is_from_outside=True)

    def _failed(self, error: Exception) -> None:
        self.trouble.tell(errors.sentence(error), tone=Tone.WARN)

    def _not_drawn(self) -> None:
        self.trouble.tell(self.tr("The file is damaged and cannot be shown."), tone=Tone.WARN)

    def _withheld(self, page: int) -> None:
        self.trouble.tell(withheld_words(page), tone=Tone.WARN)

    def _put_away(self) -> None:
        self.preview.clear()
