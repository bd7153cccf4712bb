"""What ``salter-db check`` proves of who may sign in: each as the staff list says, and nothing besides."""

from sqlalchemy import TextClause, text

_CONNECTIONS = text("""
SELECT s.login || ': ' || r.rolconnlimit AS example
FROM staff s JOIN pg_roles r ON r.rolname = s.login
WHERE r.rolcanlogin AND NOT r.rolsuper AND NOT r.rolconnlimit BETWEEN 0
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

_POWERS = text("""
SELECT r.rolname || ': ' || power.word AS example
FROM pg_roles r
CROSS JOIN LATERAL (VALUES (r.rolsuper, 'SUPERUSER'), (r.rolbypassrls, 'BYPASSRLS'),
    (r.rolcreaterole, 'CREATEROLE'), (r.rolcreatedb, 'CREATEDB'), (r.rolreplication, 'REPLICATION'),
    (r.rolcanlogin AND r.rolname ~ '^(desk_|salter_owner$)', 'LOGIN')) AS power (held, word)
WHERE power.held
  AND (r.rolname ~ '^desk_' OR r.rolname = 'salter_owner' OR r.rolname IN (SELECT login FROM staff))
UNION ALL
SELECT coalesce(r.rolname, 'everybody') || ': ' || g.privilege_type || ' ' || p.parname
FROM pg_parameter_acl p CROSS JOIN LATERAL aclexplode(p.paracl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
WHERE r.rolname IS NULL OR r.rolname ~ '^desk_' OR r.rolname = 'salter_owner'
   OR r.rolname IN (SELECT login FROM staff)
""")

_MEMBERSHIPS = text("""
WITH held AS (
    SELECT m.rolname AS login, array_agg(r.rolname::text ORDER BY r.rolname) AS roles,
           bool_or(a.admin_option) AS may_give
    FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member JOIN pg_roles r ON r.oid = a.roleid
    GROUP BY m.rolname
)
SELECT s.login || ': ' || coalesce(array_to_string(h.roles, ', '), 'nothing') || ', on the list ' || s.role
    AS example
FROM staff s JOIN pg_roles p ON p.rolname = s.login LEFT JOIN held h ON h.login = s.login
WHERE coalesce(h.roles, '{}') <> CASE WHEN s.is_active THEN ARRAY[s.role::text] ELSE '{}' END OR h.may_give
UNION ALL
SELECT h.login || ': ' || array_to_string(h.roles, ', ') || ', and not on the list'
FROM held h JOIN pg_roles p ON p.rolname = h.login
WHERE p.rolcanlogin AND NOT p.rolsuper AND NOT EXISTS (SELECT FROM staff s WHERE s.login = h.login)
  AND EXISTS (SELECT FROM unnest(h.roles) AS role WHERE role ~ '^desk_')
UNION ALL
SELECT h.login || ': ' || array_to_string(h.roles, ', ')
FROM held h WHERE h.login ~ '^desk_' AND h.roles <> ARRAY['desk_staff'] OR h.login = 'salter_owner'
""")

_SETTINGS = text("""
SELECT coalesce(r.rolname, 'everybody') || ': ' || array_to_string(s.setconfig, ', ') AS example
FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole
WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
  AND (r.rolname ~ '^desk_' OR r.rolname = 'salter_owner' OR r.rolname IN (SELECT login FROM staff)
       -- for everybody: what only makes the server quicker or bounds a statement may be set
       OR s.setrole = 0 AND EXISTS (
           SELECT FROM unnest(s.setconfig) AS one
           LEFT JOIN pg_settings g ON g.name = split_part(one, '=', 1)
           WHERE coalesce(g.category, '') !~ '^(Query Tuning|Resource Usage|Autovacuum|Vacuuming)'
             AND split_part(one, '=', 1)
                 !~ '(_timeout|^log_min_error_statement|^log_parameter_max_length_on_error)$'))
UNION ALL
SELECT 'the server: ' || name || ' = ' || setting FROM pg_settings
WHERE source IN ('configuration file', 'command line', 'environment variable')
  AND (name IN ('session_replication_role', 'row_security', 'password_encryption', 'allow_system_table_mods',
                'ignore_checksum_failure', 'zero_damaged_pages', 'local_preload_libraries',
                'session_preload_libraries') OR name ~ '^debug_print_')
  AND setting <> boot_val
""")

_DATABASE = text("""
SELECT 'TEMPORARY to ' || r.rolname AS example FROM pg_roles r
WHERE r.rolname ~ '^desk_' AND has_database_privilege(r.oid, current_database(), 'TEMPORARY')
UNION ALL
SELECT 'CREATE to ' || r.rolname FROM pg_roles r
WHERE r.rolname ~ '^desk_' AND (has_database_privilege(r.oid, current_database(), 'CREATE')
                                OR has_schema_privilege(r.oid, 'public', 'CREATE'))
UNION ALL
SELECT 'database to ' || coalesce(r.rolname, 'public')
FROM pg_database d CROSS JOIN LATERAL aclexplode(d.datacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
WHERE d.datname = current_database() AND g.grantee <> d.datdba
  AND NOT coalesce(r.rolname IN ('desk_staff', 'salter_owner'), false)
  -- whoever watches the server, and nothing else
  AND NOT coalesce(g.privilege_type = 'CONNECT' AND NOT pg_has_role(r.oid, 'desk_staff', 'MEMBER')
                   AND (pg_has_role(r.oid, 'pg_signal_backend', 'MEMBER')
                        OR pg_has_role(r.oid, 'pg_monitor', 'MEMBER')), false)
UNION ALL
SELECT 'schema to ' || coalesce(r.rolname, 'public')
FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
WHERE n.nspname = 'public' AND g.grantee <> n.nspowner
  AND NOT coalesce(r.rolname IN ('desk_staff', 'salter_owner'), false)
UNION ALL
SELECT 'database belongs to ' || r.rolname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba
WHERE d.datname = current_database() AND NOT r.rolsuper AND pg_has_role(r.oid, 'desk_staff', 'MEMBER')
UNION ALL
SELECT 'schema ' || nspname FROM pg_namespace
WHERE nspname !~ '^pg_' AND nspname NOT IN ('public', 'information_schema')
""")

CHECKS: tuple[tuple[str, str, TextClause], ...] = (
    ("connections", "person who may hold more connections than is set: run salter-db upgrade", _CONNECTIONS),
    ("powers", "role of the desk with a power of the server", _POWERS),
    ("memberships", "role that is a member of something else than the staff list says", _MEMBERSHIPS),
    ("role settings", "settings that a role, everybody or the server begins with", _SETTINGS),
    ("database rights", "right to the database or a schema beyond what the desk needs", _DATABASE),
    (
        "closed functions",
        "function of the server that is open to the desk: run salter-db upgrade",
        _OPEN_FUNCTIONS,
    ),
)
"""Name, what is wrong where rows are found, and how they are found."""
