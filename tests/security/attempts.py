"""Random moves of requests by random people, each told from the table of moves by Python alone.

What the database let happen is held against ``app.domain.changes``: a move counts
as astray where no transition of the kind's route leads from the state it was in
to the state it is in, or where nobody of that person's role may make it.
"""

import contextlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import psycopg
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from app.domain.changes import (
    DECLARATIONS,
    TRANSITIONS,
    ChangeKind,
    ChangeState,
    Mover,
    declaration_of,
)
from tests.security import filing
from tests.security.filing import Connection

KINDS = tuple(
    one.kind.value
    for one in DECLARATIONS
    if one.kind not in (ChangeKind.OPEN_ACCOUNT, ChangeKind.CLOSE_ACCOUNT, ChangeKind.CHARGING_METHOD)
)
"""Kinds that can be tried on one account again and again."""

STATES = tuple(state.value for state in ChangeState)
IN_GUISE = 1
"""The way of trying in the guise of another role."""

_ROLES_OF = {"desk_agent": 0, "desk_clerk": 1, "desk_supervisor": 2}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody tries on the request of the moment."""

    who: int
    state: str
    leads_on: bool
    """Rather to a state that somebody could reach from here: a walk of chance alone never gets far."""

    reason: bool
    order: bool
    papers: bool
    way: int
    """How: plainly, in the guise of another role, with an edit, all at once, by a function, or as another."""


@dataclass(slots=True)
class Told:
    """How many attempts were made, how many moves came of them, and how many of those were astray."""

    tried: int = 0
    made: int = 0
    astray: int = 0
    examples: list[str] = field(default_factory=list)


def sequences(steps: int) -> st.SearchStrategy[tuple[str, list[Attempt]]]:
    """Draw a kind, and what is tried on requests of it one after another."""
    return st.integers(0, 2**63).map(lambda seed: _sequence(random.Random(seed), steps))


def _sequence(dice: random.Random, steps: int) -> tuple[str, list[Attempt]]:
    # by dice from a drawn seed: what is drawn one by one is mostly the simplest there is
    def attempt() -> Attempt:
        return Attempt(
            who=dice.randrange(4),
            state=dice.choice(STATES),
            leads_on=dice.random() < 0.7,
            reason=dice.random() < 0.7,
            order=dice.random() < 0.25,
            papers=dice.random() < 0.5,
            way=dice.randrange(8),
        )

    return dice.choice(KINDS), [attempt() for _ in range(steps)]


def try_at_random(
    people: Mapping[str, Connection],
    *,
    roles: Mapping[str, str],
    idents: Iterator[int],
    attempts: int,
    steps: int,
    provider: int,
) -> Told:
    """Make at least so many attempts, each sequence on an account and a request of its own."""
    told = Told()
    while told.tried < attempts:
        wanted = max(1, (attempts - told.tried) // steps)

        @settings(
            max_examples=wanted,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(sequences(steps))
        def walk(drawn: tuple[str, list[Attempt]]) -> None:
            kind, tries = drawn
            _walk(people, roles, next(idents), kind, tries, told, provider)

        walk()
    return told


def _walk(
    people: Mapping[str, Connection],
    roles: Mapping[str, str],
    ident: int,
    kind: str,
    tries: list[Attempt],
    told: Told,
    provider: int,
) -> None:
    logins = list(people)
    for login in logins:
        people[login].execute("SELECT open_visit(%s, 'service', 'counter')", [ident])
        if roles[login] == "desk_agent":
            claims = Jsonb({"name": True, "email": f"a{ident}@example.rs"})
            people[login].execute("SELECT verify_caller(%s, %s)", [ident, claims])
    request = _file(people, roles, logins[0], ident, kind)
    before = _seen(people[logins[0]], request)
    for attempt in tries:
        login = logins[attempt.who % len(logins)]
        connection = people[login]
        told.tried += 1
        with contextlib.suppress(psycopg.Error):
            _try(connection, ident, request, attempt, _wanted(attempt, kind, before[0]), provider)
        if attempt.way == IN_GUISE:
            connection.execute("RESET ROLE")
        after = _seen(connection, request)
        _judge(told, kind, roles[login], login, before, after)
        before = after
        # what has ended is tried a little longer, then somebody else files the next
        if after[0] in ("rejected", "applied", "cancelled") and attempt.way % 2:
            request = _file(people, roles, logins[(attempt.who + 1) % len(logins)], ident, kind)
            before = _seen(connection, request)
    for login in logins:
        people[login].execute("SELECT close_visit(%s)", [ident])


def _file(
    people: Mapping[str, Connection], roles: Mapping[str, str], login: str, ident: int, kind: str
) -> int:
    channel = "phone" if roles[login] == "desk_agent" else "counter"
    return filing.file(people[login], ident, kind, channel=channel)


def _seen(connection: Connection, request: int) -> tuple[str, tuple[str, ...], list[list[str | None]]]:
    row = connection.execute(
        "SELECT state, editors,"
        " (SELECT jsonb_agg(jsonb_build_array(login, old_state, new_state) ORDER BY e.id) FROM change_event e"
        " WHERE e.request_id = r.id) FROM change_request r WHERE id = %s",
        [request],
    ).fetchone()
    assert row is not None
    return row[0], tuple(row[1]), row[2]


def _wanted(attempt: Attempt, kind: str, state: str) -> str:
    route = declaration_of(ChangeKind(kind)).route
    ways = sorted({step.new for step in TRANSITIONS if step.route is route and step.old == state})
    if not attempt.leads_on or not ways:
        return attempt.state
    return ways[STATES.index(attempt.state) % len(ways)]


def _try(
    connection: Connection, ident: int, request: int, attempt: Attempt, wanted: str, provider: int
) -> None:
    more: dict[str, object] = {}
    if attempt.reason:
        more["reason"] = f"razlog {attempt.way}"
    if attempt.order:
        more |= {"provider_id": provider, "provider_order": "N-1"}
    if attempt.papers:
        filing.bring_papers(connection, ident, request)
    match attempt.way:
        case 1:
            connection.execute("SET ROLE desk_supervisor")
        case 2:
            more["note"] = "uz izmenu"
        case 3:
            with connection.transaction():
                filing.move(connection, ident, request, wanted, **more)
                connection.execute("SELECT apply_change(%s, %s)", [ident, request])
            return
        case 4:
            connection.execute("SELECT apply_change(%s, %s)", [ident, request])
            return
        case 5:
            with connection.transaction():
                for state in ("submitted", wanted, "approved"):
                    filing.move(connection, ident, request, state, **more)
            return
        case 6:
            more["entered_by"] = "somebody"
    filing.move(connection, ident, request, wanted, **more)


def _judge(
    told: Told,
    kind: str,
    role: str,
    login: str,
    before: tuple[str, tuple[str, ...], list[list[str | None]]],
    after: tuple[str, tuple[str, ...], list[list[str | None]]],
) -> None:
    moves = after[2][len(before[2]) :]
    state: str | None = before[0]
    for mover, old, new in moves:
        told.made += 1
        if mover != login or old != state or not _is_allowed(kind, old, str(new), role, login, after[1]):
            told.astray += 1
            told.examples.append(f"{kind}: {role} {old} -> {new}")
        state = new
    if state != after[0]:
        told.astray += 1
        told.examples.append(f"{kind}: {after[0]} without a move")


def _is_allowed(
    kind: str, old: str | None, new: str, role: str, login: str, editors: tuple[str, ...]
) -> bool:
    declaration = declaration_of(ChangeKind(kind))
    if new == "approved" and declaration.four_eyes and login in editors:
        return False
    may = {
        Mover.ENTERER: login in editors,
        Mover.CLERK: _ROLES_OF[role] >= 1,
        Mover.DECIDER: _ROLES_OF[role] >= _ROLES_OF[f"desk_{declaration.decider}"],
        Mover.SUPERVISOR: _ROLES_OF[role] >= 2,
    }
    may[Mover.SYSTEM] = may[Mover.DECIDER]
    return any(
        may[step.mover]
        for step in TRANSITIONS
        if step.route is declaration.route and step.old == old and step.new == new
    )
