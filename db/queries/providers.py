"""The providers, as the database lists them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models.providers import Provider


def providers(session: Session) -> Sequence[Row[Any]]:
    """Return (id, code, name) of every provider, by id, which is the order of the bill."""
    return session.execute(select(Provider.id, Provider.code, Provider.name).order_by(Provider.id)).all()
