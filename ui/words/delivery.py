"""The words of how bills reach the customer."""

from app.domain.delivery import NoWayOfDelivery
from app.domain.errors import SalterError
from app.usecases.delivery import DeliveryUnknown, EmailWithoutConsent
from ui.words.errors import Says

ERRORS: dict[type[SalterError], Says] = {
    NoWayOfDelivery: Says("A bill must arrive somehow: switch e-mail on before switching paper off."),
    DeliveryUnknown: Says("How this customer gets bills is not on file. Open the account again."),
    EmailWithoutConsent: Says("Bills go by e-mail only to an address, and with the customer's consent."),
}
