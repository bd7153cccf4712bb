"""What a clerk does with changes of data: chooses a kind, fills the form, sees originals, submits."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from app.domain.changes import ChangeKind, PaperKind
from tests.robots.clerk import Clerk
from ui.changes.sheet import ChangeSheet
from ui.desk.places import AccountSection
from ui.kit.fields import FormField
from ui.words import states


class Changes:
    """The verbs of ``clerk`` around changes; everything is done by keyboard."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk

    # opening ----------------------------------------------------------------------------------------

    def opens_chooser(self) -> None:
        """Press C in the account and wait for the kinds."""
        self.clerk.presses("C")
        self.clerk.until(lambda: self.clerk.is_seen("change.kinds.filter"), "no kinds are offered")
        self.clerk.until(lambda: self.sheet.chooser.model.rowCount() > 0, "no kinds came")

    def starts_change(self, typed: str) -> None:
        """Choose a kind by a word of it or by its number."""
        self.opens_chooser()
        self.clerk.types(typed + "\n")
        self.sees_form()

    def starts(self, kind: ChangeKind) -> None:
        """Choose a kind by its whole name."""
        self.starts_change(states.word(kind))
        if self.sheet.model.kind is not kind:
            raise AssertionError(f"{self.sheet.model.kind} was chosen instead of {kind}")

    def sees_form(self) -> None:
        """Wait until the form can be filled in."""
        self.clerk.until(lambda: self.sheet.form.isVisible() and self.sheet.form.isEnabled(), "no form")
        boxes = self.sheet.form.papers.boxes
        self.clerk.until(lambda: all(box.isVisible() for box in boxes.values()), "no checklist")

    @property
    def sheet(self) -> ChangeSheet:
        """The sheet of the account that is seen."""
        account = self.clerk.page.account
        if account is None or account.change is None:
            raise AssertionError("no change was begun")
        return account.change

    # filling in -------------------------------------------------------------------------------------

    def fills(self, name: str, value: str) -> None:
        """Go to a datum, type over what is there, and press Enter."""
        field = self.field(name)
        editor = field.editor
        editor.setFocus()
        if isinstance(editor, QComboBox):
            self._chooses(editor, value)
        elif isinstance(editor, QLineEdit):
            editor.selectAll()
            self.clerk.types(value)
        elif isinstance(editor, QPlainTextEdit):
            editor.selectAll()
            self.clerk.types(value)
            return
        elif isinstance(editor, QAbstractButton) and editor.isChecked() is not (value == "yes"):
            self.clerk.presses("Space")
        self.clerk.presses("Return")

    def fills_all(self, values: Mapping[str, str]) -> None:
        """Fill in several data, one after the other."""
        for name, value in values.items():
            self.fills(name, value)

    def picks_street(self, typed: str) -> str:
        """Type a part of a street's name, pick the first that is offered, and return its name."""
        field = self.field("street")
        field.editor.setFocus()
        field.editor.selectAll()
        self.clerk.types(typed)
        self.clerk.until(lambda: bool(field.found), "no street is offered")
        self.clerk.presses("Return")
        return str(field.value())

    def _chooses(self, listed: QComboBox, words: str) -> None:
        self.clerk.presses("Home")
        while not listed.currentText().startswith(words):
            above = listed.currentIndex()
            self.clerk.presses("Down")
            if listed.currentIndex() == above:
                raise AssertionError(f"{words} is not offered")

    def field(self, name: str) -> FormField:
        """Return the input of a datum that is seen."""
        found: FormField = self.clerk.widget(f"change.{name}", FormField)
        return found

    def reads(self, name: str) -> str:
        """Return what is typed for a datum."""
        return self.clerk.reads(f"change.{name}.editor")

    def is_told(self, name: str) -> str:
        """Return what is said to be wrong with a datum."""
        return self.field(name).error

    # papers -----------------------------------------------------------------------------------------

    def sees_original(self, paper: str) -> None:
        """Say by Space that an original was seen, with its number, and wait until it is on record."""
        number = self.sheet.form.papers.boxes[PaperKind(paper)].number
        if number.isVisible() and not number.text():
            number.setFocus()
            self.clerk.types("001234567")
        box = self.clerk.widget(f"change.paper.{paper}.seen", QAbstractButton)
        box.setFocus()
        self.clerk.presses("Space")
        self.clerk.until(
            lambda: self.stored_of(paper) > 0 and not self.sheet.model.is_busy, f"{paper} not seen"
        )

    def attaches(self, paper: str, path: Path) -> None:
        """Attach a file by the dialog."""
        before = self.stored_of(paper)
        self.clerk.widget(f"change.paper.{paper}.attach", QAbstractButton).setFocus()
        self.clerk.presses("Space")
        self.clerk.picks_file(path, dialog="change.file")
        self.clerk.until(lambda: self.stored_of(paper) > before, f"{paper} was not stored")

    def pastes(self, paper: str) -> None:
        """Press Ctrl+V on a paper."""
        self.clerk.widget(f"change.paper.{paper}.attach", QAbstractButton).setFocus()
        self.clerk.presses("Ctrl+V")

    def views(self, paper: str) -> None:
        """Look at the scan of a paper."""
        box = self.sheet.form.papers.boxes[PaperKind(paper)]
        view = f"change.paper.{paper}.{box.asked.papers[-1].id}.view"
        self.clerk.until(lambda: self.clerk.is_seen(view), f"{paper} cannot be looked at")
        self.clerk.widget(view).setFocus()
        self.clerk.presses("Space")
        pages = self.sheet.viewer.preview.pages
        self.clerk.until(lambda: self.sheet.viewer.isVisible() and pages.is_drawn, f"{paper} is not drawn")

    def takes_away(self, paper: str) -> None:
        """Take the scan of a paper away."""
        box = self.sheet.form.papers.boxes[PaperKind(paper)]
        self.clerk.widget(f"change.paper.{paper}.{box.asked.papers[-1].id}.remove").setFocus()
        self.clerk.presses("Space")
        self.clerk.until(lambda: self.stored_of(paper) == 0, f"{paper} is still there")

    def stored_of(self, paper: str) -> int:
        """Return how many papers of a kind are stored, seen or scanned."""
        return sum(
            len(box.asked.papers) for kind, box in self.sheet.form.papers.boxes.items() if kind == paper
        )

    def asked_papers(self) -> list[str]:
        """Return the papers that the checklist asks for."""
        return [str(kind) for kind in self.sheet.form.papers.boxes]

    def satisfies_papers(self) -> None:
        """See the original of everything that is asked for."""
        for kind, box in list(self.sheet.form.papers.boxes.items()):
            if not box.asked.is_optional and not box.asked.papers:
                self.sees_original(str(kind))

    # ending -----------------------------------------------------------------------------------------

    def submits(self) -> str:
        """Press Ctrl+Enter, once more if something is to be confirmed, and return the number."""
        self.clerk.presses("Ctrl+Return")
        self.clerk.until(
            lambda: self.clerk.is_seen("change.paper.number") or bool(self.sheet.form.notice.words),
            "nothing happened",
        )
        if self.sheet.form.isVisible() and self.sheet.form.is_confirming:
            self.clerk.presses("Ctrl+Return")
        self.clerk.until(
            lambda: self.clerk.is_seen("change.paper.number"),
            f"not submitted: {self.sheet.form.notice.words}",
        )
        return self.clerk.reads("change.paper.number")

    def sees_receipt(self) -> None:
        """Wait until the receipt is drawn."""
        pane = self.sheet.paper
        self.clerk.until(lambda: bool(pane.pdf) and pane.preview.pages.is_drawn, "no receipt")

    def sees_effect(self) -> None:
        """Wait until the next bill is foreseen."""
        self.clerk.until(
            lambda: self.sheet.form.effect.effect is not None, self.sheet.form.effect.none.text()
        )

    def listed(self) -> list[list[str]]:
        """Return the requests of the account as they are listed."""
        self.clerk.goes_to(AccountSection.CHANGES)
        return self.clerk.rows_of("changes.table")

    def widget(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """Return a widget that is seen."""
        found: QWidget = self.clerk.widget(name, kind)
        return found
