"""The register of copies."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, insert, text
from sqlalchemy.orm import Session

from app.domain.period import Period
from app.domain.reissues import Medium, Reason
from db.models.reissues import Reissue

_OF_BILL = text("""
SELECT r.id, row_number() OVER (ORDER BY r.id) AS copy_no, r.ggmm, r.version, r.made_at, r.operator AS login,
       coalesce(s.full_name, r.operator) AS operator, b.name AS branch, r.reason, r.medium, r.script, r.note
FROM reissue r
LEFT JOIN staff s ON s.login = r.operator
JOIN branch b ON b.id = r.branch_id
WHERE r.ident = :ident AND r.ggmm = :ggmm
ORDER BY r.id DESC
""")


def of_bill(session: Session, *, ident: int, ggmm: int) -> Sequence[Row[Any]]:
    """Return the copies made of one bill, the latest first."""
    return session.execute(_OF_BILL, {"ident": ident, "ggmm": ggmm}).all()


def add(
    session: Session,
    *,
    ident: int,
    period: Period,
    version: int,
    reason: Reason,
    medium: Medium,
    script: str,
    note: str,
) -> int:
    """Write one copy into the register and return its id; operator, branch and time are the server's."""
    new = insert(Reissue).values(
        ident=ident, ggmm=period, version=version, reason=reason, medium=medium, script=script, note=note
    )
    return session.execute(new.returning(Reissue.id)).scalar_one()
