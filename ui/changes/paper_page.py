"""After submission: the number, large; from when it counts; and the receipt, ready to be printed."""

import functools
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import ChangeKind
from app.domain.period import Period
from app.usecases import changes
from app.usecases.changes import ChangePaper, PaperAbout, WantedChangePaper
from ui.changes.words import read_day
from ui.desk.desk import Desk
from ui.jobs.files import CannotWrite, write_file
from ui.kit.buttons import Button
from ui.kit.document_pane import DocumentPane
from ui.kit.fields import ChoiceField
from ui.kit.files import ask_to_write
from ui.kit.looks import label
from ui.kit.printing import PrintProfiles
from ui.kit.speaking import Speaking
from ui.kit.tokens import GRID
from ui.words import errors, text


class PaperPage(Speaking, QWidget):
    """A paper about a change: shown, printed, saved; of a request just submitted with its number above."""

    said = Signal(str)

    def __init__(self, desk: Desk, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._desk = desk
        self._wanted: WantedChangePaper | None = None
        self._result: dict[str, Any] | None = None
        self._wants_keyboard = False
        self._message_path = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 3 * GRID, 0, 0)
        self.pane = DocumentPane(
            f"{name}.paper",
            self,
            kind="receipt",
            profiles=PrintProfiles(desk.settings),
            preferences=desk.preferences,
        )
        self.number = label(self.pane.side_host, "number", name=f"{name}.number")
        self.number.setWordWrap(True)
        self.facts = label(self.pane.side_host, "soft", name=f"{name}.facts")
        self.facts.setWordWrap(True)
        self.contents = ChoiceField(f"{name}.contents", self.pane.side_host)
        self.contents.edited.connect(self._ask)
        for widget in (self.number, self.facts, self.contents):
            self.pane.side.addWidget(widget)
        self.email = Button(f"{name}.email", self.pane.side_host, icon_name="mail")
        self.email.clicked.connect(self._choose_message)
        beside = self.pane.side_host.layout()
        assert isinstance(beside, QVBoxLayout)  # noqa: S101
        beside.insertWidget(beside.indexOf(self.pane.save) + 1, self.email)
        column.addWidget(self.pane, 1)
        self.pane.script_chosen.connect(self._ask)
        self.pane.printed.connect(self._printed)
        self.pane.saved.connect(self._saved)
        self.retranslate()

    def show_submitted(self, ident: int, result: dict[str, Any]) -> None:
        """Show what a request became, and its receipt."""
        self._result = result
        wanted = WantedChangePaper(
            PaperAbout.RECEIPT,
            ident,
            self.pane.chosen_script,
            self._desk.now,
            request_id=int(result["request_id"]),
        )
        self.show_paper(wanted, keep_facts=True)

    def show_paper(self, wanted: WantedChangePaper, *, keep_facts: bool = False) -> None:
        """Show a paper."""
        if not keep_facts:
            self._result = None
        self._wanted = wanted
        self.contents.set_value(wanted.is_blank)
        self.retranslate()
        self._ask()

    @property
    def kind(self) -> ChangeKind | None:
        """The kind whose form is shown; None for a paper of a request."""
        return self._wanted.kind if self._wanted is not None else None

    def take_keyboard(self) -> None:
        """Put the cursor on what is most likely wanted, now or as soon as the paper is here."""
        self._wants_keyboard = not self.pane.pdf
        self.pane.print.setFocus()

    def clear(self) -> None:
        """Let go of the paper."""
        self.pane.clear()

    def _ask(self) -> None:
        if self._wanted is None:
            return
        self._wanted = replace(
            self._wanted,
            script=self.pane.chosen_script,
            now=self._desk.now,
            is_blank=self.contents.value() is True,
        )
        self.email.setEnabled(False)
        self.pane.await_paper()
        question = functools.partial(changes.change_paper, wanted=self._wanted)
        self._desk.jobs.ask(question, self._came, screen=self, lane="paper", failed=self._failed)

    def _came(self, paper: ChangePaper) -> None:
        self.pane.show_paper(paper.pdf, file_name=paper.file_name)
        self.email.setEnabled(True)
        if self._wants_keyboard:
            self.take_keyboard()

    def _failed(self, error: Exception) -> None:
        self.pane.show_trouble(errors.sentence(error))

    # by e-mail ------------------------------------------------------------------------------------

    def _choose_message(self) -> None:
        if self._wanted is None or not self.pane.pdf:
            return
        ask_to_write(
            self,
            self.tr("Save as an e-mail message"),
            name=f"{self.objectName()}.message",
            kinds=self.tr("E-mail message (*.eml)"),
            suggestion=f"{self._wanted.file_name}.eml",
            chosen=self._message_wanted,
        )

    def _message_wanted(self, path: str) -> None:
        if self._wanted is None:
            return
        self._message_path = path
        question = functools.partial(changes.covering_letter, wanted=self._wanted, form=self.pane.pdf)
        self._desk.jobs.ask(question, self._message_came, screen=self, lane="message", failed=self._failed)

    def _message_came(self, message: bytes) -> None:
        chore = functools.partial(write_file, content=message, path=self._message_path)
        self._desk.jobs.do(chore, self._message_saved, screen=self, failed=self._message_not_saved)

    def _message_saved(self, path: str) -> None:
        self._desk.say(self.tr("Saved: {0}. Open it to send it from the mail program.").format(path))

    def _message_not_saved(self, error: Exception) -> None:
        if isinstance(error, CannotWrite):
            said = self.tr("The file {0} cannot be written: {1}. Choose another place.")
            self.pane.show_trouble(said.format(error.path, error.reason))
        else:
            self._failed(error)

    def _printed(self) -> None:
        self._desk.say(self.tr("Printed."))

    def _saved(self, path: str) -> None:
        self._desk.say(self.tr("Saved: {0}").format(path))

    def retranslate(self) -> None:
        is_form = self._wanted is not None and self._wanted.about is PaperAbout.FORM
        self.contents.setVisible(is_form)
        self.email.setVisible(is_form)
        self.contents.set_label(self.tr("What stands in it"))
        self.contents.set_choices(
            [(False, self.tr("the data of this account")), (True, self.tr("nothing: a blank form"))]
        )
        self.email.setText(self.tr("Save as e-mail…"))
        result = self._result
        self.number.setVisible(result is not None)
        self.facts.setVisible(result is not None)
        if result is None:
            return
        self.number.setText(str(result["number"]))
        self.number.setAccessibleName(self.tr("Number of the request"))
        due = read_day(str(result["due_on"]))
        said = [
            self.tr("Counts from {0}.").format(text.period(Period.from_ggmm(int(result["applies_from"])))),
            self.tr("To be decided by {0}").format(text.day(due)),
        ]
        if result["is_late"]:
            said.append(self.tr("Reported late."))
        self.facts.setText("\n".join(said))
