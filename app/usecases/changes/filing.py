"""Filing a request: drafts saved and changed, and submission, at which the database gives the number."""

from collections.abc import Mapping
from typing import Any, TypedDict

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.changes import (
    ChangeKind,
    ChangeState,
    Problem,
    Rule,
    Value,
    canonical,
    check,
    check_days,
    clean,
    declaration_of,
    effective_month,
)
from app.domain.errors import NeedsConfirmation
from app.domain.holders import HolderKind
from app.domain.premises import ChargingMethod
from app.domain.spelling import repaired
from app.usecases.changes.conflicts import conflict
from app.usecases.changes.requests import Filing, NoSuchRequest
from app.usecases.changes.rules import FormWrong
from db.queries.changes import writing


class Saved(TypedDict):
    """A draft as it was saved."""

    request_id: int
    version: int


class Submitted(TypedDict):
    """A request with its number; ``applies_from`` is a ggmm, ``due_on`` an ISO day."""

    request_id: int
    version: int
    number: str
    applies_from: int
    is_late: bool
    due_on: str


class SubmissionNeedsConfirmation(NeedsConfirmation):
    """The request is late, or another of the same kind is open on the account.

    ``duplicates`` are the numbers of the open ones; ``days`` how long after the
    change it was reported, 0 if in time.
    """

    def __init__(self, *, duplicates: tuple[str, ...], days: int) -> None:
        super().__init__(duplicates, days)
        self.duplicates = duplicates
        self.days = days


def save_draft(
    session: Session, *, ident: int, kind: ChangeKind, filing: Filing, values: Mapping[str, Value]
) -> Saved:
    """Save a new request as a draft; it has no number yet.

    Raises: ChangeInFuture, ChannelForbidden, FormWrong, ReceivedBeforeItHappened.
    """
    written = {"ident": ident, "kind": kind.value, **_columns(kind, filing, values)}
    row = writing.add(session, values=written)
    return Saved(request_id=row.id, version=row.version)


def change_draft(
    session: Session,
    *,
    ident: int,
    request_id: int,
    seen_version: int,
    filing: Filing,
    values: Mapping[str, Value],
) -> Saved:
    """Change a draft, or a request that was returned for completion.

    Raises: NotEditable; Conflict with who changed it since ``seen_version``, when,
    and the fields as they are stored now; NoSuchRequest.
    """
    kind = writing.kind_of(session, ident=ident, request_id=request_id)
    if kind is None:
        raise NoSuchRequest(ident, request_id)
    row = writing.change(
        session,
        ident=ident,
        request_id=request_id,
        seen_version=seen_version,
        values=_columns(ChangeKind(kind), filing, values),
    )
    if row is None:
        raise conflict(session, ident=ident, request_id=request_id, seen_version=seen_version)
    return Saved(request_id=row.id, version=row.version)


def submit(session: Session, *, ident: int, request_id: int, seen_version: int, confirmed: bool) -> Submitted:
    """Submit a draft, or a request that was completed; the database gives it its number.

    Raises: SubmissionNeedsConfirmation unless ``confirmed``; FormWrong, Conflict,
    NoSuchRequest, PapersMissing and other refusals with ``field``.
    """
    before = writing.before_submitting(session, ident=ident, request_id=request_id)
    if before is None:
        raise NoSuchRequest(ident, request_id)
    if before.version != seen_version:
        raise conflict(session, ident=ident, request_id=request_id, seen_version=seen_version)
    problems = _problems(before)
    if problems:
        raise FormWrong(problems)
    if not confirmed and before.number is None:
        _ask(before)
    row = writing.change(
        session,
        ident=ident,
        request_id=request_id,
        seen_version=seen_version,
        values={"state": ChangeState.SUBMITTED},
    )
    if row is None:
        raise conflict(session, ident=ident, request_id=request_id, seen_version=seen_version)
    return Submitted(
        request_id=row.id,
        version=row.version,
        number=row.number,
        applies_from=row.applies_from.ggmm,
        is_late=row.is_late,
        due_on=row.due_on.isoformat(),
    )


def _columns(kind: ChangeKind, filing: Filing, values: Mapping[str, Value]) -> dict[str, Any]:
    return {
        "channel": filing.channel,
        "received_on": filing.received_on,
        "happened_on": filing.happened_on,
        "applicant_name": repaired(clean(filing.applicant_name)),
        "applicant_standing": filing.applicant_standing,
        "applicant_id_card": clean(filing.applicant_id_card),
        "applicant_phone": clean(filing.applicant_phone),
        "applicant_email": clean(filing.applicant_email),
        "basis_act": clean(filing.basis_act),
        "basis_number": clean(filing.basis_number),
        "basis_date": filing.basis_date,
        "basis_issuer": clean(filing.basis_issuer),
        "note": filing.note.replace("\x00", ""),
        "new_values": canonical(declaration_of(kind), values),
    }


def _problems(before: Row[Any]) -> tuple[Problem, ...]:
    """Check what the form checked, for what came another way; personal numbers are the database's."""
    if before.undoes is not None:
        return ()
    declaration = declaration_of(ChangeKind(before.kind))
    secret = {one.name for one in declaration.fields if one.is_secret}
    current = dict(before.current or {})
    has_new_number = any(before.new_values.get(name) != current.get(name) for name in secret)
    received_on, cutoff_day = before.received_on, before.cutoff_day
    found = check(
        declaration,
        before.new_values,
        holder_kind=HolderKind(before.holder_kind or HolderKind.NATURAL),
        by_members=before.charging_method == ChargingMethod.MEMBERS,
        current=current,
        today=before.today,
        area=before.area,
        applies_from=effective_month(received_on, cutoff_day=cutoff_day).period if received_on else None,
    )
    return check_days(happened_on=before.happened_on, received_on=received_on, today=before.today) + tuple(
        problem
        for problem in found
        if not problem.is_warning
        and problem.field not in secret
        and not (has_new_number and problem.rule is Rule.NOTHING_CHANGED)
    )


def _ask(before: Row[Any]) -> None:
    days = (before.received_on - before.happened_on).days
    late = days if days > before.reporting_days else 0
    if before.duplicates or late:
        raise SubmissionNeedsConfirmation(duplicates=tuple(before.duplicates), days=late)
