"""What a form stands on: the values on file, what the account is, settings, streets to choose from."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_ACCOUNT = text("""
SELECT a.ident IS NOT NULL AS is_open, a.closed_on, h.kind AS holder_kind,
       s.kind AS premises_kind, s.area, s.heated_area, s.has_waste, s.charging_method
FROM (SELECT) nothing
LEFT JOIN account a ON a.ident = :ident
LEFT JOIN LATERAL (
    SELECT kind FROM holder WHERE ident = :ident ORDER BY valid_from DESC LIMIT 1
) h ON true
LEFT JOIN LATERAL (
    SELECT kind, area, heated_area, has_waste, charging_method FROM premises_state
    WHERE ident = :ident ORDER BY valid_from DESC LIMIT 1
) s ON true
""")

_GROUND = text("""
SELECT change_current_values(:ident, :kind) AS current, h.kind AS holder_kind, s.area, s.charging_method,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(valid_from, value) ORDER BY valid_from), '[]')
        FROM setting WHERE name = 'change_cutoff_day') AS cutoffs,
       setting_on('change_reporting_days', :today) AS reporting_days
FROM (SELECT) nothing
LEFT JOIN LATERAL (
    SELECT kind FROM holder WHERE ident = :ident ORDER BY valid_from DESC LIMIT 1
) h ON true
LEFT JOIN LATERAL (
    SELECT area, charging_method FROM premises_state WHERE ident = :ident ORDER BY valid_from DESC LIMIT 1
) s ON true
""")

_LEAVING = text("""
SELECT a.delivery_name, a.delivery_address, d.email, r.user_name AS portal_user, c.given_at AS consented_at,
       (SELECT array_agg(value ORDER BY contact_no) FROM contact
        WHERE ident = :ident AND kind = 'phone' AND ended_on IS NULL) AS phones,
       (SELECT array_agg(value ORDER BY contact_no) FROM contact
        WHERE ident = :ident AND kind = 'email' AND ended_on IS NULL) AS emails
FROM (SELECT) nothing
LEFT JOIN account a ON a.ident = :ident
LEFT JOIN delivery d ON d.ident = :ident
LEFT JOIN email_consent c ON c.ident = :ident AND c.email = d.email AND c.ended_at IS NULL AND d.by_email
LEFT JOIN portal_registration r ON r.ident = :ident AND r.ended_on IS NULL
""")

_CURRENT = text("SELECT change_current_values(:ident, :kind)")

_STREETS = text("""
SELECT u.id, u.name, n.name AS settlement
FROM street u JOIN settlement n ON n.id = u.settlement_id
WHERE fold(u.name || ' ' || n.name) LIKE ALL (
    SELECT '%' || replace(replace(replace(word, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
    FROM regexp_split_to_table(fold(:typed), '\\s+') AS word)
ORDER BY fold(u.name) LIKE fold(:typed) || '%' DESC, u.name, n.name LIMIT :at_most
""")

_STREET = text("""
SELECT u.id, u.name, n.name AS settlement
FROM street u JOIN settlement n ON n.id = u.settlement_id WHERE u.id = :street_id
""")

_RESERVE = text("SELECT reserve_ident()")


def account(session: Session, *, ident: int) -> Row[Any]:
    """Return what decides which kinds can be filed; all empty for a number that is only reserved."""
    return session.execute(_ACCOUNT, {"ident": ident}).one()


def ground(session: Session, *, ident: int, kind: str, today: date) -> Row[Any]:
    """Return the values on file for a kind, what the form depends on, and the settings."""
    return session.execute(_GROUND, {"ident": ident, "kind": kind, "today": today}).one()


def leaving(session: Session, *, ident: int) -> Row[Any]:
    """Return what is on file of an account that belongs to its holder in person."""
    return session.execute(_LEAVING, {"ident": ident}).one()


def current_values(session: Session, *, ident: int, kind: str) -> dict[str, Any]:
    """Return what is on file for the fields of a kind."""
    return dict(session.execute(_CURRENT, {"ident": ident, "kind": kind}).scalar_one() or {})


def streets_like(session: Session, *, typed: str, at_most: int) -> Sequence[Row[Any]]:
    """Return streets whose name and settlement hold every word typed; those that begin so come first."""
    return session.execute(_STREETS, {"typed": typed, "at_most": at_most}).all()


def street(session: Session, *, street_id: int) -> Row[Any] | None:
    """Return a street by its id."""
    return session.execute(_STREET, {"street_id": street_id}).one_or_none()


def reserve_ident(session: Session) -> int:
    """Take a number for an account to be opened."""
    return int(session.execute(_RESERVE).scalar_one())
