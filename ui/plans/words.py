"""What is said of a plan in whole sentences: what bars an act, what happened, when it is broken."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.plans import IN_FORCE, BreachRule, InterestRelief, PlanCause, PlanState
from app.usecases.plans import Plan, PlanEvent, PlanStory
from ui.words import states, text
from ui.words.tones import Tone

tr = QCoreApplication.translate


def numbers_words(numbers: Iterable[int]) -> str:
    """List instalments by their numbers, runs of them as one: ``1, 3–5``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] + 1 == number:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("–".join(str(end) for end in run) for run in runs)


def breach_words(rule: BreachRule, *, instalments: int) -> str:
    """Say when a plan of so many instalments is broken, as its contract does."""
    parts = []
    in_a_row = rule.in_a_row(of=instalments)
    if in_a_row == 1:
        parts.append(tr("PlanWords", "an instalment is unpaid"))
    elif in_a_row:
        parts.append(tr("PlanWords", "{0} instalments in a row are unpaid").format(in_a_row))
    if parts and rule.days_of_grace:
        parts[0] = tr("PlanWords", "{0} longer than {1} days after their dates").format(
            parts[0], rule.days_of_grace
        )
    if rule.unpaid_bills == 1:
        parts.append(tr("PlanWords", "a bill since the signing is overdue"))
    elif rule.unpaid_bills:
        parts.append(tr("PlanWords", "{0} bills since the signing are overdue").format(rule.unpaid_bills))
    return tr("PlanWords", " or ").join(parts)


def condition_words(plan: Plan) -> str:
    """Say on what condition something is written off, and whether the condition was met."""
    written_off = plan.written_off_principal + plan.written_off_interest
    if not written_off:
        return tr("PlanWords", "Nothing is written off.")
    if plan.state is PlanState.KEPT:
        return tr("PlanWords", "The plan was kept, so it is written off for good.")
    if plan.state is PlanState.BROKEN:
        return tr("PlanWords", "The plan was broken, so it is owed again.")
    if plan.state is PlanState.CANCELLED:
        return tr("PlanWords", "The plan was cancelled, so nothing is written off.")
    return tr(
        "PlanWords", "It is written off if every instalment is paid; if the plan is broken, it is owed again."
    )


def relief_words(plan: Plan) -> str:
    """Say what becomes of the interest."""
    if not plan.interest and plan.interest_relief is not InterestRelief.NONE:
        return ""
    return states.word(plan.interest_relief)


def state_notice(plan: Plan, story: PlanStory | None) -> tuple[str, Tone]:
    """Say what is out of the ordinary about a plan, and how grave it is; no words where nothing is."""
    ended = text.day(plan.ended_on)
    last = story.events[-1] if story is not None and story.events else None
    match plan.state:
        case PlanState.AWAITING_CERTIFICATION:
            said = tr(
                "PlanWords",
                "The contract of {0} waits for the notary. Until it is certified the plan is not in force:"
                " interest runs, and reminders and enforcement go on.",
            )
            return said.format(text.day(plan.signed_on)), Tone.WARN
        case PlanState.KEPT:
            return tr("PlanWords", "Everything was paid by {0}").format(ended), Tone.GOOD
        case PlanState.BROKEN | PlanState.CANCELLED:
            why = event_words(last) if last is not None else ""
            word = (
                tr("PlanWords", "Broken on {0}")
                if plan.state is PlanState.BROKEN
                else tr("PlanWords", "Ended on {0}")
            )
            tone = Tone.BAD if plan.state is PlanState.BROKEN else Tone.NEUTRAL
            return ": ".join(part for part in (word.format(ended), why) if part), tone
    if plan.state in IN_FORCE and plan.late:
        said = tr("PlanWords", "Instalments that are late: {0}, {1} in all.").format(
            numbers_words(one.number for one in plan.late),
            text.money_rsd(sum((one.open for one in plan.late), Decimal(0))),
        )
        if plan.breaks_on is not None:
            breaks = tr("PlanWords", "If nothing more is paid, the plan is broken on {0}").format(
                text.day(plan.breaks_on)
            )
            said = f"{said} {breaks}"
        return said, Tone.WARN
    return "", Tone.NEUTRAL


def event_words(event: PlanEvent) -> str:
    """Say what happened, by which facts and for which reason."""
    why = cause_words(
        event.cause, numbers=event.facts.get("numbers") or (), bills=event.facts.get("bills") or 0
    )
    reason = tr("PlanWords", "reason: {0}").format(event.reason) if event.reason else ""
    return "; ".join(part for part in (why, *_fact_words(event), reason) if part)


def who_words(event: PlanEvent) -> str:
    """Say who did it."""
    return event.who or tr("PlanWords", "nightly round")


def cause_words(cause: PlanCause, *, numbers: Iterable[int] = (), bills: int = 0) -> str:
    """Say why a plan stands as it does, by instalments or bills where they tell."""
    told = numbers_words(numbers) or (str(bills) if bills else "")
    return f"{states.word(cause)}: {told}" if told else states.word(cause)


def _fact_words(event: PlanEvent) -> Iterable[str]:
    facts = event.facts
    if event.cause is PlanCause.REGISTERED and "payable" in facts:
        yield tr("PlanWords", "to pay {0}").format(_money(facts["payable"]))
    if event.cause is PlanCause.CERTIFIED and facts.get("number"):
        yield str(facts["number"])
    if event.cause is PlanCause.REINSTATED and "broke_on" in facts:
        yield tr("PlanWords", "it had been found broken on {0}").format(
            text.day(date.fromisoformat(facts["broke_on"]))
        )
    if _has(facts, "credited") and event.cause is not PlanCause.ALL_PAID:
        yield tr("PlanWords", "{0} paid under it was credited to costs and months").format(
            _money(facts["credited"])
        )
    if _has(facts, "overpaid"):
        yield tr("PlanWords", "{0} beyond it stays with the account as overpaid").format(
            _money(facts["overpaid"])
        )
    revived = _sum(facts, "revived_principal", "revived_interest")
    if revived and event.cause is not PlanCause.UNDONE:
        yield tr("PlanWords", "{0} that was written off is owed again").format(_money(revived))
    written_off = _sum(facts, "written_off_principal", "written_off_interest")
    if written_off and event.cause is PlanCause.ALL_PAID:
        yield tr("PlanWords", "{0} is written off for good").format(_money(written_off))


def _has(facts: Any, name: str) -> bool:
    return bool(_sum(facts, name))


def _sum(facts: Any, *names: str) -> Decimal:
    return sum((amount_of(facts.get(name)) for name in names), Decimal(0))


def amount_of(said: object) -> Decimal:
    """Read an amount as actions tell it."""
    return Decimal(str(said or 0))


def _money(amount: Any) -> str:
    return text.money_rsd(amount_of(amount))
