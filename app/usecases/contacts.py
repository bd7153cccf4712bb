"""How a customer is reached."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from db.queries import contacts as queries


class ContactKind(StrEnum):
    """By what a customer is reached."""

    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone or an e-mail address, as it was given; in use until ``ended_on``."""

    number: int
    kind: ContactKind
    value: str
    since: date
    ended_on: date | None


def contacts_of(session: Session, *, ident: int) -> tuple[Contact, ...]:
    """Return contacts of an account, those in use first."""
    return tuple(
        Contact(row.contact_no, ContactKind(row.kind), row.value, row.since, row.ended_on)
        for row in queries.all_of(session, ident=ident)
    )
