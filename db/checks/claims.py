"""What ``salter-db check`` proves of notices and cases: principal and interest apart, none claimed twice."""

from sqlalchemy import TextClause, text

_CLAIMS = text("""
WITH claimed AS (
    SELECT i.ident, i.ggmm, i.principal, n.number FROM notice_item i
    JOIN notice n ON n.ident = i.ident AND n.id = i.notice_id
    UNION ALL
    SELECT i.ident, i.ggmm, i.principal, c.internal_number FROM enforcement_item i
    JOIN enforcement_case c ON c.ident = i.ident AND c.id = i.case_id
)
SELECT lpad(c.ident::text, 7, '0') || '/' || c.ggmm || ' ' || c.number AS example
FROM claimed c
WHERE c.principal > (SELECT max(b.charged - b.interest) FROM bill b
                     WHERE b.ident = c.ident AND b.ggmm = c.ggmm)
UNION ALL
SELECT lpad(n.ident::text, 7, '0') || ' ' || n.number
FROM notice n
LEFT JOIN (SELECT ident, notice_id, sum(principal) AS principal, sum(interest) AS interest
           FROM notice_item GROUP BY 1, 2) i ON i.ident = n.ident AND i.notice_id = n.id
WHERE (coalesce(i.principal, 0), coalesce(i.interest, 0)) IS DISTINCT FROM (n.principal, n.interest)
""")

_INTEREST = text("""
SELECT lpad(n.ident::text, 7, '0') || '/' || i.ggmm || ' ' || n.number AS example
FROM notice n
JOIN notice_item i ON i.ident = n.ident AND i.notice_id = n.id
JOIN bill_balance b ON b.ident = i.ident AND b.ggmm = i.ggmm
JOIN bill o ON o.ident = b.ident AND o.ggmm = b.ggmm AND o.version = 1
CROSS JOIN LATERAL (SELECT max(g.issued_on) - 1 AS last_asked FROM bill g
                    WHERE g.ident = n.ident AND g.version = 1 AND g.issued_on <= n.drawn_on) k
-- while a contract or a case had a month, no bill asked for its interest
WHERE NOT EXISTS (SELECT FROM plan_item p WHERE p.ident = i.ident AND p.ggmm = i.ggmm)
  AND NOT EXISTS (SELECT FROM enforcement_item e WHERE e.ident = i.ident AND e.ggmm = i.ggmm)
  AND i.interest > o.interest + accrued_interest(i.principal, greatest(b.due_on, k.last_asked), n.drawn_on)
""")

CHECKS: tuple[tuple[str, str, TextClause], ...] = (
    (
        "claims",
        "principal of a notice or a case that holds interest, or a notice that does not add up",
        _CLAIMS,
    ),
    ("claimed interest", "interest on a notice that a later bill asks for already", _INTEREST),
)
"""Name, what is wrong where rows are found, and how they are found."""
