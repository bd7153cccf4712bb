"""What ``salter-db check`` proves of who may sign in: each as the staff list says, and nothing besides."""

from sqlalchemy import TextClause, text

_CONNECTIONS = text("""
SELECT s.login || ': ' || r.rolconnlimit AS example
FROM staff s JOIN pg_roles r ON r.rolname = s.login
WHERE r.rolcanlogin AND NOT r.rolconnlimit BETWEEN 0
      AND (setting_on('connections_a_person', office_day()))::int
""")

_OPEN_FUNCTIONS = text("""
SELECT p.oid::regprocedure::text AS example
FROM pg_proc p
WHERE p.pronamespace = 'pg_catalog'::regnamespace
  AND (p.proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_open', 'lo_put', 'lowrite')
       OR p.proname ~ '^pg_(try_)?advisory_')
  AND has_function_privilege('desk_staff', p.oid, 'EXECUTE')
UNION ALL
SELECT 'UPDATE on pg_settings' WHERE has_table_privilege('desk_staff', 'pg_catalog.pg_settings', 'UPDATE')
""")

CHECKS: tuple[tuple[str, str, TextClause], ...] = (
    ("connections", "person who may hold more connections than is set: run salter-db upgrade", _CONNECTIONS),
    (
        "closed functions",
        "function of the server that is open to the desk: run salter-db upgrade",
        _OPEN_FUNCTIONS,
    ),
)
"""Name, what is wrong where rows are found, and how they are found."""
