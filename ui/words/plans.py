"""The words of payment plans and of the programmes they are signed under."""

from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.errors import SalterError
from app.domain.plans import (
    CountNotOffered,
    FirstDue,
    Ineligibility,
    InstalmentState,
    InstalmentTooSmall,
    InterestRelief,
    NothingToRepay,
    Payer,
    PlanCause,
    PlanPaper,
    PlanState,
    TermsFaulty,
    TooManyInstalments,
    VersionState,
    WhyNot,
)
from app.usecases.plans import Barrier
from app.usecases.plans.contract_terms import ContractSettingMissing, ContractTextFaulty
from app.usecases.plans.papers import NoSuchPlanPaper
from app.usecases.plans.rules import (
    BoundsFaulty,
    BrokenBefore,
    DayInFuture,
    DebtChanged,
    DraftOutdated,
    NoPlanInForce,
    NoProgramme,
    NoSuchPlan,
    NotPublished,
    OverBounds,
    OverLimit,
    OwnProgramme,
    OwnPublication,
    PayerNotAllowed,
    PaymentUsedUp,
    PlanAwaiting,
    PlanFieldWrong,
    PlanIsOver,
    PlanMoveForbidden,
    PlanReasonMissing,
    ProgrammeBackdated,
    ProgrammeFieldMissing,
    ProgrammeNotInForce,
    ProgrammePublished,
    SumsWrong,
    TooFewBills,
    UndoForbidden,
    WithdrawalUnreasoned,
)
from ui.words import states, text
from ui.words.errors import Says, told
from ui.words.marking import QT_TRANSLATE_NOOP
from ui.words.tones import Tone


def _counts(error: Any) -> dict[str, str]:
    return {"counts": ", ".join(str(count) for count in error.counts)}


def _bills(error: Any) -> dict[str, str]:
    return {"least": str(error.least), "count": str(error.there_are)}


def _most(error: Any) -> dict[str, str]:
    unit = "%" if error.is_percent else QCoreApplication.translate("errors", "instalments")
    return {"most": f"{error.most or text.DASH} {unit}"}


def _days(error: Any) -> dict[str, str]:
    return {"days": str(error.days)}


def _limit(error: Any) -> dict[str, str]:
    return {"most": text.money(error.most)}


def _months(error: Any) -> dict[str, str]:
    costs = QCoreApplication.translate("errors", "costs of enforcement")
    return {"months": ", ".join(text.period(month) for month in error.months) or costs}


def _move(error: Any) -> dict[str, str]:
    return {"state": states.word(error.old) if error.old else text.DASH}


def _parts(error: Any) -> dict[str, str]:
    return {"smallest": text.money(error.smallest), "least": text.money(error.least)}


def _setting(error: Any) -> dict[str, str]:
    return {"name": error.field}


def _text(error: Any) -> dict[str, str]:
    return {"name": error.field, "place": error.place}


def _validity(error: Any) -> dict[str, str]:
    return {
        "from": text.day(error.valid_from) if error.valid_from else text.DASH,
        "until": text.day(error.valid_to) if error.valid_to else text.DASH,
    }


def _why(error: Any) -> dict[str, str]:
    barrier = _WHY_NOT_UNDONE.get(error.why)
    return {"why": states.word(barrier) if barrier is not None else ""}


STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    PlanState: {
        PlanState.REQUESTED: "requested",
        PlanState.PROPOSED: "proposed",
        PlanState.AWAITING_CERTIFICATION: "awaiting certification",
        PlanState.ACTIVE: "active",
        PlanState.IN_ARREARS: "in arrears",
        PlanState.KEPT: "paid off",
        PlanState.BROKEN: "broken",
        PlanState.CANCELLED: "cancelled",
    },
    InstalmentState: {
        InstalmentState.NOT_DUE: "not due yet",
        InstalmentState.DUE: "due",
        InstalmentState.PAID: "paid",
        InstalmentState.PARTLY_PAID: "partly paid",
        InstalmentState.LATE: "late",
    },
    Payer: {
        Payer.ORDINARY: "ordinary payer",
        Payer.PENSIONER: "pensioner",
        Payer.SOCIAL_BENEFIT: "on social benefit",
        Payer.FORMER_ENTREPRENEUR: "former entrepreneur",
        Payer.COMPANY: "company",
    },
    InterestRelief: {
        InterestRelief.NONE: "interest is paid",
        InterestRelief.AT_ONCE: "interest is written off at once",
        InterestRelief.ON_FULFILMENT: "interest is written off if the plan is kept",
    },
    FirstDue: {
        FirstDue.DAYS_AFTER_SIGNING: "days after signing",
        FirstDue.END_OF_NEXT_MONTH: "end of the next month",
    },
    VersionState: {
        VersionState.DRAFT: "draft",
        VersionState.PUBLISHED: "published",
        VersionState.WITHDRAWN: "withdrawn",
    },
    PlanCause: {
        PlanCause.REGISTERED: "registered",
        PlanCause.SIGNED: "signed",
        PlanCause.CERTIFIED: "signature certified",
        PlanCause.UNDONE: "registered by mistake",
        PlanCause.CANCELLED: "cancelled",
        PlanCause.ALL_PAID: "all instalments paid",
        PlanCause.NOTHING_LATE: "nothing is late any more",
        PlanCause.INSTALMENT_LATE: "instalment late",
        PlanCause.INSTALMENTS_MISSED: "instalments missed",
        PlanCause.BILLS_UNPAID: "current bills unpaid",
        PlanCause.REINSTATED: "in force again: what was received in time counts",
    },
    PlanPaper: {
        PlanPaper.CONTRACT: "contract",
        PlanPaper.SLIPS: "payment slips",
        PlanPaper.BOTH: "contract and payment slips",
        PlanPaper.PROPOSAL: "proposal of a contract",
    },
    WhyNot: {
        WhyNot.NOT_YET: "in force only from {valid_from}",
        WhyNot.OVER: "not in force any more since {valid_to}",
        WhyNot.OTHER_PAYERS: "only for: {payers}",
        WhyNot.NOTHING_DUE: "nothing is overdue",
        WhyNot.DEBT_TOO_YOUNG: "takes only debts due by {due_until}",
        WhyNot.ONLY_SUED: "takes unsued debt, and all of this debt is sued",
        WhyNot.ONLY_UNSUED: "takes sued debt, and none of this debt is sued",
        WhyNot.TOO_FEW_BILLS: "asks for at least {least} unpaid bills; there are {there_are}",
        WhyNot.PLAN_IN_FORCE: "a plan is in force already",
        WhyNot.BROKEN_BEFORE: "a plan under it was broken, and it allows no other",
    },
    Barrier: {
        Barrier.AGENT: "Only clerks and supervisors sign and alter plans.",
        Barrier.NOT_SUPERVISOR: "Only a supervisor cancels a plan.",
        Barrier.NOT_AWAITING: "The contract does not wait for a certification.",
        Barrier.NOT_IN_FORCE: "The plan is not in force.",
        Barrier.ENDED: "The plan has ended.",
        Barrier.ANOTHER_DAY: "Only a registration of today can be undone; a supervisor can cancel the plan.",
        Barrier.ANOTHER_PERSON: "Only who registered the plan, or a supervisor, can undo it.",
        Barrier.MONEY: "Something was paid under the plan; a supervisor can cancel it.",
        Barrier.NO_MONEY: "No payment of this account has anything left over to be set against the plan.",
    },
}

TONES: dict[type[StrEnum], dict[StrEnum, Tone]] = {
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
    VersionState: {
        VersionState.DRAFT: Tone.INFO,
        VersionState.PUBLISHED: Tone.GOOD,
        VersionState.WITHDRAWN: Tone.BAD,
    },
}

_WHY_NOT_UNDONE = {
    "state": Barrier.ENDED,
    "day": Barrier.ANOTHER_DAY,
    "person": Barrier.ANOTHER_PERSON,
    "money": Barrier.MONEY,
}

