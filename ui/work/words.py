"""What the list of work says of a request: how near its deadline is, and who has taken it."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from app.domain.changes import ChangeKind
from app.domain.errors import Conflict
from app.domain.office_time import ZONE
from ui.changes.words import field_word, value_of
from ui.words import text
from ui.words.tones import Tone
from ui.work.views import Deadline, Outcome, View

_SOON_DAYS = 3
_STALE_MINUTES = 60


def due_word(due_on: date, *, today: date) -> str:
    """Say in words how a deadline lies to today."""
    days = (due_on - today).days
    if days < 0:
        return QCoreApplication.translate("work", "%n day(s) overdue", "", -days)
    if days == 0:
        return QCoreApplication.translate("work", "due today")
    return QCoreApplication.translate("work", "%n day(s) left", "", days)


def due_tone(due_on: date, *, today: date) -> Tone:
    """Return what a deadline means at a glance."""
    days = (due_on - today).days
    if days < 0:
        return Tone.BAD
    return Tone.WARN if days <= _SOON_DAYS else Tone.NEUTRAL


def taken_word(full_name: str, claimed_at: datetime | None, *, is_mine: bool) -> str:
    """Say who is at a request, and for how long; nothing where nobody is."""
    if claimed_at is None:
        return ""
    since = _since(claimed_at)
    if is_mine:
        return QCoreApplication.translate("work", "taken by you, {0}").format(since)
    return QCoreApplication.translate("work", "taken by {0}, {1}").format(full_name, since)


def _since(claimed_at: datetime) -> str:
    minutes = int((datetime.now(ZONE) - claimed_at).total_seconds()) // 60
    if not -1 <= minutes <= _STALE_MINUTES:
        return text.clock(claimed_at)  # a clock here goes wrong: the server's moment is still true
    return QCoreApplication.translate("work", "{0} min").format(max(minutes, 0))


def view_word(view: View) -> str:
    """Return the name of a part of the list."""
    match view:
        case View.WAITING:
            return QCoreApplication.translate("work", "To be decided")
        case View.TAKEN:
            return QCoreApplication.translate("work", "Mine")
        case View.RETURNED:
            return QCoreApplication.translate("work", "Returned")
        case View.WITH_PROVIDER:
            return QCoreApplication.translate("work", "At the provider")
        case View.OPEN:
            return QCoreApplication.translate("work", "All open")


def deadline_word(deadline: Deadline) -> str:
    """Return the name of a narrowing by deadline."""
    match deadline:
        case Deadline.ANY:
            return QCoreApplication.translate("work", "Any deadline")
        case Deadline.OVERDUE:
            return QCoreApplication.translate("work", "Overdue")
        case Deadline.TODAY:
            return QCoreApplication.translate("work", "Overdue or due today")
        case Deadline.WEEK:
            return QCoreApplication.translate("work", "Within a week")


def papers_word(*, is_missing: bool) -> str:
    """Return the mark of a request that lacks a paper; nothing where all are there."""
    return QCoreApplication.translate("work", "missing") if is_missing else ""


def outcome_word(outcome: Outcome) -> str:
    """Return what became of one of many, with a tick for what was approved."""
    match outcome:
        case Outcome.WAITING:
            return QCoreApplication.translate("work", "to be approved")
        case Outcome.UNDER_WAY:
            return QCoreApplication.translate("work", "under way")
        case Outcome.APPROVED:
            return QCoreApplication.translate("work", "✓ approved")
        case Outcome.REFUSED:
            return QCoreApplication.translate("work", "✗ not approved")
        case Outcome.LEFT_OUT:
            return QCoreApplication.translate("work", "left out")


def conflict_sentence(error: Conflict, *, kind: ChangeKind | None) -> str:
    """Say who changed a request that was to be decided on, when, and what is stored now."""
    who = error.changed_by or QCoreApplication.translate("work", "Somebody else")
    moment = f" ({text.moment(error.changed_at)})" if isinstance(error.changed_at, datetime) else ""
    sentence = QCoreApplication.translate(
        "work", "{0} changed this request meanwhile{1}. Nothing was decided here."
    ).format(who, moment)
    stored = ", ".join(
        f"{field_word(name)}: {value_of(kind, name, value) if kind is not None else value}"
        for name, value in error.fields.items()
    )
    if stored:
        now = QCoreApplication.translate("work", "Stored now: {0}.").format(stored)
        sentence = f"{sentence} {now}"
    return sentence
