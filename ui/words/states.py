"""The words and tones of every state of the trade.

One place for all of them, so that a state is called the same on every screen.  A
state without a word is a KeyError, and a test looks for such states.
"""

from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.bills import BillStage
from app.domain.bills.comparing import DifferenceKind, DiscountReason
from app.domain.enforcement import CaseState
from app.domain.holders import HolderKind
from app.domain.limitation import LimitationState
from app.domain.notices import NoticeKind, NoticeState
from app.domain.payment_reference import ReferenceKind
from app.domain.payments import PaymentChannel
from app.domain.plans import InstalmentState, PlanState
from app.domain.premises import ChargingMethod, PremisesKind
from app.domain.reissues import Medium, Reason
from app.domain.subsidies import Category
from app.domain.visits import Channel, Purpose
from ui.words import change_states, plan_states
from ui.words.tones import Tone


def word(state: StrEnum) -> str:
    """Return a state's word in the language in force.

    Raises: KeyError for a state nobody has named.
    """
    kind = type(state)
    source = _WORDS[kind][state] if kind in _WORDS else _USE_CASE_WORDS[kind.__name__][str(state)]
    return QCoreApplication.translate(kind.__name__, source)


def tone(state: StrEnum) -> Tone:
    """Return what a state means at a glance; neutral where it means nothing in particular."""
    kind = type(state)
    if kind in _TONES:
        return _TONES[kind].get(state, Tone.NEUTRAL)
    return _USE_CASE_TONES.get(kind.__name__, {}).get(str(state), Tone.NEUTRAL)


