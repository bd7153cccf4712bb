"""Holders of one account through time; the personal number comes masked."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models.holders import Holder


def all_of(session: Session, *, ident: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the holders of an account, the latest first."""
    own = (
        select(
            Holder.valid_from,
            Holder.valid_to,
            Holder.kind,
            Holder.first_name,
            Holder.last_name,
            Holder.business_name,
            Holder.jmbg_masked,
            Holder.pib,
            Holder.company_number,
            Holder.version,
        )
        .where(Holder.ident == ident)
        .order_by(Holder.valid_from.desc())
    )
    return session.execute(own).all()
