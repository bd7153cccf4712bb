"""Subsidies granted to the household of one account."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models.subsidies import Subsidy


def all_of(session: Session, *, ident: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return subsidies, the latest first."""
    own = (
        select(Subsidy.valid_from, Subsidy.valid_to, Subsidy.category, Subsidy.percent, Subsidy.decision)
        .where(Subsidy.ident == ident)
        .order_by(Subsidy.valid_from.desc())
    )
    return session.execute(own).all()