_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    **change_states.WORDS,
    **plan_states.WORDS,
    BillStage: {
        BillStage.CURRENT: QT_TRANSLATE_NOOP("BillStage", "this month"),
        BillStage.UNSUED: QT_TRANSLATE_NOOP("BillStage", "unsued"),
        BillStage.SUED: QT_TRANSLATE_NOOP("BillStage", "sued"),
        BillStage.PLAN: QT_TRANSLATE_NOOP("BillStage", "in a plan"),
    },
    CaseState: {
        CaseState.PREPARED: QT_TRANSLATE_NOOP("CaseState", "being prepared"),
        CaseState.FILED: QT_TRANSLATE_NOOP("CaseState", "proposal filed"),
        CaseState.DECIDED: QT_TRANSLATE_NOOP("CaseState", "decision made"),
        CaseState.OBJECTED: QT_TRANSLATE_NOOP("CaseState", "objection"),
        CaseState.FINAL: QT_TRANSLATE_NOOP("CaseState", "final"),
        CaseState.EXECUTING: QT_TRANSLATE_NOOP("CaseState", "being carried out"),
        CaseState.SUSPENDED_BY_PLAN: QT_TRANSLATE_NOOP("CaseState", "resting for a plan"),
        CaseState.COLLECTED: QT_TRANSLATE_NOOP("CaseState", "collected"),
        CaseState.DISCONTINUED: QT_TRANSLATE_NOOP("CaseState", "discontinued"),
        CaseState.DISMISSED: QT_TRANSLATE_NOOP("CaseState", "dismissed"),
        CaseState.TIME_BARRED: QT_TRANSLATE_NOOP("CaseState", "time-barred"),
    },
    NoticeKind: {
        NoticeKind.FIRST: QT_TRANSLATE_NOOP("NoticeKind", "reminder"),
        NoticeKind.BEFORE_ENFORCEMENT: QT_TRANSLATE_NOOP("NoticeKind", "last one before enforcement"),
    },
    NoticeState: {
        NoticeState.DRAWN: QT_TRANSLATE_NOOP("NoticeState", "drawn up"),
        NoticeState.SENT: QT_TRANSLATE_NOOP("NoticeState", "sent"),
        NoticeState.DELIVERED: QT_TRANSLATE_NOOP("NoticeState", "delivered"),
        NoticeState.RETURNED: QT_TRANSLATE_NOOP("NoticeState", "returned"),
        NoticeState.PAID: QT_TRANSLATE_NOOP("NoticeState", "paid"),
        NoticeState.PARTLY_PAID: QT_TRANSLATE_NOOP("NoticeState", "partly paid"),
        NoticeState.CANCELLED: QT_TRANSLATE_NOOP("NoticeState", "cancelled"),
        NoticeState.SUED: QT_TRANSLATE_NOOP("NoticeState", "sued"),
    },
    PlanState: {
        PlanState.REQUESTED: QT_TRANSLATE_NOOP("PlanState", "requested"),
        PlanState.PROPOSED: QT_TRANSLATE_NOOP("PlanState", "proposed"),
        PlanState.AWAITING_CERTIFICATION: QT_TRANSLATE_NOOP("PlanState", "awaiting certification"),
        PlanState.ACTIVE: QT_TRANSLATE_NOOP("PlanState", "active"),
        PlanState.IN_ARREARS: QT_TRANSLATE_NOOP("PlanState", "in arrears"),
        PlanState.KEPT: QT_TRANSLATE_NOOP("PlanState", "paid off"),
        PlanState.BROKEN: QT_TRANSLATE_NOOP("PlanState", "broken"),
        PlanState.CANCELLED: QT_TRANSLATE_NOOP("PlanState", "cancelled"),
    },
    InstalmentState: {
        InstalmentState.NOT_DUE: QT_TRANSLATE_NOOP("InstalmentState", "not due yet"),
        InstalmentState.DUE: QT_TRANSLATE_NOOP("InstalmentState", "due"),
        InstalmentState.PAID: QT_TRANSLATE_NOOP("InstalmentState", "paid"),
        InstalmentState.PARTLY_PAID: QT_TRANSLATE_NOOP("InstalmentState", "partly paid"),
        InstalmentState.LATE: QT_TRANSLATE_NOOP("InstalmentState", "late"),
    },
    ReferenceKind: {
        ReferenceKind.BILL: QT_TRANSLATE_NOOP("ReferenceKind", "bill"),
        ReferenceKind.NOTICE: QT_TRANSLATE_NOOP("ReferenceKind", "notice"),
        ReferenceKind.ENFORCEMENT: QT_TRANSLATE_NOOP("ReferenceKind", "enforcement"),
        ReferenceKind.PLAN: QT_TRANSLATE_NOOP("ReferenceKind", "payment plan"),
    },
    PaymentChannel: {
        PaymentChannel.COUNTER: QT_TRANSLATE_NOOP("PaymentChannel", "branch"),
        PaymentChannel.POST: QT_TRANSLATE_NOOP("PaymentChannel", "post office"),
        PaymentChannel.BANK: QT_TRANSLATE_NOOP("PaymentChannel", "bank"),
        PaymentChannel.STANDING_ORDER: QT_TRANSLATE_NOOP("PaymentChannel", "standing order"),
        PaymentChannel.PORTAL_CARD: QT_TRANSLATE_NOOP("PaymentChannel", "card on the portal"),
        PaymentChannel.BAILIFF: QT_TRANSLATE_NOOP("PaymentChannel", "bailiff"),
        PaymentChannel.CREDIT: QT_TRANSLATE_NOOP("PaymentChannel", "credit, no money"),
    },
    DifferenceKind: {
        DifferenceKind.QUANTITY: QT_TRANSLATE_NOOP("DifferenceKind", "another quantity"),
        DifferenceKind.PRICE: QT_TRANSLATE_NOOP("DifferenceKind", "another price"),
        DifferenceKind.VAT: QT_TRANSLATE_NOOP("DifferenceKind", "another VAT rate"),
        DifferenceKind.ROUNDING: QT_TRANSLATE_NOOP("DifferenceKind", "rounding"),
        DifferenceKind.NEW_LINE: QT_TRANSLATE_NOOP("DifferenceKind", "new item"),
        DifferenceKind.DROPPED_LINE: QT_TRANSLATE_NOOP("DifferenceKind", "item no longer charged"),
        DifferenceKind.SEASON_BEGAN: QT_TRANSLATE_NOOP("DifferenceKind", "the heating season began"),
        DifferenceKind.SEASON_ENDED: QT_TRANSLATE_NOOP("DifferenceKind", "the heating season ended"),
        DifferenceKind.SUBSIDY: QT_TRANSLATE_NOOP("DifferenceKind", "subsidy"),
        DifferenceKind.INTEREST: QT_TRANSLATE_NOOP("DifferenceKind", "interest"),
        DifferenceKind.DISCOUNT_GAINED: QT_TRANSLATE_NOOP("DifferenceKind", "discount gained"),
        DifferenceKind.DISCOUNT_LOST: QT_TRANSLATE_NOOP("DifferenceKind", "discount lost"),
        DifferenceKind.DISCOUNT_CHANGED: QT_TRANSLATE_NOOP("DifferenceKind", "another discount"),
    },
    DiscountReason: {
        DiscountReason.OPEN_DEBT: QT_TRANSLATE_NOOP("DiscountReason", "there is an open debt"),
        DiscountReason.DEBT_SETTLED: QT_TRANSLATE_NOOP("DiscountReason", "the debt was settled"),
        DiscountReason.STREAK_REACHED: QT_TRANSLATE_NOOP("DiscountReason", "paid in time long enough"),
        DiscountReason.STREAK_BROKEN: QT_TRANSLATE_NOOP("DiscountReason", "a payment was late"),
        DiscountReason.OTHER_BASE: QT_TRANSLATE_NOOP("DiscountReason", "another base"),
    },
    LimitationState: {
        LimitationState.RUNNING: QT_TRANSLATE_NOOP("LimitationState", "the term of limitation is running"),
        LimitationState.SOON: QT_TRANSLATE_NOOP("LimitationState", "near limitation"),
        LimitationState.PASSED: QT_TRANSLATE_NOOP("LimitationState", "time-barred"),
    },
    HolderKind: {
        HolderKind.NATURAL: QT_TRANSLATE_NOOP("HolderKind", "natural person"),
        HolderKind.LEGAL: QT_TRANSLATE_NOOP("HolderKind", "legal person"),
    },
    PremisesKind: {
        PremisesKind.FLAT: QT_TRANSLATE_NOOP("PremisesKind", "flat"),
        PremisesKind.HOUSE: QT_TRANSLATE_NOOP("PremisesKind", "house"),
        PremisesKind.GARAGE: QT_TRANSLATE_NOOP("PremisesKind", "garage"),
        PremisesKind.BUSINESS: QT_TRANSLATE_NOOP("PremisesKind", "business premises"),
    },
    ChargingMethod: {
        ChargingMethod.AREA: QT_TRANSLATE_NOOP("ChargingMethod", "by area"),
        ChargingMethod.MEMBERS: QT_TRANSLATE_NOOP("ChargingMethod", "by household members"),
    },
    Reason: {
        Reason.NOT_RECEIVED: QT_TRANSLATE_NOOP("Reason", "the bill did not arrive"),
        Reason.LOST: QT_TRANSLATE_NOOP("Reason", "the bill was lost"),
        Reason.FOR_COURT: QT_TRANSLATE_NOOP("Reason", "for a court"),
        Reason.FOR_SUBSIDY: QT_TRANSLATE_NOOP("Reason", "for a subsidy"),
        Reason.OTHER: QT_TRANSLATE_NOOP("Reason", "other"),
    },
    Medium: {
        Medium.PRINTED: QT_TRANSLATE_NOOP("Medium", "printed"),
        Medium.SAVED: QT_TRANSLATE_NOOP("Medium", "saved to a file"),
        Medium.COPIED: QT_TRANSLATE_NOOP("Medium", "copied"),
        Medium.EMAILED: QT_TRANSLATE_NOOP("Medium", "sent by e-mail"),
    },
    Category: {
        Category.LOW_INCOME: QT_TRANSLATE_NOOP("Category", "pensioners and low-income households"),
        Category.WAR_VETERAN: QT_TRANSLATE_NOOP("Category", "war veterans"),
        Category.WAR_INVALID: QT_TRANSLATE_NOOP("Category", "war invalids and families of the fallen"),
        Category.SOCIAL_SUPPORT: QT_TRANSLATE_NOOP("Category", "receivers of social support"),
        Category.DISABILITY: QT_TRANSLATE_NOOP("Category", "households with a disabled member"),
        Category.FOSTER_FAMILY: QT_TRANSLATE_NOOP("Category", "foster families"),
    },
    Purpose: {
        Purpose.SERVICE: QT_TRANSLATE_NOOP("Purpose", "service at the counter"),
        Purpose.CALL: QT_TRANSLATE_NOOP("Purpose", "call"),
        Purpose.CASE: QT_TRANSLATE_NOOP("Purpose", "work on a case"),
        Purpose.CHECK: QT_TRANSLATE_NOOP("Purpose", "check"),
    },
    Channel: {
        Channel.COUNTER: QT_TRANSLATE_NOOP("Channel", "counter"),
        Channel.PHONE: QT_TRANSLATE_NOOP("Channel", "phone"),
        Channel.MAIL: QT_TRANSLATE_NOOP("Channel", "mail"),
        Channel.PORTAL: QT_TRANSLATE_NOOP("Channel", "portal"),
    },
}

