"""The review of one request: what is to change, on which papers, with what effect, and the decision.

Looking at a request takes it, so that nobody else works on it, and opens a visit to
its account.  Both are given back on leaving, and when the desk is locked.
"""

import functools
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.domain.changes import OPEN, ChangeState
from app.domain.errors import Conflict
from app.domain.visits import Purpose
from app.usecases import changes, visits
from app.usecases.changes import Moved, ProviderChoice, Request, RequestClaim, Reviewed
from ui.changes.request_view import RequestView
from ui.desk.desk import Desk
from ui.desk.places import AccountSection, Place
from ui.jobs import Action
from ui.kit.banners import Banner
from ui.kit.section import Section
from ui.kit.speaking import Speaking
from ui.kit.tokens import GRID
from ui.words import errors
from ui.words.tones import Tone
from ui.work import decisions, words
from ui.work.decision_bar import DecisionBar
from ui.work.decision_strip import DecisionStrip
from ui.work.decisions import NEED_WORDS, Decided, Move
from ui.work.keyboard import is_typed_elsewhere, keep_keyboard
from ui.work.paper_pane import PaperPane
from ui.work.review_head import ReviewHead
from ui.work.warning_panel import WarningPanel

_HOLD_AGAIN_MS = 5 * 60_000
"""A claim expires after a quarter of an hour; whoever still reads keeps theirs."""
_REQUEST_WIDTH, _PAPERS_WIDTH = 760, 520


