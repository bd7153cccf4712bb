"""What ends with the holder of an account when somebody else takes it over.

It belonged to the person, not to the account: telephones and e-mail addresses, bills
by e-mail with the consent to them, the link to the portal, an address elsewhere.
The form names all of it before it is submitted, and so does whoever decides.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.queries.changes import grounds as queries


@dataclass(frozen=True, slots=True)
class HolderLeaving:
    """What ends; bills go to ``email`` only where somebody consented to it."""

    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    email: str = ""
    consented_at: datetime | None = None
    portal_user: str = ""
    delivered_to: str = ""

    @property
    def is_nothing(self) -> bool:
        """True where the new holder finds nothing of the one before."""
        return self == HolderLeaving()


def leaving_of(session: Session, *, ident: int) -> HolderLeaving:
    """Return what would end today with the holder."""
    row = queries.leaving(session, ident=ident)
    return HolderLeaving(
        phones=tuple(row.phones or ()),
        emails=tuple(row.emails or ()),
        email=row.email or "",
        consented_at=row.consented_at,
        portal_user=row.portal_user or "",
        delivered_to=", ".join(part for part in (row.delivery_name, row.delivery_address) if part),
    )
