"""The work list: narrow rows of everybody's requests, claims, and counts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_LIST = text("""
SELECT q.ident, q.id, q.number, q.kind, q.state, q.channel, q.account_name, q.address, q.branch_id,
       q.received_on, q.due_on, q.applies_from, q.is_late, q.claimed_by AS claimed_login,
       coalesce(c.full_name, q.claimed_by, '') AS claimed_by, q.claimed_at,
       coalesce(q.claimed_by = session_user, false) AS is_claimed_by_me,
       q.entered_by AS entered_login, coalesce(e.full_name, q.entered_by) AS entered_by,
       q.entered_by = session_user AS is_entered_by_me, q.papers_missing, q.version
FROM change_queue(CAST(:states AS text[]), CAST(:kinds AS text[]), CAST(:branch AS smallint),
                  CAST(:claimant AS text), CAST(:after_due AS date), CAST(:after_id AS bigint),
                  CAST(:at_most AS integer)) q
LEFT JOIN staff c ON c.login = q.claimed_by
LEFT JOIN staff e ON e.login = q.entered_by
ORDER BY q.due_on, q.id
""")

_COUNTS = text("SELECT branch_id, kind, state, is_overdue, count AS requests FROM change_queue_counts()")
_CLAIM = text("SELECT claim_change(:ident, :request_id)")
_RELEASE = text("SELECT release_change(:ident, :request_id)")
_TAKE = text("""
SELECT ident, id
FROM take_next_change(CAST(:states AS text[]), CAST(:kinds AS text[]), CAST(:branch AS smallint))
""")


def page(
    session: Session,
    *,
    states: Sequence[str],
    kinds: Sequence[str] | None,
    branch: int | None,
    claimant: str | None,
    after: tuple[date, int] | None,
    at_most: int,
) -> Sequence[Row[Any]]:
    """Return requests after a key, the nearest deadline first."""
    after_due, after_id = after if after is not None else (None, None)
    given = {
        "states": list(states),
        "kinds": None if kinds is None else list(kinds),
        "branch": branch,
        "claimant": claimant,
        "after_due": after_due,
        "after_id": after_id,
        "at_most": at_most,
    }
    return session.execute(_LIST, given).all()


def counts(session: Session) -> Sequence[Row[Any]]:
    """Return how many requests wait, by branch, kind, state and deadline."""
    return session.execute(_COUNTS).all()


def claim(session: Session, *, ident: int, request_id: int) -> dict[str, Any]:
    """Take a request, or tell who has it."""
    return dict(session.execute(_CLAIM, {"ident": ident, "request_id": request_id}).scalar_one())


def release(session: Session, *, ident: int, request_id: int) -> None:
    """Give a request back."""
    session.execute(_RELEASE, {"ident": ident, "request_id": request_id})


def take_next(
    session: Session, *, states: Sequence[str], kinds: Sequence[str] | None, branch: int | None
) -> Row[Any] | None:
    """Claim the request whose turn it is and tell which it is."""
    given = {"states": list(states), "kinds": None if kinds is None else list(kinds), "branch": branch}
    return session.execute(_TAKE, given).one_or_none()