_USE_CASE_WORDS: dict[str, dict[str, str]] = {
    "EventKind": {
        "bill_issued": QT_TRANSLATE_NOOP("EventKind", "bill issued"),
        "bill_corrected": QT_TRANSLATE_NOOP("EventKind", "bill corrected"),
        "payment": QT_TRANSLATE_NOOP("EventKind", "payment"),
        "notice_drawn": QT_TRANSLATE_NOOP("EventKind", "notice drawn up"),
        "notice_delivered": QT_TRANSLATE_NOOP("EventKind", "notice delivered"),
        "case_step": QT_TRANSLATE_NOOP("EventKind", "enforcement"),
        "plan_step": QT_TRANSLATE_NOOP("EventKind", "payment plan"),
        "plan_paper": QT_TRANSLATE_NOOP("EventKind", "paper of a plan"),
        "reissue": QT_TRANSLATE_NOOP("EventKind", "copy of a bill"),
        "note": QT_TRANSLATE_NOOP("EventKind", "call note"),
        "holder": QT_TRANSLATE_NOOP("EventKind", "holder"),
        "premises": QT_TRANSLATE_NOOP("EventKind", "premises"),
        "subsidy": QT_TRANSLATE_NOOP("EventKind", "subsidy"),
        "change": QT_TRANSLATE_NOOP("EventKind", "data change"),
        "delivery_changed": QT_TRANSLATE_NOOP("EventKind", "delivery changed"),
        "portal_registered": QT_TRANSLATE_NOOP("EventKind", "registered on the portal"),
        "account_opened": QT_TRANSLATE_NOOP("EventKind", "account opened"),
        "account_closed": QT_TRANSLATE_NOOP("EventKind", "account closed"),
    },
    "BillState": {
        "paid": QT_TRANSLATE_NOOP("BillState", "paid"),
        "current": QT_TRANSLATE_NOOP("BillState", "not due yet"),
        "unpaid": QT_TRANSLATE_NOOP("BillState", "unpaid"),
        "partly_paid": QT_TRANSLATE_NOOP("BillState", "partly paid"),
        "overdue": QT_TRANSLATE_NOOP("BillState", "overdue"),
        "sued": QT_TRANSLATE_NOOP("BillState", "sued"),
        "plan": QT_TRANSLATE_NOOP("BillState", "in a plan"),
    },
    "CaseStep": {
        "filed": QT_TRANSLATE_NOOP("CaseStep", "proposal filed"),
        "decided": QT_TRANSLATE_NOOP("CaseStep", "decision made"),
        "served": QT_TRANSLATE_NOOP("CaseStep", "decision served"),
        "objected": QT_TRANSLATE_NOOP("CaseStep", "objection lodged"),
        "final": QT_TRANSLATE_NOOP("CaseStep", "decision final"),
        "ended": QT_TRANSLATE_NOOP("CaseStep", "case ended"),
    },
    "LinkKind": {
        "payment": QT_TRANSLATE_NOOP("LinkKind", "payment"),
        "notice": QT_TRANSLATE_NOOP("LinkKind", "notice"),
        "case": QT_TRANSLATE_NOOP("LinkKind", "enforcement"),
        "plan": QT_TRANSLATE_NOOP("LinkKind", "payment plan"),
        "version": QT_TRANSLATE_NOOP("LinkKind", "corrected bill"),
    },
    "ContactKind": {
        "phone": QT_TRANSLATE_NOOP("ContactKind", "phone"),
        "email": QT_TRANSLATE_NOOP("ContactKind", "e-mail"),
    },
    "AllocationTarget": {
        "bill": QT_TRANSLATE_NOOP("AllocationTarget", "bill"),
        "instalment": QT_TRANSLATE_NOOP("AllocationTarget", "instalment"),
        "case_costs": QT_TRANSLATE_NOOP("AllocationTarget", "costs of enforcement"),
    },
    "Role": {
        "desk_agent": QT_TRANSLATE_NOOP("Role", "agent"),
        "desk_clerk": QT_TRANSLATE_NOOP("Role", "clerk"),
        "desk_supervisor": QT_TRANSLATE_NOOP("Role", "supervisor"),
        "desk_admin": QT_TRANSLATE_NOOP("Role", "administrator"),
    },
    "Claim": {
        "ident": QT_TRANSLATE_NOOP("Claim", "account number"),
        "name": QT_TRANSLATE_NOOP("Claim", "full name"),
        "address": QT_TRANSLATE_NOOP("Claim", "address"),
        "jmbg_last4": QT_TRANSLATE_NOOP("Claim", "last four digits of the JMBG"),
        "email": QT_TRANSLATE_NOOP("Claim", "e-mail on file"),
    },
}
"""Kept by name: importing the use cases would bring the database before the first window."""

