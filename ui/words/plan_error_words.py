"""The sentences of what can go wrong with payment plans, kept as all others by name."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ui.words import states, text

_WHY_NOT_UNDONE = {
    "state": QT_TRANSLATE_NOOP("errors", "The plan has ended already."),
    "day": QT_TRANSLATE_NOOP("errors", "It was not registered today; a supervisor can cancel it."),
    "person": QT_TRANSLATE_NOOP("errors", "Only who registered it, or a supervisor, can do that."),
    "money": QT_TRANSLATE_NOOP("errors", "Something was paid under it; a supervisor can cancel it."),
}


def _months(error: Any) -> dict[str, str]:
    costs = QCoreApplication.translate("errors", "costs of enforcement")
    return {"months": ", ".join(text.period(month) for month in error.months) or costs}


def _validity(error: Any) -> dict[str, str]:
    return {
        "from": text.day(error.valid_from) if error.valid_from else text.DASH,
        "until": text.day(error.valid_to) if error.valid_to else text.DASH,
    }


def _bills(error: Any) -> dict[str, str]:
    return {"least": str(error.least), "count": str(error.there_are)}


def _parts(error: Any) -> dict[str, str]:
    return {"smallest": text.money(error.smallest), "least": text.money(error.least)}


def _most(error: Any) -> dict[str, str]:
    return {"most": str(error.most)}


def _limit(error: Any) -> dict[str, str]:
    return {"most": text.money(error.most)}


def _move(error: Any) -> dict[str, str]:
    return {"state": states.word(error.old) if error.old else text.DASH}


def _why(error: Any) -> dict[str, str]:
    return {"why": QCoreApplication.translate("errors", _WHY_NOT_UNDONE.get(error.why, ""))}


def _day(error: Any) -> dict[str, str]:
    return {"day": text.day(error.day) if error.day else text.DASH}


def _text(error: Any) -> dict[str, str]:
    return {"name": error.field, "place": error.place}


def _setting(error: Any) -> dict[str, str]:
    return {"name": error.field}


FACTS: dict[str, Callable[[Any], dict[str, str]]] = {
    "app.usecases.plans.contract_terms.ContractSettingMissing": _setting,
    "app.usecases.plans.contract_terms.ContractTextFaulty": _text,
    "app.usecases.plans.rules.ProgrammeNotInForce": _validity,
    "app.usecases.plans.rules.TooFewBills": _bills,
    "app.usecases.plans.rules.DebtChanged": _months,
    "app.usecases.plans.rules.CountNotAllowed": _most,
    "app.usecases.plans.rules.InstalmentUnderLeast": _parts,
    "app.usecases.plans.rules.OverLimit": _limit,
    "app.usecases.plans.rules.PlanMoveForbidden": _move,
    "app.usecases.plans.rules.UndoForbidden": _why,
    "app.usecases.plans.rules.InterestRateUnknown": _day,
}

SENTENCES: dict[str, str] = {
    "app.usecases.plans.rules.NoPlanInForce": QT_TRANSLATE_NOOP(
        "errors",
        "The plan is not in force any more, so nothing can be paid under it. Open the account again.",
    ),
    "app.usecases.plans.rules.PlanAwaiting": QT_TRANSLATE_NOOP(
        "errors", "A contract of this account waits for its certification. Certify or cancel that one first."
    ),
    "app.usecases.plans.contract_terms.ContractSettingMissing": QT_TRANSLATE_NOOP(
        "errors", "The contract cannot be drawn up: the setting {name} has no value on that day."
    ),
    "app.usecases.plans.contract_terms.ContractTextFaulty": QT_TRANSLATE_NOOP(
        "errors",
        "The contract cannot be drawn up: the text in the setting {name} asks for {place}, which is unknown.",
    ),
    "app.usecases.plans.papers.NoSuchPlanPaper": QT_TRANSLATE_NOOP(
        "errors", "The register of papers has no such entry. Print or save the paper again."
    ),
    "app.usecases.plans.rules.PlanIsOver": QT_TRANSLATE_NOOP(
        "errors", "The plan has ended: there is nothing to pay under it any more. Print the contract alone."
    ),
    "app.usecases.plans.rules.NoSuchPlan": QT_TRANSLATE_NOOP(
        "errors", "The account has no such plan. Open the account again."
    ),
    "app.usecases.plans.rules.ProgrammeNotInForce": QT_TRANSLATE_NOOP(
        "errors", "The programme is not in force today (from {from}, until {until}). Choose another one."
    ),
    "app.usecases.plans.rules.PayerNotAllowed": QT_TRANSLATE_NOOP(
        "errors", "The programme is not for this kind of customer. Choose another programme or category."
    ),
    "app.usecases.plans.rules.BrokenBefore": QT_TRANSLATE_NOOP(
        "errors", "A plan under this programme was broken, and the programme allows no other."
    ),
    "app.usecases.plans.rules.TooFewBills": QT_TRANSLATE_NOOP(
        "errors", "The programme asks for at least {least} unpaid bills; there are {count}."
    ),
    "app.usecases.plans.rules.DebtChanged": QT_TRANSLATE_NOOP(
        "errors", "The debt changed meanwhile ({months}). Compute the offers again and show the new ones."
    ),
    "app.usecases.plans.rules.SumsWrong": QT_TRANSLATE_NOOP(
        "errors", "The offer is out of date: its sums do not follow from the programme. Compute it again."
    ),
    "app.usecases.plans.rules.CountNotAllowed": QT_TRANSLATE_NOOP(
        "errors", "The programme does not offer so many instalments; {most} at most for this debt."
    ),
    "app.usecases.plans.rules.InstalmentUnderLeast": QT_TRANSLATE_NOOP(
        "errors", "An instalment would be {smallest}; the least allowed is {least}. Take fewer instalments."
    ),
    "app.usecases.plans.rules.NothingLeftToRepay": QT_TRANSLATE_NOOP(
        "errors", "There is nothing to repay: choose at least one month with a debt."
    ),
    "app.usecases.plans.rules.OverLimit": QT_TRANSLATE_NOOP(
        "errors", "You may sign plans up to {most}. Ask a supervisor to register this one."
    ),
    "app.usecases.plans.rules.PlanMoveForbidden": QT_TRANSLATE_NOOP(
        "errors", "The plan is {state} by now, so this cannot be done. Open the account again."
    ),
    "app.usecases.plans.rules.PlanReasonMissing": QT_TRANSLATE_NOOP(
        "errors", "Write why the plan ends; the reason stays in its history."
    ),
    "app.usecases.plans.rules.UndoForbidden": QT_TRANSLATE_NOOP(
        "errors", "The registration cannot be undone. {why}"
    ),
    "app.usecases.plans.rules.PlanFieldWrong": QT_TRANSLATE_NOOP(
        "errors", "A field of the contract is missing or cannot be so. Correct what is marked."
    ),
    "app.usecases.plans.rules.DayInFuture": QT_TRANSLATE_NOOP(
        "errors", "Plans are followed up to today. For a day to come, ask what would follow."
    ),
    "app.usecases.plans.rules.PaymentUsedUp": QT_TRANSLATE_NOOP(
        "errors", "Nothing is left of this payment that could be set against the plan."
    ),
    "app.usecases.plans.rules.InterestRateUnknown": QT_TRANSLATE_NOOP(
        "errors", "No statutory rate is on file for {day}. An administrator must enter it."
    ),
    "app.usecases.plans.rules.ProgrammePublished": QT_TRANSLATE_NOOP(
        "errors", "A published programme is not altered. Draft a new version of it."
    ),
    "app.usecases.plans.rules.ProgrammeTermsFaulty": QT_TRANSLATE_NOOP(
        "errors", "The terms of the programme contradict themselves. Check the marked term."
    ),
    "app.usecases.plans.rules.ProgrammeFieldMissing": QT_TRANSLATE_NOOP(
        "errors", "A programme needs a code, a name and a legal basis. Fill in what is marked."
    ),
    "app.usecases.plans.rules.DraftOutdated": QT_TRANSLATE_NOOP(
        "errors", "Somebody else changed this draft meanwhile. Open it again."
    ),
    "app.usecases.plans.rules.ProgrammeBackdated": QT_TRANSLATE_NOOP(
        "errors", "Plans were signed under the old terms on those days already. Let it begin later."
    ),
    "app.usecases.plans.rules.NoProgramme": QT_TRANSLATE_NOOP("errors", "There is no such programme."),
}
