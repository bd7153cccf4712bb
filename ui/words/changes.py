"""The words of requests to change data; the kinds are called as the company's list calls them."""

from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.changes import (
    ApplicantStanding,
    ChangeKind,
    ChangeState,
    Decider,
    Ground,
    IntakeChannel,
    PaperKind,
)
from app.domain.errors import SalterError
from app.usecases.changes import (
    ChangeInFuture,
    ChangeReasonMissing,
    ChangesTooMany,
    ChannelForbidden,
    FilingObstacle,
    FormWrong,
    HolderLeaving,
    IdentsTooMany,
    NoSuchPaper,
    NoSuchRequest,
    NotEditable,
    NotPossible,
    OriginalNotSeen,
    Outdated,
    OwnApproval,
    PaperKept,
    PaperNameRefused,
    PaperNumberMissing,
    PaperNumberRefused,
    PaperOfAnother,
    PapersMissing,
    PapersTooMany,
    PapersTooMuchToday,
    PaperTooBig,
    PaperTypeRefused,
    ProviderOrderMissing,
    ReceivedBeforeItHappened,
    ReceivedLongAgo,
    SubmissionNeedsConfirmation,
    Superseded,
    TransitionForbidden,
    UndoneAlready,
)
from ui.words import states, text
from ui.words.errors import Says, told
from ui.words.tones import Tone

_MEGABYTE = 1024 * 1024


def confirmation_words(error: SubmissionNeedsConfirmation) -> str:
    """Say what the clerk has to accept before a request is submitted."""
    said = []
    days = error.days
    if days:
        said.append(
            QCoreApplication.translate("changes", "It was reported %n day(s) after the change.", "", days)
        )
    if error.duplicates:
        said.append(
            QCoreApplication.translate("changes", "A request of this kind is open already: {0}.").format(
                ", ".join(error.duplicates)
            )
        )
    return " ".join(said)


def _asked(error: Any) -> dict[str, str]:
    return {"why": confirmation_words(error)}


def _file(error: Any) -> dict[str, str]:
    return {"file": error.file or text.DASH}


def _days_back(error: Any) -> dict[str, str]:
    return {"most": str(error.most)}


def _bringer(error: Any) -> dict[str, str]:
    return {"by": error.by or text.DASH}


def _papers(error: Any) -> dict[str, str]:
    return {"papers": ", ".join(states.word(kind) for kind in error.papers)}


def _most_bytes(error: Any) -> dict[str, str]:
    return {"most": f"{error.most / _MEGABYTE:.0f} MB"}


def _sizes(error: Any) -> dict[str, str]:
    return {"size": f"{error.size / _MEGABYTE:.1f} MB", "most": f"{error.most / _MEGABYTE:.0f} MB"}


STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    ChangeKind: {
        ChangeKind.HOLDER: "change of holder",
        ChangeKind.MEMBERS: "number of household members",
        ChangeKind.CHARGING_METHOD: "charging method of the building",
        ChangeKind.STOP_HEATING: "end of heating charges",
        ChangeKind.STOP_WASTE: "end of waste charges",
        ChangeKind.OPEN_ACCOUNT: "registration of new premises",
        ChangeKind.CLOSE_ACCOUNT: "deregistration of premises",
        ChangeKind.AREA: "change of area",
        ChangeKind.PURPOSE: "change of purpose",
        ChangeKind.DELIVERY_ADDRESS: "delivery address",
        ChangeKind.EMAIL_DELIVERY: "bills by e-mail",
        ChangeKind.LEGAL_PERSON: "data of a legal person",
        ChangeKind.DEATH: "death of the holder",
        ChangeKind.CORRECTION: "correction of personal data",
        ChangeKind.SUBSIDY: "subsidy",
    },
    ChangeState: {
        ChangeState.DRAFT: "draft",
        ChangeState.SUBMITTED: "submitted",
        ChangeState.RETURNED: "returned for completion",
        ChangeState.WITH_PROVIDER: "with the provider",
        ChangeState.APPROVED: "approved",
        ChangeState.REJECTED: "rejected",
        ChangeState.APPLIED: "applied",
        ChangeState.CANCELLED: "cancelled",
    },
    PaperKind: {
        PaperKind.REQUEST: "written request",
        PaperKind.TITLE: "title to the premises",
        PaperKind.MEMBERS_CERTIFICATE: "certificate of members by the building's manager",
        PaperKind.IDENTITY_CARD: "identity card",
        PaperKind.ASSEMBLY_DECISION: "decision of the housing assembly",
        PaperKind.PROVIDER_ORDER: "order of the provider",
        PaperKind.WRITTEN_NOTICE: "written notice with the day",
        PaperKind.CADASTRE_EXTRACT: "proof of area",
        PaperKind.PURPOSE_ACT: "act on the change of purpose",
        PaperKind.REGISTER_EXTRACT: "extract from the business register",
        PaperKind.AUTHORIZATION: "power of attorney",
        PaperKind.DEATH_CERTIFICATE: "extract from the register of deaths",
        PaperKind.SECRETARIAT_DECISION: "decision of the Secretariat",
        PaperKind.EMAIL_CONSENT: "consent to bills by e-mail",
        PaperKind.OTHER: "another paper",
    },
    IntakeChannel: {
        IntakeChannel.COUNTER: "counter",
        IntakeChannel.POST: "post",
        IntakeChannel.EMAIL: "e-mail",
        IntakeChannel.PORTAL: "portal",
        IntakeChannel.PHONE: "announced by phone",
    },
    ApplicantStanding: {
        ApplicantStanding.OWNER: "owner",
        ApplicantStanding.TENANT: "tenant",
        ApplicantStanding.PROXY: "proxy",
    },
    Decider: {
        Decider.CLERK: "a clerk",
        Decider.SUPERVISOR: "a supervisor",
    },
    Ground: {
        Ground.PAPERS: "on the applicant's papers",
        Ground.PROVIDER_ORDER: "on the provider's order",
        Ground.ASSEMBLY_DECISION: "on the housing assembly's decision",
        Ground.SECRETARIAT_DECISION: "on the Secretariat's decision",
    },
    FilingObstacle: {
        FilingObstacle.NOT_OPEN_YET: "the account is not open yet",
        FilingObstacle.ACCOUNT_CLOSED: "the account is closed",
        FilingObstacle.NEW_PREMISES_ONLY: "only for premises without an account",
        FilingObstacle.NATURAL_PERSON: "the holder is a natural person",
        FilingObstacle.LEGAL_PERSON: "the holder is a legal person",
        FilingObstacle.NO_ASSEMBLY: "there is no housing assembly here",
        FilingObstacle.NOT_HEATED: "heating is not charged here",
        FilingObstacle.NO_WASTE_CHARGE: "waste is not charged here",
        FilingObstacle.NOT_A_HOME: "nobody lives here",
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

ERRORS: dict[type[SalterError], Says] = {
    SubmissionNeedsConfirmation: Says("{why} Submit the request all the same?", _asked),
    NoSuchRequest: Says("The account has no such request. Open the account again."),
    NoSuchPaper: Says("There is no scan of this paper: only its original was seen, or it was taken away."),
    FormWrong: Says("Something on the form cannot be so. Correct what is marked, then submit it."),
    TransitionForbidden: Says(
        "The request cannot go that way any more, or it is not yours to move. "
        "Open it again to see where it is."
    ),
    OwnApproval: Says(
        "You entered this request, edited it or brought a paper to it, so somebody else must approve it."
    ),
    PapersMissing: Says("Papers are missing: {papers}.", _papers),
    OriginalNotSeen: Says("The original must be seen first, and that put on record: {papers}.", _papers),
    ChangeInFuture: Says("A change cannot be reported before it happens. Check the dates."),
    ReceivedBeforeItHappened: Says("The request came in before what it reports. Check the dates."),
    ReceivedLongAgo: Says(
        "It was received more than {most} days ago: a supervisor submits it, with the reason in the note.",
        _days_back,
    ),
    PaperKept: Says("What was submitted stays with the request. Attach the better scan beside it."),
    PaperOfAnother: Says("Only {by}, who brought this paper, can take it away.", _bringer),
    ChangeReasonMissing: Says("Write the reason: the applicant will read it."),
    Outdated: Says(
        "The data on file were changed since this request was submitted. "
        "Return it, and submit it anew against what is on file now."
    ),
    NotEditable: Says(
        "The request cannot be edited any more, or not by you. Open it again to see where it is."
    ),
    NotPossible: Says("The data on file do not allow this change. Check from when they are in force."),
    ProviderOrderMissing: Says("The provider's order decides: write down its number first."),
    ChannelForbidden: Says("By telephone you can only take announcements; papers are taken at a counter."),
    PaperTooBig: Says("The file has {size}; {most} are allowed. Scan it in gray or with fewer dots.", _sizes),
    PapersTooMany: Says(
        "A request keeps {most} papers. Put the pages of one paper into one file.", told("most")
    ),
    PapersTooMuchToday: Says("You have stored {most} of papers in a day. Go on tomorrow.", _most_bytes),
    ChangesTooMany: Says("You have entered {most} requests in a day. Go on tomorrow.", told("most")),
    IdentsTooMany: Says("You have begun {most} new accounts in a day. Go on tomorrow.", told("most")),
    PaperTypeRefused: Says("“{file}” is no paper: take a PDF or a picture (JPEG, PNG, TIFF).", _file),
    PaperNumberMissing: Says(
        "That it was seen does not say who it was. Write the number of the paper, or attach a scan."
    ),
    PaperNumberRefused: Says("This is not the number of a paper: four signs or more, letters and digits."),
    PaperNameRefused: Says("The name of the file “{file}” cannot be kept. Rename it.", _file),
    UndoneAlready: Says("Another request undoes this one already."),
    Superseded: Says(
        "What this request changed was changed again since, so it cannot be taken back as it is."
    ),
}


def leaving_words(leaving: HolderLeaving | None) -> str:
    """Say what ends with the holder who goes; empty where nothing does."""
    if leaving is None or leaving.is_nothing:
        return ""
    tr = QCoreApplication.translate
    ends = []
    if leaving.phones:
        ends.append(tr("changes", "telephone {0}").format(", ".join(leaving.phones)))
    if leaving.emails:
        ends.append(tr("changes", "e-mail {0}").format(", ".join(leaving.emails)))
    if leaving.consented_at is not None:
        given = text.moment(leaving.consented_at)
        ends.append(tr("changes", "bills by e-mail to {0} (consent of {1})").format(leaving.email, given))
    elif leaving.email:
        ends.append(tr("changes", "the address for bills by e-mail, {0}").format(leaving.email))
    if leaving.portal_user:
        ends.append(tr("changes", "the link to the portal, {0}").format(leaving.portal_user))
    if leaving.delivered_to:
        ends.append(tr("changes", "delivery to {0}").format(leaving.delivered_to))
    return tr(
        "changes",
        "With the present holder ends: {0}. Bills to the new one go on paper, to the premises"
        " unless another address is given.",
    ).format("; ".join(ends))
