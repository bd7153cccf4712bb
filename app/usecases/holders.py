"""Who an account billed, from when to when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.holders import HolderKind
from app.usecases.contacts import Contact, contacts_of
from app.usecases.delivery import Delivery, DeliveryUnknown, delivery_of
from app.usecases.premises import PremisesPlace, PremisesState, place_of, premises_of
from app.usecases.subsidies import Subsidy, subsidies_of
from db.queries import holders as queries


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder in [valid_from, valid_to); ``jmbg_masked`` is empty for who has none on file."""

    valid_from: date
    valid_to: date | None
    kind: HolderKind
    first_name: str
    last_name: str
    business_name: str
    jmbg_masked: str
    pib: str
    company_number: str
    version: int

    @property
    def name(self) -> str:
        """Surname first, as lists show it; a firm by its business name."""
        if self.kind is HolderKind.LEGAL:
            return self.business_name
        return f"{self.last_name} {self.first_name}".strip()


@dataclass(frozen=True, slots=True)
class AccountData:
    """Who an account bills, for what, and how they are reached: as it is, and as it was."""

    holders: tuple[Holder, ...]
    place: PremisesPlace | None
    premises: tuple[PremisesState, ...]
    contacts: tuple[Contact, ...]
    subsidies: tuple[Subsidy, ...]
    delivery: Delivery | None
    """None where nobody has said how bills are delivered."""


def account_data(session: Session, *, ident: int) -> AccountData:
    """Return all that is kept of an account but its money, as of one moment."""
    try:
        delivery = delivery_of(session, ident=ident)
    except DeliveryUnknown:
        delivery = None
    return AccountData(
        holders_of(session, ident=ident),
        place_of(session, ident=ident),
        premises_of(session, ident=ident),
        contacts_of(session, ident=ident),
        subsidies_of(session, ident=ident),
        delivery,
    )


def holders_of(session: Session, *, ident: int) -> tuple[Holder, ...]:
    """Return the holders of an account, the latest first."""
    return tuple(
        Holder(
            row.valid_from,
            row.valid_to,
            row.kind,
            row.first_name,
            row.last_name,
            row.business_name,
            row.jmbg_masked or "",
            row.pib or "",
            row.company_number or "",
            row.version,
        )
        for row in queries.all_of(session, ident=ident)
    )
