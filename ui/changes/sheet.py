"""A change from its kind to its number, over the page of the account.

What is typed is on disk a moment later; a draft in the database is made by the
first paper, or when the clerk saves.  Esc leaves everything as it is, for later.
"""

import functools
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.changes import ChangeKind
from app.usecases import changes
from app.usecases.changes import FormGround, KindChoice
from ui.changes.filing_model import FilingModel
from ui.changes.form import ChangeForm
from ui.changes.kind_chooser import KindChooser
from ui.changes.paper_pane import ChangePaperPane
from ui.changes.paper_viewer import PaperViewer
from ui.changes.request_columns import kind_title
from ui.desk.desk import Desk
from ui.kit.banners import Banner
from ui.kit.buttons import ButtonKind
from ui.kit.drafts import KeptForm
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import set_tip
from ui.kit.tokens import GRID
from ui.words import errors
from ui.words.tones import Tone

WIDTH = 1290


class ChangeSheet(Speaking, Sheet):
    """Chooses the kind, fills the form, and ends with the receipt."""

    def __init__(self, desk: Desk, ident: int, host: QWidget) -> None:
        super().__init__("change", host, width=WIDTH)
        self._desk = desk
        self._ident = ident
        self._applicant = ""
        self._kept = KeptForm(desk.drafts, self, login=desk.me.login, form="change", ident=ident)
        self._typed: dict[str, Any] = {}
        self._thrown: dict[str, Any] = {}
        self._is_edited = False
        self.model = FilingModel(desk, self)
        self._make_pages()
        self.back = self.add_button("change.back", kind=ButtonKind.QUIET)
        self.form_paper = self.add_button("change.form_paper", kind=ButtonKind.QUIET)
        self.save = self.add_button("change.save")
        self.submit = self.add_button("change.submit", kind=ButtonKind.PRIMARY)
        self.back.clicked.connect(self._go_back)
        self.form_paper.clicked.connect(self._show_form_paper)
        self.save.clicked.connect(self.save_draft)
        self.submit.clicked.connect(self.submit_request)
        add = desk.commands.add
        self._form_keys = (
            add("change.submit", owner=self, run=self.submit_request),
            add("change.save", owner=self, run=self.save_draft),
        )
        self._kept.due.connect(self.keep)
        self._connect()
        self._show_page(self.chooser)
        self.retranslate()

    def _make_pages(self) -> None:
        self.fill_with_body()
        self.body.setSpacing(0)
        self.begun = Banner("change.begun", self.inside)
        self.begun.action_chosen.connect(self._start_over)
        self.trouble = Banner("change.trouble", self.inside)
        self.pages = QStackedWidget(self.inside)
        self.chooser = KindChooser(self.pages)
        self.pages.addWidget(self.chooser)
        # Made when first wanted, while the server is asked: together they would hold the window.
        self._form: ChangeForm | None = None
        self._paper: ChangePaperPane | None = None
        self._under: QWidget = self.chooser
        self.body.addWidget(self.begun)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.pages, 1)
        self.viewer = PaperViewer(self._desk, "change.viewer", self)

    @property
    def form(self) -> ChangeForm:
        """The form of whichever kind was chosen."""
        if self._form is None:
            self._form = ChangeForm(self._desk, self.model, self.pages)
            self._form.edited.connect(self._edited)
            self._form.filled.connect(self._form_filled)
            self._form.viewed.connect(self._view)
            self.pages.addWidget(self._form)
        return self._form

    @property
    def paper(self) -> ChangePaperPane:
        """The receipt, or the form of a kind to be printed."""
        if self._paper is None:
            self._paper = ChangePaperPane(self._desk, "change.paper", self.pages, self)
            self._paper.setContentsMargins(5 * GRID, 3 * GRID, 0, 0)
            self.pages.addWidget(self._paper)
        return self._paper

    @property
    def _is_form(self) -> bool:
        return self._form is not None and self.pages.currentWidget() is self._form

    @property
    def _is_paper(self) -> bool:
        return self._paper is not None and self.pages.currentWidget() is self._paper

    def _connect(self) -> None:
        self.chooser.chosen.connect(self._kind_chosen)
        self.chooser.form_asked.connect(self._form_asked)
        self.model.ground_came.connect(self._ground_came)
        self.model.ground_failed.connect(self._failed)
        self.model.saved.connect(self._saved)
        self.model.stored.connect(self._stored)
        self.model.submitted.connect(self._submitted)
        self.model.busy_changed.connect(self._show_state)
        self.closed.connect(self._put_away)

    # opening ----------------------------------------------------------------------------------------

    def begin(self, *, applicant: str) -> None:
        """Open where a form was left, or with the choice of the kind."""
        self._applicant = applicant
        self.trouble.clear()
        if self._is_form and self.model.ground is not None and self._is_edited:
            self.open()
            return
        self._turn_draft(0)
        kept = self._kept.read()
        if str(kept.get("kind")) in set(ChangeKind):
            self._resume(kept)
        else:
            self._choose_kind()
        self.open()

    def go_on(self, request_id: int, *, applicant: str) -> None:
        """Open a draft, or a request that was returned, as it is stored or as it was left here."""
        self._applicant = applicant
        self.trouble.clear()
        self.keep()
        self._turn_draft(0)
        if self._kept.read().get("request_id") != request_id:
            self._turn_draft(request_id)
        self._begin_form(self._ident, None, request_id=request_id, kept=self._kept.read())
        self.open()

    def _turn_draft(self, request_id: int) -> None:
        self._kept.keep_for(self._ident, form=f"change-{request_id}" if request_id else "change")

    def _resume(self, kept: dict[str, Any]) -> None:
        ident = int(kept.get("ident") or self._ident)
        request_id = int(kept.get("request_id") or 0)
        self._begin_form(ident, ChangeKind(str(kept["kind"])), request_id=request_id, kept=kept)

    def _choose_kind(self) -> None:
        self.begun.clear()
        self._is_edited = False
        self.chooser.begin()
        self._show_page(self.chooser)
        question = functools.partial(changes.kinds_for, ident=self._ident, today=self._desk.today)
        self._desk.jobs.ask(question, self._kinds_came, screen=self, lane="kinds", failed=self._failed)

    def _kinds_came(self, choices: tuple[KindChoice, ...]) -> None:
        self.chooser.show_kinds(choices)
        if self.pages.currentWidget() is self.chooser and self.isVisible():
            self.chooser.take_keyboard()

    def _kind_chosen(self, choice: KindChoice) -> None:
        self._turn_draft(0)
        if choice.is_allowed:
            self._begin_form(self._ident, choice.kind, request_id=0, kept={})
        else:
            self.model.begin_reserved(choice.kind)
            self._show_form({})

    def _begin_form(
        self, ident: int, kind: ChangeKind | None, *, request_id: int, kept: dict[str, Any]
    ) -> None:
        if ident == self._ident or kind is None:
            self.model.begin(ident, kind, request_id=request_id)
        else:
            self.model.begin_again(ident, kind, request_id=request_id)
        self._show_form(kept)  # made while the server is asked

    def _show_form(self, kept: dict[str, Any]) -> None:
        typed = kept.get("form")
        self._typed = typed if isinstance(typed, dict) else {}
        self._is_edited = bool(self._typed)
        self.begun.clear()
        self._show_page(self.form)
        self.form.setEnabled(False)

    def _ground_came(self, ground: FormGround) -> None:
        self.form.show_ground(ground, applicant=self._applicant, typed=self._typed)

    def _form_filled(self) -> None:
        self.form.setEnabled(True)
        if self._typed:
            self.begun.tell(
                self.tr("This was begun earlier and not submitted. Everything typed is here."),
                action=self.tr("Start over"),
            )
        self.retranslate()
        self._show_state()
        if self.isVisible():
            self.form.take_keyboard()

    def _failed(self, error: Exception) -> None:
        self.trouble.tell(errors.sentence(error), tone=Tone.WARN)

    def _go_back(self) -> None:
        """From a printed form back to what was on the screen, else to the choice of the kind."""
        if self._is_paper and self._under is self._form:
            self._show_page(self.form)
            self.form.take_keyboard()
        else:
            self._start_over()

    def _start_over(self) -> None:
        """Put away what was typed here and choose again; it can be had back."""
        self.keep()
        self._thrown = self._kept.read()
        self._kept.drop()
        self._typed = {}
        if self._thrown:
            self._desk.said.emit(self.tr("The form was put away."), self._restore)
        self._choose_kind()

    def _restore(self) -> None:
        """Take back what was put away a moment ago."""
        thrown, self._thrown = self._thrown, {}
        if thrown and self.isVisible():
            self._kept.keep(thrown)
            self._resume(thrown)

    # keeping ----------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Put what was typed on disk now."""
        if not self._is_edited or not self._is_form or not self.form.isEnabled():
            return
        self._kept.keep(
            {
                "kind": self.model.kind.value,
                "ident": self.model.ident,
                "request_id": self.model.request_id,
                "form": self.form.typed(),
            }
        )

    def _edited(self) -> None:
        self._is_edited = True
        self._kept.note_edit()

    def _stored(self, _request: object) -> None:
        if self._is_edited:
            self._kept.note_edit()  # the draft on disk learns which request it belongs to

    def _put_away(self) -> None:
        self.keep()
        self.viewer.close_sheet()
        if self._is_paper:
            self.paper.put_away()

    # doing ------------------------------------------------------------------------------------------

    def save_draft(self) -> None:
        """Save as a draft in the database."""
        if self.save.isEnabled() and self._is_form:
            self.keep()
            self.form.save()

    def submit_request(self) -> None:
        """Submit; the database gives the number."""
        if self.submit.isEnabled() and self._is_form:
            self.keep()
            self.form.submit()

    def print_paper(self) -> None:
        """Print what is shown: the receipt, or the form of the kind."""
        if self._is_paper:
            self.paper.print_paper()
        elif self.pages.currentWidget() is self.chooser:
            if self.chooser.current is not None:
                self._form_asked(self.chooser.current)
        else:
            self._show_form_paper()

    def _saved(self) -> None:
        if self.model.ident == self._ident:
            self._is_edited = False
            self._kept.drop()
        self.begun.clear()
        self.form.notice.clear()
        self._desk.say(self.tr("The draft is saved. It waits under Changes."))

    def _submitted(self, result: dict[str, Any]) -> None:
        self._is_edited = False
        self._kept.drop()
        self.begun.clear()
        self._under = self.chooser
        self._show_page(self.paper)
        self.paper.show_submitted(self.model.ident, result)
        self.retranslate()
        if self.isVisible():
            self.paper.take_keyboard()
        self._desk.say(self.tr("Submitted: {0}").format(result["number"]))

    def _view(self, paper_id: int, title: str) -> None:
        self.viewer.show_paper(self.model.ident, paper_id, title)

    def _form_asked(self, kind: ChangeKind) -> None:
        self.keep()
        self._under = self.pages.currentWidget() or self.chooser
        self._show_page(self.paper)
        self.set_title(kind_title(kind))
        self.paper.show_form(self._ident, kind)
        self.paper.take_keyboard()

    def _show_form_paper(self) -> None:
        self._form_asked(self.model.kind)

    # showing ----------------------------------------------------------------------------------------

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.viewer.close_sheet()
        self._show_state()
        self.retranslate()

    def _show_state(self) -> None:
        self.is_busy = self.model.is_busy
        is_form = self._is_form
        is_ready = is_form and self.form.isEnabled() and not self.model.is_busy
        for button in (self.save, self.submit, self.form_paper):
            button.setVisible(is_form)
            button.setEnabled(is_ready)
        for key in self._form_keys:
            key.setEnabled(is_form)  # on a paper they print and save that
        self.back.setVisible(self.pages.currentWidget() is not self.chooser)
        self.back.setEnabled(not self.model.is_busy)

    def take_keyboard(self) -> None:
        here = self.window().focusWidget()
        if here is None or not self.isAncestorOf(here):
            page = self.pages.currentWidget()
            if isinstance(page, KindChooser | ChangeForm | ChangePaperPane):
                page.take_keyboard()

    def _focus_first(self) -> None:
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        page = self.pages.currentWidget()
        if isinstance(page, KindChooser | ChangeForm | ChangePaperPane) and page.isEnabled():
            page.take_keyboard()

    def retranslate(self) -> None:
        page = self.pages.currentWidget()
        if page is self.chooser:
            self.set_title(self.tr("New change"))
        elif self._is_form:
            self.set_title(kind_title(self.model.kind))
        elif self._is_paper:
            self.set_title(kind_title(self.paper.kind or self.model.kind))
        if self._is_paper and self._under is self._form:
            self.back.setText(self.tr("Back to the form"))
        else:
            self.back.setText(self.tr("Another change") if self._is_form else self.tr("New change"))
        self.form_paper.setText(self.tr("Form to fill in…"))
        self.save.setText(self.tr("Save as draft"))
        set_tip(self.save, self.tr("Save as draft (Ctrl+S)"))
        self.submit.setText(self.tr("Submit"))
        set_tip(self.submit, self.tr("Submit (Ctrl+Enter)"))
