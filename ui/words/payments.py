"""The words of payments: how they came, what they are set against, by what they are told apart."""

from enum import StrEnum

from app.domain.bank_account import BankAccountMistyped, NotABankAccount
from app.domain.errors import SalterError
from app.domain.payment_reference import ForeignReference, NotAReference, ReferenceKind, ReferenceMistyped
from app.domain.payments import PaymentChannel
from app.usecases.payments import (
    AllocationExceedsPayment,
    AllocationTarget,
    AllocationWithoutTarget,
    NotAnAmount,
)
from ui.words.errors import Says, typed

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    ReferenceKind: {
        ReferenceKind.BILL: "bill",
        ReferenceKind.NOTICE: "notice",
        ReferenceKind.ENFORCEMENT: "enforcement",
        ReferenceKind.PLAN: "payment plan",
    },
    PaymentChannel: {
        PaymentChannel.COUNTER: "branch",
        PaymentChannel.POST: "post office",
        PaymentChannel.BANK: "bank",
        PaymentChannel.STANDING_ORDER: "standing order",
        PaymentChannel.PORTAL_CARD: "card on the portal",
        PaymentChannel.BAILIFF: "bailiff",
        PaymentChannel.CREDIT: "credit, no money",
    },
    AllocationTarget: {
        AllocationTarget.BILL: "bill",
        AllocationTarget.INSTALMENT: "instalment",
        AllocationTarget.CASE_COSTS: "costs of enforcement",
    },
}

ERRORS: dict[type[SalterError], Says] = {
    NotABankAccount: Says("“{text}” is not a bank account. Write it as 160-1234567890123-45.", typed),
    BankAccountMistyped: Says(
        "The control digits of the bank account do not fit: one digit at least was mistyped."
    ),
    NotAReference: Says("This is not a payment reference of model 97."),
    ReferenceMistyped: Says(
        "The control number of the payment reference does not fit: one digit at least was mistyped."
    ),
    ForeignReference: Says("The payment reference is good, but it is not one of ours."),
    AllocationExceedsPayment: Says("More was set against the debts than the payment brought."),
    AllocationWithoutTarget: Says(
        "There is no such bill, instalment or case to set money against. Open the account again."
    ),
    NotAnAmount: Says("That is no amount of money."),
}
