"""Longer sentences of the form: who changed what, what is wrong with a file."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.domain.errors import Conflict
from ui.changes import words
from ui.changes.paper_intake import FileNotAllowed, FileTooBig, FileUnreadable
from ui.words import errors, text


def conflict_words(error: Conflict) -> str:
    """Say who changed which data meanwhile."""
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
            return tr("changes", "Only PDFs and pictures are kept; this file is something else.")
        case FileTooBig():
            return tr("changes", "The file is too large. Scan it with fewer dots, or in black and white.")
        case FileUnreadable():
            return tr("changes", "The file cannot be read. Is it still there?")
    return errors.sentence(error)
