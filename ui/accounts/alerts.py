"""The alerts of an account in words: one sentence and one action each."""

from PySide6.QtCore import QCoreApplication

from app.domain.enforcement import CaseState
from app.domain.limitation import LimitationState
from app.domain.subsidies import Category
from app.usecases.accounts import Alert as Fact
from app.usecases.accounts import AlertKind
from ui.kit.banners import BannerAlert
from ui.words import states, text
from ui.words.tones import Tone

_ICONS = {
    AlertKind.ENFORCEMENT_OPEN: "gavel",
    AlertKind.INSTALMENT_LATE: "calendar-dollar",
    AlertKind.PLAN_IN_FORCE: "calendar-dollar",
    AlertKind.NOTICE_UNANSWERED: "bell-ringing",
    AlertKind.NEAR_LIMITATION: "hourglass",
    AlertKind.EMAIL_BILLS_OFF: "mail-off",
    AlertKind.SUBSIDIZED: "discount",
    AlertKind.LEGAL_PERSON: "building-store",
}
_TONES = {
    AlertKind.CLOSED: Tone.NEUTRAL,
    AlertKind.ENFORCEMENT_OPEN: Tone.BAD,
    AlertKind.INSTALMENT_LATE: Tone.BAD,
    AlertKind.PLAN_IN_FORCE: Tone.PLAN,
    AlertKind.NOTICE_UNANSWERED: Tone.WARN,
    AlertKind.SUBSIDIZED: Tone.INFO,
    AlertKind.EMAIL_BILLS_OFF: Tone.INFO,
    AlertKind.LEGAL_PERSON: Tone.INFO,
}


def say(fact: Fact) -> BannerAlert:
    """Return the strip that tells ``fact`` in the language in force."""
    return BannerAlert(
        name=fact.kind.value,
        words=_sentence(fact),
        tone=_tone(fact),
        action=_action(fact.kind),
        icon_name=_ICONS.get(fact.kind, ""),
    )


def _tone(fact: Fact) -> Tone:
    if fact.kind is AlertKind.NEAR_LIMITATION:
        return states.tone(LimitationState(fact.state))
    return _TONES[fact.kind]


def _sentence(fact: Fact) -> str:
    tr = QCoreApplication.translate
    amount = text.money(fact.amount)
    match fact.kind:
        case AlertKind.CLOSED:
            return tr("alerts", "Closed on {0}").format(text.day(fact.day))
        case AlertKind.ENFORCEMENT_OPEN:
            state = states.word(CaseState(fact.state))
            return tr("alerts", "Enforcement {0}: {1}").format(fact.number, state)
        case AlertKind.INSTALMENT_LATE:
            return tr("alerts", "Plan {0}: {1} late since {2}").format(
                fact.number, amount, text.day(fact.day)
            )
        case AlertKind.PLAN_IN_FORCE if fact.day is None:
            return tr("alerts", "Plan {0} in force, every instalment paid").format(fact.number)
        case AlertKind.PLAN_IN_FORCE:
            return tr("alerts", "Plan {0}: next {1} by {2}").format(fact.number, amount, text.day(fact.day))
        case AlertKind.NOTICE_UNANSWERED:
            return tr("alerts", "Notice {0}: {1} to pay by {2}").format(
                fact.number, amount, text.day(fact.day)
            )
        case AlertKind.NEAR_LIMITATION if LimitationState(fact.state) is LimitationState.PASSED:
            return tr("alerts", "{0} may be time-barred since {1}").format(amount, text.day(fact.day))
        case AlertKind.NEAR_LIMITATION:
            return tr("alerts", "{0} may be time-barred from {1}").format(amount, text.day(fact.day))
        case AlertKind.SUBSIDIZED:
            category = states.word(Category(fact.state))
            return tr("alerts", "Subsidy {0}: {1}").format(text.percent(fact.amount), category)
        case AlertKind.EMAIL_BILLS_OFF:
            return tr("alerts", "E-mail bills are off")
        case AlertKind.LEGAL_PERSON:
            return tr("alerts", "Legal person, PIB {0}: e-invoice").format(fact.number)


def _action(kind: AlertKind) -> str:
    tr = QCoreApplication.translate
    match kind:
        case AlertKind.EMAIL_BILLS_OFF:
            return tr("alerts", "Switch on")
        case AlertKind.SUBSIDIZED | AlertKind.LEGAL_PERSON | AlertKind.CLOSED:
            return tr("alerts", "Data")
        case AlertKind.NEAR_LIMITATION:
            return tr("alerts", "Bills")
        case _:
            return tr("alerts", "Open")
