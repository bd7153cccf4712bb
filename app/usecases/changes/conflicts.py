"""Two at once: who was faster, when, and which fields are stored otherwise than the second one saw."""

from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.errors import Conflict
from app.usecases.changes.requests import NoSuchRequest
from db.queries.changes import writing

_STAMPED = frozenset(
    {
        "editors",
        "missing_papers",
        "unseen_originals",
        "claimed_by",
        "claimed_at",
        "old_values",
        "number_year",
        "number_serial",
        "entered_at",
        "submitted_at",
        "decided_at",
        "applied_at",
        "cutoff_day",
        "sent_to_provider_at",
    }
)


def conflict(session: Session, *, ident: int, request_id: int, seen_version: int) -> Exception:
    """Tell what came between: a Conflict whose fields are as they are stored now, or NoSuchRequest.

    Values of the form are named as its fields, what belongs to the request by its column.
    """
    row = writing.stored(session, ident=ident, request_id=request_id, seen_version=seen_version)
    if row is None:
        return NoSuchRequest(ident, request_id)
    return Conflict(changed_by=row.changed_by or "", changed_at=row.changed_at, fields=_fields(row))


def _fields(row: Row[Any]) -> dict[str, object]:
    found: dict[str, object] = {}
    for step in row.fields or ():
        for column, (old, new) in step.items():
            if column == "new_values":
                before, after = old or {}, new or {}
                names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
                found |= {name: row.new_values.get(name) for name in names}
            elif column not in _STAMPED and hasattr(row, column):
                found[column] = getattr(row, column)
    return found
