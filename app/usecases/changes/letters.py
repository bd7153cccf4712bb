"""What a letter about a decision says beside the decision: the remedy, and until when to complete."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.domain.faulty import RowKind, reading
from db.queries import settings

_REMEDY, _COMPLETION = "change_remedy", "change_completion_days"


@dataclass(frozen=True, slots=True)
class LetterTerms:
    """``remedy`` is empty, ``complete_by`` None, where no setting says."""

    remedy: str
    is_remedy_confirmed: bool
    complete_by: date | None


def letter_terms(session: Session, *, decided_on: date) -> LetterTerms:
    """Return the terms in force on the day of the decision.  Raises: Illegible."""
    found = settings.in_force_with_marks(session, names=(_REMEDY, _COMPLETION), today=decided_on)
    remedy, is_unconfirmed = found.get(_REMEDY, ("", True))
    days, _ = found.get(_COMPLETION, (None, True))
    with reading(RowKind.SETTING, number=_COMPLETION):
        complete_by = decided_on + timedelta(days=int(days)) if days is not None else None
    return LetterTerms(str(remedy), not is_unconfirmed, complete_by)
