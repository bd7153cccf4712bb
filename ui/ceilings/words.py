"""What is said of alerts and of what somebody did, in words made of their facts."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.ceilings import Doing, Span
from app.domain.office_time import in_the_office
from app.domain.period import Period
from app.domain.plans import PlanPaper
from app.domain.reissues import Medium, Reason
from app.domain.visits import Channel, Purpose
from app.usecases.ceilings import CeilingAlert, RecordedDoing, Standing
from ui.words import states, text
from ui.words.tones import Tone


def amount(counted: int, most: int) -> str:
    """Return ``390 of 400``."""
    words = QCoreApplication.translate("ceilings", "{0} of {1}")
    return words.format(text.number(counted), text.number(most))


def tone(alert: CeilingAlert) -> Tone:
    """Return what an alert means at a glance."""
    return Tone.BAD if alert.is_reached else Tone.WARN


def when(alert: CeilingAlert) -> str:
    """Return the hour or the day an alert is about."""
    match alert.ceiling.span:
        case Span.AN_HOUR:
            return f"{text.moment(alert.began_at)}–{text.clock(alert.began_at + timedelta(hours=1))}"
        case Span.A_DAY:
            return text.day(in_the_office(alert.began_at).date())
        case Span.AT_ONCE:
            return QCoreApplication.translate("ceilings", "now")


def standing_words(standings: tuple[Standing, ...]) -> str:
    """Return how near somebody is to the ceilings they have come near at all."""
    said = [
        f"{states.word(one.ceiling)}: {amount(one.counted, one.most)}" for one in standings if one.counted
    ]
    return "  ·  ".join(said) or QCoreApplication.translate("ceilings", "nothing today")


def detail(done: RecordedDoing) -> str:
    """Return what the record of a doing says besides."""
    facts = done.detail
    match done.doing:
        case Doing.VISITS:
            return _joined(_word(Purpose, facts.get("purpose")), _word(Channel, facts.get("channel")))
        case Doing.REVEALS:
            return text.listed(str(facts.get("reason", "")))
        case Doing.LOOK_UPS:
            found = facts.get("idents") or []
            return QCoreApplication.translate("ceilings", "%n account(s) found", "", len(found))
        case Doing.EXPORTS:
            return QCoreApplication.translate("ceilings", "%n row(s)", "", int(facts.get("rows") or 0))
        case Doing.COPIES:
            return _copy(facts)
        case Doing.SHOWN | Doing.EXACT_LOOK_UPS | Doing.MISSES:
            return ""


def _copy(facts: Mapping[str, Any]) -> str:
    medium = _word(Medium, facts.get("medium"))
    if "ggmm" in facts:
        bill = QCoreApplication.translate("ceilings", "bill {0}").format(
            text.period(Period.from_ggmm(facts["ggmm"]))
        )
        return _joined(bill, _word(Reason, facts.get("reason")), medium)
    return _joined(_word(PlanPaper, facts.get("paper")), medium)


def _word(kind: type[StrEnum], value: object) -> str:
    return states.word(kind(str(value))) if value in list(kind) else str(value or "")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
