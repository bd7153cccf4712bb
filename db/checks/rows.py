"""Whether rows say of each other what they must: chains of the logs, sums of bills and accounts, search."""

from sqlalchemy import TextClause, text

_BROKEN_LINKS = text(
    "SELECT concat_ws(' ', log, nullif(chain, ''), coalesce(chain_no::text, '-') || ':', problem) AS example"
    " FROM broken_links()"
)

_BROKEN_JOINTS = text("SELECT joint_no || ': ' || problem AS example FROM broken_joints()")

_BROKEN_MONTHS = text("SELECT month || ' ' || what AS example FROM broken_months()")

_BILL_BALANCES = text("""
SELECT lpad(ident::text, 7, '0') || '/' || ggmm AS example
FROM bill_balance b FULL JOIN bill_balance_computed c USING (ident, ggmm)
WHERE (b.version, b.due_on, b.charged, b.paid, b.stage)
      IS DISTINCT FROM (c.version, c.due_on, c.charged, c.paid, c.stage)
""")

_ACCOUNT_BALANCES = text("""
SELECT lpad(ident::text, 7, '0') AS example
FROM account_balance b FULL JOIN account_balance_computed c USING (ident)
WHERE (coalesce(b.current_month, 0), coalesce(b.unsued, 0), coalesce(b.sued, 0), coalesce(b.plan, 0),
       coalesce(b.overpaid, 0), b.latest_ggmm)
      IS DISTINCT FROM (c.current_month, c.unsued, c.sued, c.plan, c.overpaid, c.latest_ggmm)
""")

_CHARGED = text("""
SELECT lpad(ident::text, 7, '0') || '/' || ggmm || ' v' || version AS example
FROM bill b
FULL JOIN (SELECT ident, ggmm, version, sum(amount) AS total FROM bill_line GROUP BY 1, 2, 3) l
     USING (ident, ggmm, version)
WHERE b.charged IS DISTINCT FROM coalesce(l.total, 0)
""")

# sixty-four bits tell the lines of a bill apart in one pass; sorting them takes twice as long
_DUPLICATED_LINES = text("""
SELECT lpad(ident::text, 7, '0') || '/' || ggmm || ' v' || version AS example
FROM bill_line GROUP BY ident, ggmm, version
HAVING count(*) > bit_count(bit_or(1::bigint << line_no)::bit(64))
""")

_OVERALLOCATED = text("""
SELECT lpad(a.ident::text, 7, '0') || ' payment ' || a.payment_id AS example
FROM (SELECT ident, payment_id, sum(amount) AS used FROM allocation GROUP BY 1, 2) a
LEFT JOIN payment p ON p.ident = a.ident AND p.id = a.payment_id
WHERE p.amount IS NULL OR a.used > p.amount
""")

_INSTALMENTS = text("""
SELECT lpad(i.ident::text, 7, '0') || ' plan ' || i.plan_id || ' instalment ' || i.instalment_no AS example
FROM instalment i
LEFT JOIN (SELECT ident, plan_id, instalment_no, sum(amount) AS paid FROM allocation
           WHERE plan_id IS NOT NULL GROUP BY 1, 2, 3) a USING (ident, plan_id, instalment_no)
WHERE i.paid <> coalesce(a.paid, 0)
""")

_PLAN_SUMS = text("""
SELECT lpad(p.ident::text, 7, '0') || ' ' || p.contract_number AS example
FROM plan p
LEFT JOIN (SELECT ident, plan_id, sum(amount) AS total FROM instalment GROUP BY 1, 2) i
     ON i.ident = p.ident AND i.plan_id = p.id
WHERE (is_plan_in_force(p.state) OR p.state IN ('kept', 'broken')) AND p.payable <> coalesce(i.total, 0)
""")

_CASE_COSTS = text("""
SELECT lpad(c.ident::text, 7, '0') || ' ' || c.internal_number AS example
FROM enforcement_case c
LEFT JOIN (SELECT ident, case_id, sum(amount) AS paid FROM allocation
           WHERE case_id IS NOT NULL GROUP BY 1, 2) a ON a.ident = c.ident AND a.case_id = c.id
WHERE c.paid_costs <> coalesce(a.paid, 0)
""")

_CONSENTS = text("""
SELECT lpad(d.ident::text, 7, '0') AS example
FROM delivery d WHERE d.by_email AND NOT EXISTS (
    SELECT FROM email_consent c WHERE c.ident = d.ident AND c.email = d.email AND c.ended_at IS NULL)
UNION ALL
SELECT lpad(c.ident::text, 7, '0') || ' consent ' || c.consent_no
FROM email_consent c LEFT JOIN delivery d ON d.ident = c.ident
WHERE c.ended_at IS NULL AND (d.by_email AND d.email = c.email) IS NOT TRUE
""")

_SEARCH = text("""
SELECT lpad(ident::text, 7, '0') AS example
FROM account_search s FULL JOIN account_search_computed c USING (ident)
WHERE (s.name, s.address, s.words, s.is_closed) IS DISTINCT FROM (c.name, c.address, c.words, c.is_closed)
""")

CHECKS: tuple[tuple[str, str, TextClause], ...] = (
    ("chains", "broken link in a log", _BROKEN_LINKS),
    ("joints", "log that is not what it was when its chains were joined", _BROKEN_JOINTS),
    ("months", "month whose bills, lines or payments are not those that were joined", _BROKEN_MONTHS),
    ("charges", "bill that is not the sum of its lines", _CHARGED),
    ("lines", "line of a bill that is there twice", _DUPLICATED_LINES),
    ("bill balances", "bill whose balance does not follow from its allocations", _BILL_BALANCES),
    ("account balances", "account whose sums do not follow from its bills", _ACCOUNT_BALANCES),
    ("allocations", "payment allocated beyond its amount", _OVERALLOCATED),
    ("instalments", "instalment whose paid sum does not follow from allocations", _INSTALMENTS),
    ("plans", "plan whose instalments do not make up what is payable", _PLAN_SUMS),
    ("cases", "case whose paid costs do not follow from allocations", _CASE_COSTS),
    (
        "consents",
        "bills by e-mail without a consent, or a consent that holds and nothing goes by it",
        _CONSENTS,
    ),
    ("search", "account that a search finds wrongly or not at all", _SEARCH),
)
"""Name, what is wrong where rows are found, and how they are found."""
