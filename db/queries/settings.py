"""Dated settings: what the trade changes by decision, not by release."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_IN_FORCE = text("""
SELECT name, value, is_unconfirmed FROM settings_on(CAST(:names AS text[]), :today)
""")

_HISTORY = text("""
SELECT name, valid_from, lead(valid_from) OVER (PARTITION BY name ORDER BY valid_from) AS valid_to,
       value, is_unconfirmed, note
FROM setting WHERE :name IN ('', name) ORDER BY name, valid_from DESC
""")

_INSTALLATION = text("""
SELECT (SELECT max(version_num) FROM alembic_version) AS schema, current_setting('server_version') AS server,
       ARRAY(SELECT right(c.relname, 4)::int FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent = 'bill'::regclass ORDER BY 1) AS years
""")


def in_force(session: Session, *, names: Sequence[str], today: date) -> dict[str, Any]:
    """Return the values in force on a day, by name; one that has none, nor a default, is missing."""
    rows = session.execute(_IN_FORCE, {"names": list(names), "today": today})
    return {row.name: row.value for row in rows}


def in_force_with_marks(
    session: Session, *, names: Sequence[str], today: date
) -> dict[str, tuple[Any, bool]]:
    """Return the values in force on a day, each with whether nobody has confirmed it yet."""
    rows = session.execute(_IN_FORCE, {"names": list(names), "today": today})
    return {row.name: (row.value, row.is_unconfirmed) for row in rows}


def history(session: Session, *, name: str = "") -> Sequence[Row[Any]]:
    """Return every value with the day it ends, the latest first: of one setting, or of all by their names."""
    return session.execute(_HISTORY, {"name": name}).all()


def installation(session: Session) -> Row[Any]:
    """Return the revision of the schema, the server's version, and the years that bills have room for."""
    return session.execute(_INSTALLATION).one()
