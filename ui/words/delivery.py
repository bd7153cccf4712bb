"""The words of how bills reach the customer."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.domain.delivery import ConsentEnd, NoWayOfDelivery
from app.domain.errors import SalterError
from app.usecases.delivery import Consent, ConsentHolds, DeliveryUnknown, EmailWithoutConsent
from ui.words import states, text
from ui.words.errors import Says

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    ConsentEnd: {
        ConsentEnd.WITHDRAWN: "withdrawn",
        ConsentEnd.REPLACED: "given anew for another address",
        ConsentEnd.HOLDER_CHANGED: "the holder changed",
        ConsentEnd.UNDONE: "the change was taken back",
    }
}

ERRORS: dict[type[SalterError], Says] = {
    NoWayOfDelivery: Says("A bill must arrive somehow: switch e-mail on before switching paper off."),
    DeliveryUnknown: Says("How this customer gets bills is not on file. Open the account again."),
    ConsentHolds: Says("The consent to this address was recorded a moment ago. Look again."),
    EmailWithoutConsent: Says("Bills go by e-mail only to an address, and with the customer's consent."),
}


def consent_words(consent: Consent | None) -> str:
    """Say who consented to bills by e-mail, when, how they were asked and in which wording."""
    if consent is None:
        return text.DASH
    said = QCoreApplication.translate("delivery", "{0} consented on {1}").format(
        consent.given_by or text.DASH, text.moment(consent.given_at)
    )
    how = [states.word(consent.channel)] if consent.channel is not None else []
    if consent.wording:
        how.append(QCoreApplication.translate("delivery", "wording {0}").format(consent.wording))
    return f"{said} ({', '.join(how)})" if how else said
