"""The branches, as the database lists them."""

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models.branches import Branch


def branches(session: Session) -> Sequence[Row[int, str, str]]:
    """Return (id, code, name) of every branch, by code."""
    return session.execute(select(Branch.id, Branch.code, Branch.name).order_by(Branch.code)).all()
