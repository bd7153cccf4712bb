"""Whether everybody's password is kept so that whoever reads it cannot sign in with it.

A person may change their own password as they like: PostgreSQL lets each role store
a weaker form of it, and asks nobody.  Only a superuser sees how it is kept.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from db.checks.finding import Finding

FEWEST_ITERATIONS = 4096
"""What PostgreSQL does by itself; a session may ask for one."""

_MAY_LOOK = text("SELECT has_table_privilege('pg_catalog.pg_authid', 'SELECT')")

_KEPT = text("""
SELECT a.rolname AS login,
       coalesce(substring(a.rolpassword FROM '^SCRAM-SHA-256\\$([0-9]{1,9}):')::int, 0) AS iterations
FROM pg_catalog.pg_authid a
WHERE a.rolpassword IS NOT NULL AND pg_has_role(a.oid, 'desk_staff', 'MEMBER') AND NOT a.rolsuper
ORDER BY a.rolname
""")


def passwords(connection: Connection) -> Iterator[Finding]:
    """Find people of the desk whose password is not kept by SCRAM, or by a hasty one."""
    if not connection.scalar(_MAY_LOOK):
        return
    kept = connection.execute(_KEPT).all()
    problems = {
        "password not kept by SCRAM: set it anew": [row.login for row in kept if not row.iterations],
        "password kept by too few rounds: set it anew": [
            row.login for row in kept if 0 < row.iterations < FEWEST_ITERATIONS
        ],
    }
    for problem, logins in problems.items():
        if logins:
            yield Finding("passwords", problem, len(logins), tuple(logins[:5]))
