"""What ``salter-db check`` proves of data changes: numbers, moves, four eyes, effects, papers."""

from sqlalchemy import TextClause, text

_NUMBERS = text("""
WITH used AS (
    SELECT branch_id, number_year AS year, number_serial AS serial, submitted_at AS taken_at
    FROM change_request WHERE number IS NOT NULL
), registers AS (
    SELECT branch_id, year, coalesce(s.last_serial, 0) AS closed, u.latest
    FROM change_serial s
    FULL JOIN (SELECT branch_id, year, max(serial) AS latest FROM used GROUP BY 1, 2) u
         USING (branch_id, year)
)
SELECT b.code || '/' || r.year || ': no ' || free AS example
FROM registers r JOIN branch b ON b.id = r.branch_id
CROSS JOIN LATERAL generate_series(1, greatest(r.closed, r.latest)) AS free
WHERE NOT EXISTS (SELECT FROM used u WHERE u.branch_id = r.branch_id AND u.year = r.year AND u.serial = free)
  -- one that was given back a while ago is the next that is taken
  AND (free <= r.closed OR EXISTS (
          SELECT FROM used u WHERE u.branch_id = r.branch_id AND u.year = r.year AND u.serial > free
                               AND u.taken_at < clock_timestamp() - interval '1 day'))
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

_PAPER_NAMES = text("""
SELECT lpad(p.ident::text, 7, '0') || ' paper ' || p.id AS example
FROM change_paper p
WHERE NOT CASE WHEN p.content IS NOT NULL THEN coalesce(is_named_as(p.file_name, p.content_type), false)
               ELSE p.file_name = '' OR is_safe_name(p.file_name) END
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
    ("paper names", "paper under a name that hides something or is not of its type", _PAPER_NAMES),
    ("change secrets", "personal number where it could be read", _SECRETS),
)
"""Name, what is wrong where rows are found, and how they are found."""
