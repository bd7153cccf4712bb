"""What went wrong, in the clerk's words: what happened, why, and what to do next.

Errors below this module carry facts only.  Sentences are kept by the name of the
error's class, so that naming an error here imports nothing; a class without a
sentence of its own speaks through the nearest class above it.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.errors import SalterError
from ui import text

_log = logging.getLogger(__name__)
_LETTERS = "ACEFHJKLMNPRTUVX"
"""Letters that sound unlike each other over a phone, in Serbian and in English."""


@dataclass(frozen=True, slots=True)
class Incident:
    """An unexpected fault: its number to read out, and the sentence with the number in it."""

    number: str
    sentence: str


def sentence(error: BaseException) -> str:
    """Return what to tell the clerk about an error; a fault of ours gets an incident number."""
    if not isinstance(error, SalterError):
        return incident(error).sentence
    for kind in type(error).__mro__:
        name = f"{kind.__module__}.{kind.__qualname__}"
        if name in _SENTENCES:
            return QCoreApplication.translate("errors", _SENTENCES[name]).format(**_facts(name, error))
    return incident(error).sentence


def has_words(kind: type[BaseException]) -> bool:
    """Tell whether a class of errors has a sentence of its own."""
    return f"{kind.__module__}.{kind.__qualname__}" in _SENTENCES


def named_errors() -> frozenset[str]:
    """Return the full names of the classes that have sentences."""
    return frozenset(_SENTENCES)


def incident(error: BaseException) -> Incident:
    """Log a fault of ours with its traceback under a number that can be read out."""
    number = f"{secrets.choice(_LETTERS)}{secrets.choice(_LETTERS)}-{secrets.randbelow(10_000):04d}"
    _log.error("incident %s", number, exc_info=(type(error), error, error.__traceback__))
    words = QCoreApplication.translate(
        "errors",
        "Something went wrong in the program. Nothing you typed is lost; try again. "
        "If it happens again, read this number to support: {number}.",
    )
    return Incident(number, words.format(number=number))


def _facts(name: str, error: SalterError) -> dict[str, str]:
    read = _FACTS.get(name)
    return read(error) if read is not None else {}


def _typed(error: Any) -> dict[str, str]:
    typed = " ".join(str(error.text).split())
    return {"text": typed if len(typed) <= 40 else f"{typed[:39]}…"}


def _rule(error: Any) -> dict[str, str]:
    return {"rule": error.facts.rule}


def _day(error: Any) -> dict[str, str]:
    return {"day": text.day(error.day) if isinstance(error.day, date) else str(error.day)}


def _changed(error: Any) -> dict[str, str]:
    changed_by = error.changed_by or QCoreApplication.translate("errors", "somebody else")
    moment = text.moment(error.changed_at) if isinstance(error.changed_at, datetime) else ""
    return {"who": changed_by, "when": f" ({moment})" if moment else ""}


_FACTS: dict[str, Callable[[Any], dict[str, str]]] = {
    "app.domain.account_number.NotAnIdent": _typed,
    "app.domain.bank_account.NotABankAccount": _typed,
    "app.domain.money.NotMoney": _typed,
    "app.domain.period.NotAPeriod": _typed,
    "app.domain.interest.RateUnknown": _day,
    "app.domain.errors.Conflict": _changed,
    "db.errors.RuleBroken": _rule,
}

_SENTENCES: dict[str, str] = {
    "app.domain.errors.Refused": QT_TRANSLATE_NOOP(
        "errors", "A rule does not allow this. Check what was entered and try again."
    ),
    "app.domain.errors.NeedsConfirmation": QT_TRANSLATE_NOOP("errors", "This must be confirmed first."),
    "app.domain.errors.Conflict": QT_TRANSLATE_NOOP(
        "errors",
        "Changed meanwhile by {who}{when}. Your text is kept: compare it with what is stored now, then save.",
    ),
    "app.domain.errors.Forbidden": QT_TRANSLATE_NOOP(
        "errors", "Your role does not allow this. Ask a supervisor."
    ),
    "app.domain.errors.Unavailable": QT_TRANSLATE_NOOP(
        "errors", "The central database cannot be reached. The desk keeps trying; what you typed is kept."
    ),
    "app.domain.errors.TooSlow": QT_TRANSLATE_NOOP(
        "errors", "The answer took too long and was stopped. Narrow the question, or try again."
    ),
    "db.errors.Busy": QT_TRANSLATE_NOOP(
        "errors", "Somebody is saving the same record at this moment. Try again in a few seconds."
    ),
    "db.errors.Cancelled": QT_TRANSLATE_NOOP("errors", "Cancelled."),
    "db.errors.FateUnknown": QT_TRANSLATE_NOOP(
        "errors",
        "The line was lost while saving. The desk will find out whether it was saved "
        "before offering it again.",
    ),
    "db.errors.NotDone": QT_TRANSLATE_NOOP(
        "errors", "It was not saved: the line was lost before that. It can safely be sent again."
    ),
    "db.errors.RuleBroken": QT_TRANSLATE_NOOP(
        "errors", "The database does not allow this (rule {rule}). Check what was entered."
    ),
    "app.domain.account_number.NotAnIdent": QT_TRANSLATE_NOOP(
        "errors", "“{text}” is not an account number. It has up to seven digits."
    ),
    "app.domain.bank_account.NotABankAccount": QT_TRANSLATE_NOOP(
        "errors", "“{text}” is not a bank account. Write it as 160-1234567890123-45."
    ),
    "app.domain.bank_account.BankAccountMistyped": QT_TRANSLATE_NOOP(
        "errors", "The control digits of the bank account do not fit: one digit at least was mistyped."
    ),
    "app.domain.interest.RateUnknown": QT_TRANSLATE_NOOP(
        "errors", "No interest rate is on file for {day}. An administrator can enter it."
    ),
    "app.domain.ips_qr.NotAnIpsQr": QT_TRANSLATE_NOOP(
        "errors", "This is not the code of a bill. Scan the square code beside “NBS IPS QR”."
    ),
    "app.domain.ips_qr.IpsQrFaulty": QT_TRANSLATE_NOOP(
        "errors", "The scanned code is damaged. Scan it again, or type the payment reference."
    ),
    "app.domain.money.NotMoney": QT_TRANSLATE_NOOP(
        "errors", "“{text}” is not an amount. Write it as 1.234,50 or 1234.5."
    ),
    "app.domain.payment_reference.NotAReference": QT_TRANSLATE_NOOP(
        "errors", "This is not a payment reference of model 97."
    ),
    "app.domain.payment_reference.ReferenceMistyped": QT_TRANSLATE_NOOP(
        "errors", "The control number of the payment reference does not fit: one digit at least was mistyped."
    ),
    "app.domain.payment_reference.ForeignReference": QT_TRANSLATE_NOOP(
        "errors", "The payment reference is good, but it is not one of ours."
    ),
    "app.domain.period.NotAPeriod": QT_TRANSLATE_NOOP(
        "errors", "“{text}” is not a billing month. Write it as 06/2026."
    ),
    "app.domain.personal_numbers.jmbg.NotAJmbg": QT_TRANSLATE_NOOP("errors", "A JMBG has thirteen digits."),
    "app.domain.personal_numbers.jmbg.JmbgDateImpossible": QT_TRANSLATE_NOOP(
        "errors", "The first seven digits of a JMBG are the date of birth; these are no date."
    ),
    "app.domain.personal_numbers.jmbg.JmbgMistyped": QT_TRANSLATE_NOOP(
        "errors", "The last digit of the JMBG does not fit: one digit at least was mistyped."
    ),
    "app.domain.personal_numbers.pib.NotAPib": QT_TRANSLATE_NOOP("errors", "A PIB has nine digits."),
    "app.domain.personal_numbers.pib.PibMistyped": QT_TRANSLATE_NOOP(
        "errors", "The last digit of the PIB does not fit: one digit at least was mistyped."
    ),
    "app.domain.personal_numbers.company_number.NotACompanyNumber": QT_TRANSLATE_NOOP(
        "errors", "A company number has eight digits."
    ),
    "app.usecases.staff.NotStaff": QT_TRANSLATE_NOOP(
        "errors",
        "The name and password are good, but this person does not serve at the desk. Ask an administrator.",
    ),
    "app.usecases.visits.TooFewClaims": QT_TRANSLATE_NOOP(
        "errors", "At least two data must be asked of the caller."
    ),
    "app.usecases.visits.NotServing": QT_TRANSLATE_NOOP("errors", "Your role does not serve customers."),
    "app.usecases.visits.AccountUnknown": QT_TRANSLATE_NOOP("errors", "There is no account of that number."),
    "app.usecases.visits.VisitNotOpen": QT_TRANSLATE_NOOP(
        "errors", "The account is no longer open. Open it again."
    ),
    "app.usecases.visits.TooManyAttempts": QT_TRANSLATE_NOOP(
        "errors", "The caller was asked too many times. Close the account and ask a supervisor."
    ),
    "app.usecases.visits.ClaimUnknown": QT_TRANSLATE_NOOP(
        "errors", "The customer has no such datum on file. Ask for another one."
    ),
    "app.usecases.visits.ReasonMissing": QT_TRANSLATE_NOOP(
        "errors", "Say why the personal number is needed; the reason is kept."
    ),
}