_TONES: dict[type[StrEnum], dict[StrEnum, Tone]] = {
    **change_states.TONES,
    **plan_states.TONES,
    LimitationState: {LimitationState.SOON: Tone.WARN, LimitationState.PASSED: Tone.BAD},
    BillStage: {
        BillStage.CURRENT: Tone.INFO,
        BillStage.UNSUED: Tone.WARN,
        BillStage.SUED: Tone.BAD,
        BillStage.PLAN: Tone.PLAN,
    },
    CaseState: {
        CaseState.FILED: Tone.WARN,
        CaseState.DECIDED: Tone.WARN,
        CaseState.OBJECTED: Tone.WARN,
        CaseState.FINAL: Tone.BAD,
        CaseState.EXECUTING: Tone.BAD,
        CaseState.SUSPENDED_BY_PLAN: Tone.PLAN,
        CaseState.COLLECTED: Tone.GOOD,
    },
    NoticeState: {
        NoticeState.SENT: Tone.INFO,
        NoticeState.DELIVERED: Tone.WARN,
        NoticeState.RETURNED: Tone.WARN,
        NoticeState.PAID: Tone.GOOD,
        NoticeState.PARTLY_PAID: Tone.WARN,
        NoticeState.SUED: Tone.BAD,
    },
    PlanState: {
        PlanState.REQUESTED: Tone.INFO,
        PlanState.PROPOSED: Tone.INFO,
        PlanState.AWAITING_CERTIFICATION: Tone.WARN,
        PlanState.ACTIVE: Tone.PLAN,
        PlanState.IN_ARREARS: Tone.WARN,
        PlanState.KEPT: Tone.GOOD,
        PlanState.BROKEN: Tone.BAD,
    },
    InstalmentState: {
        InstalmentState.DUE: Tone.INFO,
        InstalmentState.PAID: Tone.GOOD,
        InstalmentState.PARTLY_PAID: Tone.WARN,
        InstalmentState.LATE: Tone.BAD,
    },
}

_USE_CASE_TONES: dict[str, dict[str, Tone]] = {
    "EventKind": {
        "bill_issued": Tone.INFO,
        "bill_corrected": Tone.WARN,
        "payment": Tone.GOOD,
        "notice_drawn": Tone.WARN,
        "notice_delivered": Tone.WARN,
        "case_step": Tone.BAD,
        "plan_step": Tone.PLAN,
    },
    "BillState": {
        "paid": Tone.GOOD,
        "current": Tone.INFO,
        "unpaid": Tone.WARN,
        "partly_paid": Tone.WARN,
        "overdue": Tone.BAD,
        "sued": Tone.BAD,
        "plan": Tone.PLAN,
    },
}
