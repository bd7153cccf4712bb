"""Putting a request together from its row: old beside new, the checklist, and what may be done with it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from app.domain.changes import (
    EDITABLE,
    TRANSITIONS,
    ApplicantStanding,
    ChangeKind,
    ChangeState,
    Circumstances,
    Decider,
    Declaration,
    EffectiveMonth,
    IntakeChannel,
    Mover,
    PaperKind,
    Value,
    asked_fields,
    asked_papers,
    circumstances,
    declaration_of,
    effective_month,
)
from app.domain.holders import HolderKind
from app.domain.period import Period
from app.domain.premises import ChargingMethod
from app.usecases.changes.requests import (
    AppliedRow,
    FieldChange,
    Filing,
    PaperAsked,
    PaperRow,
    ProviderChoice,
    Request,
    RequestEvent,
)


def assembled(row: Row[Any], *, ident: int, today: date) -> Request:
    """Make the whole request."""
    declaration = declaration_of(ChangeKind(row.kind))
    state = ChangeState(row.state)
    holder_kind = HolderKind(row.holder_kind or HolderKind.NATURAL)
    by_members = row.charging_method == ChargingMethod.MEMBERS
    filing = _filing(row)
    around = circumstances(
        declaration,
        row.new_values,
        holder_kind=holder_kind,
        by_members=by_members,
        standing=filing.applicant_standing or ApplicantStanding.OWNER,
    )
    papers = tuple(_paper(one) for one in row.papers or ())
    return Request(
        ident=ident,
        id=row.id,
        version=row.version,
        kind=declaration.kind,
        state=state,
        number=row.number,
        filing=filing,
        fields=_fields(declaration, around, row.old_values or {}, row.new_values, undoes=row.undoes),
        checklist=_checklist(declaration, around, papers),
        papers=papers,
        events=tuple(_event(one) for one in row.events or ()),
        applied_rows=tuple(_applied(one) for one in row.effects or ()),
        effective=_effective(row, today),
        is_late=row.is_late,
        due_on=row.due_on,
        branch_id=row.branch_id,
        branch=row.branch,
        entered_login=row.entered_login,
        entered_by=row.entered_by,
        entered_at=row.entered_at,
        submitted_at=row.submitted_at,
        claimed_login=row.claimed_login,
        claimed_by=row.claimed_by,
        claimed_at=row.claimed_at,
        is_claimed_by_me=row.is_claimed_by_me,
        provider=ProviderChoice(row.provider_id, row.provider_code, row.provider)
        if row.provider_id
        else None,
        sent_to_provider_at=row.sent_to_provider_at,
        provider_order=row.provider_order,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
        applied_at=row.applied_at,
        undoes=row.undoes,
        undone_by=row.undone_by,
        holder_kind=holder_kind,
        by_members=by_members,
        moves=_moves(row, declaration, state),
        is_editable=state in EDITABLE and (row.is_mine or _is_clerk(row)),
        can_undo=state is ChangeState.APPLIED and row.undone_by is None and _is_clerk(row),
    )


def _filing(row: Row[Any]) -> Filing:
    return Filing(
        channel=IntakeChannel(row.channel),
        received_on=row.received_on,
        happened_on=row.happened_on,
        applicant_name=row.applicant_name,
        applicant_standing=ApplicantStanding(row.applicant_standing) if row.applicant_standing else None,
        applicant_id_card=row.applicant_id_card,
        applicant_phone=row.applicant_phone,
        applicant_email=row.applicant_email,
        basis_act=row.basis_act,
        basis_number=row.basis_number,
        basis_date=row.basis_date,
        basis_issuer=row.basis_issuer,
        note=row.note,
    )


def _fields(
    declaration: Declaration,
    around: Circumstances,
    old: Mapping[str, Value],
    new: Mapping[str, Value],
    *,
    undoes: int | None,
) -> tuple[FieldChange, ...]:
    asked = tuple(
        FieldChange(one.name, old.get(one.name), new.get(one.name))
        for one in asked_fields(declaration, around)
    )
    if undoes is not None:  # what the kind would set is just what is taken back
        back = [one.target.column for one in declaration.fixed]
        return asked + tuple(FieldChange(name, old.get(name), new.get(name), is_fixed=True) for name in back)
    fixed = (
        FieldChange(one.target.column, old.get(one.target.column), one.value, is_fixed=True)
        for one in declaration.fixed
    )
    return asked + tuple(one for one in fixed if ("" if one.old is None else one.old) != one.new)


def _checklist(
    declaration: Declaration, around: Circumstances, papers: Iterable[PaperRow]
) -> tuple[PaperAsked, ...]:
    brought: dict[PaperKind, list[PaperRow]] = {}
    for paper in papers:
        brought.setdefault(paper.kind, []).append(paper)
    return tuple(PaperAsked.of(one, brought.get(one.kind, ())) for one in asked_papers(declaration, around))


def _effective(row: Row[Any], today: date) -> EffectiveMonth:
    """Tell the month as it was stamped; a draft counts from when it would be received."""
    received_on = row.received_on or today
    if row.applies_from:
        return EffectiveMonth(Period.from_ggmm(row.applies_from), received_on, row.cutoff_day)
    return effective_month(received_on, cutoff_day=row.cutoff_day)


def _is_clerk(row: Row[Any]) -> bool:
    return bool(row.is_clerk or row.is_supervisor)


def _moves(row: Row[Any], declaration: Declaration, state: ChangeState) -> frozenset[ChangeState]:
    """Tell where the signed-in person may put the request: the table of moves, the role, four eyes."""
    is_decider = row.is_supervisor or (declaration.decider is Decider.CLERK and row.is_clerk)
    is_one_of = {
        Mover.ENTERER: row.is_mine,
        Mover.CLERK: _is_clerk(row),
        Mover.DECIDER: is_decider,
        Mover.SUPERVISOR: row.is_supervisor,
        Mover.SYSTEM: False,
    }
    found = {
        step.new
        for step in TRANSITIONS
        if step.route is declaration.route and step.old is state and is_one_of[step.mover]
    }
    if declaration.four_eyes and row.is_mine:
        found.discard(ChangeState.APPROVED)
    return frozenset(found)


def _paper(one: Mapping[str, Any]) -> PaperRow:
    return PaperRow(
        id=one["id"],
        kind=PaperKind(one["kind"]),
        act=one["act"],
        file_name=one["file_name"],
        content_type=one["content_type"],
        size=one["size"],
        sha256=one["sha256"] or "",
        is_original_seen=one["is_original_seen"],
        original_seen_by=one["original_seen_by"],
        original_seen_at=_moment(one["original_seen_at"]),
        added_by=one["added_by"],
        added_at=datetime.fromisoformat(one["added_at"]),
        number=one["number"],
    )


def _event(one: Mapping[str, Any]) -> RequestEvent:
    return RequestEvent(
        happened_at=datetime.fromisoformat(one["happened_at"]),
        login=one["login"],
        who=one["who"],
        old_state=ChangeState(one["old_state"]) if one["old_state"] else None,
        new_state=ChangeState(one["new_state"]),
        reason=one["reason"],
    )


def _applied(one: Mapping[str, Any]) -> AppliedRow:
    return AppliedRow(
        one["table"],
        date.fromisoformat(one["valid_from"]) if one["valid_from"] else None,
        one["before"] or {},
        one["after"] or {},
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
