"""Payment plans of one account, with their programmes, months and instalments."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_ALL = text("""
SELECT p.id, p.contract_number, p.state, p.signed_on, p.certified_on, p.certification_number, p.ended_on,
       p.programme_id, p.programme_version, p.payer, p.branch_id, p.discount_percent, p.interest_relief,
       p.debtor, p.followed_on, p.next_due_on, p.breaks_on, v.terms, k.costs_by_case,
       p.principal, p.interest, p.costs, p.written_off_principal, p.written_off_interest, p.payable,
       coalesce(s.full_name, p.created_by) AS created_by, p.created_at, p.version,
       p.created_by = session_user AS is_mine,
       g.code AS programme_code, g.name AS programme, v.legal_basis, i.items, n.instalments
FROM plan p
JOIN programme g ON g.id = p.programme_id
JOIN programme_version v ON v.programme_id = p.programme_id AND v.version = p.programme_version
LEFT JOIN staff s ON s.login = p.created_by
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(i.ggmm, i.principal::text, i.interest::text, i.was_sued, i.case_id)
                     ORDER BY i.ggmm) AS items
    FROM plan_item i WHERE i.ident = :ident AND i.plan_id = p.id
) i ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(n.instalment_no, n.due_on, n.amount::text, n.paid::text)
                     ORDER BY n.instalment_no) AS instalments
    FROM instalment n WHERE n.ident = :ident AND n.plan_id = p.id
) n ON true
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(k.case_id, k.amount::text) AS costs_by_case
    FROM plan_cost k WHERE k.ident = :ident AND k.plan_id = p.id
) k ON true
WHERE p.ident = :ident
ORDER BY p.signed_on DESC, p.id DESC
""")

_EVENTS = text("""
SELECT e.id, e.happened_at, coalesce(s.full_name, '') AS who, e.old_state, e.new_state, e.cause, e.facts,
       e.reason
FROM plan_event e LEFT JOIN staff s ON s.login = e.login
WHERE e.ident = :ident AND e.plan_id = :plan_id
ORDER BY e.id
""")

_PAYMENTS = text("""
SELECT y.id, y.received_on, y.channel, y.reference, y.payer, sum(a.amount) AS amount,
       array_agg(a.instalment_no ORDER BY a.instalment_no) AS instalments
FROM allocation a JOIN payment y ON y.ident = a.ident AND y.id = a.payment_id
WHERE a.ident = :ident AND a.plan_id = :plan_id
GROUP BY y.id, y.received_on, y.channel, y.reference, y.payer
ORDER BY y.received_on DESC, y.id DESC
""")

_LEFT_OVER = text("""
SELECT y.id, y.received_on, y.channel, y.reference, y.payer, y.amount,
       y.amount - coalesce(a.allocated, 0) AS left_over
FROM payment y
LEFT JOIN LATERAL (SELECT sum(amount) AS allocated FROM allocation
                   WHERE ident = :ident AND payment_id = y.id) a ON true
WHERE y.ident = :ident AND y.channel <> 'credit' AND y.amount > coalesce(a.allocated, 0)
ORDER BY y.received_on, y.id
""")

_CASES = text("""
SELECT id, coalesce(nullif(case_number, ''), internal_number) AS number FROM enforcement_case
WHERE ident = :ident
""")

_WHAT_FOLLOWS = text("SELECT plan_id, old_state, new_state, cause, facts FROM what_follows(:ident, :on_day)")


def all_of(session: Session, *, ident: int) -> Sequence[Row[Any]]:
    """Return the plans of an account, the latest first."""
    return session.execute(_ALL, {"ident": ident}).all()


def events(session: Session, *, ident: int, plan_id: int) -> Sequence[Row[Any]]:
    """Return what became of a plan, in order; nobody is named for what the nightly round did."""
    return session.execute(_EVENTS, {"ident": ident, "plan_id": plan_id}).all()


def payments(session: Session, *, ident: int, plan_id: int) -> Sequence[Row[Any]]:
    """Return the payments that were set against a plan, the latest first."""
    return session.execute(_PAYMENTS, {"ident": ident, "plan_id": plan_id}).all()


def left_over(session: Session, *, ident: int) -> Sequence[Row[Any]]:
    """Return the payments of money of which something is set against nothing, the oldest first."""
    return session.execute(_LEFT_OVER, {"ident": ident}).all()


def case_numbers(session: Session, *, ident: int) -> dict[int, str]:
    """Return the numbers by which people know the account's enforcement cases."""
    return {row.id: row.number for row in session.execute(_CASES, {"ident": ident})}


def what_follows(session: Session, *, ident: int, on_day: date) -> Row[Any] | None:
    """Return what the monitor would find of the account's plan on a day; None without one in force."""
    return session.execute(_WHAT_FOLLOWS, {"ident": ident, "on_day": on_day}).one_or_none()