ERRORS: dict[type[SalterError], Says] = {
    InstalmentTooSmall: Says(
        "An instalment would be {smallest}; the least allowed is {least}. Take fewer instalments.", _parts
    ),
    NothingToRepay: Says("There is nothing to repay: choose at least one month with a debt."),
    TooManyInstalments: Says(
        "A debt of this size may be split into {most} instalments at most.", told("most")
    ),
    CountNotOffered: Says("The programme offers {counts} instalments only.", _counts),
    TermsFaulty: Says("The terms of the programme contradict themselves. Check the marked term."),
    NoPlanInForce: Says(
        "The plan is not in force any more, so nothing can be paid under it. Open the account again."
    ),
    PlanAwaiting: Says(
        "A contract of this account waits for its certification. Certify or cancel that one first."
    ),
    ContractSettingMissing: Says(
        "The contract cannot be drawn up: the setting {name} has no value on that day.", _setting
    ),
    ContractTextFaulty: Says(
        "The contract cannot be drawn up: the text in the setting {name} asks for {place}, which is unknown.",
        _text,
    ),
    NoSuchPlanPaper: Says("The register of papers has no such entry. Print or save the paper again."),
    PlanIsOver: Says(
        "The plan has ended: there is nothing to pay under it any more. Print the contract alone."
    ),
    NoSuchPlan: Says("The account has no such plan. Open the account again."),
    ProgrammeNotInForce: Says(
        "The programme is not in force today (from {from}, until {until}). Choose another one.", _validity
    ),
    PayerNotAllowed: Says(
        "The programme is not for this kind of customer. Choose another programme or category."
    ),
    BrokenBefore: Says("A plan under this programme was broken, and the programme allows no other."),
    TooFewBills: Says("The programme asks for at least {least} unpaid bills; there are {count}.", _bills),
    DebtChanged: Says(
        "The debt changed meanwhile ({months}). Compute the offers again and show the new ones.", _months
    ),
    SumsWrong: Says("The offer is out of date: its sums do not follow from the programme. Compute it again."),
    OverLimit: Says("You may sign plans up to {most}. Ask a supervisor to register this one.", _limit),
    PlanMoveForbidden: Says(
        "The plan is {state} by now, so this cannot be done. Open the account again.", _move
    ),
    PlanReasonMissing: Says("Write why the plan ends; the reason stays in its history."),
    UndoForbidden: Says("The registration cannot be undone. {why}", _why),
    PlanFieldWrong: Says("A field of the contract is missing or cannot be so. Correct what is marked."),
    DayInFuture: Says("Plans are followed up to today. For a day to come, ask what would follow."),
    PaymentUsedUp: Says("Nothing is left of this payment that could be set against the plan."),
    ProgrammePublished: Says("A published programme is not altered. Draft a new version of it."),
    ProgrammeFieldMissing: Says(
        "A programme needs a code, a name and a legal basis. Fill in what is marked."
    ),
    DraftOutdated: Says("Somebody else changed this draft meanwhile. Open it again."),
    ProgrammeBackdated: Says(
        "Plans were signed under the old terms on those days already. Let it begin later."
    ),
    OwnPublication: Says("Whoever wrote a version does not publish it: another supervisor does."),
    OverBounds: Says("A programme may give {most} at most; the administrator decides about more.", _most),
    BoundsFaulty: Says("Bounds begin today or later, can be kept, and have a reason. Correct them."),
    OwnProgramme: Says(
        "You published this programme: for {days} day(s) somebody else signs plans under it.", _days
    ),
    NoProgramme: Says("There is no such programme."),
    NotPublished: Says(
        "Version {version} of programme {code} is not published, so there is nothing to withdraw.",
        told("version", "code"),
    ),
    WithdrawalUnreasoned: Says("Write on one line why the programme is withdrawn; everybody reads it there."),
}

_WHY_WITHOUT_FACTS = {
    WhyNot.OTHER_PAYERS: QT_TRANSLATE_NOOP("WhyNot", "not for such a customer"),
    WhyNot.DEBT_TOO_YOUNG: QT_TRANSLATE_NOOP("WhyNot", "takes none of these months"),
}
"""Of a reason that came without its facts."""

_DAYS = ("valid_from", "valid_to", "due_until")


def why_not(found: Ineligibility) -> str:
    """Return why a programme cannot be signed, to stand beside its name; the facts are in it."""
    facts = dict(found.facts)
    if found.why in _WHY_WITHOUT_FACTS and not any(facts.values()):
        return QCoreApplication.translate("WhyNot", str(_WHY_WITHOUT_FACTS[found.why]))
    said = {name: text.day(facts[name]) if name in _DAYS else str(facts[name]) for name in facts}
    if "payers" in facts:
        said["payers"] = ", ".join(sorted(states.word(payer) for payer in facts["payers"]))
    return states.word(found.why).format(**said)
