"""What filing a request does in the database, each step in one transaction: all of it, or nothing.

A paper needs a request to lie with, so the first paper saves the draft with it.
Everything here runs on the thread of the actions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.domain.changes import ChangeKind, PaperKind, Value
from app.usecases import changes
from app.usecases.changes import Filing, Saved, Submitted
from ui.changes.paper_intake import Scan


@dataclass(frozen=True, slots=True)
class Written:
    """A form as it is filled in; ``request_id`` is 0 until it was saved for the first time."""

    ident: int
    kind: ChangeKind
    filing: Filing
    values: Mapping[str, Value]
    request_id: int = 0
    version: int = 0


def save(session: Session, *, written: Written) -> Saved:
    """Save what is filled in.

    Raises: Conflict; refusals with ``field``.
    """
    if not written.request_id:
        return changes.save_draft(
            session,
            ident=written.ident,
            kind=written.kind,
            filing=written.filing,
            values=written.values,
        )
    return changes.change_draft(
        session,
        ident=written.ident,
        request_id=written.request_id,
        seen_version=written.version,
        filing=written.filing,
        values=written.values,
    )


def attach(
    session: Session, *, written: Written, paper_kind: PaperKind, act: str, scan: Scan
) -> dict[str, Any]:
    """Store a scan, and the draft with it where there is none yet."""
    saved = _saved(session, written)
    changes.attach_paper(
        session,
        ident=written.ident,
        request_id=saved["request_id"],
        paper_kind=paper_kind,
        act=act,
        file_name=scan.file_name,
        content=scan.content,
    )
    return dict(saved)


def see(
    session: Session, *, written: Written, paper_kind: PaperKind, act: str, paper_id: int
) -> dict[str, Any]:
    """Put on record that an original was seen: of a stored paper, or of one no copy is kept of."""
    saved = _saved(session, written)
    if paper_id:
        changes.see_original(session, ident=written.ident, paper_id=paper_id)
    else:
        changes.see_original_only(
            session,
            ident=written.ident,
            request_id=saved["request_id"],
            paper_kind=paper_kind,
            act=act,
        )
    return dict(saved)


def remove(session: Session, *, written: Written, paper_id: int) -> dict[str, Any]:
    """Take a paper away."""
    changes.remove_paper(session, ident=written.ident, paper_id=paper_id)
    return {"request_id": written.request_id, "version": written.version}


def submit(session: Session, *, written: Written, confirmed: bool) -> Submitted:
    """Save what is filled in and submit it.

    Raises: SubmissionNeedsConfirmation; Conflict; refusals with ``field``.
    """
    saved = save(session, written=written)
    return changes.submit(
        session,
        ident=written.ident,
        request_id=saved["request_id"],
        seen_version=saved["version"],
        confirmed=confirmed,
    )


def _saved(session: Session, written: Written) -> Saved:
    if not written.request_id:
        return save(session, written=written)
    return Saved(request_id=written.request_id, version=written.version)
