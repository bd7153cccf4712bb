"""The words of what can go wrong with anything: a rule, a colleague who was first, a lost line."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.errors import (
    CannotWrite,
    Conflict,
    Forbidden,
    NeedsConfirmation,
    PrinterFailed,
    Refused,
    SalterError,
    TooSlow,
    Unavailable,
)
from db.errors import (
    Busy,
    Cancelled,
    FateUnknown,
    NotDone,
    NotOnFile,
    PasswordRefused,
    RuleBroken,
    ValueNotAllowed,
)
from ui.words import text
from ui.words.errors import Says, told


def _changed(error: Any) -> dict[str, str]:
    changed_by = error.changed_by or QCoreApplication.translate("errors", "somebody else")
    moment = text.moment(error.changed_at) if isinstance(error.changed_at, datetime) else ""
    return {"who": changed_by, "when": f" ({moment})" if moment else ""}


def _rule(error: Any) -> dict[str, str]:
    return {"rule": error.facts.rule}


ERRORS: dict[type[SalterError], Says] = {
    Refused: Says("A rule does not allow this. Check what was entered and try again."),
    NeedsConfirmation: Says("This must be confirmed first."),
    Conflict: Says(
        "Changed meanwhile by {who}{when}. Your text is kept: compare it with what is stored now, then save.",
        _changed,
    ),
    Forbidden: Says("Your role does not allow this. Ask a supervisor."),
    Unavailable: Says(
        "The central database cannot be reached. The desk keeps trying; what you typed is kept."
    ),
    CannotWrite: Says(
        "The file {path} could not be written: {reason}. Choose another place, or close it where it is open.",
        told("path", "reason"),
    ),
    PrinterFailed: Says("The printer does not answer. See whether it is on and has paper."),
    TooSlow: Says("The answer took too long and was stopped. Narrow the question, or try again."),
    Busy: Says("Somebody is saving the same record at this moment. Try again in a few seconds."),
    Cancelled: Says("Cancelled."),
    FateUnknown: Says(
        "The line was lost while saving. The desk will find out whether it was saved "
        "before offering it again."
    ),
    PasswordRefused: Says(
        "Your password was changed, so the server does not let this desk in any more. "
        "What is on the screen stays readable; sign in again with the new one."
    ),
    NotDone: Says("It was not saved: the line was lost before that. It can safely be sent again."),
    RuleBroken: Says("The database does not allow this (rule {rule}). Check what was entered.", _rule),
    NotOnFile: Says(
        "This belongs to something that is not on file any more (rule {rule}). Open it again.", _rule
    ),
    ValueNotAllowed: Says(
        "One of the values is not allowed here (rule {rule}). Check what was entered.", _rule
    ),
}
