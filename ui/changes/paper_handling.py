"""Papers on their way from the desk to the request: chosen, dropped, pasted, seen, taken away."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.domain.changes import ApplicantStanding, PaperKind
from app.domain.papers import Scan
from app.usecases.changes import Filing, Request
from ui.changes import paper_intake, words
from ui.changes.checklist import Checklist
from ui.changes.filing_model import FilingModel
from ui.changes.form_words import intake_words
from ui.kit.files import ask_to_read

Given = Callable[[], tuple[Filing, dict[str, object]]]


class PaperHandling(QObject):
    """Does what the checklist asks for; ``given`` tells what is filled in, for a draft to lay papers with."""

    def __init__(self, model: FilingModel, papers: Checklist, given: Given, host: QWidget) -> None:
        super().__init__(host)
        self._model = model
        self._papers = papers
        self._given = given
        self._host = host
        papers.seen_asked.connect(self._seen_asked)
        papers.file_asked.connect(self._choose_file)
        papers.brought.connect(self.bring)
        papers.removed.connect(self._removed)
        model.stored.connect(self._stored)
        model.scan_read.connect(self._scan_read)
        model.scan_failed.connect(self._scan_failed)

    def show_stored(self) -> None:
        """Show what is stored, whatever was ticked meanwhile."""
        request = self._model.request
        self._papers.show_stored(request.papers if request is not None else ())

    def bring(self, kind: PaperKind, data: object) -> None:
        """Take the files or the picture that were dropped or pasted."""
        if not isinstance(data, QMimeData):
            return
        paths = paper_intake.local_paths(data)
        for path in paths:
            self._model.read_file(kind, path)
        picture = data.imageData() if data.hasImage() and not paths else None
        if isinstance(picture, QImage) and not picture.isNull():
            self._model.read_picture(kind, picture, name=f"{words.paper_word(kind)}.png")
        elif not paths:
            self._papers.show_error(kind, self.tr("There is no file and no picture on the clipboard."))

    def _seen_asked(self, kind: PaperKind, is_seen: bool) -> None:  # noqa: FBT001
        stored = self._papers.stored_of(kind)
        if is_seen:
            paper_id = stored[-1].id if stored else 0
            act = self._papers.act_of(kind)
            filing, values = self._given()
            number = self._papers.number_of(kind, otherwise=_card_of(filing, kind))
            self._model.see(filing, values, paper=kind, act=act, paper_id=paper_id, number=number)
            return
        only_seen = next((paper for paper in stored if not paper.size), None)
        if only_seen is not None:
            self._model.remove(*self._given(), paper=kind, paper_id=only_seen.id)
        else:
            self.show_stored()
            self._papers.show_error(kind, self.tr("It is on record. Take the file away to take it back."))

    def _choose_file(self, kind: PaperKind) -> None:
        ask_to_read(
            self._host,
            self.tr("A scan or a file"),
            name="change.file",
            kinds=self.tr("Scans (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.heic *.heif *.webp *.bmp)"),
            chosen=partial(self._model.read_file, kind),
        )

    def _scan_read(self, kind: PaperKind, scan: Scan) -> None:
        self._model.attach(*self._given(), paper=kind, act=self._papers.act_of(kind), scan=scan)

    def _scan_failed(self, kind: PaperKind, error: Exception) -> None:
        self._papers.show_error(kind, intake_words(error))

    def _removed(self, paper_id: int) -> None:
        request = self._model.request
        paper = next((one for one in request.papers if one.id == paper_id), None) if request else None
        if paper is not None:
            self._model.remove(*self._given(), paper=paper.kind, paper_id=paper.id)

    def _stored(self, request: Request) -> None:
        self._papers.show_stored(request.papers)


def _card_of(filing: Filing, kind: PaperKind) -> str:
    """Return the number of the applicant's card, where it is theirs that was seen."""
    is_own = kind is PaperKind.IDENTITY_CARD and filing.applicant_standing is not ApplicantStanding.PROXY
    return filing.applicant_id_card if is_own else ""
