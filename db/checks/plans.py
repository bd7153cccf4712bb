"""What ``salter-db check`` proves of payment plans: sums, what is held and closed, numbers, events."""

from sqlalchemy import TextClause, text

_ADD_UP = text("""
SELECT lpad(p.ident::text, 7, '0') || ' ' || p.contract_number AS example
FROM plan p
LEFT JOIN (SELECT ident, plan_id, sum(principal) AS principal, sum(interest) AS interest
           FROM plan_item GROUP BY 1, 2) i ON i.ident = p.ident AND i.plan_id = p.id
LEFT JOIN (SELECT ident, plan_id, sum(amount) AS costs FROM plan_cost GROUP BY 1, 2) k
     ON k.ident = p.ident AND k.plan_id = p.id
LEFT JOIN (SELECT ident, plan_id, sum(amount) AS total FROM instalment GROUP BY 1, 2) n
     ON n.ident = p.ident AND n.plan_id = p.id
WHERE p.state <> 'requested'
  AND ((coalesce(i.principal, 0), coalesce(i.interest, 0), coalesce(k.costs, 0))
           IS DISTINCT FROM (p.principal, p.interest, p.costs)
       OR coalesce(i.principal, 0) + coalesce(i.interest, 0) + coalesce(k.costs, 0)
          <> p.written_off_principal + p.written_off_interest + coalesce(n.total, 0))
""")

_HELD = text("""
SELECT lpad(i.ident::text, 7, '0') || '/' || i.ggmm AS example
FROM plan p JOIN plan_item i ON i.ident = p.ident AND i.plan_id = p.id
JOIN bill_balance b ON b.ident = i.ident AND b.ggmm = i.ggmm
WHERE is_plan_in_force(p.state) AND b.stage <> 'plan'
UNION ALL
SELECT lpad(c.ident::text, 7, '0') || ' ' || c.internal_number
FROM enforcement_case c
WHERE (c.state = 'suspended_by_plan') IS DISTINCT FROM (
          is_case_open(c.state) AND EXISTS (
              SELECT FROM enforcement_item e
              JOIN plan_item i ON i.ident = e.ident AND i.ggmm = e.ggmm
              JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
              WHERE e.ident = c.ident AND e.case_id = c.id AND is_plan_in_force(p.state)))
   OR (c.state = 'suspended_by_plan') <> (c.state_before_plan IS NOT NULL)
""")

_CLOSED = text("""
SELECT lpad(i.ident::text, 7, '0') || '/' || i.ggmm AS example
FROM plan p JOIN plan_item i ON i.ident = p.ident AND i.plan_id = p.id
JOIN bill_balance b ON b.ident = i.ident AND b.ggmm = i.ggmm
JOIN bill o ON o.ident = b.ident AND o.ggmm = b.ggmm AND o.version = b.version
-- a bill that was corrected upwards afterwards is a new debt
WHERE p.state = 'kept' AND b.open > 0 AND o.version = 1
UNION ALL
SELECT lpad(p.ident::text, 7, '0') || ' ' || p.contract_number
FROM plan p JOIN instalment n ON n.ident = p.ident AND n.plan_id = p.id
WHERE p.state = 'kept' AND n.paid < n.amount
UNION ALL
SELECT lpad(p.ident::text, 7, '0') || ' ' || p.contract_number
FROM plan p WHERE is_plan_over(p.state) <> (p.ended_on IS NOT NULL)
""")

