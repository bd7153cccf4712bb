"""What a contract says beside the plan itself: who the debtor is, when months fell due, which cases."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_PARTY = text("""
SELECT h.valid_from AS holder_from, h.kind AS holder_kind, h.first_name, h.last_name, h.business_name, h.pib,
       h.company_number, h.jmbg_masked, u.name AS street, g.house_number, p.entrance, p.floor, p.door,
       n.name AS settlement, n.postcode, m.name AS municipality
FROM account a
JOIN premises p ON p.ident = a.ident
JOIN building g ON g.id = p.building_id
JOIN street u ON u.id = g.street_id
JOIN settlement n ON n.id = u.settlement_id
JOIN municipality m ON m.id = n.municipality_id
JOIN LATERAL (
    SELECT valid_from, kind, first_name, last_name, business_name, pib, company_number, jmbg_masked
    FROM holder WHERE ident = :ident AND valid_from <= :on_day ORDER BY valid_from DESC LIMIT 1
) h ON true
WHERE a.ident = :ident
""")

_DUE = text("SELECT ggmm, due_on FROM bill_balance WHERE ident = :ident AND ggmm = ANY (:months)")

_CASES = text("""
SELECT c.id, coalesce(nullif(c.case_number, ''), c.internal_number) AS number, coalesce(f.name, '') AS bailiff
FROM enforcement_case c LEFT JOIN bailiff f ON f.id = c.bailiff_id
WHERE c.ident = :ident AND c.id = ANY (:cases)
ORDER BY c.id
""")

_BRANCH = text("""
SELECT name FROM branch
WHERE id = coalesce(CAST(:branch AS smallint), (SELECT branch_id FROM staff WHERE login = session_user))
""")


def party(session: Session, *, ident: int, on_day: date) -> Row[Any] | None:
    """Return who held the account on a day and where its premises are; None where nobody did."""
    return session.execute(_PARTY, {"ident": ident, "on_day": on_day}).one_or_none()


def due_days(session: Session, *, ident: int, months: Sequence[int]) -> dict[int, date]:
    """Return when bills fell due, by ggmm."""
    rows = session.execute(_DUE, {"ident": ident, "months": list(months)})
    return {row.ggmm: row.due_on for row in rows}


def cases(session: Session, *, ident: int, cases: Sequence[int]) -> Sequence[Row[Any]]:
    """Return enforcement cases by their ids, ended ones too."""
    return session.execute(_CASES, {"ident": ident, "cases": list(cases)}).all()


def branch(session: Session, *, branch_id: int | None) -> str:
    """Return the name of a branch, of the signed-in person's where none is named."""
    return str(session.execute(_BRANCH, {"branch": branch_id}).scalar_one_or_none() or "")
