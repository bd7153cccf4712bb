"""A paper about a change: its form to be filled in, the receipt, or the letter about the decision."""

import functools
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.changes import ChangeKind
from app.domain.period import Period
from app.usecases import changes
from app.usecases.changes import ChangePaper, PaperAbout, WantedChangePaper
from ui.changes.words import read_day
from ui.desk.desk import Desk
from ui.jobs import Question
from ui.jobs.files import write_file
from ui.kit.buttons import Button
from ui.kit.fields import ChoiceField
from ui.kit.files import ask_to_write
from ui.kit.styling import label
from ui.papers.pane import DocumentPane
from ui.words import errors, text


class ChangePaperPane(DocumentPane[ChangePaper]):
    """Shows a paper about a change; of a request just submitted with its number above."""

    def __init__(self, desk: Desk, name: str, parent: QWidget, within: QWidget) -> None:
        super().__init__(desk, name, parent, within=within, kind="receipt")
        self._about = PaperAbout.RECEIPT
        self._ident = self._request_id = 0
        self.kind: ChangeKind | None = None
        """The kind whose form is shown; None for a paper of a request."""

        self._result: dict[str, Any] | None = None
        self._wanted: WantedChangePaper | None = None
        self._message_path = ""
        self.number = label(self.side_host, "number", name=f"{name}.number")
        self.number.setWordWrap(True)
        self.facts = label(self.side_host, "soft", name=f"{name}.facts")
        self.facts.setWordWrap(True)
        self.contents = ChoiceField(f"{name}.contents", self.side_host)
        self.contents.edited.connect(self.ask)
        for field in (self.number, self.facts, self.contents):
            self.add_field(field)
        self.email = Button(f"{name}.email", self, icon_name="mail")
        self.email.clicked.connect(self._choose_message)
        self.ways.addWidget(self.email)
        self.retranslate()

    # what is shown ----------------------------------------------------------------------------------

    def show_submitted(self, ident: int, result: dict[str, Any]) -> None:
        """Show what a request became, and its receipt."""
        self._show(PaperAbout.RECEIPT, ident, request_id=int(result["request_id"]), result=result)

    def show_about(self, about: PaperAbout, ident: int, request_id: int) -> None:
        """Show a paper about a request, made again."""
        self._show(about, ident, request_id=request_id)

    def show_form(self, ident: int, kind: ChangeKind) -> None:
        """Show the form of a kind, with the data of an account in it."""
        self._show(PaperAbout.FORM, ident, kind=kind)

    def _show(
        self,
        about: PaperAbout,
        ident: int,
        *,
        kind: ChangeKind | None = None,
        request_id: int = 0,
        result: dict[str, Any] | None = None,
    ) -> None:
        self._about, self._ident, self.kind = about, ident, kind
        self._request_id, self._result = request_id, result
        self.contents.set_value(False)
        self.retranslate()
        self.begin()

    def forget_account(self) -> None:
        self._ident = 0
        self._result = self._wanted = None
        super().forget_account()

    def question(self) -> Question[ChangePaper] | None:
        if not self._ident:
            return None
        self._wanted = WantedChangePaper(
            self._about,
            self._ident,
            self.chosen_script,
            self.desk.now,
            kind=self.kind,
            request_id=self._request_id,
            is_blank=self.contents.value() is True,
        )
        return functools.partial(changes.change_paper, wanted=self._wanted)

    # by e-mail --------------------------------------------------------------------------------------

    def _choose_message(self) -> None:
        if self.made is None:
            return
        ask_to_write(
            self,
            self.tr("Save as an e-mail message"),
            name=f"{self.objectName()}.message",
            kinds=self.tr("E-mail message (*.eml)"),
            suggestion=f"{self.made.file_name}.eml",
            chosen=self._message_wanted,
        )

    def _message_wanted(self, path: str) -> None:
        if self.made is None or self._wanted is None:
            return
        self._message_path = path
        question = functools.partial(changes.covering_letter, wanted=self._wanted, form=self.made.pdf)
        self.desk.jobs.ask(
            question, self._message_came, screen=self, lane="message", failed=self._message_failed
        )

    def _message_came(self, message: bytes) -> None:
        chore = functools.partial(write_file, content=message, path=self._message_path)
        self.desk.jobs.do(chore, self._message_saved, screen=self, failed=self._message_failed)

    def _message_saved(self, path: str) -> None:
        self.desk.say(self.tr("Saved: {0}. Open it to send it from the mail program.").format(path))

    def _message_failed(self, error: Exception) -> None:
        self.show_trouble(errors.sentence(error))

    # showing ----------------------------------------------------------------------------------------

    def title(self) -> str:
        if self._about is PaperAbout.RECEIPT:
            return self.tr("Receipt")
        return self.tr("Letter about the decision")

    def show_state(self) -> None:
        super().show_state()
        self.email.setEnabled(self.made is not None)

    def retranslate(self) -> None:
        is_form = self._about is PaperAbout.FORM
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
        if result is not None:
            self._say_submitted(result)
        super().retranslate()

    def _say_submitted(self, result: dict[str, Any]) -> None:
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
