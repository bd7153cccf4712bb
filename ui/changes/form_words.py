"""Longer sentences of the form: what must be confirmed, who changed what, what is wrong with a file."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.domain.changes import ChangeKind
from app.domain.errors import Conflict
from app.usecases.changes import SubmissionNeedsConfirmation
from ui.changes import words
from ui.changes.paper_intake import FileNotAllowed, FileTooBig, FileUnreadable
from ui.words import errors, text


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


def conflict_words(error: Conflict, kind: ChangeKind) -> str:
    """Say who changed which data meanwhile."""
    del kind
    named = ", ".join(words.field_word(name).lower() for name in error.fields)
    when = f" {text.moment(error.changed_at)}" if isinstance(error.changed_at, datetime) else ""
    return QCoreApplication.translate(
        "changes",
        "{0} changed this meanwhile{1}: {2}. What you typed is kept; saving again keeps yours.",
    ).format(error.changed_by, when, named)


def intake_words(error: Exception) -> str:
    """Say what is wrong with a file that was brought."""
    tr = QCoreApplication.translate
    match error:
        case FileNotAllowed():
            return tr("changes", "Only PDF, JPEG, PNG and TIFF are kept; this file is something else.")
        case FileTooBig():
            return tr("changes", "The file is too large. Scan it with fewer dots, or in black and white.")
        case FileUnreadable():
            return tr("changes", "The file cannot be read. Is it still there?")
    return errors.sentence(error)
