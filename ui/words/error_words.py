"""The sentences of every error, kept by the name of its class, and the facts they repeat.

Kept by name, so that naming an error here imports neither the database nor the
documents.  A test looks for errors without a sentence and for sentences without
an error.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ui.words import change_error_words, plan_error_words, text


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


def _ident(error: Any) -> dict[str, str]:
    return {"ident": text.ident(error.ident)}


def _bill(error: Any) -> dict[str, str]:
    return {"ident": text.ident(error.ident), "period": text.period(error.period)}


def _unreachable(error: Any) -> dict[str, str]:
    return {
        "host": str(error.host),
        "why": QCoreApplication.translate("errors", _WHY_UNREACHABLE.get(error.reason, "")),
    }


def _uncertain(error: Any) -> dict[str, str]:
    why = _WHY_UNCERTAIN.get(error.reason, "")
    return {"host": str(error.host), "why": QCoreApplication.translate("errors", why)}


def _versions(error: Any) -> dict[str, str]:
    return {"server": str(error.server or "–"), "client": str(error.client)}


def _login(error: Any) -> dict[str, str]:
    return {"login": str(error.login)}


def _code(error: Any) -> dict[str, str]:
    return {"code": str(error.code)}


def _least(error: Any) -> dict[str, str]:
    return {"smallest": text.money(error.smallest), "least": text.money(error.least)}


def _most(error: Any) -> dict[str, str]:
    return {"most": str(error.most)}


def _counts(error: Any) -> dict[str, str]:
    return {"counts": ", ".join(str(count) for count in error.counts)}


def _cluster(error: Any) -> dict[str, str]:
    return {"found": str(error.found), "available": ", ".join(str(one) for one in error.available)}


def _program(error: Any) -> dict[str, str]:
    return {"program": str(error.program)}


_WHY_UNREACHABLE = {
    "refused": QT_TRANSLATE_NOOP("errors", "Nothing answers at that address."),
    "timeout": QT_TRANSLATE_NOOP("errors", "It did not answer in time."),
    "unknown_name": QT_TRANSLATE_NOOP("errors", "There is no server of that name."),
    "hung_up": QT_TRANSLATE_NOOP("errors", "It hung up."),
    "read_only": QT_TRANSLATE_NOOP("errors", "Only a stand-by server answers."),
    "3D000": QT_TRANSLATE_NOOP("errors", "It has no such database."),
    "53300": QT_TRANSLATE_NOOP("errors", "It has too many connections at the moment."),
    "57P03": QT_TRANSLATE_NOOP("errors", "It is just starting up."),
}
_WHY_UNCERTAIN = {
    "untrusted": QT_TRANSLATE_NOOP("errors", "Its certificate was issued by nobody we trust."),
    "expired": QT_TRANSLATE_NOOP("errors", "Its certificate has expired."),
    "not_yet_valid": QT_TRANSLATE_NOOP(
        "errors", "Its certificate is not valid yet; check this computer's clock."
    ),
    "revoked": QT_TRANSLATE_NOOP("errors", "Its certificate was revoked."),
    "other_name": QT_TRANSLATE_NOOP("errors", "Its certificate belongs to another server."),
    "not_offered": QT_TRANSLATE_NOOP("errors", "It offers no protected connection."),
    "no_root_certificate": QT_TRANSLATE_NOOP(
        "errors", "The root certificate of the profile is not on this computer."
    ),
}

FACTS: dict[str, Callable[[Any], dict[str, str]]] = {
    "app.domain.account_number.NotAnIdent": _typed,
    "app.domain.bank_account.NotABankAccount": _typed,
    "app.domain.money.NotMoney": _typed,
    "app.domain.period.NotAPeriod": _typed,
    "app.domain.interest.RateUnknown": _day,
    "app.domain.errors.Conflict": _changed,
    "db.errors.RuleBroken": _rule,
    "db.errors.NotOnFile": _rule,
    "db.errors.ValueNotAllowed": _rule,
    "app.domain.contacts.NotAPhone": _typed,
    "app.domain.contacts.NotAnEmail": _typed,
    "app.domain.enforcement.NotACaseNumber": _typed,
    "app.domain.plans.schedules.InstalmentTooSmall": _least,
    "app.domain.plans.offers.TooManyInstalments": _most,
    "app.domain.plans.offers.CountNotOffered": _counts,
    "app.usecases.accounts.NoSuchAccount": _ident,
    "app.usecases.bills.reading.NoSuchBill": _bill,
    "db.connecting.NotStaff": _login,
    "db.staff.BranchUnknown": _code,
    "db.staff.LoginOfTheServer": _login,
    "db.staff.LoginTaken": _login,
    "db.staff.LoginUnknown": _login,
    "db.connecting.OutdatedClient": _versions,
    "db.connecting.OutdatedSchema": _versions,
    "db.connecting.ServerUnreachable": _unreachable,
    "db.connecting.WrongCertificate": _uncertain,
    "db.embedded.errors.ClusterOfAnotherVersion": _cluster,
    "db.embedded.errors.ServerDidNotStart": _program,
    **change_error_words.FACTS,
    **plan_error_words.FACTS,
}

SENTENCES: dict[str, str] = {
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
    "db.errors.PasswordRefused": QT_TRANSLATE_NOOP(
        "errors",
        "Your password was changed, so the server does not let this desk in any more. "
        "What is on the screen stays readable; sign in again with the new one.",
    ),
    "db.errors.NotDone": QT_TRANSLATE_NOOP(
        "errors", "It was not saved: the line was lost before that. It can safely be sent again."
    ),
    "db.errors.RuleBroken": QT_TRANSLATE_NOOP(
        "errors", "The database does not allow this (rule {rule}). Check what was entered."
    ),
    "db.errors.NotOnFile": QT_TRANSLATE_NOOP(
        "errors", "This belongs to something that is not on file any more (rule {rule}). Open it again."
    ),
    "db.errors.ValueNotAllowed": QT_TRANSLATE_NOOP(
        "errors", "One of the values is not allowed here (rule {rule}). Check what was entered."
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
    "app.documents.scan.UnreadableDocument": QT_TRANSLATE_NOOP(
        "errors", "The file could not be read. Use a PDF or a picture (PNG, JPEG) of a bill."
    ),
    "app.domain.contacts.NotAPhone": QT_TRANSLATE_NOOP(
        "errors", "“{text}” is not a telephone number. Write it as 064 123 4567 or +381 64 123 4567."
    ),
    "app.domain.contacts.NotAnEmail": QT_TRANSLATE_NOOP("errors", "“{text}” is not an e-mail address."),
    "app.domain.delivery.NoWayOfDelivery": QT_TRANSLATE_NOOP(
        "errors", "A bill must arrive somehow: switch e-mail on before switching paper off."
    ),
    "app.domain.enforcement.NotACaseNumber": QT_TRANSLATE_NOOP(
        "errors", "“{text}” is not a case number. Write it as I.Iv 1234/2025."
    ),
    "app.domain.plans.schedules.InstalmentTooSmall": QT_TRANSLATE_NOOP(
        "errors", "An instalment would be {smallest}; the least allowed is {least}. Take fewer instalments."
    ),
    "app.domain.plans.offers.NothingToRepay": QT_TRANSLATE_NOOP(
        "errors", "There is nothing to repay: choose at least one month with a debt."
    ),
    "app.domain.plans.offers.TooManyInstalments": QT_TRANSLATE_NOOP(
        "errors", "A debt of this size may be split into {most} instalments at most."
    ),
    "app.domain.plans.offers.CountNotOffered": QT_TRANSLATE_NOOP(
        "errors", "The programme offers {counts} instalments only."
    ),
    "app.domain.plans.programmes.TermsFaulty": QT_TRANSLATE_NOOP(
        "errors", "The terms of the programme contradict themselves. Check the marked term."
    ),
    "app.usecases.accounts.NoSuchAccount": QT_TRANSLATE_NOOP("errors", "There is no account {ident}."),
    "app.usecases.bills.copying.IssuerUnknown": QT_TRANSLATE_NOOP(
        "errors", "It is not set who issues the bills and where they are paid. An administrator must set it."
    ),
    "app.usecases.bills.copying.NoSuchReissue": QT_TRANSLATE_NOOP(
        "errors", "The register has no such copy of this bill."
    ),
    "app.usecases.bills.reading.NoSuchBill": QT_TRANSLATE_NOOP(
        "errors", "Account {ident} has no bill for {period}."
    ),
    "app.usecases.delivery.DeliveryUnknown": QT_TRANSLATE_NOOP(
        "errors", "How this customer gets bills is not on file. Open the account again."
    ),
    "app.usecases.delivery.EmailWithoutConsent": QT_TRANSLATE_NOOP(
        "errors", "Bills go by e-mail only to an address, and with the customer's consent."
    ),
    "app.usecases.delivery.NoWayLeft": QT_TRANSLATE_NOOP(
        "errors", "A bill must arrive somehow: switch e-mail on before switching paper off."
    ),
    "app.usecases.notes.NoteEmpty": QT_TRANSLATE_NOOP("errors", "The note is empty. Write what was said."),
    "app.usecases.notes.NoteRefused": QT_TRANSLATE_NOOP("errors", "A note has 1 to 4.000 characters."),
    "app.usecases.notes.NoteTooLong": QT_TRANSLATE_NOOP(
        "errors", "The note is too long. It may have 4.000 characters."
    ),
    "app.usecases.payments.AllocationExceedsPayment": QT_TRANSLATE_NOOP(
        "errors", "More was set against the debts than the payment brought."
    ),
    "app.usecases.payments.AllocationWithoutTarget": QT_TRANSLATE_NOOP(
        "errors",
        "There is no such bill, instalment or case to set money against. Open the account again.",
    ),
    "app.usecases.payments.NotAnAmount": QT_TRANSLATE_NOOP("errors", "That is no amount of money."),
    "app.usecases.reissues.NoteMissing": QT_TRANSLATE_NOOP(
        "errors", "Write down the other reason; it is kept in the register."
    ),
    "app.usecases.reissues.ReasonNeedsNote": QT_TRANSLATE_NOOP(
        "errors", "Write down the other reason; it is kept in the register."
    ),
    "app.usecases.scanning.NoPaymentCode": QT_TRANSLATE_NOOP(
        "errors", "There is no payment code in this file. Scan the bill again, or type its payment reference."
    ),
    "db.connecting.NotStaff": QT_TRANSLATE_NOOP(
        "errors",
        "The server knows the name {login}, but nobody of that name works at the desk. Ask an administrator.",
    ),
    "db.connecting.OutdatedClient": QT_TRANSLATE_NOOP(
        "errors", "This program is older than the database ({client} before {server}). Update the program."
    ),
    "db.connecting.OutdatedSchema": QT_TRANSLATE_NOOP(
        "errors",
        "The database is older than this program ({server} before {client}). "
        "An administrator must run: salter-db upgrade.",
    ),
    "db.connecting.ServerUnreachable": QT_TRANSLATE_NOOP(
        "errors", "The server {host} cannot be reached. {why} Check the network, then try again."
    ),
    "db.connecting.WrongCertificate": QT_TRANSLATE_NOOP(
        "errors",
        "The server {host} cannot prove that it is the right one, so no password was sent. {why} "
        "Tell an administrator.",
    ),
    "db.connecting.WrongPassword": QT_TRANSLATE_NOOP("errors", "The user name or the password is wrong."),
    "db.embedded.errors.EmbeddedServerError": QT_TRANSLATE_NOOP(
        "errors", "The database of this computer cannot be started."
    ),
    "db.embedded.errors.ClusterOfAnotherVersion": QT_TRANSLATE_NOOP(
        "errors", "The data on this computer were made by PostgreSQL {found}; installed is {available}."
    ),
    "db.embedded.errors.NoPlainUser": QT_TRANSLATE_NOOP(
        "errors",
        "The database does not run with an administrator's rights. Start the program as an ordinary user.",
    ),
    "db.embedded.errors.NoPostgresPrograms": QT_TRANSLATE_NOOP(
        "errors", "PostgreSQL was not found on this computer. Install the program again."
    ),
    "db.embedded.errors.ServerDidNotStart": QT_TRANSLATE_NOOP(
        "errors", "The database of this computer did not start ({program} failed). Details are in the log."
    ),
    "db.profiles.UnreadableProfile": QT_TRANSLATE_NOOP(
        "errors", "The address of the server cannot be read. Check the server profile."
    ),
    "db.staff.BranchUnknown": QT_TRANSLATE_NOOP("errors", "There is no branch with the code {code}."),
    "db.staff.LoginOfTheServer": QT_TRANSLATE_NOOP(
        "errors", "The name {login} belongs to the server itself. Choose another one."
    ),
    "db.staff.LoginTaken": QT_TRANSLATE_NOOP(
        "errors", "Somebody works, or worked, under the name {login}. Choose another one."
    ),
    "db.staff.LoginUnknown": QT_TRANSLATE_NOOP("errors", "Nobody works under the name {login}."),
    "db.staff.PasswordEmpty": QT_TRANSLATE_NOOP("errors", "The password is empty."),
    "db.refusals.AlreadyThere": QT_TRANSLATE_NOOP(
        "errors", "It exists already. Choose another name or code."
    ),
    "db.refusals.BrokenChain": QT_TRANSLATE_NOOP(
        "errors", "The log was written to by somebody else at the same moment. Try again."
    ),
    "db.refusals.ClaimedInAnotherCase": QT_TRANSLATE_NOOP(
        "errors", "The bill is in another enforcement case already."
    ),
    "db.refusals.MustBeRecorded": QT_TRANSLATE_NOOP(
        "errors", "Looking this up must be recorded first. Open the account again."
    ),
    "db.refusals.PaymentAlreadyEntered": QT_TRANSLATE_NOOP("errors", "This payment was entered already."),
    "db.refusals.PlanInForce": QT_TRANSLATE_NOOP(
        "errors", "The account has a payment plan in force. A new one has to wait for its end."
    ),
    "db.refusals.RowImmutable": QT_TRANSLATE_NOOP(
        "errors", "What was issued or logged is never changed. Make a correction instead."
    ),
    "db.refusals.ValidityOverlaps": QT_TRANSLATE_NOOP(
        "errors", "Two entries would be in force on the same day. Check the dates."
    ),
    "db.refusals.VisitAlreadyOpen": QT_TRANSLATE_NOOP("errors", "You have this account open already."),
    **change_error_words.SENTENCES,
    **plan_error_words.SENTENCES,
}
