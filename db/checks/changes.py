"""What ``salter-db check`` proves of data changes: numbers, moves, four eyes, effects, papers."""

from sqlalchemy import TextClause, text

_NUMBERS = text("""
SELECT b.code || '/' || s.year || ': ' || s.last_serial || ' given, ' || count(r.id) || ' used' AS example
FROM change_serial s JOIN branch b ON b.id = s.branch_id
LEFT JOIN change_request r ON r.branch_id = s.branch_id AND r.number_year = s.year
GROUP BY b.code, s.year, s.last_serial
HAVING count(r.id) <> s.last_serial OR min(r.number_serial) <> 1 OR max(r.number_serial) <> s.last_serial
UNION ALL
SELECT r.number FROM change_request r
LEFT JOIN change_serial s ON s.branch_id = r.branch_id AND s.year = r.number_year
WHERE r.number IS NOT NULL AND s.branch_id IS NULL
""")

_MOVES = text("""
WITH chained AS (
    SELECT e.ident, e.request_id, e.id, e.old_state, e.new_state,
           lag(e.new_state) OVER w AS before, lead(e.id) OVER w IS NULL AS is_last
    FROM change_event e WINDOW w AS (PARTITION BY e.ident, e.request_id ORDER BY e.id)
)
SELECT lpad(r.ident::text, 7, '0') || ' ' || r.id AS example
FROM change_request r
LEFT JOIN change_kind k ON k.code = r.kind
LEFT JOIN chained c ON c.ident = r.ident AND c.request_id = r.id
WHERE c.id IS NULL
   OR c.old_state IS DISTINCT FROM c.before
   OR c.old_state IS NULL AND c.new_state <> 'draft'
   OR c.is_last AND c.new_state <> r.state
   OR c.old_state IS NOT NULL AND NOT EXISTS (
        SELECT FROM change_transition t
        WHERE t.route = k.route AND t.old_state = c.old_state AND t.new_state = c.new_state)
GROUP BY r.ident, r.id
""")

_FOUR_EYES = text("""
SELECT r.number AS example
FROM change_request r JOIN change_kind k ON k.code = r.kind
WHERE r.state IN ('approved', 'applied')
  AND (r.decided_by IS NULL OR r.decided_at IS NULL
       OR k.four_eyes AND (r.decided_by = ANY (r.editors) OR r.decided_by = r.entered_by))
""")

_EFFECTS = text("""
SELECT r.number AS example FROM change_request r
WHERE (r.state = 'applied') <> (r.applied_at IS NOT NULL)
   OR r.state <> 'applied' AND EXISTS (SELECT FROM change_effect e WHERE e.request_id = r.id)
   OR r.state = 'applied' AND NOT EXISTS (SELECT FROM account a WHERE a.ident = r.ident)
   -- what altered nothing on file because it stood there already leaves no contact, but a state always
   OR r.state = 'applied' AND NOT EXISTS (SELECT FROM change_effect e WHERE e.request_id = r.id)
""")

_PAPERS = text("""
SELECT lpad(p.ident::text, 7, '0') || ' paper ' || p.id AS example
FROM change_paper p WHERE p.content IS NOT NULL AND p.content_type IS DISTINCT FROM sniffed_type(p.content)
UNION ALL
SELECT r.number FROM change_request r
JOIN change_kind k ON k.code = r.kind
CROSS JOIN LATERAL change_papers_of(r, k.declaration) papers
WHERE r.state IN ('approved', 'with_provider', 'submitted') AND r.missing_papers <> papers.missing
""")

_SECRETS = text("""
SELECT lpad(r.ident::text, 7, '0') || ' ' || r.id AS example
FROM change_request r
WHERE r.new_values ->> 'jmbg' ~ '[0-9]{9}' OR r.old_values ->> 'jmbg' ~ '[0-9]{9}'
UNION ALL
SELECT lpad(e.ident::text, 7, '0') || ' effect ' || e.id FROM change_effect e
WHERE e.before ? 'jmbg' OR e.after ? 'jmbg'
""")

_DECISIONS = text("""
SELECT lpad(r.ident::text, 7, '0') || ' ' || coalesce(r.number, r.id::text) AS example
FROM change_request r
LEFT JOIN LATERAL (
    SELECT e.login FROM change_event e
    WHERE e.ident = r.ident AND e.request_id = r.id AND e.new_state IN ('approved', 'rejected')
    ORDER BY e.id DESC LIMIT 1
) decided ON true
WHERE r.decided_by IS DISTINCT FROM decided.login
""")

CHECKS: tuple[tuple[str, str, TextClause], ...] = (
    ("change numbers", "gap in the numbers of requests", _NUMBERS),
    ("change moves", "request whose events no allowed moves lead through", _MOVES),
    ("change decisions", "request approved by whoever entered it, or by nobody", _FOUR_EYES),
    ("change deciders", "request decided by somebody else than its events say", _DECISIONS),
    ("change effects", "request applied without effect, or with effect without being applied", _EFFECTS),
    ("change papers", "paper that is not what it is said to be, or missing unnoticed", _PAPERS),
    ("change secrets", "personal number where it could be read", _SECRETS),
)
"""Name, what is wrong where rows are found, and how they are found."""