_NUMBERS = text("""
WITH used AS (
    SELECT branch_id, number_year AS year, number_serial AS serial, created_at AS taken_at
    FROM plan WHERE number_serial IS NOT NULL
), registers AS (
    SELECT branch_id, year, coalesce(s.last_serial, 0) AS closed, u.latest
    FROM plan_serial s
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

_EVENTS = text("""
WITH chained AS (
    SELECT e.ident, e.plan_id, e.old_state, e.new_state,
           lag(e.new_state) OVER w AS before, lead(e.id) OVER w IS NULL AS is_last
    FROM plan_event e WINDOW w AS (PARTITION BY e.ident, e.plan_id ORDER BY e.id)
)
SELECT lpad(p.ident::text, 7, '0') || ' ' || p.contract_number AS example
FROM plan p JOIN chained c ON c.ident = p.ident AND c.plan_id = p.id
WHERE c.old_state IS DISTINCT FROM c.before OR c.is_last AND c.new_state <> p.state
   OR c.old_state <> c.new_state AND NOT EXISTS (
        SELECT FROM state_transition t
        WHERE t.table_name = 'plan' AND t.old_state = c.old_state AND t.new_state = c.new_state)
GROUP BY p.ident, p.contract_number
""")

_STATED = text("""
WITH ended AS MATERIALIZED (
    SELECT p.ident, p.id, p.contract_number, p.signed_on, p.ended_on, p.principal, p.interest, e.facts,
           e.happened_at
    FROM plan p
    CROSS JOIN LATERAL (SELECT v.facts, v.happened_at FROM plan_event v
                        WHERE v.ident = p.ident AND v.plan_id = p.id ORDER BY v.id DESC LIMIT 1) e
    WHERE p.state IN ('broken', 'cancelled') AND e.facts -> 'months' <> '{}'
), months AS (
    SELECT d.*, m.key::smallint AS ggmm, (m.value ->> 'principal')::numeric AS left_principal,
           (m.value ->> 'on_bill')::numeric AS on_bill, (m.value ->> 'acknowledged')::numeric AS acknowledged
    FROM ended d CROSS JOIN LATERAL jsonb_each(d.facts -> 'months') m
)
SELECT lpad(m.ident::text, 7, '0') || '/' || m.ggmm || ' ' || m.contract_number AS example
FROM months m
JOIN bill_balance b ON b.ident = m.ident AND b.ggmm = m.ggmm
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE y.booked_at > m.happened_at OR y.received_on >= m.ended_on
                               AND y.id <> coalesce((m.facts ->> 'payment')::bigint, 0)) AS paid_since
    FROM allocation a JOIN payment y ON y.ident = a.ident AND y.id = a.payment_id
    WHERE a.ident = m.ident AND a.ggmm = m.ggmm AND y.ident = m.ident
) y
LEFT JOIN LATERAL (
    SELECT * FROM open_months(m.ident, greatest(m.ended_on, b.due_on + 1)) o WHERE o.ggmm = m.ggmm
) o ON true
-- a bill that was corrected is another debt, and what a later contract took up that one says
WHERE b.version = 1 AND NOT EXISTS (SELECT FROM plan_item i WHERE i.ident = m.ident AND i.ggmm = m.ggmm
                                                              AND i.plan_id > m.id)
  AND (b.open > m.left_principal + m.on_bill
       OR b.open < m.left_principal + m.on_bill AND y.paid_since = 0
       OR coalesce(o.acknowledged, 0) <> m.acknowledged
       OR o.accrue_from < m.signed_on)
UNION ALL
SELECT lpad(d.ident::text, 7, '0') || ' ' || d.contract_number
FROM ended d
CROSS JOIN LATERAL (
    SELECT sum((m.value ->> 'principal')::numeric) AS principal,
           sum((m.value ->> 'on_bill')::numeric + (m.value ->> 'acknowledged')::numeric) AS interest
    FROM jsonb_each(d.facts -> 'months') m
) s
WHERE s.principal > d.principal OR s.interest > d.interest
""")

_BREACHES = text("""
SELECT lpad(p.ident::text, 7, '0') || ' ' || p.contract_number AS example
FROM plan p
CROSS JOIN LATERAL (SELECT v.cause FROM plan_event v
                    WHERE v.ident = p.ident AND v.plan_id = p.id ORDER BY v.id DESC LIMIT 1) e
WHERE p.state = 'broken' AND e.cause = 'instalments_missed'
  AND (p.breaks_on > p.ended_on OR p.breaks_on IS NULL)
""")

_OUTLOOK = text("""
SELECT lpad(p.ident::text, 7, '0') || ' ' || p.contract_number AS example
FROM plan p JOIN plan_outlook_computed c ON c.ident = p.ident AND c.plan_id = p.id
WHERE (p.next_due_on, p.breaks_on) IS DISTINCT FROM (c.next_due_on, c.breaks_on)
""")

_PROGRAMMES = text("""
SELECT p.contract_number AS example
FROM plan p JOIN programme_version v ON v.programme_id = p.programme_id AND v.version = p.programme_version
WHERE v.state = 'draft' OR p.signed_on < v.valid_from OR p.signed_on >= v.valid_to
UNION ALL
SELECT g.code || ' v' || v.version
FROM programme_version v JOIN programme g ON g.id = v.programme_id
WHERE v.state <> 'withdrawn' AND terms_problem(v.terms) IS NOT NULL
""")

CHECKS: tuple[tuple[str, str, TextClause], ...] = (
    ("plan sums", "plan whose debt is not what is written off and the instalments", _ADD_UP),
    ("plans in force", "month or case that a plan in force does not hold", _HELD),
    ("plans ended", "kept plan that left something open, or a plan ended without its day", _CLOSED),
    ("plan numbers", "contract numbers with a gap", _NUMBERS),
    ("plan events", "plan whose events no allowed moves lead through to where it stands", _EVENTS),
    ("plan breaches", "plan broken before the day its contract names", _BREACHES),
    ("plan debts", "month that does not owe what the end of its plan says", _STATED),
    ("plan outlook", "plan whose next day does not follow from its instalments", _OUTLOOK),
    ("programmes", "plan outside its programme, or terms that cannot be", _PROGRAMMES),
)
"""Name, what is wrong where rows are found, and how they are found."""
