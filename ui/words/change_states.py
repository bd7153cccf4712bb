"""The words and tones of what belongs to data changes; ``ui.words.states`` says them.

The kinds are called as the company's list calls them.
"""

from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.changes import Capacity, ChangeKind, ChangeState, Decider, Ground, IntakeChannel, PaperKind
from ui.words.tones import Tone

WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    ChangeKind: {
        ChangeKind.HOLDER: QT_TRANSLATE_NOOP("ChangeKind", "change of holder"),
        ChangeKind.MEMBERS: QT_TRANSLATE_NOOP("ChangeKind", "number of household members"),
        ChangeKind.CHARGING_METHOD: QT_TRANSLATE_NOOP("ChangeKind", "charging method of the building"),
        ChangeKind.STOP_HEATING: QT_TRANSLATE_NOOP("ChangeKind", "end of heating charges"),
        ChangeKind.STOP_WASTE: QT_TRANSLATE_NOOP("ChangeKind", "end of waste charges"),
        ChangeKind.OPEN_ACCOUNT: QT_TRANSLATE_NOOP("ChangeKind", "registration of new premises"),
        ChangeKind.CLOSE_ACCOUNT: QT_TRANSLATE_NOOP("ChangeKind", "deregistration of premises"),
        ChangeKind.AREA: QT_TRANSLATE_NOOP("ChangeKind", "change of area"),
        ChangeKind.PURPOSE: QT_TRANSLATE_NOOP("ChangeKind", "change of purpose"),
        ChangeKind.DELIVERY_ADDRESS: QT_TRANSLATE_NOOP("ChangeKind", "delivery address"),
        ChangeKind.EMAIL_DELIVERY: QT_TRANSLATE_NOOP("ChangeKind", "bills by e-mail"),
        ChangeKind.LEGAL_PERSON: QT_TRANSLATE_NOOP("ChangeKind", "data of a legal person"),
        ChangeKind.DEATH: QT_TRANSLATE_NOOP("ChangeKind", "death of the holder"),
        ChangeKind.CORRECTION: QT_TRANSLATE_NOOP("ChangeKind", "correction of personal data"),
        ChangeKind.SUBSIDY: QT_TRANSLATE_NOOP("ChangeKind", "subsidy"),
    },
    ChangeState: {
        ChangeState.DRAFT: QT_TRANSLATE_NOOP("ChangeState", "draft"),
        ChangeState.SUBMITTED: QT_TRANSLATE_NOOP("ChangeState", "submitted"),
        ChangeState.RETURNED: QT_TRANSLATE_NOOP("ChangeState", "returned for completion"),
        ChangeState.WITH_PROVIDER: QT_TRANSLATE_NOOP("ChangeState", "with the provider"),
        ChangeState.APPROVED: QT_TRANSLATE_NOOP("ChangeState", "approved"),
        ChangeState.REJECTED: QT_TRANSLATE_NOOP("ChangeState", "rejected"),
        ChangeState.APPLIED: QT_TRANSLATE_NOOP("ChangeState", "applied"),
        ChangeState.CANCELLED: QT_TRANSLATE_NOOP("ChangeState", "cancelled"),
    },
    PaperKind: {
        PaperKind.REQUEST: QT_TRANSLATE_NOOP("PaperKind", "written request"),
        PaperKind.TITLE: QT_TRANSLATE_NOOP("PaperKind", "title to the premises"),
        PaperKind.MEMBERS_CERTIFICATE: QT_TRANSLATE_NOOP(
            "PaperKind", "certificate of members by the building's manager"
        ),
        PaperKind.IDENTITY_CARD: QT_TRANSLATE_NOOP("PaperKind", "identity card"),
        PaperKind.ASSEMBLY_DECISION: QT_TRANSLATE_NOOP("PaperKind", "decision of the housing assembly"),
        PaperKind.PROVIDER_ORDER: QT_TRANSLATE_NOOP("PaperKind", "order of the provider"),
        PaperKind.WRITTEN_NOTICE: QT_TRANSLATE_NOOP("PaperKind", "written notice with the day"),
        PaperKind.CADASTRE_EXTRACT: QT_TRANSLATE_NOOP("PaperKind", "proof of area"),
        PaperKind.PURPOSE_ACT: QT_TRANSLATE_NOOP("PaperKind", "act on the change of purpose"),
        PaperKind.REGISTER_EXTRACT: QT_TRANSLATE_NOOP("PaperKind", "extract from the business register"),
        PaperKind.AUTHORIZATION: QT_TRANSLATE_NOOP("PaperKind", "power of attorney"),
        PaperKind.DEATH_CERTIFICATE: QT_TRANSLATE_NOOP("PaperKind", "extract from the register of deaths"),
        PaperKind.SECRETARIAT_DECISION: QT_TRANSLATE_NOOP("PaperKind", "decision of the Secretariat"),
        PaperKind.EMAIL_CONSENT: QT_TRANSLATE_NOOP("PaperKind", "consent to bills by e-mail"),
        PaperKind.OTHER: QT_TRANSLATE_NOOP("PaperKind", "another paper"),
    },
    IntakeChannel: {
        IntakeChannel.COUNTER: QT_TRANSLATE_NOOP("IntakeChannel", "counter"),
        IntakeChannel.POST: QT_TRANSLATE_NOOP("IntakeChannel", "post"),
        IntakeChannel.EMAIL: QT_TRANSLATE_NOOP("IntakeChannel", "e-mail"),
        IntakeChannel.PORTAL: QT_TRANSLATE_NOOP("IntakeChannel", "portal"),
        IntakeChannel.PHONE: QT_TRANSLATE_NOOP("IntakeChannel", "announced by phone"),
    },
    Capacity: {
        Capacity.OWNER: QT_TRANSLATE_NOOP("Capacity", "owner"),
        Capacity.TENANT: QT_TRANSLATE_NOOP("Capacity", "tenant"),
        Capacity.PROXY: QT_TRANSLATE_NOOP("Capacity", "proxy"),
    },
    Decider: {
        Decider.CLERK: QT_TRANSLATE_NOOP("Decider", "a clerk"),
        Decider.SUPERVISOR: QT_TRANSLATE_NOOP("Decider", "a supervisor"),
    },
    Ground: {
        Ground.PAPERS: QT_TRANSLATE_NOOP("Ground", "on the applicant's papers"),
        Ground.PROVIDER_ORDER: QT_TRANSLATE_NOOP("Ground", "on the provider's order"),
        Ground.ASSEMBLY_DECISION: QT_TRANSLATE_NOOP("Ground", "on the housing assembly's decision"),
        Ground.SECRETARIAT_DECISION: QT_TRANSLATE_NOOP("Ground", "on the Secretariat's decision"),
    },
}

TONES: dict[type[StrEnum], dict[StrEnum, Tone]] = {
    ChangeState: {
        ChangeState.DRAFT: Tone.NEUTRAL,
        ChangeState.SUBMITTED: Tone.INFO,
        ChangeState.RETURNED: Tone.WARN,
        ChangeState.WITH_PROVIDER: Tone.PLAN,
        ChangeState.APPROVED: Tone.GOOD,
        ChangeState.REJECTED: Tone.BAD,
        ChangeState.APPLIED: Tone.GOOD,
        ChangeState.CANCELLED: Tone.NEUTRAL,
    },
}
