"""How the customer of one account is reached."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models.contacts import Contact


def all_of(session: Session, *, ident: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return contacts, those in use first."""
    own = (
        select(Contact.contact_no, Contact.kind, Contact.value, Contact.since, Contact.ended_on)
        .where(Contact.ident == ident)
        .order_by(Contact.ended_on.is_not(None), Contact.contact_no)
    )
    return session.execute(own).all()
