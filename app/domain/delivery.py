"""How bills reach a customer: on paper, by e-mail, or both, but never not at all."""

from datetime import timedelta
from enum import StrEnum

from app.domain.contacts import normalize_email
from app.domain.errors import Refused

ACTIVATION_LINK_LASTS = timedelta(hours=24)
"""After that the portal deletes the registration that was never activated."""


class ConsentEnd(StrEnum):
    """Why a consent to bills by e-mail holds no more."""

    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    """Another was given, for another address."""
    HOLDER_CHANGED = "holder_changed"
    UNDONE = "undone"
    """The change it was given with was taken back."""


class NoWayOfDelivery(Refused):
    """Paper was switched off and e-mail not switched on."""

    field = "on_paper"


def check_choice(email: str, *, by_email: bool, on_paper: bool) -> str:
    """Return the address to be stored, normalized; empty when e-mail is off and none is given.

    Raises: NoWayOfDelivery; NotAnEmail for an address that cannot be one, and for a
    missing one when bills are to go by e-mail.
    """
    if not (by_email or on_paper):
        raise NoWayOfDelivery
    return normalize_email(email) if by_email or email.strip() else ""
