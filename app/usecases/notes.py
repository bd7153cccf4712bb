"""Call notes: what was said, kept as written, with the server's word for who and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Refused
from app.domain.visits import Channel
from app.usecases.pages import PageOfRows, cut
from db import errors
from db.errors import Facts, RuleBroken
from db.queries import notes as queries

LONGEST = 4000
PAGE = 50
_AFTER_THE_LAST = 2**62


class NoteEmpty(Refused):
    """A note must say something."""

    field = "text"


class NoteTooLong(Refused):
    """A note is longer than ``LONGEST`` characters."""

    field = "text"


class NoteRefused(RuleBroken):
    """The database takes notes of 1 to 4 000 characters only."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "text"


errors.register("ck_call_note_text", NoteRefused)


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it was saved."""

    id: int
    written_at: datetime
    author: str
    login: str
    channel: Channel
    text: str


def note_page(
    session: Session, *, ident: int, before: int | None = None, limit: int = PAGE
) -> PageOfRows[Note, int]:
    """Return notes of an account, the latest first; ``before`` is the page's key."""
    rows = queries.page(session, ident=ident, before_id=before or _AFTER_THE_LAST, at_most=limit + 1)
    kept, has_more = cut(rows, limit=limit)
    notes = tuple(
        Note(row.id, row.written_at, row.author, row.login, Channel(row.channel), row.text) for row in kept
    )
    return PageOfRows(notes, notes[-1].id if has_more else None)


def write_note(session: Session, *, ident: int, channel: Channel, text: str) -> None:
    """Save a note on an account; whoever holds a visit may write, verified or not.

    Raises: NoteEmpty, NoteTooLong, Forbidden without a visit.
    """
    words = text.strip()
    if not words:
        raise NoteEmpty
    if len(words) > LONGEST:
        raise NoteTooLong
    queries.add(session, ident=ident, channel=channel, words=words)
