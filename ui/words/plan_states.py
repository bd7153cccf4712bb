"""The words and tones of what belongs to payment plans; ``ui.words.states`` says them."""

from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.plans import FirstDue, InterestRelief, Payer, PlanCause, PlanPaper, PlanStanding, VersionState
from ui.words.tones import Tone

WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Payer: {
        Payer.ORDINARY: QT_TRANSLATE_NOOP("Payer", "ordinary payer"),
        Payer.PENSIONER: QT_TRANSLATE_NOOP("Payer", "pensioner"),
        Payer.SOCIAL_BENEFIT: QT_TRANSLATE_NOOP("Payer", "on social benefit"),
        Payer.FORMER_ENTREPRENEUR: QT_TRANSLATE_NOOP("Payer", "former entrepreneur"),
        Payer.COMPANY: QT_TRANSLATE_NOOP("Payer", "company"),
    },
    InterestRelief: {
        InterestRelief.NONE: QT_TRANSLATE_NOOP("InterestRelief", "interest is paid"),
        InterestRelief.AT_ONCE: QT_TRANSLATE_NOOP("InterestRelief", "interest is written off at once"),
        InterestRelief.ON_FULFILMENT: QT_TRANSLATE_NOOP(
            "InterestRelief", "interest is written off if the plan is kept"
        ),
    },
    FirstDue: {
        FirstDue.DAYS_AFTER_SIGNING: QT_TRANSLATE_NOOP("FirstDue", "days after signing"),
        FirstDue.END_OF_NEXT_MONTH: QT_TRANSLATE_NOOP("FirstDue", "end of the next month"),
    },
    VersionState: {
        VersionState.DRAFT: QT_TRANSLATE_NOOP("VersionState", "draft"),
        VersionState.PUBLISHED: QT_TRANSLATE_NOOP("VersionState", "published"),
    },
    PlanCause: {
        PlanCause.REGISTERED: QT_TRANSLATE_NOOP("PlanCause", "registered"),
        PlanCause.SIGNED: QT_TRANSLATE_NOOP("PlanCause", "signed"),
        PlanCause.CERTIFIED: QT_TRANSLATE_NOOP("PlanCause", "signature certified"),
        PlanCause.UNDONE: QT_TRANSLATE_NOOP("PlanCause", "registered by mistake"),
        PlanCause.CANCELLED: QT_TRANSLATE_NOOP("PlanCause", "cancelled"),
        PlanCause.ALL_PAID: QT_TRANSLATE_NOOP("PlanCause", "all instalments paid"),
        PlanCause.NOTHING_LATE: QT_TRANSLATE_NOOP("PlanCause", "nothing is late any more"),
        PlanCause.INSTALMENT_LATE: QT_TRANSLATE_NOOP("PlanCause", "instalment late"),
        PlanCause.INSTALMENTS_MISSED: QT_TRANSLATE_NOOP("PlanCause", "instalments missed"),
        PlanCause.BILLS_UNPAID: QT_TRANSLATE_NOOP("PlanCause", "current bills unpaid"),
    },
    PlanPaper: {
        PlanPaper.CONTRACT: QT_TRANSLATE_NOOP("PlanPaper", "contract"),
        PlanPaper.SLIPS: QT_TRANSLATE_NOOP("PlanPaper", "payment slips"),
        PlanPaper.BOTH: QT_TRANSLATE_NOOP("PlanPaper", "contract and payment slips"),
        PlanPaper.PROPOSAL: QT_TRANSLATE_NOOP("PlanPaper", "proposal of a contract"),
    },
    PlanStanding: {
        PlanStanding.ON_TIME: QT_TRANSLATE_NOOP("PlanStanding", "on time"),
        PlanStanding.IN_ARREARS: QT_TRANSLATE_NOOP("PlanStanding", "in arrears"),
        PlanStanding.KEPT: QT_TRANSLATE_NOOP("PlanStanding", "plan kept"),
        PlanStanding.BROKEN: QT_TRANSLATE_NOOP("PlanStanding", "plan broken"),
    },
}

TONES: dict[type[StrEnum], dict[StrEnum, Tone]] = {
    VersionState: {VersionState.DRAFT: Tone.INFO, VersionState.PUBLISHED: Tone.GOOD},
    PlanStanding: {
        PlanStanding.ON_TIME: Tone.GOOD,
        PlanStanding.IN_ARREARS: Tone.WARN,
        PlanStanding.KEPT: Tone.GOOD,
        PlanStanding.BROKEN: Tone.BAD,
    },
}
