"""Watching: whoever keeps colleagues waiting is let go of.

A session may set its own time limits to nothing, decide on a request and then do
nothing more: PostgreSQL keeps no one from it.  So somebody else looks:
a transaction of the desk that others have waited for longer than they should is
ended by the server, and nothing of it was done.  Who harms nobody is left alone,
however long their transaction lasts.
"""

import time
from collections.abc import Iterator
from typing import Any

import psycopg

PATIENCE_SECONDS = 10.0
"""How long somebody waits before the one they wait for is let go of; no action of a window takes as long."""

_LET_GO = """
SELECT k.usename::text
FROM (
    SELECT DISTINCT keeper.pid, keeper.usename
    FROM pg_locks waiting
    CROSS JOIN LATERAL unnest(pg_blocking_pids(waiting.pid)) AS blocking (pid)
    JOIN pg_stat_activity keeper ON keeper.pid = blocking.pid
    JOIN pg_roles person ON person.oid = keeper.usesysid
    WHERE NOT waiting.granted AND waiting.waitstart < clock_timestamp() - make_interval(secs => %(patience)s)
      AND keeper.datname = current_database()
      AND keeper.xact_start < clock_timestamp() - make_interval(secs => %(patience)s)
      AND NOT EXISTS (SELECT FROM pg_locks own WHERE own.pid = keeper.pid AND NOT own.granted)
      AND pg_has_role(person.oid, 'desk_staff', 'MEMBER') AND NOT person.rolsuper
) k
WHERE pg_terminate_backend(k.pid)
ORDER BY 1
"""


def let_go(session: psycopg.Connection[Any], *, patience: float = PATIENCE_SECONDS) -> tuple[str, ...]:
    """End the transactions for which others have waited ``patience`` seconds; return whose they were.

    Needs a superuser, or a member of ``pg_signal_backend`` and ``pg_read_all_stats``.
    """
    return tuple(login for (login,) in session.execute(_LET_GO, {"patience": patience}))


def watch(session: psycopg.Connection[Any], *, patience: float, forever: bool) -> Iterator[str]:
    """Look every second and yield whose transactions were ended; without ``forever`` look once."""
    yield from let_go(session, patience=patience)
    while forever:
        time.sleep(1.0)
        yield from let_go(session, patience=patience)
