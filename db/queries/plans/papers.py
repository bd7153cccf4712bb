"""What a contract says beside the plan itself: who the debtor is, when months fell due, which cases."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, insert, text
from sqlalchemy.orm import Session

from app.domain.plans import PlanPaper
from app.domain.reissues import Medium
from db.models.plans import HandedOut

_PLAN = text("SELECT signed_on, contract_number FROM plan WHERE ident = :ident AND id = :plan_id")

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

_HANDED_OUT = text("""
SELECT made_at FROM plan_paper
WHERE ident = :ident AND plan_id = :plan_id AND id = :paper_id AND operator = session_user
""")


def plan(session: Session, *, ident: int, plan_id: int) -> Row[Any] | None:
    """Return the number and the day of a contract."""
    return session.execute(_PLAN, {"ident": ident, "plan_id": plan_id}).one_or_none()


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


def hand_out(
    session: Session, *, ident: int, plan_id: int | None, paper: PlanPaper, medium: Medium, script: str
) -> int:
    """Write a paper into the register and return its id; operator, branch and time are the server's."""
    new = insert(HandedOut).values(ident=ident, plan_id=plan_id, paper=paper, medium=medium, script=script)
    return session.execute(new.returning(HandedOut.id)).scalar_one()


def handed_out(session: Session, *, ident: int, plan_id: int, paper_id: int) -> Row[Any] | None:
    """Return a paper of the register if the signed-in person handed it out."""
    given = {"ident": ident, "plan_id": plan_id, "paper_id": paper_id}
    return session.execute(_HANDED_OUT, given).one_or_none()
