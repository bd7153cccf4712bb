"""Enforcement cases of one account, with their months and bailiffs."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_ALL = text("""
SELECT c.id, c.internal_number, c.case_number, c.state, c.principal, c.interest, c.interest_until,
       c.creditor_costs, c.bailiff_costs, c.paid_costs, c.filed_on, c.decided_on, c.served_on,
       c.objected_on, c.final_on, c.ended_on, c.means,
       f.id AS bailiff_id, f.name AS bailiff, f.seat, f.bank_account, f.phone, f.email,
       i.items, coalesce(i.open_principal, 0) AS open_principal, coalesce(i.paid_interest, 0) AS paid_interest
FROM enforcement_case c
LEFT JOIN bailiff f ON f.id = c.bailiff_id
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(i.ggmm, i.principal::text, b.open::text) ORDER BY i.ggmm) AS items,
           -- of a month interest on its bill is settled first
           sum(least(b.open, i.principal)) AS open_principal,
           sum(greatest(greatest(b.charged - y.paid_before - i.principal, 0)
                        - greatest(b.open - i.principal, 0), 0)) AS paid_interest
    FROM enforcement_item i
    LEFT JOIN bill_balance b ON b.ident = i.ident AND b.ggmm = i.ggmm
    LEFT JOIN LATERAL (
        SELECT coalesce(sum(a.amount), 0) AS paid_before
        FROM allocation a JOIN payment p ON p.ident = a.ident AND p.id = a.payment_id
        WHERE a.ident = :ident AND p.ident = :ident AND a.ggmm = i.ggmm AND p.received_on <= c.interest_until
    ) y ON true
    WHERE i.ident = :ident AND i.case_id = c.id
) i ON true
WHERE c.ident = :ident
ORDER BY c.id DESC
""")


def all_of(session: Session, *, ident: int) -> Sequence[Row[Any]]:
    """Return the cases of an account, the latest first."""
    return session.execute(_ALL, {"ident": ident}).all()
