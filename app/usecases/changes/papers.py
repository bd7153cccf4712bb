"""Papers of a request: attached, shown in the original, taken away again while it is not submitted."""

from typing import TypedDict

from sqlalchemy.orm import Session

from app.domain.changes import PaperKind


class Attached(TypedDict):
    """A paper as it was stored."""

    paper_id: int


def attach_paper(
    session: Session,
    *,
    ident: int,
    request_id: int,
    paper_kind: PaperKind,
    act: str,
    file_name: str,
    content: bytes,
) -> Attached:
    """Store a scan or file with a request.

    Raises: PaperTypeRefused, PaperTooBig, PaperNameRefused, NotEditable.
    """
    raise NotImplementedError


def see_original(session: Session, *, ident: int, paper_id: int) -> Attached:
    """Put on record that the original of an attached paper was seen, by whom and when."""
    raise NotImplementedError


def see_original_only(
    session: Session, *, ident: int, request_id: int, paper_kind: PaperKind, act: str
) -> Attached:
    """Put on record that an original was seen of which no copy is kept (an identity card)."""
    raise NotImplementedError


def remove_paper(session: Session, *, ident: int, paper_id: int) -> None:
    """Take a paper away from a draft or a returned request.

    Raises: NotEditable.
    """
    raise NotImplementedError
