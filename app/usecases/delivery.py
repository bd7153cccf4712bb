"""How the bills of an account go out, and switching it while the customer waits.

E-mail needs a consent, which is a record of its own: the server keeps who gave it,
to which address, when, how they were asked and in which wording, and ends it when
e-mail is switched off or goes to another address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.contacts import NotAnEmail
from app.domain.delivery import ConsentEnd, NoWayOfDelivery, check_choice
from app.domain.errors import Conflict, Refused
from app.domain.visits import Channel
from db import errors
from db.errors import Facts, RuleBroken
from db.queries import delivery as queries


class DeliveryUnknown(Refused):
    """The account has no record of delivery, or the visit held does not let it be read."""


class EmailWithoutConsent(RuleBroken):
    """Bills go by e-mail only to an address, and only while a consent to that address holds."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "email"


class ConsentHolds(RuleBroken):
    """Somebody else recorded the consent to this address at the same moment."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "email"


def _not_an_email(_facts: Facts) -> Refused:
    return NotAnEmail("")


def _no_way(_facts: Facts) -> Refused:
    return NoWayOfDelivery()


errors.register("ck_delivery_email_address", EmailWithoutConsent)
errors.register("delivery_without_consent", EmailWithoutConsent)
errors.register("ux_email_consent_in_force", ConsentHolds)
errors.register("ck_delivery_some_way", _no_way)
errors.register("ck_delivery_email_form", _not_an_email)
errors.register("delivery_email_wrong", _not_an_email)


@dataclass(frozen=True, slots=True)
class PortalRegistration:
    """The customer's account on the portal; not ``is_active`` until its link was followed."""

    user_name: str
    registered_on: date
    activated_at: datetime | None
    notified_by_email: bool
    ended_on: date | None = None
    """The day the holder it belonged to went."""

    @property
    def is_active(self) -> bool:
        """True once the activation link was followed, while its holder is here."""
        return self.activated_at is not None and self.ended_on is None


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent to bills by e-mail.

    ``channel`` is None and ``wording`` 0 where nobody wrote down how it was asked for.
    """

    email: str
    given_by: str
    given_at: datetime
    channel: Channel | None
    wording: int
    ended_at: datetime | None = None
    ended_because: ConsentEnd | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """How bills go out now; ``email_on_file`` is the address to offer when ``email`` is empty.

    ``consents`` are all that were given, the latest first; ``wording`` is what is asked today.
    """

    by_email: bool
    on_paper: bool
    email: str
    email_on_file: str
    consents: tuple[Consent, ...]
    wording: str
    portal: PortalRegistration | None
    version: int

    @property
    def consent(self) -> Consent | None:
        """The consent that bills go by e-mail by, if they do."""
        holds = (one for one in self.consents if one.email == self.email and one.ended_at is None)
        return next(holds, None) if self.by_email else None


def delivery_of(session: Session, *, ident: int) -> Delivery:
    """Return how the bills of an account go out.

    Raises: DeliveryUnknown.
    """
    row = queries.current(session, ident=ident)
    if row is None:
        raise DeliveryUnknown(str(ident))
    return Delivery(
        by_email=row.by_email,
        on_paper=row.on_paper,
        email=row.email,
        email_on_file=row.email_on_file or "",
        consents=tuple(_consent(one) for one in row.consents or ()),
        wording=row.wording_now or "",
        portal=_portal(row),
        version=row.version,
    )


def switch_email_delivery(
    session: Session,
    *,
    ident: int,
    seen_version: int,
    by_email: bool,
    on_paper: bool,
    email: str,
    channel: Channel,
) -> None:
    """Switch e-mail and paper on or off, as the customer who came by ``channel`` consents.

    Raises: NoWayOfDelivery, NotAnEmail; DeliveryUnknown; Conflict with who changed it
    since ``seen_version``, when, and the fields as they are stored now.
    """
    address = check_choice(email, by_email=by_email, on_paper=on_paper)
    values = {"by_email": by_email, "on_paper": on_paper, "email": address, "channel": channel.value}
    if not queries.change(session, ident=ident, seen_version=seen_version, values=values):
        raise _conflict(session, ident)


def _conflict(session: Session, ident: int) -> Conflict:
    now = delivery_of(session, ident=ident)
    last = queries.last_change(session, ident=ident)
    changed_by, changed_at, changed = last or ("", None, {})
    stored = {"by_email": now.by_email, "on_paper": now.on_paper, "email": now.email}
    fields: dict[str, object] = {name: value for name, value in stored.items() if name in changed}
    return Conflict(changed_by=changed_by, changed_at=changed_at, fields=fields or dict(stored))


def _consent(one: Mapping[str, Any]) -> Consent:
    return Consent(
        email=one["email"],
        given_by=one["given_by"],
        given_at=datetime.fromisoformat(one["given_at"]),
        channel=Channel(one["channel"]) if one["channel"] else None,
        wording=one["wording"],
        ended_at=datetime.fromisoformat(one["ended_at"]) if one["ended_at"] else None,
        ended_because=ConsentEnd(one["ended_because"]) if one["ended_because"] else None,
    )


def _portal(row: Row[Any]) -> PortalRegistration | None:
    if row.user_name is None:
        return None
    return PortalRegistration(
        row.user_name, row.registered_on, row.activated_at, row.notified_by_email, row.ended_on
    )
