"""The words of enforcement cases and of limitation."""

from enum import StrEnum

from app.domain.enforcement import CaseState, NotACaseNumber
from app.domain.errors import SalterError
from app.domain.limitation import LimitationState
from app.usecases.enforcement import CaseStep
from ui.words.errors import Says, typed
from ui.words.tones import Tone

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    CaseState: {
        CaseState.PREPARED: "being prepared",
        CaseState.FILED: "proposal filed",
        CaseState.DECIDED: "decision made",
        CaseState.OBJECTED: "objection",
        CaseState.FINAL: "final",
        CaseState.EXECUTING: "being carried out",
        CaseState.SUSPENDED_BY_PLAN: "resting for a plan",
        CaseState.COLLECTED: "collected",
        CaseState.DISCONTINUED: "discontinued",
        CaseState.DISMISSED: "dismissed",
        CaseState.TIME_BARRED: "time-barred",
    },
    CaseStep: {
        CaseStep.FILED: "proposal filed",
        CaseStep.DECIDED: "decision made",
        CaseStep.SERVED: "decision served",
        CaseStep.OBJECTED: "objection lodged",
        CaseStep.FINAL: "decision final",
        CaseStep.ENDED: "case ended",
    },
}

TONES: dict[type[StrEnum], dict[StrEnum, Tone]] = {
    LimitationState: {
        LimitationState.SOON: Tone.WARN,
        LimitationState.PASSED: Tone.BAD,
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
}

ERRORS: dict[type[SalterError], Says] = {
    NotACaseNumber: Says("“{text}” is not a case number. Write it as I.Iv 1234/2025.", typed),
}
