"""The account's header: who, what, where, the six sums and the facts behind the alerts, at once.

One statement for everything, because it is what a clerk waits for.  Name and
address are those of an account this person opened today; every other part is empty
for a session that may not read the account.
"""

from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_HEADER = text("""
SELECT s.ident, s.name, s.address, s.is_closed,
       must_verify() AS must_verify, v.opened_at AS visited_at, v.purpose, v.channel, v.verified_at,
       a.ident IS NOT NULL AS is_disclosed, a.opened_on, a.closed_on,
       h.kind AS holder_kind, h.pib, h.valid_from AS holder_from,
       p.kind AS premises_kind, p.area, p.members,
       b.total, b.current_month, b.unsued, b.sued, b.plan, b.overpaid, b.latest_ggmm,
       e.cases, e.case_id, e.case_number, e.case_state, e.case_since, e.claimed,
       l.plan_id, l.contract_number, l.next_no, l.next_due_on, l.next_open, l.late, l.late_open,
       n.notice_id, n.notice_number, n.pay_until, n.asked,
       d.by_email, coalesce(nullif(d.email, ''), c.email, '') AS email, r.user_name AS portal_user,
       y.category AS subsidy_category, y.percent AS subsidy_percent, y.valid_to AS subsidy_until,
       t.months AS expiring_months, t.open AS expiring_open, t.first_on AS expires_on
FROM account_heading(:ident) s
LEFT JOIN visit v ON v.login = session_user AND v.ident = :ident AND v.closed_at IS NULL
                 AND v.opened_at > now() - interval '12 hours'
LEFT JOIN account a ON a.ident = :ident
LEFT JOIN account_balance b ON b.ident = :ident
LEFT JOIN delivery d ON d.ident = :ident
LEFT JOIN portal_registration r ON r.ident = :ident AND r.activated_at IS NOT NULL AND r.ended_on IS NULL
LEFT JOIN LATERAL (
    SELECT kind, pib, valid_from FROM holder
    WHERE ident = :ident AND valid_from <= :today ORDER BY valid_from DESC LIMIT 1
) h ON true
LEFT JOIN LATERAL (
    SELECT kind, area, members FROM premises_state
    WHERE ident = :ident AND valid_from <= :today ORDER BY valid_from DESC LIMIT 1
) p ON true
LEFT JOIN LATERAL (
    SELECT category, percent, valid_to FROM subsidy
    WHERE ident = :ident AND is_in_force(valid_from, valid_to, :today)
) y ON true
LEFT JOIN LATERAL (
    SELECT value AS email FROM contact
    WHERE ident = :ident AND kind = 'email' AND ended_on IS NULL ORDER BY contact_no DESC LIMIT 1
) c ON true
LEFT JOIN LATERAL (
    SELECT count(*) OVER () AS cases, id AS case_id,
           coalesce(nullif(case_number, ''), internal_number) AS case_number, state AS case_state,
           coalesce(final_on, served_on, decided_on, filed_on) AS case_since,
           sum(principal + interest + creditor_costs + bailiff_costs) OVER () AS claimed
    FROM enforcement_case
    WHERE ident = :ident AND is_case_open(state)
    ORDER BY id DESC LIMIT 1
) e ON true
LEFT JOIN LATERAL (
    SELECT p.id AS plan_id, p.contract_number,
           min(i.instalment_no) FILTER (WHERE i.paid < i.amount) AS next_no,
           min(i.due_on) FILTER (WHERE i.paid < i.amount) AS next_due_on,
           (array_agg(i.amount - i.paid ORDER BY i.instalment_no) FILTER (WHERE i.paid < i.amount))[1]
               AS next_open,
           count(*) FILTER (WHERE i.paid < i.amount AND i.due_on < :today) AS late,
           sum(i.amount - i.paid) FILTER (WHERE i.due_on < :today) AS late_open
    FROM plan p JOIN instalment i ON i.ident = p.ident AND i.plan_id = p.id
    WHERE p.ident = :ident AND is_plan_in_force(p.state)
    GROUP BY p.id, p.contract_number
) l ON true
LEFT JOIN LATERAL (
    SELECT id AS notice_id, number AS notice_number, principal + interest AS asked,
           coalesce(delivered_on, drawn_on) + days_to_pay AS pay_until
    FROM notice
    WHERE ident = :ident AND is_notice_out(state)
      -- what a plan has taken up is answered: nobody is asked for it twice
      AND (SELECT coalesce(NOT bool_or(m.stage = 'plan') OR bool_or(m.stage <> 'plan' AND m.open > 0), true)
           FROM notice_item i JOIN bill_balance m ON m.ident = i.ident AND m.ggmm = i.ggmm
           WHERE i.ident = :ident AND i.notice_id = notice.id)
    ORDER BY id DESC LIMIT 1
) n ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS months, sum(b.open) AS open, (min(term.since) + limitation.span)::date AS first_on
    FROM bill_balance b
    CROSS JOIN LATERAL (
        -- an admission of the debt, as the contract of a plan is, begins the term anew
        SELECT greatest(b.due_on, max(p.signed_on)) AS since
        FROM plan_item i JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
        WHERE i.ident = b.ident AND i.ggmm = b.ggmm AND p.state NOT IN ('requested', 'proposed')
    ) term, (
        SELECT make_interval(months => (value ->> CASE h.kind WHEN 'legal' THEN 'periodic'
                                                              ELSE 'household' END)::integer) AS span
        FROM settings_on(ARRAY['limitation_months'], :today)
    ) limitation
    WHERE b.ident = :ident AND b.stage = 'unsued' AND b.open > 0
      AND term.since + limitation.span <= :today + :warning_days
    GROUP BY limitation.span
) t ON true
WHERE s.ident = :ident
""")


def header(session: Session, *, ident: int, today: date, warning_days: int) -> Row[Any] | None:
    """Return the one row of the header, or None when there is no such account.

    Months count as near limitation so many days before the setting
    ``limitation_months`` bars them, counted from the due date or from the plan in which
    the debt was admitted last.
    """
    given = {"ident": ident, "today": today, "warning_days": warning_days}
    return session.execute(_HEADER, given).one_or_none()
