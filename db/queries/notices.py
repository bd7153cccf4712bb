"""Notices of one account and the months they ask for."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_ALL = text("""
SELECT n.id, n.number, n.kind, n.state, n.drawn_on, n.delivery_method, n.delivered_on, n.days_to_pay,
       n.principal, n.interest, i.items
FROM notice n
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(i.ggmm, i.principal::text, i.interest::text) ORDER BY i.ggmm) AS items
    FROM notice_item i WHERE i.ident = :ident AND i.notice_id = n.id
) i ON true
WHERE n.ident = :ident
ORDER BY n.drawn_on DESC, n.id DESC
""")


def all_of(session: Session, *, ident: int) -> Sequence[Row[Any]]:
    """Return the notices of an account, the latest first."""
    return session.execute(_ALL, {"ident": ident}).all()
