"""Call notes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, insert, text
from sqlalchemy.orm import Session

from app.domain.visits import Channel
from db.models.notes import CallNote

_PAGE = text("""
SELECT n.id, n.written_at, n.author AS login, coalesce(s.full_name, n.author) AS author, n.channel, n.text
FROM call_note n LEFT JOIN staff s ON s.login = n.author
WHERE n.ident = :ident AND n.id < :before_id
ORDER BY n.id DESC LIMIT :at_most
""")


def page(session: Session, *, ident: int, before_id: int, at_most: int) -> Sequence[Row[Any]]:
    """Return notes of an account written before a note, the latest first."""
    return session.execute(_PAGE, {"ident": ident, "before_id": before_id, "at_most": at_most}).all()


def add(session: Session, *, ident: int, channel: Channel, words: str) -> None:
    """Write a note; nothing is returned, since an agent may write before they may read."""
    session.execute(insert(CallNote).values(ident=ident, channel=channel, text=words).inline())
