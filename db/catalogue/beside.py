"""What is in a database beside the schema, where nobody looks: it is to be as PostgreSQL makes it.

What was added to the server's own catalogues has a number from 16384 on, whatever
it is; PostgreSQL itself says what it is and what it is called.  What was there from
the beginning can be altered too, by a superuser, and is compared as a whole.
"""

from sqlalchemy import TextClause, text

_LISTED = (
    "pg_am pg_amop pg_amproc pg_cast pg_collation pg_conversion pg_default_acl pg_event_trigger pg_extension"
    " pg_foreign_data_wrapper pg_foreign_server pg_language pg_opclass pg_operator pg_opfamily"
    " pg_publication pg_publication_namespace pg_publication_rel pg_statistic_ext pg_transform"
    " pg_ts_config pg_ts_dict pg_ts_parser pg_ts_template"
)
"""The catalogues in which nothing is ours but extensions, which are the same in every database of ours."""

_PASSING = "n.nspname !~ '^pg_(toast_)?temp_' AND n.nspname <> 'pg_toast'"

_EACH = "\nUNION ALL ".join(
    f"SELECT '{catalogue}'::regclass::oid AS class, oid FROM {catalogue}"  # noqa: S608
    for catalogue in _LISTED.split()
)

_ADDED = text(f"""
WITH there (class, oid) AS (
    {_EACH}
    UNION ALL
    SELECT 'pg_largeobject'::regclass, oid FROM pg_largeobject_metadata
    UNION ALL
    SELECT 'pg_user_mapping'::regclass, umid FROM pg_user_mappings
    UNION ALL
    SELECT 'pg_subscription'::regclass, s.oid
    FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database()
    UNION ALL
    SELECT 'pg_namespace'::regclass, n.oid FROM pg_namespace n WHERE {_PASSING}
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE {_PASSING}
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname <> 'public' AND {_PASSING}
    UNION ALL
    SELECT 'pg_class'::regclass, c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE {_PASSING}
      AND (c.relkind IN ('m', 'f', 'S') OR n.nspname <> 'public' AND c.relkind IN ('r', 'p', 'v'))
      -- the counters of people who work here
      AND NOT (c.relkind = 'S' AND n.nspname = 'public' AND c.relname ~ '^counted_[a-z_]+_[0-9a-f]{{24}}$')
)
SELECT named.type AS kind, named.identity AS name, '' AS definition
FROM there CROSS JOIN LATERAL pg_identify_object(there.class, there.oid, 0) AS named
WHERE there.oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = there.class AND d.objid = there.oid AND d.deptype IN ('e', 'i'))
UNION ALL
SELECT 'security label', concat_ws(' ', l.provider, l.objtype, l.objname), l.label FROM pg_seclabels l
""")  # noqa: S608 - nothing in it comes from outside

_HASHED = "\nUNION ALL ".join(
    f"SELECT 'catalogue', '{catalogue}', md5(string_agg(o::text, ' ' ORDER BY {key}))"  # noqa: S608
    f" FROM {catalogue} o WHERE {key} < 16384"
    for catalogue, key in (
        ("pg_operator", "oid"),
        ("pg_cast", "oid"),
        ("pg_opclass", "oid"),
        ("pg_amop", "oid"),
        ("pg_amproc", "oid"),
        ("pg_aggregate", "aggfnoid"),
    )
)

_ORIGINAL = text(f"""
SELECT 'server function' AS kind, p.oid::regprocedure::text AS name,
       md5(concat_ws(' ', p.prosrc, p.probin, l.lanname, p.prosecdef, p.provolatile, p.proconfig::text,
                     p.prorettype::regtype, pg_get_function_sqlbody(p.oid))) AS definition
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.oid < 16384
UNION ALL
SELECT 'server view', c.oid::regclass::text, md5(pg_get_viewdef(c.oid))
FROM pg_class c WHERE c.relkind = 'v' AND c.oid < 16384
UNION ALL
SELECT 'language', lanname, concat_ws(' ', lanpltrusted, lanplcallfoid::regproc, laninline::regproc,
                                      lanvalidator::regproc, lanacl::text)
FROM pg_language WHERE oid < 16384
UNION ALL
SELECT 'schema', nspname, pg_get_userbyid(nspowner) FROM pg_namespace WHERE oid < 16384 OR nspname = 'public'
UNION ALL
{_HASHED}
""")  # noqa: S608 - nothing in it comes from outside

_GIVEN = text("""
WITH given (name, acl) AS (
    SELECT p.oid::regprocedure::text, p.proacl FROM pg_proc p WHERE p.oid < 16384
    UNION ALL
    SELECT c.oid::regclass::text, c.relacl FROM pg_class c WHERE c.oid < 16384
    UNION ALL
    SELECT c.oid::regclass || '.' || a.attname, a.attacl
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.oid < 16384
)
SELECT 'grant' AS kind, given.name || ' to ' || coalesce(r.rolname, 'public') AS name,
       string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type) AS definition
FROM given CROSS JOIN LATERAL aclexplode(given.acl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
WHERE g.grantee = 0 OR r.rolname ~ '^desk_' OR NOT r.rolsuper AND pg_has_role(r.oid, 'desk_staff', 'MEMBER')
GROUP BY 2
""")

BESIDE: tuple[TextClause, ...] = (_ADDED, _ORIGINAL, _GIVEN)
"""What was added, what was there and may be altered, and who was given a right to it."""
