"""What filing a request does in the database, each step in one transaction: all of it, or nothing.

A paper needs a request to lie with, so the first paper saves the draft with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.changes import ChangeKind, PaperKind, Value
from app.domain.papers import Scan
from app.usecases.changes import papers
from app.usecases.changes.filing import Saved, Submitted, change_draft, save_draft, submit
from app.usecases.changes.grounds import FormGround, form_of
from app.usecases.changes.questions import change_of
from app.usecases.changes.requests import Filing, Request


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """A form as it is filled in; ``request_id`` is 0 until it was saved for the first time."""

    ident: int
    kind: ChangeKind
    filing: Filing
    values: Mapping[str, Value]
    request_id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """What a form stands on, and of a request that is stored, how it stands."""

    ground: FormGround
    request: Request | None


def open_form(
    session: Session, *, ident: int, kind: ChangeKind | None, request_id: int, today: date
) -> OpenedForm:
    """Ask what a form stands on; with a ``request_id`` its kind is that of the request.

    Raises: NoSuchRequest, NoSuchAccount.
    """
    request = None
    if request_id:
        request = change_of(session, ident=ident, request_id=request_id, today=today)
        kind = request.kind
    if kind is None:
        raise ValueError(kind)
    return OpenedForm(form_of(session, ident=ident, kind=kind, today=today), request)


def save_form(session: Session, *, written: WrittenForm) -> Saved:
    """Save what is filled in.

    Raises: Conflict; refusals with ``field``.
    """
    if not written.request_id:
        return save_draft(
            session,
            ident=written.ident,
            kind=written.kind,
            filing=written.filing,
            values=written.values,
        )
    return change_draft(
        session,
        ident=written.ident,
        request_id=written.request_id,
        seen_version=written.version,
        filing=written.filing,
        values=written.values,
    )


def attach_scan(
    session: Session, *, written: WrittenForm, paper_kind: PaperKind, act: str, scan: Scan
) -> Saved:
    """Store a scan, and the draft with it where there is none yet."""
    saved = _saved(session, written)
    papers.attach_paper(
        session,
        ident=written.ident,
        request_id=saved["request_id"],
        paper_kind=paper_kind,
        act=act,
        file_name=scan.file_name,
        content=scan.content,
    )
    return saved


def see_paper(
    session: Session,
    *,
    written: WrittenForm,
    paper_kind: PaperKind,
    act: str,
    paper_id: int,
    number: str = "",
) -> Saved:
    """Put on record that an original was seen: of a stored paper, or of one no copy is kept of."""
    saved = _saved(session, written)
    if paper_id:
        papers.see_original(session, ident=written.ident, paper_id=paper_id)
    else:
        papers.see_original_only(
            session,
            ident=written.ident,
            request_id=saved["request_id"],
            paper_kind=paper_kind,
            act=act,
            number=number,
        )
    return saved


def take_away(session: Session, *, written: WrittenForm, paper_id: int) -> Saved:
    """Take a paper away."""
    papers.remove_paper(session, ident=written.ident, paper_id=paper_id)
    return Saved(request_id=written.request_id, version=written.version)


def submit_form(session: Session, *, written: WrittenForm, confirmed: bool) -> Submitted:
    """Save what is filled in and submit it.

    Raises: SubmissionNeedsConfirmation; Conflict; refusals with ``field``.
    """
    saved = save_form(session, written=written)
    return submit(
        session,
        ident=written.ident,
        request_id=saved["request_id"],
        seen_version=saved["version"],
        confirmed=confirmed,
    )


def _saved(session: Session, written: WrittenForm) -> Saved:
    if not written.request_id:
        return save_form(session, written=written)
    return Saved(request_id=written.request_id, version=written.version)
