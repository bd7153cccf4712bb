"""Payments of one account and what they were set against."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# parts are read once and put together, not once for every payment: a policy passes over the rows of all
# accounts that are open at the desk each time
_PAGE = text("""
WITH page AS MATERIALIZED (
    SELECT p.* FROM payment p
    WHERE p.ident = :ident AND (p.received_on, p.id) < (:before_day, :before_id)
    ORDER BY p.received_on DESC, p.id DESC LIMIT :at_most
), part AS MATERIALIZED (
    SELECT a.payment_id, sum(a.amount) AS allocated,
           jsonb_agg(jsonb_build_array(a.ggmm, a.plan_id, a.instalment_no, a.case_id, a.amount::text)
                     ORDER BY a.allocation_no) AS parts
    FROM allocation a WHERE a.ident = :ident GROUP BY a.payment_id
)
SELECT p.id, p.received_on, p.booked_at, p.amount, p.channel, p.reference, p.payer, p.bank_line,
       p.amount - coalesce(a.allocated, 0) AS unallocated, coalesce(a.parts, '[]') AS parts
FROM page p LEFT JOIN part a ON a.payment_id = p.id
ORDER BY p.received_on DESC, p.id DESC
""")

_NAMES = text("""
SELECT 'plan' AS kind, id, contract_number AS number FROM plan WHERE ident = :ident
UNION ALL
SELECT 'case', id, coalesce(nullif(case_number, ''), internal_number) FROM enforcement_case
WHERE ident = :ident
""")


def page(
    session: Session, *, ident: int, before_day: date, before_id: int, at_most: int
) -> Sequence[Row[Any]]:
    """Return payments received before a payment, the latest first, with their parts."""
    given = {"ident": ident, "before_day": before_day, "before_id": before_id, "at_most": at_most}
    return session.execute(_PAGE, given).all()


def names(session: Session, *, ident: int) -> dict[tuple[str, int], str]:
    """Return the numbers by which people know the account's plans and cases."""
    return {(row.kind, row.id): row.number for row in session.execute(_NAMES, {"ident": ident})}
