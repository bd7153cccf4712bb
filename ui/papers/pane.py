"""One pane for every paper: how it will look, and its ways out of the house."""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QTemporaryDir, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.documents.wording import Script
from app.domain.errors import PrinterFailed
from app.domain.reissues import Medium
from ui.desk.desk import Desk
from ui.jobs import Question
from ui.kit.buttons import Button, ButtonKind
from ui.kit.document_view import DocumentView
from ui.kit.files import ask_to_write
from ui.kit.preferences import choice_kept
from ui.kit.printing import PrintProfiles
from ui.kit.styling import label, set_tip
from ui.papers.leaving import Departure, Leaving, RegisterEntry
from ui.papers.ways import Made, Part, ToClipboard, ToFile, ToPrinter, Way
from ui.words import errors

M = TypeVar("M", bound=Made)


class DocumentPane(DocumentView, Generic[M]):
    """Shows a paper and hands it out.

    A subclass says what makes the paper (``question``) and, where a register is
    kept, what it is told before one leaves (``entry``); its own fields go into
    ``side``.  The keys of papers are
    heard anywhere ``within``, while the pane is seen.
    """

    came = Signal()
    """The paper is here to be seen."""
    left = Signal(object)
    """It left: the Medium by which."""
    busy_changed = Signal(bool)
    """Whether it is on its way out."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        parent: QWidget,
        *,
        within: QWidget,
        kind: str,
        is_copied: bool = False,
    ) -> None:
        super().__init__(name, parent, kind=kind, profiles=PrintProfiles(desk.settings))
        self.desk = desk
        self.made: M | None = None
        """The paper that is seen."""
        self._medium, self._path = Medium.PRINTED, ""
        self._folder: QTemporaryDir | None = None
        self._then: Callable[[], None] | None = None
        """What is done as soon as the paper is here."""

        self._is_put_away = self._begins_anew = False
        self._leaving = Leaving(desk.jobs, self)
        self._leaving.left.connect(self._left)
        self._leaving.failed.connect(self._failed)
        self.about = label(self.side_host, "caption", name=f"{name}.about")
        self.about.setWordWrap(True)
        self.side.addWidget(self.about)
        self.copy: Button | None = None
        """For papers that are put on the clipboard as well."""
        if is_copied:
            self.copy = Button(f"{name}.copy", self, kind=ButtonKind.QUIET, icon_name="copy")
            self.copy.clicked.connect(self.copy_paper)
            self.ways.addWidget(self.copy)
        self.script.edited.connect(self._script_chosen)
        self.print.clicked.connect(self.print_paper)
        self.save.clicked.connect(self.choose_file)
        self._print_key = desk.commands.add("copy.print", owner=within, run=self.print_paper)
        self._save_key = desk.commands.add("copy.save", owner=within, run=self.choose_file)

    def add_field(self, field: QWidget) -> None:
        """Put a field of the subclass above what is said of the paper."""
        self.side.insertWidget(self.side.count() - 1, field)

    # to be said by a subclass ---------------------------------------------------------------------

    def title(self) -> str:
        """Return what the paper is called, in the language in force."""
        raise NotImplementedError

    def question(self) -> Question[M] | None:
        """Return what makes the paper for the eye; None while none is wanted."""
        raise NotImplementedError

    def entry(self, _medium: Medium) -> RegisterEntry | None:
        """Return what a register is told before the paper leaves; None where none is kept."""
        return None

    def parts(self, made: M) -> list[Part]:
        """Return what is printed, one after the other, and how many times each."""
        return [(made.pdf, 1)]

    @property
    def may_hand_out(self) -> bool:
        """Whether who sits here may let such a paper out."""
        return True

    @property
    def is_printed_next(self) -> bool:
        """Whether printing is what one does next here: else its weight and its key are for something else."""
        return True

    def is_complete(self) -> bool:
        """Tell whether all is said that must be before a paper leaves; else say at its field what is not."""
        return True

    def show_refusal(self, _error: Exception) -> None:
        """Mark the field that a refusal of the register is about."""

    def about_words(self, _made: M) -> str:
        """Return what there is to know of the paper that is seen."""
        return ""

    def left_words(self, medium: Medium, _made: M, path: str) -> str:
        """Return what the bar says of a paper that left."""
        match medium:
            case Medium.SAVED:
                return self.tr("Saved: {0}").format(path)
            case Medium.COPIED:
                return self.tr("It is on the clipboard.")
        return self.tr("Printed.")

    # what is seen ---------------------------------------------------------------------------------

    @property
    def pdf(self) -> bytes:
        """The paper that is seen, or nothing."""
        return self.made.pdf if self.made is not None else b""

    def begin(self) -> None:
        """Show what is wanted now, in the script that was chosen last, once nothing is on its way."""
        self._is_put_away, self._begins_anew = False, self.is_leaving
        if self._begins_anew:
            return
        kept = choice_kept(self.desk.preferences, "paper.script", list(Script))
        self.script.set_value(Script(kept or Script.LATIN))
        self.printer.load()
        self._then = None
        self.ask()

    def ask(self) -> None:
        """Have the paper made anew: something else is wanted of it."""
        question = self.question()
        if question is None:
            return
        self.made = None
        self.clear()
        self.line.show()
        self.show_state()
        self.desk.jobs.ask(question, self._came, screen=self, lane="paper", failed=self._not_made)

    def take_keyboard(self) -> None:
        """Put the cursor on printing, or on saving where nothing prints, now or when the paper is here."""
        if self.made is None:
            self._then = self.take_keyboard
        else:
            (self.print if self.print.isEnabled() else self.save).setFocus()

    def put_away(self) -> None:
        """Let go of a paper that is not looked at any more; one on its way arrives all the same."""
        self._is_put_away = self.is_leaving
        if self._is_put_away:
            return
        self._then = None
        self.desk.jobs.withdraw(self)
        self.made = None
        self.clear()
        self.show_state()

    def forget_account(self) -> None:
        """Let go of whom the papers were for, with the entries of those that did not arrive."""
        self.put_away()
        self._leaving.forget()

    def _script_chosen(self) -> None:
        self.desk.preferences.set("paper.script", str(self.chosen_script))
        self.ask()

    def _came(self, made: M) -> None:
        self.made = made
        self.line.hide()
        self.preview.show_document(made.pdf)
        self.came.emit()
        self.show_state()
        then, self._then = self._then, None
        if then is not None and self.isVisible():
            then()

    def _not_made(self, error: Exception) -> None:
        self._then = None
        self.line.hide()
        self.show_trouble(errors.sentence(error))

    # leaving --------------------------------------------------------------------------------------

    @property
    def is_leaving(self) -> bool:
        """Whether a paper is on its way out."""
        return self._leaving.is_under_way

    @property
    def may_leave(self) -> bool:
        """Whether there is a paper that may leave, and none is on its way."""
        return self.made is not None and not self.is_leaving and self.may_hand_out

    def print_paper(self) -> None:
        """Send the paper to its printer."""
        profile = self.printer.profile
        if not self.may_leave:
            return
        if profile is None:
            self.show_trouble(self.no_printer)
        else:
            self._leave(Medium.PRINTED, ToPrinter(profile, self, parts_of=self.parts))

    def copy_paper(self) -> None:
        """Put the paper on the clipboard, as a document and as a picture."""
        if self.made is not None and self.may_leave:
            self._folder = QTemporaryDir()  # what was copied before goes with its folder
            path = self._folder.filePath(f"{self.made.file_name}.pdf")
            self._leave(Medium.COPIED, ToClipboard(self.desk.jobs, path, self))

    def choose_file(self) -> None:
        """Ask where to save the paper, now or as soon as it is here."""
        if self.made is None:
            self._then = self.choose_file
        elif self.may_leave:
            ask_to_write(
                self,
                self.tr("Save as PDF"),
                name=f"{self.objectName()}.file",
                kinds="PDF (*.pdf)",
                suggestion=f"{self.made.file_name}.pdf",
                chosen=self.save_to,
                folder=self.desk.preferences.get("paper.folder"),
            )

    def save_to(self, path: str) -> None:
        """Save the paper into a file."""
        if self.may_leave and path:
            self._leave(Medium.SAVED, ToFile(self.desk.jobs, path, self), path)

    def _leave(self, medium: Medium, way: Way, path: str = "") -> None:
        if self.made is None or not self.is_complete():
            way.deleteLater()
            return
        here = self.window().focusWidget()
        if here is not None and self.choices.isAncestorOf(here):
            # nothing can be chosen for a while: the cursor must not leave the pane, and Esc with it
            (self.print if medium is Medium.PRINTED else self.save).setFocus()
        self._medium, self._path = medium, path
        self.trouble.clear()
        self.line.show()
        departure = Departure(self.made, way, self.entry(medium))
        self._leaving.begin(departure, today=self.desk.today)
        self.show_state()
        self.busy_changed.emit(True)

    def _left(self, made: M) -> None:
        if self._medium is Medium.PRINTED:
            self.printer.remember()
        elif self._medium is Medium.SAVED:
            self.desk.preferences.set("paper.folder", str(Path(self._path).parent))
        self.desk.say(self.left_words(self._medium, made, self._path))
        self._come_to_rest()
        self.left.emit(self._medium)

    def _failed(self, error: Exception, is_on_record: bool) -> None:  # noqa: FBT001 - a slot
        self._come_to_rest()
        if isinstance(error, PrinterFailed):
            self.printer.begin_choosing()
        words = errors.sentence(error)
        if is_on_record:
            words = self.tr("{0} The paper is on record: trying again makes the same one.").format(words)
        else:
            self.show_refusal(error)
        if self.isVisible():
            self.show_trouble(words)
        else:
            self.desk.say(words)

    def _come_to_rest(self) -> None:
        self.line.hide()
        if self._is_put_away:
            self.put_away()
        elif self._begins_anew:
            self.begin()
        self.show_state()
        self.busy_changed.emit(False)

    # showing --------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show what can be done with the paper now."""
        can_leave = self.made is not None and self.may_hand_out
        self.print.setEnabled(can_leave and not self.no_printer)
        set_tip(self.print, self.no_printer or self.tr("Print (Ctrl+P)"))
        self.print.set_kind(ButtonKind.PRIMARY if self.is_printed_next else ButtonKind.SECONDARY)
        self.save.setEnabled(can_leave)
        if self.copy is not None:
            self.copy.setEnabled(can_leave)
        self.choices.setEnabled(not self.is_leaving)
        self.about.setText(self.about_words(self.made) if self.made is not None else "")
        self.about.setVisible(bool(self.about.text()))
        self._show_keys()

    def _show_keys(self) -> None:
        """Let the keys of papers be heard while one is seen, and only then: a form beside it has the same."""
        self._print_key.setEnabled(self.isVisible() and self.is_printed_next)
        self._save_key.setEnabled(self.isVisible())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_keys()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._show_keys()

    def retranslate(self) -> None:
        super().retranslate()
        if self.copy is not None:
            self.copy.setText(self.tr("Copy"))
            set_tip(self.copy, self.tr("Put the document and its picture on the clipboard"))
        self.show_state()
