"""The words of visits to an account and of verifying a caller."""

from enum import StrEnum

from app.domain.errors import SalterError
from app.domain.visits import Channel, Purpose
from app.usecases.visits import (
    Claim,
    ClaimUnknown,
    NotServing,
    ReasonMissing,
    TooFewClaims,
    TooManyAttempts,
    VisitNotOpen,
)
from ui.words.errors import Says

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    Purpose: {
        Purpose.SERVICE: "service at the counter",
        Purpose.CALL: "call",
        Purpose.CASE: "work on a case",
        Purpose.CHECK: "check",
    },
    Channel: {
        Channel.COUNTER: "counter",
        Channel.PHONE: "phone",
        Channel.MAIL: "mail",
        Channel.PORTAL: "portal",
    },
    Claim: {
        Claim.IDENT: "account number",
        Claim.NAME: "full name",
        Claim.ADDRESS: "address",
        Claim.JMBG_LAST4: "last four digits of the JMBG",
        Claim.PHONE: "telephone on file",
        Claim.EMAIL: "e-mail on file",
        Claim.PAYMENT: "last payment",
        Claim.BILL_AMOUNT: "amount of the last bill",
    },
}

ERRORS: dict[type[SalterError], Says] = {
    TooFewClaims: Says("At least two data must be asked of the caller, one of them not on the screen."),
    NotServing: Says("Your role does not serve customers."),
    VisitNotOpen: Says("The account is no longer open. Open it again."),
    TooManyAttempts: Says("The caller was asked too many times. Close the account and ask a supervisor."),
    ClaimUnknown: Says("The customer has no such datum on file. Ask for another one."),
    ReasonMissing: Says("Say why the personal number is needed; the reason is kept."),
}
