"""The words of the register of copies."""

from enum import StrEnum

from app.domain.errors import SalterError
from app.domain.reissues import Medium, Reason
from app.usecases.reissues import ReasonNeedsNote
from ui.words.errors import Says

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    Reason: {
        Reason.NOT_RECEIVED: "the bill did not arrive",
        Reason.LOST: "the bill was lost",
        Reason.FOR_COURT: "for a court",
        Reason.FOR_SUBSIDY: "for a subsidy",
        Reason.OTHER: "other",
    },
    Medium: {
        Medium.PRINTED: "printed",
        Medium.SAVED: "saved to a file",
        Medium.COPIED: "copied",
        Medium.EMAILED: "sent by e-mail",
    },
}

ERRORS: dict[type[SalterError], Says] = {
    ReasonNeedsNote: Says("Write down the other reason; it is kept in the register."),
}
