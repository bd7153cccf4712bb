"""The register of copies: no duplicate of a bill leaves the desk without an entry here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Refused
from app.domain.period import Period
from app.domain.reissues import Medium, Reason
from db import errors
from db.errors import Facts
from db.queries import reissues as queries


class ReasonNeedsNote(Refused):
    """A copy made for another reason must say which."""

    field = "note"


def _needs_note(_facts: Facts) -> Refused:
    return ReasonNeedsNote()


errors.register("ck_reissue_other_needs_note", _needs_note)


@dataclass(frozen=True, slots=True)
class Reissue:
    """A copy in the register; it was the ``number``-th of its bill."""

    id: int
    number: int
    period: Period
    version: int
    made_at: datetime
    operator: str
    login: str
    branch: str
    reason: Reason
    medium: Medium
    script: str
    note: str


def copies_of_bill(session: Session, *, ident: int, period: Period) -> tuple[Reissue, ...]:
    """Return the copies made of a bill, the latest first."""
    return tuple(
        Reissue(
            id=row.id,
            number=row.copy_no,
            period=period,
            version=row.version,
            made_at=row.made_at,
            operator=row.operator,
            login=row.login,
            branch=row.branch,
            reason=Reason(row.reason),
            medium=Medium(row.medium),
            script=row.script,
            note=row.note,
        )
        for row in queries.of_bill(session, ident=ident, ggmm=period.ggmm)
    )


def register_copy(
    session: Session,
    *,
    ident: int,
    period: Period,
    version: int,
    reason: Reason,
    medium: Medium,
    script: str,
    note: str = "",
) -> int:
    """Enter a copy in the register and return its id, by which ``bills.bill_copy`` prints the mark.

    ``script`` is ``latin`` or ``cyrillic``.  Raises: ReasonNeedsNote; Forbidden without a visit.
    """
    if reason is Reason.OTHER and not note.strip():
        raise ReasonNeedsNote
    return queries.add(
        session,
        ident=ident,
        period=period,
        version=version,
        reason=reason,
        medium=medium,
        script=script,
        note=note.strip(),
    )
