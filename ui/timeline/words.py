"""An event of the timeline in one line of words."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.domain.changes import ChangeKind, ChangeState
from app.domain.enforcement import CaseState
from app.domain.notices import NoticeKind, NoticeState
from app.domain.payments import PaymentChannel
from app.domain.plans import PlanPaper, PlanState
from app.domain.premises import PremisesKind
from app.domain.reissues import Medium, Reason
from app.domain.subsidies import Category
from app.domain.visits import Channel
from app.usecases.enforcement import CaseStep
from app.usecases.timeline import Event, EventKind
from ui.words import states, text


def describe(event: Event) -> str:
    """Return what an event was about, in the language in force; the kind and the amount stand beside it."""
    match event.kind:
        case EventKind.BILL_ISSUED:
            return text.period(event.period)
        case EventKind.BILL_CORRECTED:
            return _joined(text.period(event.period), event.text)
        case EventKind.PAYMENT:
            return _joined(_word(PaymentChannel, event.state), event.number, event.text)
        case EventKind.NOTICE_DRAWN:
            return _joined(event.number, _word(NoticeKind, event.text), _word(NoticeState, event.state))
        case EventKind.NOTICE_DELIVERED:
            return _joined(event.number, _word(NoticeState, event.state))
        case EventKind.CASE_STEP:
            return _joined(event.number, _word(CaseStep, event.state), _word(CaseState, event.text))
        case EventKind.PLAN_STEP:
            return _joined(event.number, _plan_step(event.state), _word(PlanState, event.text))
        case EventKind.PLAN_PAPER:
            return _joined(event.number, _word(PlanPaper, event.state), _word(Medium, event.text))
        case EventKind.REISSUE:
            made = _word(Medium, event.number)
            return _joined(text.period(event.period), made, _word(Reason, event.state), event.text)
        case EventKind.NOTE:
            return _joined(_word(Channel, event.state), event.text)
        case EventKind.CHANGE:
            what, state = _word(ChangeKind, event.text), _word(ChangeState, event.state)
            return _joined(event.number, what, state, text.period(event.period))
        case EventKind.PREMISES:
            return _premises(event)
        case EventKind.SUBSIDY:
            return _joined(_word(Category, event.state), text.percent(event.amount), event.text)
        case EventKind.DELIVERY_CHANGED:
            return _joined(_delivery(event.state), event.text)
        case _:
            return event.text


def _premises(event: Event) -> str:
    area = f"{text.quantity(event.amount)} m²" if event.amount is not None else ""
    members = ""
    if event.number:
        members = QCoreApplication.translate("timeline", "%n member(s)", "", int(event.number))
    return _joined(_word(PremisesKind, event.state), area, members, event.text)


def _plan_step(step: str) -> str:
    tr = QCoreApplication.translate
    words = {
        "signed": tr("timeline", "signed"),
        "certified": tr("timeline", "certified"),
        "ended": tr("timeline", "ended"),
    }
    return words.get(step, step)


def _delivery(change: str) -> str:
    tr = QCoreApplication.translate
    words = {
        "email_on": tr("timeline", "e-mail switched on"),
        "email_off": tr("timeline", "e-mail switched off"),
        "paper_on": tr("timeline", "paper switched on"),
        "paper_off": tr("timeline", "paper switched off"),
        "address": tr("timeline", "e-mail address changed"),
    }
    return words.get(change, change)


def _word(kind: type[StrEnum], value: str) -> str:
    """Return the word of a state by its value; a value of a newer database is shown as it is."""
    if not value:
        return ""
    try:
        return states.word(kind(value))
    except ValueError:
        return value


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
