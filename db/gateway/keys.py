"""The key of an action: the first row its transaction writes, so that sent twice it is done once.

Whoever writes a key that somebody is writing waits for them; what they find then is
the result that was left.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql

from app.domain.topics import Topic
from db.models.actions import CompletedAction

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done:
    """An action that was committed: what it was, when, and the result it left."""

    kind: str
    done_at: datetime
    result: Any


@dataclass(frozen=True, slots=True)
class Acted(Generic[T]):
    """What an action left behind: its result, and the topics of what it wrote."""

    result: T
    topics: frozenset[Topic]


def claimed(connection: Connection, *, key: UUID, kind: str) -> bool:
    """Write the key, waiting for whoever is writing the same; False when it is there already."""
    claim = postgresql.insert(CompletedAction).values(key=key, kind=kind).on_conflict_do_nothing()
    return connection.scalar(claim.returning(CompletedAction.key)) is not None


def stored(connection: Connection, *, key: UUID) -> Done | None:
    """Return what was left under the key; None when there is nothing, or it is somebody else's."""
    row = connection.execute(
        select(CompletedAction.kind, CompletedAction.done_at, CompletedAction.result).where(
            CompletedAction.key == key
        )
    ).one_or_none()
    return None if row is None else Done(row.kind, row.done_at, row.result)


def as_stored(result: T) -> T:
    """Return ``result`` as it would come back from the database, so that both ways are alike."""
    if result is None:
        return result
    return json.loads(json.dumps(result))  # type: ignore[no-any-return]
