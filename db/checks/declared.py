"""Whether the database's copy of what this program declares is that still."""

import json

from sqlalchemy import TextClause, text

from db import declarations

_KINDS = text("""
SELECT coalesce(k.code, d.code) AS example
FROM (SELECT * FROM change_kind WHERE is_current) k
FULL JOIN jsonb_to_recordset(CAST(:kinds AS jsonb)) AS d (
    code text, position smallint, number smallint, route text, scope text, decider text, ground text,
    four_eyes boolean, deadline_days smallint, declaration jsonb) ON d.code = k.code
WHERE (k.position, k.number, k.route, k.scope, k.decider, k.ground, k.four_eyes, k.deadline_days,
       k.declaration)
      IS DISTINCT FROM (d.position, d.number, d.route, d.scope, d.decider, d.ground, d.four_eyes,
                        d.deadline_days, d.declaration)
UNION ALL
SELECT coalesce(concat_ws(' ', t.route, t.old_state, t.new_state, t.mover), d::text)
FROM (SELECT *, jsonb_build_array(route, old_state, new_state, mover) AS step FROM change_transition) t
FULL JOIN jsonb_array_elements(CAST(:transitions AS jsonb)) AS d ON d = t.step
WHERE d IS NULL OR t.step IS NULL
""")

_MOVES = text("""
SELECT coalesce(concat_ws(' ', t.table_name, t.old_state, t.new_state), d::text) AS example
FROM (SELECT *, jsonb_build_array(table_name, old_state, new_state) AS step FROM state_transition) t
FULL JOIN jsonb_array_elements(CAST(:moves AS jsonb)) AS d ON d = t.step
WHERE d IS NULL OR t.step IS NULL
""")

CHECKS: tuple[tuple[str, str, TextClause], ...] = (
    ("change kinds", "kind of change or move that differs from what this program declares", _KINDS),
    ("moves", "move of a plan, case or notice that differs from what this program declares", _MOVES),
)
"""Name, what is wrong where rows are found, and how they are found by the values ``given``."""


def given() -> dict[str, str]:
    """Return what the queries compare the database with."""
    return {
        "kinds": json.dumps(declarations.kinds()),
        "transitions": json.dumps(declarations.transitions()),
        "moves": json.dumps(declarations.moves()),
    }
