"""The database's own copy of how changes are declared, and of which moves between states there are.

The guards in the database trust their copies only.  They are brought in line with
``app.domain`` at every upgrade; a kind of change no longer declared stays for the
sake of the requests that were filed under it, but is not current.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, text

from app.domain import enforcement, notices, plans
from app.domain.changes import DECLARATIONS, TRANSITIONS, Declaration

_MOVES: dict[str, Mapping[Any, frozenset[StrEnum]]] = {
    "plan": plans.TRANSITIONS,
    "enforcement_case": enforcement.TRANSITIONS,
    "notice": notices.TRANSITIONS,
}
"""The tables whose rows move from state to state; ``guard_move()`` holds each."""

_MERGE_KIND = text("""
INSERT INTO change_kind (code, position, number, route, scope, decider, ground, four_eyes, deadline_days,
                         is_current, declaration)
VALUES (:code, :position, :number, :route, :scope, :decider, :ground, :four_eyes, :deadline_days, true,
        CAST(:declaration AS jsonb))
ON CONFLICT (code) DO UPDATE
SET position = excluded.position, number = excluded.number, route = excluded.route, scope = excluded.scope,
    decider = excluded.decider, ground = excluded.ground, four_eyes = excluded.four_eyes,
    deadline_days = excluded.deadline_days, is_current = true, declaration = excluded.declaration
WHERE change_kind IS DISTINCT FROM excluded
""")

_REFRESH_PAPERS = text("""
SELECT refresh_missing_papers(ARRAY(SELECT DISTINCT ident FROM change_request WHERE is_request_open(state)))
""")
"""What is asked for may have changed under requests that wait."""

_RETIRE_KINDS = text(
    "UPDATE change_kind SET is_current = false WHERE is_current AND code <> ALL (CAST(:codes AS text[]))"
)

_DROP_TRANSITIONS = text("""
DELETE FROM change_transition
WHERE jsonb_build_array(route, old_state, new_state, mover) <> ALL (
    SELECT step FROM jsonb_array_elements(CAST(:steps AS jsonb)) AS step)
""")

_ADD_TRANSITIONS = text("""
INSERT INTO change_transition (route, old_state, new_state, mover)
SELECT step ->> 0, step ->> 1, step ->> 2, step ->> 3 FROM jsonb_array_elements(CAST(:steps AS jsonb)) AS step
ON CONFLICT DO NOTHING
""")

_DROP_MOVES = text("""
DELETE FROM state_transition
WHERE jsonb_build_array(table_name, old_state, new_state) <> ALL (
    SELECT step FROM jsonb_array_elements(CAST(:steps AS jsonb)) AS step)
""")

_ADD_MOVES = text("""
INSERT INTO state_transition (table_name, old_state, new_state)
SELECT step ->> 0, step ->> 1, step ->> 2 FROM jsonb_array_elements(CAST(:steps AS jsonb)) AS step
ON CONFLICT DO NOTHING
""")


def bring_in_line(connection: Connection) -> None:
    """Make the database's copy say what this program declares."""
    for row in kinds():
        connection.execute(_MERGE_KIND, {**row, "declaration": json.dumps(row["declaration"])})
    connection.execute(_REFRESH_PAPERS)
    connection.execute(_RETIRE_KINDS, {"codes": [row["code"] for row in kinds()]})
    steps = json.dumps(transitions())
    connection.execute(_DROP_TRANSITIONS, {"steps": steps})
    connection.execute(_ADD_TRANSITIONS, {"steps": steps})
    steps = json.dumps(moves())
    connection.execute(_DROP_MOVES, {"steps": steps})
    connection.execute(_ADD_MOVES, {"steps": steps})


@functools.cache
def kinds(declared: tuple[Declaration, ...] = DECLARATIONS) -> tuple[dict[str, Any], ...]:
    """List the declared kinds as rows of ``change_kind``."""
    return tuple(_row(position, one) for position, one in enumerate(declared, start=1))


def transitions() -> list[list[str]]:
    """List the allowed moves of requests as route, old state, new state, mover."""
    return [[step.route, step.old, step.new, step.mover] for step in TRANSITIONS]


def moves() -> list[list[str]]:
    """List the allowed moves of plans, cases and notices as table, old state, new state."""
    return [
        [table, old, new]
        for table, states in _MOVES.items()
        for old, news in states.items()
        for new in sorted(news)
    ]


def mark(declared: tuple[Declaration, ...] = DECLARATIONS) -> str:
    """Return a text that differs whenever what is declared differs."""
    return json.dumps([kinds(declared), transitions(), moves()], sort_keys=True)


def _row(position: int, declaration: Declaration) -> dict[str, Any]:
    fields = [
        {**asdict(field), "target": str(field.target) if field.target else None}
        for field in declaration.fields
    ]
    return {
        "code": declaration.kind.value,
        "position": position,
        "number": declaration.number,
        "route": declaration.route.value,
        "scope": declaration.scope.value,
        "decider": declaration.decider.value,
        "ground": declaration.ground.value,
        "four_eyes": declaration.four_eyes,
        "deadline_days": declaration.deadline_days,
        "declaration": {
            "fields": fields,
            "papers": [asdict(paper) for paper in declaration.papers],
            "fixed": [{"target": str(one.target), "value": one.value} for one in declaration.fixed],
        },
    }
