"""Changes: the requests to change what an account is charged by or who is billed, and filing one."""

import functools
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.changes import WITH_DECISION, WITH_RECEIPT, ChangeState
from app.domain.topics import Topic
from app.usecases import changes
from app.usecases.changes import PaperAbout, Request, RequestRow
from ui.changes import words
from ui.changes.paper_pane import ChangePaperPane
from ui.changes.paper_viewer import PaperViewer
from ui.changes.reason_strip import ReasonStrip
from ui.changes.request_view import RequestView
from ui.desk.desk import Desk
from ui.desk.places import AccountSection, Place
from ui.kit.buttons import Button, ButtonKind
from ui.kit.list_section import Question
from ui.kit.master_detail import MasterDetail
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import set_tip
from ui.kit.table import Column
from ui.kit.tokens import GRID
from ui.papers.sheet import DocumentSheet
from ui.words import errors, states, text


class ChangesSection(Speaking, MasterDetail):
    """The requests of an account, the latest first, each in full beside the list."""

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__("changes", _columns(), parent, jobs=desk.jobs, preferences=desk.preferences)
        self._desk = desk
        self._ident = ident
        self._page = parent.parentWidget() or parent
        self._viewer: PaperViewer | None = None
        self._papers: DocumentSheet[ChangePaperPane] | None = None
        self._make_buttons()
        self.reason = ReasonStrip("changes.reason", self.detail_host)
        self.view = RequestView(desk, "changes.request", self.detail_host)
        self.detail.addWidget(self.reason)
        self.detail.addWidget(self.view)
        self.table.row_opened.connect(self._row_opened)
        self.view.paper_opened.connect(self._view_paper)
        self.view.request_opened.connect(self.go_to)
        self.reason.given.connect(self._reason_given)
        self.action_chosen.connect(self.begin_change)
        self.follow(desk.jobs.changed, {Topic.CHANGES})
        self.retranslate()

    def _make_buttons(self) -> None:
        across = QHBoxLayout()
        across.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, GRID)
        across.setSpacing(2 * GRID)
        self.new = Button("changes.new", self.content, kind=ButtonKind.PRIMARY, icon_name="plus")
        self.go_on = Button("changes.go_on", self.content, icon_name="edit")
        self.receipt = Button("changes.receipt", self.content, icon_name="receipt")
        self.decision = Button("changes.decision", self.content, icon_name="file-text")
        self.cancel = Button("changes.cancel", self.content, kind=ButtonKind.QUIET, icon_name="x")
        self.undo = Button("changes.undo", self.content, kind=ButtonKind.QUIET, icon_name="history")
        self.new.clicked.connect(self.begin_change)
        self.go_on.clicked.connect(self._go_on)
        self.receipt.clicked.connect(self._show_receipt)
        self.decision.clicked.connect(self._show_decision)
        self.cancel.clicked.connect(self._ask_why_cancelled)
        self.undo.clicked.connect(self._ask_why_undone)
        across.addWidget(self.new)
        across.addStretch(1)
        for button in (self.go_on, self.receipt, self.decision, self.undo, self.cancel):
            across.addWidget(button)
        self.body.insertLayout(0, across)

    # the list ---------------------------------------------------------------------------------------

    def forget_account(self) -> bool:
        if self._viewer is not None:
            self._viewer.close_sheet()
        if self._papers is not None:
            self._papers.forget_account()
        self.view.clear()
        self.reason.close_strip()
        return super().forget_account()

    def show_account(self, ident: int) -> None:
        self._ident = ident

    def go_to(self, what: object) -> None:
        """Show one request, now or as soon as the list is here."""
        if isinstance(what, int):
            self.want(what)

    @property
    def sheets(self) -> list[Sheet]:
        return [sheet for sheet in (self._viewer, self._papers) if sheet is not None]

    def question(self, after: int | None) -> Question:
        return functools.partial(changes.change_page, ident=self._ident, after=after)

    def key_of(self, row: RequestRow) -> int:
        return row.id

    # the request that is chosen ---------------------------------------------------------------------

    def show_detail(self, row: RequestRow) -> None:
        self.reason.close_strip()
        self._ask_request(row.id)

    def _ask_request(self, request_id: int) -> None:
        question = functools.partial(
            changes.change_of, ident=self._ident, request_id=request_id, today=self._desk.today
        )
        self._desk.jobs.ask(question, self._request_came, screen=self, lane="request", failed=self._not_read)

    def _request_came(self, request: Request) -> None:
        self.view.show_request(request)
        self._show_moves(request)

    def _not_read(self, error: Exception) -> None:
        self._desk.say(errors.sentence(error))

    def _show_moves(self, request: Request | None) -> None:
        self.go_on.setVisible(request is not None and request.is_editable)
        self.receipt.setVisible(request is not None and request.state in WITH_RECEIPT)
        self.decision.setVisible(request is not None and request.state in WITH_DECISION)
        self.cancel.setVisible(request is not None and ChangeState.CANCELLED in request.moves)
        self.undo.setVisible(request is not None and request.can_undo)
        if request is not None:
            is_draft = request.state is ChangeState.DRAFT
            self.go_on.setText(self.tr("Continue") if is_draft else self.tr("Complete"))

    # doing ------------------------------------------------------------------------------------------

    def begin_change(self) -> None:
        """File a new request."""
        self._desk.go(self._place())

    def _go_on(self) -> None:
        if self.view.request is not None:
            self._desk.go(self._place(self.view.request.id))

    def _row_opened(self, _row: int) -> None:
        if self.view.request is not None and self.view.request.is_editable:
            self._go_on()

    def _place(self, request_id: int = 0) -> Place:
        return Place.account(
            self._ident, section=AccountSection.CHANGES, doing="account.change", request_id=request_id
        )

    def _show_receipt(self) -> None:
        self._show_paper(PaperAbout.RECEIPT)

    def _show_decision(self) -> None:
        self._show_paper(PaperAbout.DECISION)

    def _show_paper(self, about: PaperAbout) -> None:
        request = self.view.request
        if request is None:
            return
        if self._papers is None:
            make = functools.partial(ChangePaperPane, self._desk)
            self._papers = DocumentSheet("change_paper", self._page, make)
        self._papers.pane.show_about(about, request.ident, request.id)
        self._papers.open()

    def _view_paper(self, paper_id: int, title: str) -> None:
        if self._viewer is None:
            self._viewer = PaperViewer(self._desk, "changes.viewer", self._page)
        self._viewer.show_paper(self._ident, paper_id, title)

    def _ask_why_cancelled(self) -> None:
        self.reason.begin("cancel", self.tr("Why the request is cancelled"), self.tr("Cancel the request"))

    def _ask_why_undone(self) -> None:
        self.reason.begin("undo", self.tr("Why the change is taken back"), self.tr("File its undoing"))

    def _reason_given(self, what: str, reason: str) -> None:
        request = self.view.request
        if request is None:
            return
        if what == "cancel":
            action: Any = functools.partial(
                changes.cancel,
                ident=request.ident,
                request_id=request.id,
                seen_version=request.version,
                reason=reason,
            )
        else:
            action = functools.partial(
                changes.undo, ident=request.ident, request_id=request.id, reason=reason
            )
        self._desk.jobs.act(action, self._moved, screen=self, failed=self._not_moved)

    def _moved(self, moved: dict[str, Any]) -> None:
        self.reason.close_strip()
        self.want(int(moved["request_id"]))
        if moved["state"] == ChangeState.CANCELLED:
            self._desk.say(self.tr("The request is cancelled."))
        else:
            self._desk.say(self.tr("The undoing is filed; it is decided like any other request."))

    def _not_moved(self, error: Exception) -> None:
        self.reason.show_error(errors.sentence(error))
        if self.view.request is not None:
            self._ask_request(self.view.request.id)

    # words ------------------------------------------------------------------------------------------

    def say_empty(self) -> None:
        self.show_empty(
            self.tr("No changes"),
            self.tr("No change of data was filed for this account. What was changed before is under Data."),
            action=self.tr("New change (C)"),
            icon_name="edit",
        )

    def retranslate(self) -> None:
        self.model.set_titles(
            {
                "number": self.tr("Number"),
                "kind": self.tr("Change"),
                "state": self.tr("State"),
                "received": self.tr("Received"),
                "from": self.tr("From"),
                "decided": self.tr("Decided by"),
            }
        )
        self.new.setText(self.tr("New change"))
        set_tip(self.new, self.tr("New change (C)"))
        self.receipt.setText(self.tr("Receipt"))
        self.decision.setText(self.tr("Decision"))
        self.cancel.setText(self.tr("Cancel it"))
        self.undo.setText(self.tr("Take it back"))
        self._show_moves(self.view.request)
        if self.is_empty:
            self.say_empty()


def _columns() -> list[Column[RequestRow]]:
    return [
        Column(name="number", as_=text.or_dash, width=128, strong=True),
        Column(name="kind", as_=words.kind_word, width=176, stretches=True, hinted=True),
        Column(name="state", as_=states.word, toned=states.tone, width=166),
        Column(name="received", field="received_on", as_=text.day, width=88),
        Column(name="from", field="applies_from", as_=text.period, width=70),
        Column(name="decided", field="decided_by", width=120, quiet=True, hidden=True),
    ]
