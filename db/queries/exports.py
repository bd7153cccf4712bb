"""Putting an export on record."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlalchemy.sql import bindparam

_LOG = text("SELECT log_export(:of_what, :with_filter, :row_count)").bindparams(
    bindparam("with_filter", type_=JSONB)
)


def log(session: Session, *, of_what: str, with_filter: dict[str, Any], row_count: int) -> None:
    """Write who took which rows out of the program; the server adds the person and the time."""
    session.execute(_LOG, {"of_what": of_what, "with_filter": with_filter, "row_count": row_count})