class Review(Speaking, Section):
    """One request after the other, decided by a key."""

    left = Signal()
    """Back to the list."""
    decided = Signal(object)
    """Decided: the request is done with; the next one may come."""
    taken_by_other = Signal()
    """Somebody else has the request that came by itself: the next one may come."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("review", parent)
        self._desk = desk
        self._target: tuple[int, int] | None = None
        self._reviewed: Reviewed | None = None
        self._request: Request | None = None
        self._taken_by: RequestClaim | None = None
        self._holds = False
        self._came_by_itself = False
        self._is_deciding = False
        self._undo_wanted = False
        self._conflict: Conflict | None = None
        self.head = ReviewHead(self)
        self.notice = Banner("review.notice", self)
        self.notice.action_chosen.connect(self.reload)
        self._build(desk)
        self.strip = DecisionStrip(self)
        self.bar = DecisionBar(self)
        self.column.insertWidget(0, self.head)
        self.column.insertWidget(1, self.notice)
        self.column.addWidget(self.strip)
        self.column.addWidget(self.bar)
        self._hold = QTimer(self)
        self._hold.setInterval(_HOLD_AGAIN_MS)
        self._hold.timeout.connect(self._hold_again)
        self.head.left.connect(self.leave)
        self.bar.chosen.connect(self.choose)
        self.strip.confirmed.connect(self._send)
        self.strip.put_away.connect(self.bar.show)
        self.strip.dropped.connect(self.take_keyboard)
        self.retranslate()

    def _build(self, desk: Desk) -> None:
        """Put the request on the left and its papers on the right."""
        splitter = QSplitter(Qt.Orientation.Horizontal, self.content)
        splitter.setObjectName("review.splitter")
        splitter.setChildrenCollapsible(False)
        self.around = QScrollArea(splitter)
        self.around.setObjectName("review.scroll")
        self.around.setWidgetResizable(True)
        self.around.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = QWidget(self.around)
        inside.setProperty("ground", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        self.caution = WarningPanel(inside)
        self.view = RequestView(desk, "review.request", inside)
        self.view.title.hide()  # the head says it already
        self.view.state.setMaximumSize(0, 0)
        self.view.paper_opened.connect(self._paper_opened)
        self.view.request_opened.connect(self._other_opened)
        column.addWidget(self.caution)
        column.addWidget(self.view)
        column.addStretch(1)
        self.around.setWidget(inside)
        self.papers = PaperPane(desk, splitter)
        splitter.addWidget(self.around)
        splitter.addWidget(self.papers)
        splitter.setSizes([_REQUEST_WIDTH, _PAPERS_WIDTH])
        self.body.addWidget(splitter)

    # coming and going ----------------------------------------------------------------------------

    def begin(self, ident: int, request_id: int, *, by_itself: bool = False, undoing: bool = False) -> None:
        """Take a request and show it; ``by_itself`` says that nobody chose this very one."""
        if self._target not in (None, (ident, request_id)):
            self._give_back()
        self._target = (ident, request_id)
        self._request = None
        self._came_by_itself = by_itself
        self._undo_wanted = undoing
        self._conflict = None
        self.notice.clear()
        self.strip.clear()
        self.bar.offer(frozenset(), why_not="")
        self.reload()

    def reload(self) -> None:
        """Take the request again, and read what is stored now."""
        if self._target is None:
            return
        self.notice.clear()
        self._conflict = None
        self.show_busy()
        ident, _ = self._target
        action = functools.partial(visits.open_visits, idents=(ident,), purpose=Purpose.CASE)
        self._desk.jobs.act(action, self._opened, screen=self, failed=self._failed)

    load = reload

    def leave(self) -> None:
        """Give the request back, and return to the list."""
        self.rest()
        self._target = None
        self.left.emit()

    def rest(self) -> None:
        """Give back what is held, and keep what is on the screen; ``reload`` takes it again."""
        self._hold.stop()
        self._give_back()

    def _give_back(self) -> None:
        if self._target is None or not self._holds:
            return
        self._holds = False
        ident, request_id = self._target
        action = functools.partial(
            changes.put_back,
            ident=ident,
            request_id=request_id,
            keeps_visit=ident in self._desk.accounts.idents,
        )
        self._desk.jobs.act(action, self._given_back, screen=self, failed=self._not_given_back)

    def _given_back(self, _result: object) -> None:
        pass

    def _not_given_back(self, _error: Exception) -> None:
        pass  # a claim expires by itself, and so does a visit

    def _opened(self, _result: object) -> None:
        if self._target is None:
            return
        self._holds = True
        ident, request_id = self._target
        question = functools.partial(
            changes.look_at, ident=ident, request_id=request_id, today=self._desk.today
        )
        self._desk.jobs.ask(question, self._came, screen=self, lane="request", failed=self._failed)

    def _came(self, reviewed: Reviewed) -> None:
        request = reviewed.request
        if (request.ident, request.id) != self._target:
            return
        self._reviewed = reviewed
        if request.state not in OPEN:
            self._show(None)
            return
        action = functools.partial(changes.claim, ident=request.ident, request_id=request.id)
        self._desk.jobs.act(action, self._taken, screen=self, failed=self._failed)

    def _taken(self, claim: RequestClaim) -> None:
        if self._target is None:
            return
        if claim["is_mine"]:
            self._hold.start()
        if self._came_by_itself and not claim["is_mine"]:
            self.show_waiting_over()
            self.taken_by_other.emit()
        else:
            self._show(claim)

    def _hold_again(self) -> None:
        if self._target is not None and self._holds:
            ident, request_id = self._target
            action = functools.partial(changes.claim, ident=ident, request_id=request_id)
            self._desk.jobs.act(action, self._still_held, screen=self, failed=self._not_given_back)

    def _still_held(self, claim: RequestClaim) -> None:
        if not claim["is_mine"]:
            self.reload()

    # what is seen --------------------------------------------------------------------------------

    def _show(self, claim: RequestClaim | None) -> None:
        reviewed = self._reviewed
        if reviewed is None or (reviewed.request.ident, reviewed.request.id) != self._target:
            return
        request = self._request = reviewed.request
        self._taken_by = claim if claim is not None and not claim["is_mine"] else None
        self.show_rows()
        self.head.show_request(reviewed, today=self._desk.today)
        self.caution.show_request(reviewed)
        self.view.show_request(request)
        self.papers.show_request(request)
        self.around.verticalScrollBar().setValue(0)
        self._offer()
        if self._undo_wanted and request.can_undo:
            self._undo_wanted = False
            self.choose(Move.UNDO)
        elif self.strip.isHidden() and not is_typed_elsewhere(self):
            self.take_keyboard()

    def _offer(self) -> None:
        request = self._request
        if request is None:
            return
        if self._taken_by is not None:
            since = datetime.fromisoformat(self._taken_by["claimed_at"])
            taken = words.taken_word(self._taken_by["full_name"], since, is_mine=False)
            self.bar.offer(
                frozenset(), why_not=self.tr("This request is {0}: it can be read here.").format(taken)
            )
            return
        me = self._desk.me
        self.bar.offer(decisions.moves_of(request, me), why_not=decisions.why_not_approved(request, me))

    def take_keyboard(self) -> None:
        """Put the cursor where the keys of a decision are heard: into the strip if it is open."""
        if not self.strip.isHidden():
            self.strip.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.around.setFocus(Qt.FocusReason.OtherFocusReason)  # the arrows read on

    def _paper_opened(self, paper_id: int, _title: str) -> None:
        self.papers.show_paper(paper_id)

    def _other_opened(self, request_id: int) -> None:
        if self._target is not None:
            self.begin(self._target[0], request_id)

    @property
    def request(self) -> Request | None:
        """The request that is seen, once it has come."""
        return self._request

    # deciding ------------------------------------------------------------------------------------

    def choose(self, move: Move) -> None:
        """Begin a decision that is offered: ask for its reason, or make it at once."""
        if self._request is None or self._is_deciding or not self.bar.is_offered(move):
            return
        needs_order = (
            move is Move.APPROVE
            and self._request.state is ChangeState.WITH_PROVIDER
            and not self._request.provider_order
        )
        if move in NEED_WORDS or needs_order:
            self.bar.hide()
            self.strip.begin(move)
            if move is Move.PROVIDER:
                self._ask_for_providers()
        else:
            self.strip.clear()
            self._do(move)

    def open_account(self) -> None:
        """Go to the account, its changes before one."""
        if self._target is not None:
            ident, request_id = self._target
            self._desk.go(Place.account(ident, section=AccountSection.CHANGES, request_id=request_id))

    def _ask_for_providers(self) -> None:
        self._desk.jobs.ask(
            changes.providers, self._providers_came, screen=self, lane="providers", failed=self._refused
        )

    def _providers_came(self, found: tuple[ProviderChoice, ...]) -> None:
        self.strip.set_providers(found)

    def _send(self) -> None:
        if self.strip.asked is not None:
            self._do(self.strip.asked)

    def _do(self, move: Move) -> None:
        request = self._request
        if request is None or self._is_deciding:
            return
        if move is Move.PROVIDER and self.strip.provider.value() is None:
            return
        self._is_deciding = True
        keep_keyboard(self.around, of=self.bar)
        self.strip.set_sending(is_sending=True)
        self.bar.set_busy(is_busy=True)
        self.notice.clear()
        self._made = Decided(request.ident, request.id, request.number, move)
        action = decisions.action_of(
            move,
            request,
            reason=self.strip.reason.value(),
            order=self.strip.order.value(),
            provider_id=int(self.strip.provider.value() or 0),
        )
        if move is Move.ORDER and self.strip.path is not None:
            chore = functools.partial(decisions.with_order, action, path=self.strip.path)
            self._desk.jobs.do(chore, self._act, screen=self, failed=self._refused)
        else:
            self._act(action)

    def _act(self, action: Action[Moved]) -> None:
        title = self.tr("Decision on {0}").format(self._made.number)
        self._desk.jobs.act(action, self._done, screen=self, failed=self._refused, title=title)

    def _done(self, _moved: Moved) -> None:
        self._settle()
        keep_keyboard(self.around, of=self.strip)
        self.strip.clear()
        if self._made.move is Move.ORDER:
            self._desk.say(self.tr("The provider's order on {0} is written down.").format(self._made.number))
            self.reload()
        else:
            self.decided.emit(self._made)

    def _settle(self) -> None:
        self._is_deciding = False
        self.strip.set_sending(is_sending=False)
        self.bar.set_busy(is_busy=False)

    def _refused(self, error: Exception) -> None:
        """Say why at the request; what was typed stays."""
        self._settle()
        if isinstance(error, Conflict):
            self._conflict = error
            self._say_conflict(error)
            self.bar.offer(frozenset(), why_not="")
        else:
            self.notice.tell(errors.sentence(error), tone=Tone.BAD)

    def _say_conflict(self, error: Conflict) -> None:
        kind = self._request.kind if self._request is not None else None
        self.notice.tell(
            words.conflict_sentence(error, kind=kind),
            tone=Tone.WARN,
            action=self.tr("Show what is stored now"),
        )

    def _failed(self, error: Exception) -> None:
        self.show_failure(errors.sentence(error))

    # Qt ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and self._target is not None:
            if self.isEnabled():
                self._return()
            else:
                self.rest()

    def _return(self) -> None:
        """The desk was unlocked: take the request again, and keep what was begun."""
        if not self._holds:
            self.reload()

    def retranslate(self) -> None:
        if self._conflict is not None:
            self._say_conflict(self._conflict)
        self._offer()
