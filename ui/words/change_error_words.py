"""The sentences of what can go wrong with requests to change data, kept as all others by name."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ui.words import states, text
from ui.words.paper_flaws import flaw_words

_MEGABYTE = 1024 * 1024


def _papers(error: Any) -> dict[str, str]:
    return {"papers": ", ".join(states.word(kind) for kind in error.papers)}


def _sizes(error: Any) -> dict[str, str]:
    return {"size": f"{error.size / _MEGABYTE:.1f} MB", "most": f"{error.most / _MEGABYTE:.0f} MB"}


def _file(error: Any) -> dict[str, str]:
    return {"file": error.file or text.DASH}


def _flaw(error: Any) -> dict[str, str]:
    return {"why": flaw_words(error.flaw)}


def _asked(error: Any) -> dict[str, str]:
    said = []
    if error.duplicates:
        words = QCoreApplication.translate("errors", "A request of this kind is open already: {numbers}.")
        said.append(words.format(numbers=", ".join(error.duplicates)))
    if error.days:
        words = QCoreApplication.translate("errors", "The change was reported {days} days after it happened.")
        said.append(words.format(days=error.days))
    return {"why": " ".join(said)}


FACTS: dict[str, Callable[[Any], dict[str, str]]] = {
    "app.domain.papers.Unreadable": _flaw,
    "app.usecases.changes.filing.SubmissionNeedsConfirmation": _asked,
    "app.usecases.changes.rules.PapersMissing": _papers,
    "app.usecases.changes.rules.OriginalNotSeen": _papers,
    "app.usecases.changes.rules.PaperTooBig": _sizes,
    "app.usecases.changes.rules.PaperTypeRefused": _file,
    "app.usecases.changes.rules.PaperNameRefused": _file,
}

SENTENCES: dict[str, str] = {
    "app.domain.papers.Unreadable": QT_TRANSLATE_NOOP(
        "errors", "This file cannot be read: {why}. Nothing was kept of it."
    ),
    "app.usecases.changes.filing.SubmissionNeedsConfirmation": QT_TRANSLATE_NOOP(
        "errors", "{why} Submit the request all the same?"
    ),
    "app.usecases.changes.requests.NoSuchRequest": QT_TRANSLATE_NOOP(
        "errors", "The account has no such request. Open the account again."
    ),
    "app.usecases.changes.requests.NoSuchPaper": QT_TRANSLATE_NOOP(
        "errors", "There is no scan of this paper: only its original was seen, or it was taken away."
    ),
    "app.usecases.changes.rules.FormWrong": QT_TRANSLATE_NOOP(
        "errors", "Something on the form cannot be so. Correct what is marked, then submit it."
    ),
    "app.usecases.changes.rules.FieldWrong": QT_TRANSLATE_NOOP(
        "errors", "Something on the form cannot be so. Correct what is marked, then submit it."
    ),
    "app.usecases.changes.rules.TransitionForbidden": QT_TRANSLATE_NOOP(
        "errors",
        "The request cannot go that way any more, or it is not yours to move. "
        "Open it again to see where it is.",
    ),
    "app.usecases.changes.rules.OwnApproval": QT_TRANSLATE_NOOP(
        "errors", "You entered or edited this request, so somebody else must approve it."
    ),
    "app.usecases.changes.rules.PapersMissing": QT_TRANSLATE_NOOP("errors", "Papers are missing: {papers}."),
    "app.usecases.changes.rules.OriginalNotSeen": QT_TRANSLATE_NOOP(
        "errors", "The original must be seen first, and that put on record: {papers}."
    ),
    "app.usecases.changes.rules.ChangeInFuture": QT_TRANSLATE_NOOP(
        "errors", "A change cannot be reported before it happens. Check the dates."
    ),
    "app.usecases.changes.rules.ReceivedBeforeItHappened": QT_TRANSLATE_NOOP(
        "errors", "The request came in before what it reports. Check the dates."
    ),
    "app.usecases.changes.rules.ChangeReasonMissing": QT_TRANSLATE_NOOP(
        "errors", "Write the reason: the applicant will read it."
    ),
    "app.usecases.changes.rules.Outdated": QT_TRANSLATE_NOOP(
        "errors",
        "The data on file were changed since this request was submitted. "
        "Return it, and submit it anew against what is on file now.",
    ),
    "app.usecases.changes.rules.NotEditable": QT_TRANSLATE_NOOP(
        "errors", "The request cannot be edited any more, or not by you. Open it again to see where it is."
    ),
    "app.usecases.changes.rules.NotPossible": QT_TRANSLATE_NOOP(
        "errors", "The data on file do not allow this change. Check from when they are in force."
    ),
    "app.usecases.changes.rules.ProviderOrderMissing": QT_TRANSLATE_NOOP(
        "errors", "The provider's order decides: write down its number first."
    ),
    "app.usecases.changes.rules.ChannelForbidden": QT_TRANSLATE_NOOP(
        "errors", "By telephone you can only take announcements; papers are taken at a counter."
    ),
    "app.usecases.changes.rules.PaperTooBig": QT_TRANSLATE_NOOP(
        "errors", "The file has {size}; {most} are allowed. Scan it in gray or with fewer dots."
    ),
    "app.usecases.changes.rules.PaperTypeRefused": QT_TRANSLATE_NOOP(
        "errors", "“{file}” is no paper: take a PDF or a picture (JPEG, PNG, TIFF)."
    ),
    "app.usecases.changes.rules.PaperNameRefused": QT_TRANSLATE_NOOP(
        "errors", "The name of the file “{file}” cannot be kept. Rename it."
    ),
    "app.usecases.changes.rules.UndoneAlready": QT_TRANSLATE_NOOP(
        "errors", "Another request undoes this one already."
    ),
    "app.usecases.changes.rules.Superseded": QT_TRANSLATE_NOOP(
        "errors", "What this request changed was changed again since, so it cannot be taken back as it is."
    ),
}
