"""The words of what happened on an account."""

from enum import StrEnum

from app.usecases.timeline import EventKind
from ui.words.tones import Tone

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    EventKind: {
        EventKind.BILL_ISSUED: "bill issued",
        EventKind.BILL_CORRECTED: "bill corrected",
        EventKind.PAYMENT: "payment",
        EventKind.NOTICE_DRAWN: "notice drawn up",
        EventKind.NOTICE_DELIVERED: "notice delivered",
        EventKind.CASE_STEP: "enforcement",
        EventKind.PLAN_STEP: "payment plan",
        EventKind.PLAN_PAPER: "paper of a plan",
        EventKind.REISSUE: "copy of a bill",
        EventKind.NOTE: "call note",
        EventKind.HOLDER: "holder",
        EventKind.PREMISES: "premises",
        EventKind.SUBSIDY: "subsidy",
        EventKind.CHANGE: "data change",
        EventKind.DELIVERY_CHANGED: "delivery changed",
        EventKind.PORTAL_REGISTERED: "registered on the portal",
        EventKind.ACCOUNT_OPENED: "account opened",
        EventKind.ACCOUNT_CLOSED: "account closed",
    },
}

TONES: dict[type[StrEnum], dict[StrEnum, Tone]] = {
    EventKind: {
        EventKind.BILL_ISSUED: Tone.INFO,
        EventKind.BILL_CORRECTED: Tone.WARN,
        EventKind.PAYMENT: Tone.GOOD,
        EventKind.NOTICE_DRAWN: Tone.WARN,
        EventKind.NOTICE_DELIVERED: Tone.WARN,
        EventKind.CASE_STEP: Tone.BAD,
        EventKind.PLAN_STEP: Tone.PLAN,
    },
}
