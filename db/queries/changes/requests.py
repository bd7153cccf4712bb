"""Requests of one account: the list, and one of them with all that belongs to it in one statement."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_COLUMNS = """
SELECT r.id, coalesce(r.number, '') AS number, r.kind, r.state, r.channel, r.received_on, r.happened_on,
       r.due_on, r.applies_from, r.is_late, coalesce(e.full_name, r.entered_by) AS entered_by, r.entered_at,
       coalesce(d.full_name, r.decided_by, '') AS decided_by, r.decided_at, r.undoes, r.version
FROM change_request r
LEFT JOIN staff e ON e.login = r.entered_by
LEFT JOIN staff d ON d.login = r.decided_by
"""

_PAGE = text(f"""
{_COLUMNS}
WHERE r.ident = :ident AND r.id < :before_id ORDER BY r.id DESC LIMIT :at_most
""")

_OPEN_OF_KIND = text(f"""
{_COLUMNS}
WHERE r.ident = :ident AND r.kind = :kind AND is_request_open(r.state)
ORDER BY r.id
""")

_ONE = text("""
SELECT r.id, coalesce(r.number, '') AS number, r.kind, r.state, r.version, r.channel, r.received_on,
       r.happened_on, r.applicant_name, r.applicant_standing, r.applicant_id_card, r.applicant_phone,
       r.applicant_email, r.basis_act, r.basis_number, r.basis_date, r.basis_issuer, r.note,
       r.new_values, CASE r.state WHEN 'draft' THEN change_current_values(:ident, r.kind)
                                  ELSE r.old_values END AS old_values,
       r.applies_from, r.is_late, r.due_on, r.branch_id, b.name AS branch,
       r.entered_by AS entered_login, coalesce(e.full_name, r.entered_by) AS entered_by, r.entered_at,
       r.submitted_at, coalesce(r.claimed_by, '') AS claimed_login,
       coalesce(c.full_name, r.claimed_by, '') AS claimed_by, r.claimed_at,
       coalesce(r.claimed_by = session_user, false) AS is_claimed_by_me,
       p.id AS provider_id, p.code AS provider_code, p.name AS provider, r.sent_to_provider_at,
       r.provider_order, coalesce(d.full_name, r.decided_by, '') AS decided_by, r.decided_at, r.reason,
       r.applied_at, r.undoes,
       (SELECT u.id FROM change_request u WHERE u.ident = :ident AND u.undoes = r.id
          AND NOT is_request_void(u.state)) AS undone_by,
       session_user::text = ANY (r.editors) AS is_mine,
       pg_has_role(session_user, 'desk_clerk', 'MEMBER') AS is_clerk,
       pg_has_role(session_user, 'desk_supervisor', 'MEMBER') AS is_supervisor,
       h.kind AS holder_kind, s.charging_method,
       coalesce(r.cutoff_day,
                setting_on('change_cutoff_day', coalesce(r.received_on, :today))::integer) AS cutoff_day,
       a.papers, v.events, f.effects
FROM change_request r
JOIN branch b ON b.id = r.branch_id
LEFT JOIN staff e ON e.login = r.entered_by
LEFT JOIN staff c ON c.login = r.claimed_by
LEFT JOIN staff d ON d.login = r.decided_by
LEFT JOIN provider p ON p.id = r.provider_id
LEFT JOIN LATERAL (
    SELECT kind FROM holder WHERE ident = :ident ORDER BY valid_from DESC LIMIT 1
) h ON true
LEFT JOIN LATERAL (
    SELECT charging_method FROM premises_state WHERE ident = :ident ORDER BY valid_from DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
        'id', q.id, 'kind', q.paper_kind, 'act', q.act, 'file_name', q.file_name,
        'content_type', q.content_type, 'size', q.size, 'sha256', encode(q.sha256, 'hex'),
        'is_original_seen', q.is_original_seen,
        'original_seen_by', coalesce(o.full_name, q.original_seen_by, ''),
        'original_seen_at', q.original_seen_at, 'added_by', coalesce(n.full_name, q.added_by),
        'added_at', q.added_at, 'number', q.number) ORDER BY q.id) AS papers
    FROM change_paper q
    LEFT JOIN staff o ON o.login = q.original_seen_by
    LEFT JOIN staff n ON n.login = q.added_by
    WHERE q.ident = :ident AND q.request_id = :request_id
) a ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
        'happened_at', q.happened_at, 'login', q.login, 'who', coalesce(o.full_name, q.login),
        'old_state', q.old_state, 'new_state', q.new_state, 'reason', q.reason) ORDER BY q.id) AS events
    FROM change_event q LEFT JOIN staff o ON o.login = q.login
    WHERE q.ident = :ident AND q.request_id = :request_id
) v ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
        'table', q.table_name, 'valid_from', q.valid_from, 'before', q.before, 'after', q.after)
        ORDER BY q.id) AS effects
    FROM change_effect q WHERE q.ident = :ident AND q.request_id = :request_id
) f ON true
WHERE r.ident = :ident AND r.id = :request_id
""")

_CONTENT = text("SELECT content FROM change_paper WHERE ident = :ident AND id = :paper_id")

_PROVIDERS = text("SELECT id, code, name FROM provider WHERE code <> :issuer ORDER BY id")


def page(session: Session, *, ident: int, before_id: int, at_most: int) -> Sequence[Row[Any]]:
    """Return requests with a smaller id, the latest first."""
    given = {"ident": ident, "before_id": before_id, "at_most": at_most}
    return session.execute(_PAGE, given).all()


def open_of_kind(session: Session, *, ident: int, kind: str) -> Sequence[Row[Any]]:
    """Return the requests of one kind that wait for somebody, the oldest first."""
    return session.execute(_OPEN_OF_KIND, {"ident": ident, "kind": kind}).all()


def one(session: Session, *, ident: int, request_id: int, today: date) -> Row[Any] | None:
    """Return a request with its papers (without content), steps and effects."""
    given = {"ident": ident, "request_id": request_id, "today": today}
    return session.execute(_ONE, given).one_or_none()


def paper_content(session: Session, *, ident: int, paper_id: int) -> bytes | None:
    """Return what was scanned."""
    content = session.execute(_CONTENT, {"ident": ident, "paper_id": paper_id}).scalar_one_or_none()
    return None if content is None else bytes(content)


def providers(session: Session, *, issuer: str) -> Sequence[Row[Any]]:
    """Return the providers but for the issuer itself."""
    return session.execute(_PROVIDERS, {"issuer": issuer}).all()
