"""Data changes at full load: the work list of 50 000 open requests, submitting, approving, and attempts.

On a database of its own in the same server, filled by SQL: what a city needs
weeks to file.  Everything is asked by the roles of a clerk and a supervisor.
"""

import itertools
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import create_engine

from db import codebook, schema
from db.embedded import EmbeddedServer
from tests.bench.ceilings import UNBOUND
from tests.security import attempts, filing

OPEN, ENDED = 50_000, 150_000
PAGE = 201
"""Two hundred rows, and one that tells whether there are more."""
PAGE_LIMIT_MS = 20.0
COUNTS_LIMIT_MS = 50.0
"""Nothing was promised of the counts beside the work list; they are asked for in the background."""
MOVE_LIMIT_MS = 30.0
ROUNDS, MOVES = 1_000, 300
ATTEMPTS = 100_000

_DATABASE = "changes"
_PASSWORD = "Merenje-1"
_CLERK, _SUPERVISOR, _AGENT = "bench_clerk", "bench_supervisor", "bench_agent"
_OTHER_CLERK = "bench_other_clerk"
_ROLES = {
    _CLERK: "desk_clerk",
    _OTHER_CLERK: "desk_clerk",
    _SUPERVISOR: "desk_supervisor",
    _AGENT: "desk_agent",
}

Figures = list[dict[str, Any]]
Connection = psycopg.Connection[Any]

_CITY = f"""
INSERT INTO municipality SELECT 900, 'Merena' ON CONFLICT DO NOTHING;
INSERT INTO settlement SELECT 900, 900, 'Mereno', '11999' ON CONFLICT DO NOTHING;
INSERT INTO street SELECT n, 900, 'Merna ' || n FROM generate_series(1, 400) n;
INSERT INTO building SELECT n, 1 + n % 400, n::text, true, true, false FROM generate_series(1, 2500) n;
INSERT INTO account (ident, opened_on) SELECT 1000000 + n, '2015-01-01' FROM generate_series(1, {OPEN}) n;
INSERT INTO premises (ident, building_id, door) SELECT 1000000 + n, 1 + n % 2500, n::text
    FROM generate_series(1, {OPEN}) n;
INSERT INTO premises_state SELECT 1000000 + n, '2015-01-01', NULL, 'flat', 54, 50, 3, 'area', false, true,
    true, false FROM generate_series(1, {OPEN}) n;
INSERT INTO holder (ident, valid_from, kind, first_name, last_name)
    SELECT 1000000 + n, '2015-01-01', 'natural', 'Ime', 'Prezime ' || n FROM generate_series(1, {OPEN}) n;
INSERT INTO delivery (ident, by_email, on_paper) SELECT 1000000 + n, false, true
    FROM generate_series(1, {OPEN}) n;
INSERT INTO account_balance (ident) SELECT 1000000 + n FROM generate_series(1, {OPEN}) n;
SELECT rebuild_search();
"""

_REQUESTS = f"""
WITH drawn AS (
    SELECT n, 1000000 + 1 + n %% {OPEN} AS ident, (ARRAY['holder', 'members', 'area', 'correction',
               'death', 'subsidy', 'legal_person', 'purpose', 'stop_heating', 'delivery_address']
           )[1 + n %% 10] AS kind,
           n <= {OPEN} AS is_open, 1 + (n * 7 %% 12)::smallint AS branch,
           office_day() - (n %% 40)::int AS received, n AS serial
    FROM generate_series(1, {OPEN + ENDED}) n ORDER BY random()
)
INSERT INTO change_request (ident, kind, state, channel, branch_id, entered_by, editors, number, number_year,
    number_serial, submitted_at, received_on, happened_on, applicant_name, applicant_standing, old_values,
    new_values, applies_from, cutoff_day, due_on, decided_by, decided_at, applied_at)
SELECT ident, kind,
       CASE WHEN NOT is_open THEN 'applied'
            WHEN kind = 'stop_heating' AND n %% 3 > 0 THEN 'with_provider'
            WHEN n %% 9 = 0 THEN 'returned' ELSE 'submitted' END,
       'counter', branch, %(login)s, ARRAY[%(login)s], 'X-' || serial, 2000, serial, now(), received,
       received, 'Podnosilac ' || n, 'owner', '{{"members": 3}}', '{{"members": 4}}', 2607, 20, received + 15,
       CASE WHEN NOT is_open THEN %(other)s END, CASE WHEN NOT is_open THEN now() END,
       CASE WHEN NOT is_open THEN now() END
FROM drawn
"""


