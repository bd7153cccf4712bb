"""The scanned papers of a request beside it: the first is open at once, the others are a key away."""

import functools
from collections.abc import Sequence

from PySide6.QtWidgets import QStackedLayout, QTabBar, QVBoxLayout, QWidget

from app.usecases import changes
from app.usecases.changes import PaperRow, Request
from ui.changes.paper_viewer import withheld_words
from ui.changes.words import capital, paper_word
from ui.desk.desk import Desk
from ui.kit.banners import Banner
from ui.kit.empty import EmptyState
from ui.kit.preview import DocumentPreview
from ui.kit.speaking import Speaking
from ui.words import errors
from ui.words.tones import Tone


class PaperPane(Speaking, QWidget):
    """A tab for each scanned paper, and its pages."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("review.papers")
        self._desk = desk
        self._ident = 0
        self._papers: Sequence[PaperRow] = ()
        self._has_any = False
        self._trouble = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("review.papers.tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        column.addWidget(self.tabs)
        self.withheld = Banner("review.papers.withheld", self)
        column.addWidget(self.withheld)
        places = QWidget(self)
        self._places = QStackedLayout(places)
        self.preview = DocumentPreview("review.papers.preview", places)
        self.empty = EmptyState("review.papers.empty", places, icon_name="files")
        self._places.addWidget(self.empty)
        self._places.addWidget(self.preview)
        column.addWidget(places, 1)
        self.tabs.currentChanged.connect(self._show)
        self.preview.pages.failed.connect(self._not_drawn)
        self.preview.pages.withheld.connect(self._withheld)
        self.retranslate()

    def show_request(self, request: Request) -> None:
        """Show the papers of a request, the first of them open."""
        papers = [paper for paper in request.papers if paper.size]
        if request.ident == self._ident and papers == self._papers:
            return
        self._ident, self._papers = request.ident, papers
        self._has_any = bool(request.papers)
        self._trouble = ""
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for _paper in papers:
            self.tabs.addTab("")
        self.tabs.blockSignals(False)
        self.tabs.setVisible(len(papers) > 1)
        self.retranslate()
        self._show(0)

    def show_paper(self, paper_id: int) -> None:
        """Bring a paper to the front."""
        places = [at for at, paper in enumerate(self._papers) if paper.id == paper_id]
        if places:
            self.tabs.setCurrentIndex(places[0])
            self.preview.setFocus()

    def clear(self) -> None:
        """Show nothing."""
        self._papers, self._ident = (), 0
        self.preview.clear()
        self.withheld.clear()
        self._places.setCurrentWidget(self.empty)

    def _show(self, place: int) -> None:
        self.preview.clear()
        self.withheld.clear()
        if not 0 <= place < len(self._papers):
            self._places.setCurrentWidget(self.empty)
            return
        self._places.setCurrentWidget(self.preview)
        paper_id = self._papers[place].id
        question = functools.partial(changes.paper_content, ident=self._ident, paper_id=paper_id)
        self._desk.jobs.ask(question, self._came, screen=self, lane="paper", failed=self._failed)

    def _came(self, content: bytes) -> None:
        self.preview.show_document(content, is_from_outside=True)

    def _failed(self, error: Exception) -> None:
        self._say_trouble(errors.sentence(error))

    def _not_drawn(self) -> None:
        self._say_trouble(self.tr("The file is damaged and cannot be shown."))

    def _withheld(self, page: int) -> None:
        self.withheld.tell(withheld_words(page), tone=Tone.WARN)

    def _say_trouble(self, sentence: str) -> None:
        self._trouble = sentence
        self._places.setCurrentWidget(self.empty)
        self.retranslate()

    def retranslate(self) -> None:
        self.tabs.setAccessibleName(self.tr("Papers"))
        for place, paper in enumerate(self._papers):
            self.tabs.setTabText(place, capital(paper_word(paper.kind)))
        if self._trouble:
            self.empty.set_words(self.tr("This paper cannot be shown"), self._trouble)
        elif self._has_any:
            self.empty.set_words(
                self.tr("No scanned papers"),
                self.tr("The originals were seen at the desk; no copy was kept."),
            )
        else:
            self.empty.set_words(self.tr("No papers"), self.tr("No paper came with this request yet."))
