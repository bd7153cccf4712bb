"""What the portfolio says of a plan: what comes next, how long it has waited, what following it did."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.plans import IN_FORCE, PlanState
from app.usecases.plans import Followed, PortfolioRow, Which
from ui.words import text
from ui.words.tones import Tone

_WEEK = 7


def view_word(which: Which) -> str:
    """Return the name of a list."""
    match which:
        case Which.ALL:
            return QCoreApplication.translate("portfolio", "All")
        case Which.ARRIVING:
            return QCoreApplication.translate("portfolio", "Arriving")
        case Which.MISSED:
            return QCoreApplication.translate("portfolio", "Missed")
        case Which.BREAKING:
            return QCoreApplication.translate("portfolio", "Breaking this week")
        case Which.AWAITING:
            return QCoreApplication.translate("portfolio", "Awaiting certification")


def view_hint(which: Which) -> str:
    """Return what a list is about, in a sentence."""
    match which:
        case Which.ALL:
            return QCoreApplication.translate("portfolio", "All plans, the latest first.")
        case Which.ARRIVING:
            return QCoreApplication.translate("portfolio", "An instalment falls due today or within a week.")
        case Which.MISSED:
            return QCoreApplication.translate("portfolio", "An instalment is past its day and not paid up.")
        case Which.BREAKING:
            return QCoreApplication.translate("portfolio", "Broken within a week if nothing is paid.")
        case Which.AWAITING:
            return QCoreApplication.translate(
                "portfolio", "Signed, and not in force until the signature is certified; the oldest first."
            )


def next_word(row: PortfolioRow, *, which: Which, today: date) -> str:
    """Say what comes next of a plan, or how long something has been waiting; nothing of one that ended."""
    if row.state is PlanState.AWAITING_CERTIFICATION:
        days = (today - row.signed_on).days
        if days <= 0:
            return QCoreApplication.translate("portfolio", "waits since today")
        return QCoreApplication.translate("portfolio", "waits %n day(s)", "", days)
    if row.state not in IN_FORCE:
        return ""
    if which is Which.BREAKING and row.breaks_on is not None:
        return _breaks(row.breaks_on, today=today)
    if row.next_due_on is None:
        return ""
    days = (row.next_due_on - today).days
    if days < 0:
        return QCoreApplication.translate("portfolio", "%n day(s) late", "", -days)
    if days == 0:
        return QCoreApplication.translate("portfolio", "due today")
    return QCoreApplication.translate("portfolio", "due in %n day(s)", "", days)


def _breaks(breaks_on: date, *, today: date) -> str:
    days = (breaks_on - today).days
    if days < 0:
        return QCoreApplication.translate("portfolio", "%n day(s) past breaking", "", -days)
    if days == 0:
        return QCoreApplication.translate("portfolio", "breaks today")
    return QCoreApplication.translate("portfolio", "breaks in %n day(s)", "", days)


def next_tone(row: PortfolioRow, *, which: Which, today: date) -> Tone | None:
    """Return what that means at a glance."""
    if row.state is PlanState.AWAITING_CERTIFICATION:
        return Tone.WARN if (today - row.signed_on).days > _WEEK else Tone.NEUTRAL
    if row.state not in IN_FORCE:
        return None
    if which is Which.BREAKING and row.breaks_on is not None:
        return Tone.BAD
    if row.next_due_on is None:
        return None
    days = (row.next_due_on - today).days
    if days < 0:
        return Tone.BAD
    return Tone.WARN if days <= _WEEK else Tone.NEUTRAL


def followed_sentence(done: Followed, *, day: date) -> str:
    """Say what following the plans for a day has done."""
    when = text.day(day)
    if not done["followed"]:
        return QCoreApplication.translate(
            "portfolio", "Every plan in force had been looked at for {0} before. Nothing has changed."
        ).format(when)
    looked = QCoreApplication.translate("portfolio", "%n plan(s) looked at for {0}", "", done["followed"])
    moved = QCoreApplication.translate("portfolio", "%n changed their state", "", done["moved"])
    paid = QCoreApplication.translate(
        "portfolio", "%n payment(s) set against instalments", "", done["settled"]
    )
    return f"{looked.format(when)} – {moved}, {paid}."


def standings_sentence(done: Followed) -> str:
    """Say how the plans that were looked at stand now; nothing where none was."""
    if not done["followed"]:
        return ""
    return QCoreApplication.translate(
        "portfolio", "They stand: on time {0}, in arrears {1}, paid off {2}, broken {3}."
    ).format(*(text.number(done[name]) for name in ("active", "in_arrears", "kept", "broken")))
