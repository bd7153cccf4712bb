"""The programme editor: drafting terms, trying them on accounts, publishing them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.errors import Refused
from app.domain.faulty import Faulty
from app.domain.plans import Ineligibility, Offer, Payer, Terms, VersionState, coverable, obstacle
from app.domain.plans.programmes import check, to_json
from app.usecases.plans.choosing import ProgrammeVersion, offers_on, programme_version, versions_read
from app.usecases.plans.debts import Debt, debt_of
from db.queries.plans import listing as queries
from db.queries.plans import owed, writing


@dataclass(frozen=True, slots=True)
class DraftFields:
    """What a draft says beyond its terms."""

    valid_from: date
    valid_to: date | None = None
    decision: str = ""
    legal_basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EditedVersion:
    """A version of a programme with who drafted and published it."""

    programme: ProgrammeVersion
    state: VersionState
    created_by: str
    created_at: datetime
    published_by: str
    published_at: datetime | None
    revision: int
    is_mine: bool = False
    """Whether the person asking wrote any of it, and so does not publish it."""
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    withdrawal_reason: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a draft would do for one account."""

    ident: int
    debt: Debt
    obstacle: Ineligibility | None
    offers: tuple[Offer | Refused, ...]

    @property
    def is_possible(self) -> bool:
        """Whether the account could sign anything at all."""
        return self.obstacle is None and any(isinstance(one, Offer) for one in self.offers)

    @property
    def owed(self) -> Decimal:
        """What the account owes in all, whether the draft takes it or not."""
        return self.debt.sums_of([one.month.period for one in self.debt.months]).total


class Drafted(TypedDict):
    """A draft after it was written; ``revision`` must be seen to write it again."""

    programme_id: int
    version: int
    revision: int


def programme_versions(session: Session) -> tuple[EditedVersion | Faulty, ...]:
    """Return every version of every programme, drafts too, the latest first; a faulty one as such."""
    return versions_read(queries.programmes(session), _edited)


def draft_programme(
    session: Session,
    *,
    terms: Terms,
    fields: DraftFields,
    programme_id: int | None = None,
    code: str = "",
    name: str = "",
) -> Drafted:
    """Draft a new version of a programme, or the first of a new one.

    Raises: TermsFaulty, ProgrammeFieldMissing, NotServing.
    """
    check(terms)
    given = {**_given(terms, fields), "programme_id": programme_id, "code": code, "name": name}
    return _drafted(writing.draft(session, given=given))


def change_programme_draft(
    session: Session,
    *,
    programme_id: int,
    version: int,
    seen_revision: int,
    terms: Terms,
    fields: DraftFields,
) -> Drafted:
    """Write a draft anew.  Raises: TermsFaulty, ProgrammePublished, DraftOutdated, NotServing."""
    check(terms)
    return _drafted(
        writing.change_draft(
            session,
            programme_id=programme_id,
            version=version,
            seen_revision=seen_revision,
            given=_given(terms, fields),
        )
    )


def publish_programme(session: Session, *, programme_id: int, version: int, seen_revision: int) -> Drafted:
    """Put a draft in force; the version before it ends where it begins.

    Raises: ProgrammePublished, DraftOutdated, OwnPublication, OverBounds, ProgrammeBackdated,
    ProgrammeFieldMissing, ValidityOverlaps, NotServing.
    """
    return _drafted(
        writing.publish(session, programme_id=programme_id, version=version, seen_revision=seen_revision)
    )


def try_programme(
    session: Session,
    *,
    terms: Terms,
    fields: DraftFields,
    payer: Payer,
    idents: Sequence[int],
    today: date,
    counts: Collection[int] = (),
) -> tuple[Trial, ...]:
    """Compute what a draft would offer accounts that are visited; nothing is written.

    Raises: TermsFaulty, VisitNotOpen.
    """
    check(terms)
    return tuple(_trial(session, ident, terms, fields, payer, today, counts) for ident in idents)


def largest_debts(session: Session, *, at_most: int) -> tuple[int, ...]:
    """Return the accounts that owe most, at most a hundred, to try a draft on.

    Raises: NotServing.
    """
    return tuple(queries.largest_debts(session, at_most=at_most))


def _trial(
    session: Session,
    ident: int,
    terms: Terms,
    fields: DraftFields,
    payer: Payer,
    today: date,
    counts: Collection[int],
    /,
) -> Trial:
    debt = debt_of(session, ident=ident, today=today)
    standing = owed.standing(session, ident=ident, on_day=today)
    why_not = obstacle(
        terms,
        valid_from=fields.valid_from,
        valid_to=fields.valid_to,
        payer=payer,
        months=debt.months_of_debt,
        has_plan_in_force=standing.has_plan,
        broke_it_before=False,
        today=max(today, fields.valid_from),
    )
    taken = {month.period for month in coverable(debt.months_of_debt, rule=terms.debts, today=today)}
    return Trial(ident, debt, why_not, offers_on(debt, terms=terms, payer=payer, months=taken, counts=counts))


def _given(terms: Terms, fields: DraftFields, /) -> dict[str, Any]:
    return {
        "terms": to_json(terms),
        "valid_from": fields.valid_from.isoformat(),
        "valid_to": fields.valid_to.isoformat() if fields.valid_to else None,
        "decision": fields.decision.strip(),
        "legal_basis": fields.legal_basis.strip(),
        "note": fields.note.strip(),
    }


def _drafted(done: dict[str, Any], /) -> Drafted:
    return Drafted(programme_id=done["programme_id"], version=done["version"], revision=done["revision"])


def _edited(row: Row[Any], /) -> EditedVersion:
    return EditedVersion(
        programme_version(row),
        VersionState(row.state),
        row.created_by,
        row.created_at,
        row.published_by,
        row.published_at,
        row.revision,
        row.is_mine,
        row.withdrawn_by,
        row.withdrawn_at,
        row.withdrawal_reason,
    )