def measure(server: EmbeddedServer) -> Figures:
    """Time pages of the work list, submitting and approving in milliseconds, as the desk's roles."""
    with _ground(server) as enter:
        figures = []
        for login, whose in ((_CLERK, "of a branch"), (_SUPERVISOR, "of all branches")):
            with enter(login) as connection:
                figures.append(_figure(f"work list, {whose}", OPEN, _pages(connection), PAGE_LIMIT_MS))
        with enter(_SUPERVISOR) as connection:
            counts = _timed(connection, ROUNDS // 10, lambda: ("SELECT * FROM change_queue_counts()", None))
            figures.append(_figure("work list, counts", OPEN, counts, COUNTS_LIMIT_MS))
        with enter(_CLERK) as clerk, enter(_SUPERVISOR) as supervisor:
            submitting, approving = _moves(clerk, supervisor)
        figures.append(_figure("submit", OPEN, submitting, MOVE_LIMIT_MS))
        figures.append(_figure("approve and apply", OPEN, approving, MOVE_LIMIT_MS))
        return figures


def measure_attempts(server: EmbeddedServer) -> Figures:
    """Try random moves as random people, and count those that led where the table does not lead."""
    with _ground(server) as enter:
        people = {login: enter(login) for login in _ROLES}
        try:
            started = time.perf_counter()
            told = attempts.try_at_random(
                people, roles=_ROLES, idents=_idents(), attempts=ATTEMPTS, steps=400, provider=1
            )
        finally:
            for connection in people.values():
                connection.close()
    return [
        {
            "name": f"change: attempted moves, {told.made:,} allowed",
            "size": told.tried,
            "unit": "astray",
            "p50": told.astray,
            "p99": told.astray,
            "limit": 0,
            "holds": told.astray == 0 and told.tried >= ATTEMPTS and time.perf_counter() > started,
        }
    ]


# -- the ground --------------------------------------------------------------------------------------


@contextmanager
def _ground(server: EmbeddedServer) -> Iterator[Callable[[str], Connection]]:
    server.drop_database(_DATABASE)
    server.create_database(_DATABASE)
    owner_url = server.url_for(_DATABASE)
    engine = create_engine(owner_url)
    try:
        schema.upgrade(engine)
        with engine.begin() as connection:
            codebook.load(connection)
    finally:
        engine.dispose()
    with psycopg.connect(owner_url, autocommit=True) as owner:
        for login, role in _ROLES.items():
            if not owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login]).fetchone():
                owner.execute(f"CREATE ROLE {login} LOGIN PASSWORD '{_PASSWORD}'")
            owner.execute(f"GRANT {role} TO {login}")
        _fill(owner)
    try:
        yield lambda login: psycopg.connect(
            server.url_for(_DATABASE, user=login, password=_PASSWORD), autocommit=True
        )
    finally:
        server.drop_database(_DATABASE)
        with psycopg.connect(server.url_for("postgres"), autocommit=True) as owner:
            for login in _ROLES:
                owner.execute(f"DROP ROLE {login}")


def _fill(owner: Connection) -> None:
    owner.execute("SET session_replication_role = replica")
    for login, role in _ROLES.items():
        owner.execute(
            "INSERT INTO staff (login, full_name, role, branch_id) VALUES (%s, %s, %s, 1)",
            [login, login.title(), role],
        )
    owner.execute(UNBOUND)
    owner.execute(_CITY)
    owner.execute(_REQUESTS, {"login": _OTHER_CLERK, "other": _SUPERVISOR})
    owner.execute("VACUUM ANALYZE")


_next_ident = itertools.count(1_000_001)


def _idents() -> Iterator[int]:
    return iter(range(1_000_001, 1_000_001 + OPEN))


# -- what is timed -----------------------------------------------------------------------------------


def _pages(connection: Connection) -> list[float]:
    dice = random.Random(11)
    kinds = ("holder", "members", "area", "correction", "stop_heating", "subsidy")

    def ask() -> tuple[str, list[object]]:
        states = dice.choice(
            [None, ["submitted"], ["submitted", "with_provider"], ["with_provider"], ["returned"]]
        )
        chosen = dice.choice([None, None, [dice.choice(kinds)], dice.sample(kinds, 3)])
        days = dice.choice([None, dice.randrange(-25, 15)])
        return (
            "SELECT * FROM change_queue(%s, %s, NULL, NULL, office_day() + %s::int, %s, %s)",
            [states, chosen, days, dice.randrange(OPEN), PAGE],
        )

    return _timed(connection, ROUNDS, ask)


def _timed(connection: Connection, rounds: int, ask: Callable[[], tuple[str, Any]]) -> list[float]:
    times = []
    for _ in range(rounds + 20):
        statement, given = ask()
        started = time.perf_counter()
        connection.execute(statement, given).fetchall()
        times.append((time.perf_counter() - started) * 1000)
    return times[20:]


def _moves(clerk: Connection, supervisor: Connection) -> tuple[list[float], list[float]]:
    submitting, approving = [], []
    kinds = ("holder", "members", "area", "correction", "delivery_address", "subsidy")
    for number in range(MOVES):
        ident = next(_next_ident)
        for connection in (clerk, supervisor):
            connection.execute("SELECT open_visit(%s, 'service', 'counter')", [ident])
        request = filing.file(clerk, ident, kinds[number % len(kinds)])
        filing.bring_papers(clerk, ident, request)
        started = time.perf_counter()
        filing.move(clerk, ident, request, "submitted")
        submitting.append((time.perf_counter() - started) * 1000)
        started = time.perf_counter()
        with supervisor.transaction():
            filing.move(supervisor, ident, request, "approved")
            supervisor.execute("SELECT apply_change(%s, %s)", [ident, request])
        approving.append((time.perf_counter() - started) * 1000)
        for connection in (clerk, supervisor):
            connection.execute("SELECT close_visit(%s)", [ident])
    return submitting[20:], approving[20:]


def _figure(name: str, size: int, times: list[float], limit: float) -> dict[str, Any]:
    ordered = sorted(times)
    p99 = ordered[int(len(ordered) * 0.99)]
    return {
        "name": f"change: {name}",
        "size": size,
        "unit": "ms",
        "p50": round(ordered[len(ordered) // 2], 2),
        "p99": round(p99, 2),
        "limit": limit,
        "holds": p99 <= limit,
    }
