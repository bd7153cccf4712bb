"""A finished paper beside what can be done with it: script, printer, print, save.

Printing goes without questions to the printer remembered for this kind of paper.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.documents.wording import Script
from ui.kit.banners import Banner
from ui.kit.busy import BusyLine
from ui.kit.buttons import Button, ButtonKind
from ui.kit.fields import ChoiceField
from ui.kit.files import ask_to_write
from ui.kit.looks import rule
from ui.kit.preferences import Preferences
from ui.kit.preview import DocumentPreview
from ui.kit.printer_choice import PrinterChoice
from ui.kit.printing import PrinterFailed, PrintProfiles, PrintRun
from ui.kit.speaking import Speaking
from ui.kit.tokens import GRID
from ui.words.tones import Tone

_FORM_WIDTH = 264


class DocumentPane(Speaking, QWidget):
    """Shows a paper and hands it out; ``side`` takes more widgets above the choices.

    ``kind`` is what the printer is remembered by.  Whoever owns the pane makes the
    paper anew when ``script_chosen`` is told.
    """

    script_chosen = Signal()
    printed = Signal()
    saved = Signal(str)
    """The file it was written to."""

    def __init__(
        self, name: str, parent: QWidget, *, kind: str, profiles: PrintProfiles, preferences: Preferences
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._preferences = preferences
        self._pdf = b""
        self._file_name = "paper"
        self._is_leaving = False
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(5 * GRID)
        left = QWidget(self)
        left.setFixedWidth(_FORM_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 3 * GRID)
        column.setSpacing(3 * GRID)
        self.side_host = left
        self.side = QVBoxLayout()
        self.side.setSpacing(2 * GRID)
        column.addLayout(self.side)
        self.script = ChoiceField(f"{name}.script", left)
        self.script.edited.connect(self._keep_script)
        column.addWidget(self.script)
        self.printer = PrinterChoice(f"{name}.printer", left, kind=kind, profiles=profiles)
        column.addWidget(self.printer)
        self.print = Button(f"{name}.print", left, kind=ButtonKind.PRIMARY, icon_name="printer")
        self.print.clicked.connect(self.print_paper)
        self.save = Button(f"{name}.save", left, icon_name="download")
        self.save.clicked.connect(self.choose_file)
        column.addWidget(self.print)
        column.addWidget(self.save)
        column.addStretch(1)
        right = QWidget(self)
        seen = QVBoxLayout(right)
        seen.setContentsMargins(0, 0, 0, 0)
        seen.setSpacing(0)
        self.trouble = Banner(f"{name}.trouble", right)
        self._line = BusyLine(f"{name}.busy", right)
        self._line.setFixedHeight(2)
        self.preview = DocumentPreview(f"{name}.preview", right)
        self.preview.setMinimumHeight(60 * GRID)
        for widget in (self.trouble, self._line):
            seen.addWidget(widget)
        seen.addWidget(self.preview, 1)
        across.addWidget(left)
        across.addWidget(rule(self, upright=True))
        across.addWidget(right, 1)
        kept = preferences.get("paper.script")
        self.retranslate()
        self.script.set_value(Script(kept) if kept in set(Script) else Script.LATIN)
        self._show_state()

    # the paper --------------------------------------------------------------------------------------

    @property
    def chosen_script(self) -> Script:
        """The script the paper is wanted in."""
        chosen = self.script.value()
        return chosen if isinstance(chosen, Script) else Script.LATIN

    @property
    def pdf(self) -> bytes:
        """The paper that is shown, or nothing."""
        return self._pdf

    @property
    def is_leaving(self) -> bool:
        """Whether a paper is on its way to the printer or into a file."""
        return self._is_leaving

    def show_paper(self, pdf: bytes, *, file_name: str) -> None:
        """Show a paper; ``file_name`` without an ending is offered for saving."""
        self._pdf, self._file_name = pdf, file_name
        self.trouble.clear()
        self.preview.show_document(pdf)
        self._show_state()

    def await_paper(self) -> None:
        """Show that a paper is being made."""
        self._pdf = b""
        self.trouble.clear()
        self.preview.clear()
        self.printer.load()
        self._show_state()
        self._line.show()

    def show_trouble(self, sentence: str) -> None:
        """Say why there is no paper, or why it did not leave."""
        self.trouble.tell(sentence, tone=Tone.WARN)
        self._show_state()

    def clear(self) -> None:
        """Let go of a paper that is no longer looked at."""
        self._pdf = b""
        self.preview.clear()
        self.trouble.clear()
        self._show_state()

    # leaving ----------------------------------------------------------------------------------------

    def print_paper(self) -> None:
        """Send the paper to its printer."""
        profile = self.printer.profile
        if not self._pdf or self._is_leaving:
            return
        if profile is None:
            self.printer.begin_choosing()
            self.show_trouble(self.tr("No printer is set up on this workstation. Save the paper instead."))
            return
        self._begin_leaving("")

    def _begin_leaving(self, path: str) -> None:
        self._is_leaving = True
        self.trouble.clear()
        self._show_state()
        self.hand_out(path)

    def hand_out(self, path: str) -> None:
        """Let the paper that is shown leave, into the file ``path`` or, where that is empty, to the printer.

        Who must do something before it may leave, calls ``carry_out`` when that is done.
        """
        self.carry_out(self._pdf, path)

    def carry_out(self, pdf: bytes, path: str, *, copies: int = 1) -> None:
        """Take a paper where it is wanted; ``copies`` of it where it is printed."""
        if path:
            self._write(pdf, path)
            return
        profile = self.printer.profile
        assert profile is not None  # noqa: S101 - asked before anything was done
        run = PrintRun(pdf, name=self._file_name, profile=profile, parent=self, copies=copies)
        run.printed.connect(self._printed)
        run.failed.connect(self._not_printed)
        run.start()

    def give_up(self, sentence: str) -> None:
        """Say why a paper did not leave, and let it be tried again."""
        self._is_leaving = False
        self.show_trouble(sentence)

    def _printed(self) -> None:
        self._end_run()
        self.printer.remember()
        self.printed.emit()

    def _not_printed(self, error: Exception) -> None:
        self._end_run()
        if isinstance(error, PrinterFailed):
            self.printer.begin_choosing()
        self.show_trouble(self.tr("The printer does not answer. See whether it is on and has paper."))

    def _end_run(self) -> None:
        run = self.sender()
        if isinstance(run, PrintRun):
            run.deleteLater()
        self._is_leaving = False
        self._show_state()

    def choose_file(self) -> None:
        """Ask where to save the paper."""
        if not self._pdf:
            return
        ask_to_write(
            self,
            self.tr("Save as PDF"),
            name=f"{self.objectName()}.file",
            kinds="PDF (*.pdf)",
            suggestion=f"{self._file_name}.pdf",
            chosen=self.save_to,
            folder=self._preferences.get("paper.folder"),
        )

    def save_to(self, path: str) -> None:
        """Write the paper into a file."""
        if self._pdf and path and not self._is_leaving:
            self._begin_leaving(path)

    def _write(self, pdf: bytes, path: str) -> None:
        try:
            Path(path).write_bytes(pdf)
        except OSError as error:
            self.give_up(
                self.tr("The file {0} cannot be written: {1}. Choose another place.").format(
                    path, error.strerror or ""
                )
            )
            return
        self._is_leaving = False
        self._show_state()
        self._preferences.set("paper.folder", str(Path(path).parent))
        self.saved.emit(path)

    # showing ----------------------------------------------------------------------------------------

    def _keep_script(self) -> None:
        self._preferences.set("paper.script", str(self.chosen_script))
        self.script_chosen.emit()

    def _show_state(self) -> None:
        self._line.hide()
        for button in (self.print, self.save):
            button.setEnabled(bool(self._pdf) and not self._is_leaving)

    def retranslate(self) -> None:
        self.script.set_label(self.tr("Script of the paper"))
        self.script.set_choices([(Script.LATIN, self.tr("Latin")), (Script.CYRILLIC, self.tr("Cyrillic"))])
        self.print.setText(self.tr("Print"))
        self.print.setToolTip(self.tr("Print (Ctrl+P)"))
        self.save.setText(self.tr("Save as PDF…"))
