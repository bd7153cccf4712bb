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
SELECT e.id, e.happened_at, coalesce(s.full_name, e.login) AS who, e.old_state, e.new_state, e.cause, e.facts,
       e.reason
FROM plan_event e LEFT JOIN staff s ON s.login = e.login
WHERE e.ident = :ident AND e.plan_id = :plan_id
ORDER BY e.id
""")

_WHAT_FOLLOWS = text("SELECT plan_id, old_state, new_state, cause, facts FROM what_follows(:ident, :on_day)")


def all_of(session: Session, *, ident: int) -> Sequence[Row[Any]]:
    """Return the plans of an account, the latest first."""
    return session.execute(_ALL, {"ident": ident}).all()


def events(session: Session, *, ident: int, plan_id: int) -> Sequence[Row[Any]]:
    """Return what became of a plan, in order."""
    return session.execute(_EVENTS, {"ident": ident, "plan_id": plan_id}).all()


def what_follows(session: Session, *, ident: int, on_day: date) -> Row[Any] | None:
    """Return what the monitor would find of the account's plan on a day; None without one in force."""
    return session.execute(_WHAT_FOLLOWS, {"ident": ident, "on_day": on_day}).one_or_none()
