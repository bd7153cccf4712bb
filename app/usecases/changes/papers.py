"""Papers of a request: attached, shown in the original, taken away again while it is not submitted."""

from typing import TypedDict

from sqlalchemy.orm import Session

from app.domain.changes import PaperKind
from app.domain.script import to_latin
from app.usecases.changes.requests import NoSuchPaper
from db.queries.changes import writing


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
    paper = writing.add_paper(
        session,
        values={
            "ident": ident,
            "request_id": request_id,
            "paper_kind": paper_kind.value,
            "act": act,
            "file_name": file_name,
            "content": content,
        },
    )
    return Attached(paper_id=paper)


def see_original(session: Session, *, ident: int, paper_id: int) -> Attached:
    """Put on record that the original of an attached paper was seen, by whom and when.

    Raises: NoSuchPaper, NotEditable.
    """
    seen = writing.see_original(session, ident=ident, paper_id=paper_id)
    if seen is None:
        raise NoSuchPaper
    return Attached(paper_id=seen)


def see_original_only(
    session: Session, *, ident: int, request_id: int, paper_kind: PaperKind, act: str, number: str = ""
) -> Attached:
    """Put on record that an original was seen of which no copy is kept (an identity card).

    One that says who somebody is counts by its ``number``.

    Raises: NotEditable, FormWrong, PaperNumberMissing, PaperNumberRefused.
    """
    paper = writing.add_paper(
        session,
        values={
            "ident": ident,
            "request_id": request_id,
            "paper_kind": paper_kind.value,
            "act": act,
            "number": to_latin(number).strip(),
            "is_original_seen": True,
        },
    )
    return Attached(paper_id=paper)


def remove_paper(session: Session, *, ident: int, paper_id: int) -> None:
    """Take a paper away from a draft or a returned request.

    Raises: NotEditable, NoSuchPaper.
    """
    if writing.remove_paper(session, ident=ident, paper_id=paper_id) is None:
        raise NoSuchPaper
