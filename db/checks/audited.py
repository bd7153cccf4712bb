"""Whether rows are what the audit last said of them, and events bear the name of whoever made the move.

Triggers write down every row of an audited table as it became.  So what somebody
wrote into a row past them, a decision among it, is another than the last entry tells;
and to change the entry too, they must hash its chain again.  Rows that no entry tells
of were there before anybody worked at the desk, and are held to nothing here.
"""

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sqlalchemy import Connection, TextClause, text

from db.checks.finding import Finding

WITHOUT_ENTRY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "change_request": ("claimed_by", "claimed_at", "editors", "missing_papers", "unseen_originals"),
        "plan": ("followed_on", "next_due_on", "breaks_on"),
    }
)
"""What changes in a row without an entry: nobody's view of the row is outdated by it."""

_TABLES = text("""
SELECT c.relname AS name,
       (SELECT array_agg(a.attname::text ORDER BY k.place)
        FROM unnest(i.indkey::int[]) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum) AS key,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          AND a.atttypid <> 'bytea'::regtype) AS columns,
       (SELECT coalesce(array_agg(a.attname::text), '{}') FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.atttypid = 'timestamptz'::regtype) AS moments
FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relnamespace = 'public'::regnamespace
  AND EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgfoid = 'audit_row()'::regprocedure)
ORDER BY 1
""")

_LAST_ENTRIES = """
WITH entries AS (
    SELECT a.id, a.table_name, keyed.key, a.new_row AS said
    FROM audit_log a JOIN jsonb_each(CAST(:keys AS jsonb)) k ON k.key = a.table_name
    CROSS JOIN LATERAL (SELECT jsonb_agg(a.new_row -> c.name ORDER BY c.place) AS key
                        FROM jsonb_array_elements_text(k.value) WITH ORDINALITY AS c (name, place)) keyed
    WHERE a.new_row IS NOT NULL
    UNION ALL
    SELECT a.id, a.table_name, keyed.old_key, NULL
    FROM audit_log a JOIN jsonb_each(CAST(:keys AS jsonb)) k ON k.key = a.table_name
    CROSS JOIN LATERAL (SELECT jsonb_agg(a.old_row -> c.name ORDER BY c.place) AS old_key,
                               jsonb_agg(a.new_row -> c.name ORDER BY c.place) AS new_key
                        FROM jsonb_array_elements_text(k.value) WITH ORDINALITY AS c (name, place)) keyed
    WHERE a.old_row IS NOT NULL AND (a.new_row IS NULL OR keyed.old_key <> keyed.new_key)
), last_entry AS MATERIALIZED (
    SELECT DISTINCT ON (table_name, key) table_name, key, said
    FROM entries ORDER BY table_name, key, id DESC, said IS NULL
)
"""

_ONE_TABLE = """
SELECT e.table_name || ' ' || btrim(e.key::text, '[]') || ': '
       || CASE WHEN e.said IS NULL THEN 'there again' WHEN there.now IS NULL THEN 'gone'
               ELSE other.columns END
       AS example
FROM last_entry e
LEFT JOIN (
    SELECT jsonb_build_array({key}) AS key, without_secrets(to_jsonb(one)) AS now
    FROM (SELECT {columns} FROM {table}) one
) there ON there.key = e.key
CROSS JOIN LATERAL (
    SELECT string_agg(n.key, ', ' ORDER BY n.key) AS columns
    FROM jsonb_each(e.said - '{kept}'::text[]) n
    WHERE there.now ? n.key
      AND CASE WHEN n.key = ANY ('{moments}'::text[])
               THEN (n.value #>> '{{}}')::timestamptz IS DISTINCT FROM (there.now ->> n.key)::timestamptz
               ELSE n.value IS DISTINCT FROM there.now -> n.key END
) other
WHERE e.table_name = '{table}'
  AND ((e.said IS NULL) <> (there.now IS NULL) OR other.columns IS NOT NULL)
"""

_EVENTS = text("""
WITH moves AS MATERIALIZED (
    SELECT table_name, ident, (new_row ->> 'id')::bigint AS id, login,
           CASE WHEN operation = 'UPDATE' THEN old_row ->> 'state' END AS old_state,
           new_row ->> 'state' AS new_state
    FROM audit_log
    WHERE table_name IN ('plan', 'change_request')
      AND (operation = 'INSERT' OR operation = 'UPDATE' AND old_row ->> 'state' <> new_row ->> 'state')
), events AS (
    SELECT 'plan' AS table_name, ident, plan_id AS id, login, old_state, new_state FROM plan_event
    UNION ALL
    SELECT 'change_request', ident, request_id, login, old_state, new_state FROM change_event
)
SELECT e.table_name || ' ' || lpad(e.ident::text, 7, '0') || ' ' || e.id || ' ' || e.new_state AS example
FROM events e
WHERE e.old_state IS DISTINCT FROM e.new_state
  AND NOT EXISTS (
      SELECT FROM moves m
      WHERE m.table_name = e.table_name AND m.ident = e.ident AND m.id = e.id AND m.login = e.login
        AND m.old_state IS NOT DISTINCT FROM e.old_state AND m.new_state = e.new_state)
  -- what was there before anybody worked at the desk has no entries, and moves since then have
  AND EXISTS (
      SELECT FROM moves m
      WHERE m.table_name = e.table_name AND m.ident = e.ident AND m.id = e.id
        AND (m.old_state IS NULL
             OR m.old_state IS NOT DISTINCT FROM e.old_state AND m.new_state = e.new_state))
""")

CHECKS: tuple[tuple[str, str, TextClause], ...] = (
    ("deciders", "move under another name than the audit says, or that the audit knows nothing of", _EVENTS),
)
"""Name, what is wrong where rows are found, and how they are found."""


def audited_rows(connection: Connection) -> Iterator[Finding]:
    """Find rows of audited tables that are not as their last entry says, and name what differs."""
    tables = connection.execute(_TABLES).all()
    if not tables:
        return
    rows = "\nUNION ALL\n".join(
        _ONE_TABLE.format(
            table=one.name,
            key=", ".join(f"one.{column}" for column in one.key),
            columns=", ".join(one.columns),
            kept="{" + ",".join(WITHOUT_ENTRY.get(one.name, ())) + "}",
            moments="{" + ",".join(one.moments) + "}",
        )
        for one in tables
    )
    found = sorted(
        connection.execute(
            text(f"{_LAST_ENTRIES} {rows}"), {"keys": json.dumps({one.name: one.key for one in tables})}
        ).scalars()
    )
    if found:
        yield Finding(
            "audited rows", "row that is not what the audit last said of it", len(found), tuple(found[:5])
        )
