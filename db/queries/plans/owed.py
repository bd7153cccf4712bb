"""What an account owes, month by month, and the programmes it could be repaid under."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_MONTHS = text("""
SELECT ggmm, due_on, principal, interest_on_bill, acknowledged, accrue_from, is_sued, case_id
FROM months_of_debt(:ident, :on_day)
""")

_CASES = text("""
SELECT c.id, coalesce(nullif(c.case_number, ''), c.internal_number) AS number, c.state,
       c.creditor_costs + c.bailiff_costs - c.paid_costs AS costs, coalesce(f.name, '') AS bailiff,
       coalesce(f.seat, '') AS seat
FROM enforcement_case c LEFT JOIN bailiff f ON f.id = c.bailiff_id
WHERE c.ident = :ident AND is_case_open(c.state)
ORDER BY c.id
""")

_TABLES = text("""
SELECT (SELECT jsonb_agg(jsonb_build_array(valid_from, percent::text) ORDER BY valid_from)
        FROM statutory_rate) AS rates,
       (SELECT jsonb_agg(value) FROM setting WHERE name = 'holidays') AS holidays
""")

_STANDING = text("""
SELECT EXISTS (SELECT FROM plan WHERE ident = :ident AND is_plan_in_force(state)) AS has_plan,
       coalesce((SELECT array_agg(DISTINCT programme_id) FROM plan
                 WHERE ident = :ident AND state = 'broken'), '{}') AS broken,
       (SELECT kind FROM holder WHERE ident = :ident AND valid_from <= :on_day
        ORDER BY valid_from DESC LIMIT 1) AS holder_kind
""")

_PUBLISHED = text("""
SELECT DISTINCT ON (v.programme_id) v.programme_id, v.version, g.code, g.name, v.decision, v.legal_basis,
       v.valid_from, v.valid_to, v.terms, v.note
FROM programme_version v JOIN programme g ON g.id = v.programme_id
WHERE v.state = 'published'
-- of each programme the version in force, or the one that was last, or will be first
ORDER BY v.programme_id, is_in_force(v.valid_from, v.valid_to, :on_day) DESC,
         (v.valid_from <= :on_day) DESC, abs(v.valid_from - :on_day)
""")

_VERSION = text("""
SELECT v.programme_id, v.version, g.code, g.name, v.decision, v.legal_basis, v.valid_from, v.valid_to,
       v.terms, v.note
FROM programme_version v JOIN programme g ON g.id = v.programme_id
WHERE v.programme_id = :programme_id AND v.version = :version
""")


def months(session: Session, *, ident: int, on_day: date) -> Sequence[Row[Any]]:
    """Return the months overdue on a day that no plan has, the oldest first."""
    return session.execute(_MONTHS, {"ident": ident, "on_day": on_day}).all()


def cases(session: Session, *, ident: int) -> Sequence[Row[Any]]:
    """Return the enforcement cases that claim something, with their open costs."""
    return session.execute(_CASES, {"ident": ident}).all()


def tables(session: Session) -> Row[Any]:
    """Return the statutory rates, and the days on which nothing falls due."""
    return session.execute(_TABLES).one()


def standing(session: Session, *, ident: int, on_day: date) -> Row[Any]:
    """Return whether a plan is in force, which programmes were broken, and what the holder is."""
    return session.execute(_STANDING, {"ident": ident, "on_day": on_day}).one()


def published(session: Session, *, on_day: date) -> Sequence[Row[Any]]:
    """Return of each programme the published version nearest to a day."""
    return session.execute(_PUBLISHED, {"on_day": on_day}).all()


def version(session: Session, *, programme_id: int, version: int) -> Row[Any] | None:
    """Return a version of a programme, published or not."""
    given = {"programme_id": programme_id, "version": version}
    return session.execute(_VERSION, given).one_or_none()
