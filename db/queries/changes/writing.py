"""Writing requests and their papers; the database stamps, numbers and guards."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, func, insert, select, text, update
from sqlalchemy.orm import Session

from db.models.changes import Paper, Request

_BEFORE_SUBMITTING = text("""
SELECT r.version, r.kind, r.state, r.number, r.received_on, r.happened_on, r.new_values, r.applies_from,
       r.undoes, change_current_values(:ident, r.kind) AS current, h.kind AS holder_kind, s.area,
       s.charging_method,
       setting_on('change_reporting_days', coalesce(r.received_on, office_day()))::integer AS reporting_days,
       setting_on('change_cutoff_day', coalesce(r.received_on, office_day()))::integer AS cutoff_day,
       ARRAY(SELECT o.number FROM change_request o
             WHERE o.ident = :ident AND o.kind = r.kind AND o.id <> r.id
               AND is_request_open(o.state)
             ORDER BY o.id) AS duplicates,
       office_day() AS today
FROM change_request r
LEFT JOIN LATERAL (
    SELECT kind FROM holder WHERE ident = :ident ORDER BY valid_from DESC LIMIT 1
) h ON true
LEFT JOIN LATERAL (
    SELECT area, charging_method FROM premises_state WHERE ident = :ident ORDER BY valid_from DESC LIMIT 1
) s ON true
WHERE r.ident = :ident AND r.id = :request_id
""")

_KIND = text("SELECT kind FROM change_request WHERE ident = :ident AND id = :request_id")

_STORED = text("""
SELECT r.version, r.state, r.channel, r.received_on, r.happened_on, r.applicant_name, r.applicant_standing,
       r.applicant_id_card, r.applicant_phone, r.applicant_email, r.basis_act, r.basis_number, r.basis_date,
       r.basis_issuer, r.note, r.new_values, r.provider_id, r.provider_order, r.reason,
       h.happened_at AS changed_at, h.changed_by, h.fields
FROM change_request r
LEFT JOIN LATERAL (
    SELECT max(c.happened_at) AS happened_at,
           (array_agg(coalesce(s.full_name, c.login) ORDER BY c.id DESC))[1] AS changed_by,
           jsonb_agg(c.fields ORDER BY c.id) AS fields
    FROM change_history(:ident, :request_id) c LEFT JOIN staff s ON s.login = c.login
    WHERE c.version > :seen_version
) h ON true
WHERE r.ident = :ident AND r.id = :request_id
""")

_AFTER = text("""
SELECT id, version, state, number, applies_from, is_late, due_on FROM change_request
WHERE ident = :ident AND id = :request_id
""")

_APPLY = text("SELECT apply_change(:ident, :request_id)")
_UNDO = text("SELECT undo_change(:ident, :request_id, :reason)")


def add(session: Session, *, values: Mapping[str, Any]) -> Row[*tuple[Any, ...]]:
    """Enter a request as a draft and return its id and version."""
    return session.execute(insert(Request).values(dict(values)).returning(Request.id, Request.version)).one()


def kind_of(session: Session, *, ident: int, request_id: int) -> str | None:
    """Return the kind of a request, None if there is no such one."""
    given = {"ident": ident, "request_id": request_id}
    return session.execute(_KIND, given).scalar_one_or_none()


def change(
    session: Session, *, ident: int, request_id: int, seen_version: int, values: Mapping[str, Any]
) -> Row[*tuple[Any, ...]] | None:
    """Change or move a request still at the version seen; None if it is not."""
    changed = (
        update(Request)
        .where(Request.ident == ident, Request.id == request_id, Request.version == seen_version)
        .values(dict(values))
        .returning(
            Request.id,
            Request.version,
            Request.state,
            Request.number,
            Request.applies_from,
            Request.is_late,
            Request.due_on,
        )
        .execution_options(synchronize_session=False)
    )
    return session.execute(changed).one_or_none()


def before_submitting(session: Session, *, ident: int, request_id: int) -> Row[Any] | None:
    """Return what the check before submitting needs."""
    given = {"ident": ident, "request_id": request_id}
    return session.execute(_BEFORE_SUBMITTING, given).one_or_none()


def stored(session: Session, *, ident: int, request_id: int, seen_version: int) -> Row[Any] | None:
    """Return a request as it is stored, and who changed what of it since a version."""
    given = {"ident": ident, "request_id": request_id, "seen_version": seen_version}
    return session.execute(_STORED, given).one_or_none()


def apply(session: Session, *, ident: int, request_id: int) -> Row[Any]:
    """Let an approved request take effect and return what became of it."""
    given = {"ident": ident, "request_id": request_id}
    session.execute(_APPLY, given)
    return session.execute(_AFTER, given).one()


def undo(session: Session, *, ident: int, request_id: int, reason: str) -> Row[Any]:
    """Enter the inverse of an applied request and return it."""
    given = {"ident": ident, "request_id": request_id}
    inverse = session.execute(_UNDO, {**given, "reason": reason}).scalar_one()
    return session.execute(_AFTER, {"ident": ident, "request_id": inverse}).one()


def add_paper(session: Session, *, values: Mapping[str, Any]) -> int:
    """Store a paper and return its id."""
    return int(session.execute(insert(Paper).values(dict(values)).returning(Paper.id)).scalar_one())


def see_original(session: Session, *, ident: int, paper_id: int) -> int | None:
    """Mark the original of a paper as seen; None if there is no such paper."""
    seen = (
        update(Paper)
        .where(Paper.ident == ident, Paper.id == paper_id)
        .values(is_original_seen=True)
        .returning(Paper.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(seen).scalar_one_or_none()


def remove_paper(session: Session, *, ident: int, paper_id: int) -> int | None:
    """Take a paper away; None if there is no such paper."""
    gone: int | None = session.scalar(select(func.remove_change_paper(ident, paper_id)))
    return gone
