"""A paper over the page: seen first, then printed, saved or copied."""

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.documents.wording import Script
from app.domain.period import Period
from app.domain.reissues import Medium
from app.usecases.bills import BillPaper, WantedBillPaper
from ui.desk.desk import Desk
from ui.jobs import Question
from ui.jobs.files import CannotWrite, write_file
from ui.kit.banners import Banner
from ui.kit.busy import BusyLine
from ui.kit.buttons import ButtonKind
from ui.kit.fields import ChoiceField
from ui.kit.files import ask_to_write
from ui.kit.looks import label, rule
from ui.kit.preview import DocumentPreview
from ui.kit.printer_choice import PrinterChoice
from ui.kit.printing import PictureRun, PrinterFailed, PrintProfiles, PrintRun
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.tokens import GRID
from ui.words import errors
from ui.words.tones import Tone

WIDTH = 1080
_FORM_WIDTH = 264


class PaperSheet(Speaking, Sheet):
    """Base of the sheets that hand out a paper.

    A subclass names the questions that make the paper, and says in ``hand_out``
    what is done before one leaves; ``carry_out`` then takes it where it goes.
    """

    handed_out = Signal()
    """A paper left: printed, saved or on the clipboard."""

    def __init__(self, name: str, desk: Desk, ident: int, host: QWidget) -> None:
        super().__init__(name, host, width=WIDTH)
        self.desk = desk
        self._ident = ident
        self.wanted: WantedBillPaper | None = None
        self.paper: BillPaper | None = None
        self._medium, self._path = Medium.PRINTED, ""
        self._folder: QTemporaryDir | None = None
        self._after_preview: Callable[[], None] | None = None
        self._make_body()
        self.copy = self.add_button(f"{name}.copy", kind=ButtonKind.QUIET)
        self.save = self.add_button(f"{name}.save")
        self.print = self.add_button(f"{name}.print", kind=ButtonKind.PRIMARY)
        self.copy.clicked.connect(self.copy_paper)
        self.save.clicked.connect(self.choose_file)
        self.print.clicked.connect(self.print_paper)
        desk.commands.add("copy.print", owner=self, run=self.print_paper)
        desk.commands.add("copy.save", owner=self, run=self.choose_file)
        self.closed.connect(self._put_away)
        self._show_state()

    def _make_body(self) -> None:
        name = self.objectName()
        self.body.setSpacing(2 * GRID)
        around = self.inside.layout()
        assert isinstance(around, QVBoxLayout)  # noqa: S101
        around.setStretch(0, 1)  # the paper takes the whole height
        around.setStretch(1, 0)
        around.setContentsMargins(5 * GRID, 3 * GRID, 0, 0)
        self.trouble = Banner(f"{name}.trouble", self.inside)
        self.body.addWidget(self.trouble)
        beside = QHBoxLayout()
        beside.setSpacing(5 * GRID)
        left = QWidget(self.inside)
        left.setFixedWidth(_FORM_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 3 * GRID)
        column.setSpacing(3 * GRID)
        self.left = left
        self.form = QVBoxLayout()
        self.form.setSpacing(3 * GRID)
        column.addLayout(self.form)
        self.fill_form()
        self.script = ChoiceField(f"{name}.script", left)
        self.script.edited.connect(self._script_chosen)
        column.addWidget(self.script)
        column.addWidget(rule(left))
        self.printer = PrinterChoice(
            f"{name}.printer", left, kind=name, profiles=PrintProfiles(self.desk.settings)
        )
        column.addWidget(self.printer)
        column.addStretch(1)
        self.number = label(left, "caption", name=f"{name}.number")
        self.number.setWordWrap(True)
        column.addWidget(self.number)
        right = QWidget(self.inside)
        seen = QVBoxLayout(right)
        seen.setContentsMargins(0, 0, 0, 0)
        seen.setSpacing(0)
        self.preview = DocumentPreview(f"{name}.preview", right)
        self.preview.setMinimumHeight(60 * GRID)
        self._line = BusyLine(f"{name}.busy", right)
        self._line.setFixedHeight(2)
        seen.addWidget(self._line)
        seen.addWidget(self.preview, 1)
        beside.addWidget(left)
        beside.addWidget(rule(self.inside, upright=True))
        beside.addWidget(right, 1)
        self.body.addLayout(beside, 1)

    # to be said by a subclass ---------------------------------------------------------------------

    def fill_form(self) -> None:
        """Add what is asked before a paper leaves to ``form``, in the order of the Tab key."""

    def preview_question(self, wanted: WantedBillPaper) -> Question[BillPaper]:
        """Return the question that makes the paper for the eye."""
        raise NotImplementedError

    def paper_question(self, wanted: WantedBillPaper) -> Question[BillPaper]:
        """Return the question that makes the paper that leaves."""
        raise NotImplementedError

    def hand_out(self) -> bool:
        """Do what must be done before a paper leaves, then ``carry_out``; False when it may not."""
        raise NotImplementedError

    def say_done(self, medium: Medium, paper: BillPaper, path: str) -> None:
        """Tell in the bar that the paper left."""
        raise NotImplementedError

    def say_not_done(self) -> str:
        """Return how a sentence begins about a paper that did not leave."""
        raise NotImplementedError

    def say_number(self, paper: BillPaper) -> str:
        """Return what is said of the paper beneath the choices."""
        raise NotImplementedError

    # opening --------------------------------------------------------------------------------------

    def begin(self, period: Period, *, version: int) -> None:
        """Show the paper of a bill."""
        if self.is_busy:
            self.open()  # what is on its way is finished first
            return
        kept = self.desk.preferences.get("paper.script")
        self.script.set_value(Script(kept) if kept in set(Script) else Script.LATIN)
        self.wanted = WantedBillPaper(self._ident, period, version, self.script.value(), self.desk.now)
        self.trouble.clear()
        self.printer.load()
        self.retranslate()
        self.open()
        self._ask_preview()

    def begin_saving(self, period: Period, *, version: int) -> None:
        """Show the paper and ask at once where to save it."""
        self.begin(period, version=version)
        self._after_preview = self.choose_file

    def turn_away(self) -> None:
        """Forget the account whose papers these are; only while none is on its way."""
        self.wanted = self.paper = None
        self._after_preview = None
        self.trouble.clear()
        self.preview.clear()

    def turn_to(self, ident: int) -> None:
        """Be about this account from now on."""
        self._ident = ident

    def _script_chosen(self) -> None:
        script = self.script.value()
        self.desk.preferences.set("paper.script", str(script))
        if self.wanted is not None:
            self.wanted = replace(self.wanted, script=script, now=self.desk.now)
            self._ask_preview()

    def _put_away(self) -> None:
        """Let go of a document that is no longer looked at."""
        if not self.is_busy:
            self.paper = None
            self.preview.clear()

    def _ask_preview(self) -> None:
        if self.wanted is None:
            return
        self.paper = None
        self.preview.clear()
        self._show_state()
        self.desk.jobs.ask(
            self.preview_question(self.wanted),
            self._preview_came,
            screen=self,
            lane="preview",
            failed=self._preview_failed,
        )

    def _preview_came(self, paper: BillPaper) -> None:
        self.paper = paper
        self.preview.show_document(paper.pdf)
        self._show_state()
        then, self._after_preview = self._after_preview, None
        if then is not None and self.isVisible():
            then()

    def _preview_failed(self, error: Exception) -> None:
        self._after_preview = None
        self._tell(self._sentence(error))
        self._show_state()

    # leaving --------------------------------------------------------------------------------------

    @property
    def may_leave(self) -> bool:
        """Whether there is a paper, and none is on its way."""
        return self.isVisible() and self.paper is not None and not self.is_busy

    def print_paper(self) -> None:
        """Send the paper to its printer."""
        if not self.may_leave:
            return
        if self.printer.profile is None:
            self.printer.begin_choosing()
            self._tell(self.tr("No printer is set up on this workstation. Save the paper instead."))
            return
        self._leave(Medium.PRINTED, "")

    def copy_paper(self) -> None:
        """Put the paper on the clipboard, as a document and as a picture."""
        if self.may_leave and self.wanted is not None:
            self._folder = QTemporaryDir()  # what was copied before goes with its folder
            self._leave(Medium.COPIED, self._folder.filePath(f"{self.wanted.file_name}.pdf"))

    def choose_file(self) -> None:
        """Ask where to save the paper."""
        if not self.may_leave or self.wanted is None:
            return
        ask_to_write(
            self,
            self.tr("Save as PDF"),
            name=f"{self.objectName()}.file",
            kinds="PDF (*.pdf)",
            suggestion=f"{self.wanted.file_name}.pdf",
            chosen=self.save_to,
            folder=self.desk.preferences.get("paper.folder"),
        )

    def save_to(self, path: str) -> None:
        """Save the paper into a file."""
        if self.may_leave and path:
            self.desk.preferences.set("paper.folder", str(Path(path).parent))
            self._leave(Medium.SAVED, path)

    def _leave(self, medium: Medium, path: str) -> None:
        self._medium, self._path = medium, path
        self.trouble.clear()
        self._set_busy(is_busy=self.hand_out())

    @property
    def medium(self) -> Medium:
        """How the paper is leaving."""
        return self._medium

    def carry_out(self) -> None:
        """Make the paper that leaves."""
        if self.wanted is not None:
            self.desk.jobs.ask(
                self.paper_question(self.wanted),
                self._paper_came,
                screen=self,
                lane="paper",
                failed=self.give_up,
            )

    def _paper_came(self, paper: BillPaper) -> None:
        self.paper = paper
        if self._medium is Medium.PRINTED:
            self._print(paper)
        else:
            chore = functools.partial(write_file, content=paper.pdf, path=self._path)
            self.desk.jobs.do(chore, self._written, screen=self, failed=self.give_up)

    def _written(self, _path: str) -> None:
        if self._medium is Medium.SAVED or self.paper is None:
            self._done()
            return
        picture = PictureRun(self.paper.pdf, self)
        picture.drawn.connect(self._picture_came)
        picture.failed.connect(self.give_up)
        picture.start()

    def _print(self, paper: BillPaper) -> None:
        assert self.wanted is not None  # noqa: S101
        assert self.printer.profile is not None  # noqa: S101
        run = PrintRun(paper.pdf, name=self.wanted.file_name, profile=self.printer.profile, parent=self)
        run.printed.connect(self._printed)
        run.failed.connect(self.give_up)
        run.start()

    def _printed(self) -> None:
        self.printer.remember()
        self._forget_run()
        self._done()

    def _picture_came(self, picture: QImage) -> None:
        self._forget_run()
        if self.paper is None:
            return
        data = QMimeData()
        data.setData("application/pdf", QByteArray(self.paper.pdf))
        data.setImageData(picture)
        data.setUrls([QUrl.fromLocalFile(self._path)])
        QApplication.clipboard().setMimeData(data)
        self._done()

    def _forget_run(self) -> None:
        run = self.sender()
        if isinstance(run, (PrintRun, PictureRun)):
            run.deleteLater()

    def _done(self) -> None:
        self._set_busy(is_busy=False)
        if self.paper is not None:
            self.say_done(self._medium, self.paper, self._path)
        self.handed_out.emit()
        self.close_sheet()

    def give_up(self, error: Exception) -> None:
        """The paper did not leave: say so, and let it be tried again."""
        self._forget_run()
        self._set_busy(is_busy=False)
        if isinstance(error, PrinterFailed):
            self.printer.begin_choosing()
        words = f"{self.say_not_done()} {self._sentence(error)}".strip()
        if self.isVisible():
            self._tell(words)
        else:
            self.desk.say(words)

    # showing --------------------------------------------------------------------------------------

    def _set_busy(self, *, is_busy: bool) -> None:
        self.is_busy = is_busy
        self._show_state()

    def _show_state(self) -> None:
        is_ready = self.paper is not None and not self.is_busy
        for button in (self.copy, self.save, self.print):
            button.setEnabled(is_ready)
        self.left.setEnabled(not self.is_busy)
        is_waiting = (
            self.wanted is not None and not self.trouble.words and (self.is_busy or self.paper is None)
        )
        self._line.setVisible(is_waiting)
        self.number.setText(self.say_number(self.paper) if self.paper is not None else "")

    def _tell(self, sentence: str) -> None:
        self.trouble.tell(sentence, tone=Tone.WARN)

    def _sentence(self, error: Exception) -> str:
        if isinstance(error, CannotWrite):
            return self.tr("The file {0} cannot be written: {1}. Choose another place.").format(
                error.path, error.reason
            )
        if isinstance(error, PrinterFailed):
            return self.tr("The printer does not answer. See whether it is on and has paper.")
        return errors.sentence(error)

    def retranslate(self) -> None:
        chosen = self.script.value()
        self.script.set_label(self.tr("Script of the paper"))
        self.script.set_choices([(Script.LATIN, self.tr("Latin")), (Script.CYRILLIC, self.tr("Cyrillic"))])
        if chosen is not None:
            self.script.set_value(chosen)
        self.copy.setText(self.tr("Copy"))
        self.copy.setToolTip(self.tr("Put the document and its picture on the clipboard"))
        self.save.setText(self.tr("Save as PDF…"))
        self.save.setToolTip(self.tr("Save as PDF (Ctrl+S)"))
        self.print.setText(self.tr("Print"))
        self.print.setToolTip(self.tr("Print (Ctrl+P)"))
        self._show_state()
