"""The words of bills: where one stands, why it differs from the one before, what interest it asks for."""

from enum import StrEnum
from typing import Any

from app.domain.bills import BillStage, DifferenceKind, DiscountReason
from app.domain.errors import SalterError
from app.domain.interest import RateUnknown
from app.usecases.bills import BillState, IssuerUnknown, LinkKind, NoSuchBill, NoSuchReissue, NothingToPay
from ui.words import text
from ui.words.errors import Says
from ui.words.tones import Tone


def _bill(error: Any) -> dict[str, str]:
    return {"ident": text.ident(error.ident), "period": text.period(error.period)}


def _day(error: Any) -> dict[str, str]:
    return {"day": text.day(error.day)}


STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    BillStage: {
        BillStage.CURRENT: "this month",
        BillStage.UNSUED: "unsued",
        BillStage.SUED: "sued",
        BillStage.PLAN: "in a plan",
    },
    DifferenceKind: {
        DifferenceKind.QUANTITY: "another quantity",
        DifferenceKind.PRICE: "another price",
        DifferenceKind.VAT: "another VAT rate",
        DifferenceKind.ROUNDING: "rounding",
        DifferenceKind.NEW_LINE: "new item",
        DifferenceKind.DROPPED_LINE: "item no longer charged",
        DifferenceKind.SEASON_BEGAN: "the heating season began",
        DifferenceKind.SEASON_ENDED: "the heating season ended",
        DifferenceKind.SUBSIDY: "subsidy",
        DifferenceKind.INTEREST: "interest",
        DifferenceKind.DISCOUNT_GAINED: "discount gained",
        DifferenceKind.DISCOUNT_LOST: "discount lost",
        DifferenceKind.DISCOUNT_CHANGED: "another discount",
    },
    DiscountReason: {
        DiscountReason.OPEN_DEBT: "there is an open debt",
        DiscountReason.DEBT_SETTLED: "the debt was settled",
        DiscountReason.STREAK_REACHED: "paid in time long enough",
        DiscountReason.STREAK_BROKEN: "a payment was late",
        DiscountReason.OTHER_BASE: "another base",
    },
    BillState: {
        BillState.PAID: "paid",
        BillState.CURRENT: "not due yet",
        BillState.UNPAID: "unpaid",
        BillState.PARTLY_PAID: "partly paid",
        BillState.OVERDUE: "overdue",
        BillState.SUED: "sued",
        BillState.PLAN: "in a plan",
    },
    LinkKind: {
        LinkKind.PAYMENT: "payment",
        LinkKind.NOTICE: "notice",
        LinkKind.CASE: "enforcement",
        LinkKind.PLAN: "payment plan",
        LinkKind.VERSION: "corrected bill",
    },
}

TONES: dict[type[StrEnum], dict[StrEnum, Tone]] = {
    BillStage: {
        BillStage.CURRENT: Tone.INFO,
        BillStage.UNSUED: Tone.WARN,
        BillStage.SUED: Tone.BAD,
        BillStage.PLAN: Tone.PLAN,
    },
    BillState: {
        BillState.PAID: Tone.GOOD,
        BillState.CURRENT: Tone.INFO,
        BillState.UNPAID: Tone.WARN,
        BillState.PARTLY_PAID: Tone.WARN,
        BillState.OVERDUE: Tone.BAD,
        BillState.SUED: Tone.BAD,
        BillState.PLAN: Tone.PLAN,
    },
}

ERRORS: dict[type[SalterError], Says] = {
    RateUnknown: Says("No interest rate is on file for {day}. An administrator can enter it.", _day),
    IssuerUnknown: Says(
        "It is not set who issues the bills and where they are paid. An administrator must set it."
    ),
    NoSuchReissue: Says("The register has no such copy of this bill."),
    NothingToPay: Says("The bill is settled: there is nothing to pay."),
    NoSuchBill: Says("Account {ident} has no bill for {period}.", _bill),
}
