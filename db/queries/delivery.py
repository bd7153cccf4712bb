"""How the bills of one account go out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_CURRENT = text("""
SELECT d.by_email, d.on_paper, d.email, d.version,
       (SELECT jsonb_agg(to_jsonb(c) ORDER BY consent_no DESC) FROM email_consent c
        WHERE c.ident = :ident) AS consents,
       setting_on('email_consent_wording', office_day()) ->> 'text' AS wording_now,
       r.user_name, r.registered_on, r.activated_at, r.notified_by_email, r.ended_on,
       (SELECT c.value FROM contact c
        WHERE c.ident = :ident AND c.kind = 'email' AND c.ended_on IS NULL
        ORDER BY c.contact_no DESC LIMIT 1) AS email_on_file
FROM delivery d LEFT JOIN portal_registration r ON r.ident = :ident
WHERE d.ident = :ident
""")

_SWITCH = text("""
SELECT switch_delivery(:ident, :seen_version, :by_email, :on_paper, :email, :channel)
""")

_LAST_CHANGE = text("""
SELECT c.happened_at, coalesce(s.full_name, c.login) AS changed_by, c.fields
FROM account_changes(:ident, ARRAY['delivery'], 'infinity', 1) c
LEFT JOIN staff s ON s.login = c.login
""")


def current(session: Session, *, ident: int) -> Row[Any] | None:
    """Return how bills go out now, with every consent that was given, and the portal's registration."""
    return session.execute(_CURRENT, {"ident": ident}).one_or_none()


def change(session: Session, *, ident: int, seen_version: int, values: Mapping[str, Any]) -> bool:
    """Change delivery if it is still at the version seen; tell whether it was."""
    return bool(
        session.execute(_SWITCH, {"ident": ident, "seen_version": seen_version, **values}).scalar_one()
    )


def last_change(session: Session, *, ident: int) -> tuple[str, datetime, Mapping[str, Any]] | None:
    """Return who changed delivery last, when, and the columns with their old and new values."""
    row = session.execute(_LAST_CHANGE, {"ident": ident}).one_or_none()
    return None if row is None else (row.changed_by, row.happened_at, row.fields or {})
