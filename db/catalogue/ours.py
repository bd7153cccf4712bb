"""What the schema is made of: tables, code, rights.

Of partitions only what they have of their own is listed (how many there are depends
on the year); what belongs to extensions is left out.
"""

from sqlalchemy import text

OF_THE_SCHEMA = """
    c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""

OURS = text(f"""
SELECT 'column' AS kind, c.relname || '.' || a.attname AS name,
       concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                 a.attidentity, a.attgenerated, pg_get_expr(f.adbin, f.adrelid)) AS definition
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef f ON f.adrelid = c.oid AND f.adnum = a.attnum
WHERE c.relkind IN ('r', 'p') AND {OF_THE_SCHEMA}
UNION ALL
SELECT 'constraint', c.relname || '.' || k.conname,
       pg_get_constraintdef(k.oid) || CASE WHEN k.convalidated THEN '' ELSE ' not validated' END
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE k.contype IN ('c', 'x', 'f', 'p', 'u') AND {OF_THE_SCHEMA}
UNION ALL
SELECT 'index', n.relname, pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class n ON n.oid = i.indexrelid
WHERE {OF_THE_SCHEMA}
UNION ALL
SELECT 'trigger', c.relname || '.' || t.tgname,
       pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' switched off' END
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND {OF_THE_SCHEMA}
UNION ALL
SELECT 'function', p.oid::regprocedure::text,
       concat_ws(' ', md5(CASE WHEN p.prokind = 'a' THEN p.prosrc ELSE pg_get_functiondef(p.oid) END),
                 pg_get_userbyid(p.proowner))
FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'view', c.relname, concat_ws(' ', md5(pg_get_viewdef(c.oid)), c.reloptions::text)
FROM pg_class c WHERE c.relkind = 'v' AND {OF_THE_SCHEMA}
UNION ALL
SELECT 'row security', c.relname, concat_ws(' ', c.relrowsecurity, c.relforcerowsecurity)
FROM pg_class c WHERE c.relkind IN ('r', 'p') AND {OF_THE_SCHEMA}
UNION ALL
SELECT 'policy', p.tablename || '.' || p.policyname,
       concat_ws(' ', p.permissive, p.roles::text, p.cmd, p.qual, p.with_check)
FROM pg_policies p WHERE p.schemaname = 'public'
UNION ALL
SELECT 'grant', c.relname || ' to ' || coalesce(r.rolname, 'public'), string_agg(g.privilege_type, ', '
       ORDER BY g.privilege_type)
FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
-- the counters of people who work here are in no new database
WHERE c.relkind IN ('r', 'p', 'v', 'S') AND {OF_THE_SCHEMA}
  AND NOT (c.relkind = 'S' AND g.grantee = c.relowner)
GROUP BY 2
UNION ALL
SELECT 'grant', c.relname || '.' || a.attname || ' to ' || coalesce(r.rolname, 'public'),
       string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
CROSS JOIN LATERAL aclexplode(a.attacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
WHERE {OF_THE_SCHEMA} GROUP BY 2
UNION ALL
SELECT 'grant', p.oid::regprocedure || ' to ' || coalesce(r.rolname, 'public'),
       string_agg(g.privilege_type, ', ')
FROM pg_proc p CROSS JOIN LATERAL aclexplode(p.proacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
WHERE p.pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
GROUP BY 2
UNION ALL
SELECT 'rule', c.relname || '.' || w.rulename, pg_get_ruledef(w.oid)
FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class
WHERE w.rulename <> '_RETURN' AND c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'owner', c.relname, pg_get_userbyid(c.relowner)
FROM pg_class c
WHERE c.relkind IN ('r', 'p', 'v', 'S') AND {OF_THE_SCHEMA} AND pg_get_userbyid(c.relowner) <> 'salter_owner'
UNION ALL
SELECT 'table', c.relname, concat_ws(' ', c.relkind, c.relpersistence)
FROM pg_class c WHERE c.relkind IN ('r', 'p') AND {OF_THE_SCHEMA}
UNION ALL
SELECT 'constraint', c.relname || '.' || coalesce(k.conname, '') || ' switched off', ''
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid LEFT JOIN pg_constraint k ON k.oid = t.tgconstraint
WHERE t.tgisinternal AND t.tgenabled <> 'O' AND c.relnamespace = 'public'::regnamespace GROUP BY 2
UNION ALL
-- of partitions only what they have of their own, because how many there are depends on the year
SELECT 'grant', c.relname || ' to ' || coalesce(r.rolname, 'public'), string_agg(g.privilege_type, ', ')
FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
WHERE c.relispartition AND c.relkind IN ('r', 'p') AND g.grantee <> c.relowner GROUP BY 2
UNION ALL
SELECT 'trigger', c.relname || '.' || t.tgname,
       pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' switched off' END
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relispartition AND NOT t.tgisinternal
  AND (t.tgenabled <> 'O' OR t.tgparentid = 0 AND t.tgname <> 'immutable_table')
UNION ALL
SELECT 'partition', c.relname || ' without ' || t.tgname, ''
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_trigger t ON t.tgrelid = i.inhparent
WHERE c.relispartition AND c.relkind IN ('r', 'p') AND NOT t.tgisinternal AND t.tgtype & 1 = 1
  AND NOT EXISTS (SELECT FROM pg_trigger own WHERE own.tgrelid = c.oid AND own.tgparentid = t.oid)
UNION ALL
SELECT 'partition', c.relname || ' without immutable_table', ''
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent IN ('bill'::regclass, 'bill_line'::regclass)
  AND NOT EXISTS (SELECT FROM pg_trigger own WHERE own.tgrelid = c.oid AND own.tgname = 'immutable_table')
""")  # noqa: S608 - nothing in it comes from outside
