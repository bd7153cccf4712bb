"""A request while it is filled in: what it stands on, what of it is stored, and what is being stored.

Steps wait for one another: the first one that stores anything makes the draft the
others belong to.
"""

import functools
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.domain.changes import ChangeKind, PaperKind, Value, canonical
from app.domain.errors import Conflict, Refused
from app.domain.papers import Scan
from app.domain.visits import Channel, Purpose
from app.usecases import changes, visits
from app.usecases.changes import Filing, FormGround, OpenedForm, Request, WrittenForm
from db.errors import NotDone
from ui.changes import paper_intake
from ui.desk.desk import Desk


class FilingStep(StrEnum):
    """What is being stored."""

    SAVE = "save"
    ATTACH = "attach"
    SEE = "see"
    REMOVE = "remove"
    SUBMIT = "submit"


@dataclass(frozen=True, slots=True)
class _Doing:
    """A step that waits or is under way; ``work`` takes what is written at that moment."""

    step: FilingStep
    written: WrittenForm
    work: Callable[..., Any]
    paper: PaperKind | None = None


class FilingModel(QObject):
    """Stores a form step by step, and tells what became of each."""

    ground_came = Signal(object)
    """FormGround: what the form stands on."""
    ground_failed = Signal(object)
    stored = Signal(object)
    """Request: how it is stored now, with its papers."""
    saved = Signal()
    """The clerk asked to save, and it is done."""
    submitted = Signal(object)
    """Submitted: the number and the month."""
    refused = Signal(object, object, object)
    """A step failed: the error, the step and its paper or None."""
    busy_changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.ident = 0
        self.kind = ChangeKind.HOLDER
        self.ground: FormGround | None = None
        self.request: Request | None = None
        self.request_id = 0
        self.version = 0
        self._waiting: deque[_Doing] = deque()
        self._doing: _Doing | None = None
        self._again: tuple[_Doing, UUID] | None = None
        """A step that was not done: sent again unchanged, both ways of sending it do it once."""
        self._is_behind = False
        self._resumed = (0, 0)

    @property
    def is_busy(self) -> bool:
        """Whether something is being stored, or what somebody else stored is still to be read."""
        return self._doing is not None or self._is_behind

    def begin(self, ident: int, kind: ChangeKind | None, *, request_id: int = 0) -> None:
        """Ask what a form of this kind stands on; of a request that is stored, how it stands as well.

        Without a kind it is that of the request.
        """
        self.ident, self.kind = ident, kind or self.kind
        self.ground = self.request = None
        self.request_id, self.version = request_id, 0
        self._is_behind = False
        self._waiting.clear()
        question = functools.partial(
            changes.open_form, ident=ident, kind=kind, request_id=request_id, today=self._today
        )
        self._desk.jobs.ask(
            question, self._ground_read, screen=self, lane="ground", failed=self._ground_not_read
        )

    def begin_reserved(self, kind: ChangeKind) -> None:
        """Take a new account's number, and ask what a form for it stands on."""
        self.ident, self.kind, self.ground, self.request = 0, kind, None, None
        self._desk.jobs.act(
            changes.reserve_account, self._reserved, screen=self, failed=self._ground_not_read
        )

    def _reserved(self, ident: int) -> None:
        self.begin(ident, self.kind)

    def begin_again(self, ident: int, kind: ChangeKind, *, request_id: int) -> None:
        """Go on with a form for a number that was reserved earlier: no visit, no data."""
        self.kind, self.ground, self.request = kind, None, None
        self._resumed = (ident, request_id)
        action = functools.partial(
            visits.open_account, ident=ident, purpose=Purpose.SERVICE, channel=Channel.COUNTER
        )
        self._desk.jobs.act(action, self._visited, screen=self, failed=self._ground_not_read)

    def _visited(self, _visit: object) -> None:
        ident, request_id = self._resumed
        self.begin(ident, self.kind, request_id=request_id)

    @property
    def _today(self) -> Any:
        return self._desk.today

    def _ground_read(self, opened: OpenedForm) -> None:
        self.ground, self.request = opened.ground, opened.request
        self.kind = self.ground.declaration.kind
        if self.request is not None:
            self.ident = self.request.ident
            self.request_id, self.version = self.request.id, self.request.version
        self.ground_came.emit(self.ground)

    def _ground_not_read(self, error: Exception) -> None:
        self.ground_failed.emit(error)

    # storing ----------------------------------------------------------------------------------------

    def save(self, filing: Filing, values: Mapping[str, object]) -> None:
        """Save what is filled in as a draft."""
        self._add(FilingStep.SAVE, filing, values, changes.save_form)

    def submit(self, filing: Filing, values: Mapping[str, object], *, confirmed: bool) -> None:
        """Save what is filled in and submit it."""
        self._add(
            FilingStep.SUBMIT, filing, values, functools.partial(changes.submit_form, confirmed=confirmed)
        )

    def attach(
        self, filing: Filing, values: Mapping[str, object], *, paper: PaperKind, act: str, scan: Scan
    ) -> None:
        """Store a scan."""
        work = functools.partial(changes.attach_scan, paper_kind=paper, act=act, scan=scan)
        self._add(FilingStep.ATTACH, filing, values, work, paper)

    def see(
        self,
        filing: Filing,
        values: Mapping[str, object],
        *,
        paper: PaperKind,
        act: str,
        paper_id: int,
        number: str,
    ) -> None:
        """Put on record that an original was seen, and the number that was read off it."""
        work = functools.partial(
            changes.see_paper, paper_kind=paper, act=act, paper_id=paper_id, number=number
        )
        self._add(FilingStep.SEE, filing, values, work, paper)

    def remove(
        self, filing: Filing, values: Mapping[str, object], *, paper: PaperKind, paper_id: int
    ) -> None:
        """Take a paper away."""
        self._add(
            FilingStep.REMOVE, filing, values, functools.partial(changes.take_away, paper_id=paper_id), paper
        )

    def _add(
        self,
        step: FilingStep,
        filing: Filing,
        values: Mapping[str, object],
        work: Callable[..., Any],
        paper: PaperKind | None = None,
    ) -> None:
        if self.ground is None:
            return
        stored: Mapping[str, Value] = canonical(self.ground.declaration, values)
        written = WrittenForm(self.ident, self.kind, filing, stored)
        self._waiting.append(_Doing(step, written, work, paper))
        self._go_on()

    def _go_on(self) -> None:
        if self.is_busy or not self._waiting:
            return
        doing = self._waiting.popleft()
        written = replace(doing.written, request_id=self.request_id, version=self.version)
        doing = replace(doing, written=written)
        self._doing = doing
        self.busy_changed.emit()
        same = self._again is not None and _is_same(self._again[0], doing)
        self._desk.jobs.act(
            functools.partial(doing.work, written=written),
            self._done,
            screen=self,
            failed=self._failed,
            key=self._again[1] if same and self._again is not None else None,
        )

    def _done(self, result: dict[str, Any]) -> None:
        doing, self._doing, self._again = self._doing, None, None
        if doing is None:
            return
        self.request_id, self.version = int(result["request_id"]), int(result["version"])
        self.busy_changed.emit()
        if doing.step is FilingStep.SUBMIT:
            self._waiting.clear()
            self.submitted.emit(result)
            return
        if doing.step is FilingStep.SAVE:
            self.saved.emit()
        self.read_again()
        self._go_on()

    def _failed(self, error: Exception) -> None:
        doing, self._doing = self._doing, None
        if doing is None:
            return
        self._again = (doing, error.key) if isinstance(error, NotDone) else None
        self._waiting.clear()
        self.busy_changed.emit()
        if isinstance(error, Conflict) and self.request_id:
            self._is_behind = True
            self.busy_changed.emit()
            self.read_again()
        self.refused.emit(error, doing.step, doing.paper)

    def read_again(self) -> None:
        """Ask how the request is stored now."""
        if self.request_id:
            question = functools.partial(
                changes.change_of, ident=self.ident, request_id=self.request_id, today=self._today
            )
            self._desk.jobs.ask(question, self._read, screen=self, lane="stored", failed=self._not_read)

    def _read(self, request: Request) -> None:
        self.request = request
        if self._is_behind:
            self._is_behind = False
            self.version = request.version  # what was typed stays: saving again is saving over theirs
            self.busy_changed.emit()
        self.stored.emit(request)

    def _not_read(self, _error: Exception) -> None:
        """Go on with what is known: what is shown is a moment old, and the next step asks again."""
        if self._is_behind:
            self._is_behind = False
            self.busy_changed.emit()

    # files ------------------------------------------------------------------------------------------

    scan_read = Signal(object, object)
    """PaperKind and Scan: a file was read and may be stored."""
    scan_failed = Signal(object, object)
    """PaperKind and the error: a file cannot be read."""

    def read_file(self, paper: PaperKind, path: str) -> None:
        """Read a file for a paper."""
        self._read_scan(paper, functools.partial(paper_intake.read_scan, path=path))

    def read_picture(self, paper: PaperKind, picture: QImage, *, name: str) -> None:
        """Make a file of a picture from the clipboard."""
        self._read_scan(paper, functools.partial(paper_intake.encode_picture, picture=picture, name=name))

    def _read_scan(self, paper: PaperKind, read: Callable[[], Scan]) -> None:
        chore = functools.partial(_scan, paper=paper, read=read)
        self._desk.jobs.do(chore, self._scan_read, screen=self)

    def _scan_read(self, found: tuple[PaperKind, Scan | Refused]) -> None:
        paper, scan = found
        if isinstance(scan, Refused):
            self.scan_failed.emit(paper, scan)
        else:
            self.scan_read.emit(paper, scan)


def _scan(*, paper: PaperKind, read: Callable[[], Scan]) -> tuple[PaperKind, Scan | Refused]:
    """Read a file for a paper; a refusal is an answer too, so that it finds its paper."""
    try:
        return paper, read()
    except Refused as refusal:
        return paper, refusal


def _is_same(one: _Doing, other: _Doing) -> bool:
    if (one.step, one.written, one.paper) != (other.step, other.written, other.paper):
        return False
    works = (one.work, other.work)
    if all(isinstance(work, functools.partial) for work in works):
        return works[0].func is works[1].func and works[0].keywords == works[1].keywords  # type: ignore[attr-defined]
    return works[0] is works[1]
