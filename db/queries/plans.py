"""Payment plans of one account, with their programmes, months and instalments."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_ALL = text("""
SELECT p.id, p.contract_number, p.state, p.signed_on, p.certified_on, p.certification_number, p.ended_on,
       p.principal, p.interest, p.costs, p.written_off_principal, p.written_off_interest, p.payable,
       coalesce(s.full_name, p.created_by) AS created_by, p.created_at, p.version,
       g.code AS programme_code, g.name AS programme, v.legal_basis, i.items, n.instalments
FROM plan p
JOIN programme g ON g.id = p.programme_id
JOIN programme_version v ON v.programme_id = p.programme_id AND v.version = p.programme_version
LEFT JOIN staff s ON s.login = p.created_by
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(i.ggmm, i.principal::text, i.interest::text, i.was_sued)
                     ORDER BY i.ggmm) AS items
    FROM plan_item i WHERE i.ident = :ident AND i.plan_id = p.id
) i ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(n.instalment_no, n.due_on, n.amount::text, n.paid::text)
                     ORDER BY n.instalment_no) AS instalments
    FROM instalment n WHERE n.ident = :ident AND n.plan_id = p.id
) n ON true
WHERE p.ident = :ident
ORDER BY p.signed_on DESC, p.id DESC
""")


def all_of(session: Session, *, ident: int) -> Sequence[Row[Any]]:
    """Return the plans of an account, the latest first."""
    return session.execute(_ALL, {"ident": ident}).all()
