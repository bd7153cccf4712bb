"""Why a programme of payment plans cannot be signed, in one sentence; the reason's facts are in it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.plans import Ineligibility, WhyNot
from ui.words import states, text

_SENTENCES = {
    WhyNot.NOT_YET: QT_TRANSLATE_NOOP("WhyNot", "in force only from {valid_from}"),
    WhyNot.OVER: QT_TRANSLATE_NOOP("WhyNot", "not in force any more since {valid_to}"),
    WhyNot.OTHER_PAYERS: QT_TRANSLATE_NOOP("WhyNot", "only for: {payers}"),
    WhyNot.NOTHING_DUE: QT_TRANSLATE_NOOP("WhyNot", "nothing is overdue"),
    WhyNot.DEBT_TOO_YOUNG: QT_TRANSLATE_NOOP("WhyNot", "takes only debts due by {due_until}"),
    WhyNot.ONLY_SUED: QT_TRANSLATE_NOOP("WhyNot", "takes unsued debt, and all of this debt is sued"),
    WhyNot.ONLY_UNSUED: QT_TRANSLATE_NOOP("WhyNot", "takes sued debt, and none of this debt is sued"),
    WhyNot.TOO_FEW_BILLS: QT_TRANSLATE_NOOP(
        "WhyNot", "asks for at least {least} unpaid bills; there are {there_are}"
    ),
    WhyNot.PLAN_IN_FORCE: QT_TRANSLATE_NOOP("WhyNot", "a plan is in force already"),
    WhyNot.BROKEN_BEFORE: QT_TRANSLATE_NOOP("WhyNot", "a plan under it was broken, and it allows no other"),
}
_BARE = {
    WhyNot.OTHER_PAYERS: QT_TRANSLATE_NOOP("WhyNot", "not for such a customer"),
    WhyNot.DEBT_TOO_YOUNG: QT_TRANSLATE_NOOP("WhyNot", "takes none of these months"),
}
"""Of a reason that came without its facts."""

_DAYS = ("valid_from", "valid_to", "due_until")


def why_not(obstacle: Ineligibility) -> str:
    """Return the reason, to stand beside the programme's name."""
    facts = dict(obstacle.facts)
    source = _SENTENCES[obstacle.why]
    if obstacle.why in _BARE and not any(facts.values()):
        source = _BARE[obstacle.why]
    said = {name: text.day(facts[name]) if name in _DAYS else str(facts[name]) for name in facts}
    if "payers" in facts:
        said["payers"] = ", ".join(sorted(states.word(payer) for payer in facts["payers"]))
    return QCoreApplication.translate("WhyNot", source).format(**said)
