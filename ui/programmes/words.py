"""The words of the terms of a programme: what a field is called, and why it cannot stay as it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.plans import FirstDue, InterestRelief, Payer, Terms, VersionState
from app.usecases.plans import EditedVersion
from app.usecases.staff import Role
from ui.programmes.typed import FLAGS, GRIDS, PAYERS, FieldFault, last_day
from ui.words import states, text
from ui.words.marking import QT_TRANSLATE_NOOP
from ui.words.tones import Tone

_NAMES = {
    "code": QT_TRANSLATE_NOOP("programmes", "Code"),
    "name": QT_TRANSLATE_NOOP("programmes", "Name"),
    "decision": QT_TRANSLATE_NOOP("programmes", "Decision: number and date"),
    "legal_basis": QT_TRANSLATE_NOOP("programmes", "Legal basis"),
    "valid_from": QT_TRANSLATE_NOOP("programmes", "In force from"),
    "last_day": QT_TRANSLATE_NOOP("programmes", "Last day"),
    "note": QT_TRANSLATE_NOOP("programmes", "Note"),
    "ladder": QT_TRANSLATE_NOOP("programmes", "Instalments and percent off the principal"),
    "sizes": QT_TRANSLATE_NOOP("programmes", "Most instalments by the size of the debt"),
    "due_until": QT_TRANSLATE_NOOP("programmes", "Debts due by"),
    "takes_unsued": QT_TRANSLATE_NOOP("programmes", "Takes unsued debt"),
    "takes_sued": QT_TRANSLATE_NOOP("programmes", "Takes sued debt"),
    "up_to_last_sued": QT_TRANSLATE_NOOP("programmes", "Only up to the last sued month"),
    "least_unsued_bills": QT_TRANSLATE_NOOP("programmes", "Least unpaid bills, if unsued"),
    "interest": QT_TRANSLATE_NOOP("programmes", "Interest"),
    "least_instalment": QT_TRANSLATE_NOOP("programmes", "Least instalment"),
    "down_payment_percent": QT_TRANSLATE_NOOP("programmes", "Down payment in %"),
    "first_due": QT_TRANSLATE_NOOP("programmes", "First instalment due"),
    "first_due_days": QT_TRANSLATE_NOOP("programmes", "Days after signing"),
    "takes_other_counts": QT_TRANSLATE_NOOP("programmes", "Numbers between the steps may be agreed"),
    "is_certified": QT_TRANSLATE_NOOP("programmes", "Signature certified by a notary"),
    "missed_instalments": QT_TRANSLATE_NOOP("programmes", "Instalments missed in a row"),
    "unpaid_bills": QT_TRANSLATE_NOOP("programmes", "Current bills unpaid"),
    "days_of_grace": QT_TRANSLATE_NOOP("programmes", "Days of grace"),
    "may_replan": QT_TRANSLATE_NOOP("programmes", "Who broke a plan may sign another"),
    "most_desk_clerk": QT_TRANSLATE_NOOP("programmes", "A clerk signs up to"),
    "most_desk_supervisor": QT_TRANSLATE_NOOP("programmes", "A supervisor signs up to"),
    "unconfirmed": QT_TRANSLATE_NOOP("programmes", "Not confirmed by a published source"),
}

_PAYERS = {
    Payer.ORDINARY: QT_TRANSLATE_NOOP("programmes", "Ordinary"),
    Payer.PENSIONER: QT_TRANSLATE_NOOP("programmes", "Pensioner"),
    Payer.SOCIAL_BENEFIT: QT_TRANSLATE_NOOP("programmes", "Social benefit"),
    Payer.FORMER_ENTREPRENEUR: QT_TRANSLATE_NOOP("programmes", "Former entrepreneur"),
    Payer.COMPANY: QT_TRANSLATE_NOOP("programmes", "Company"),
}

_TERMS = {
    "steps": QT_TRANSLATE_NOOP("programmes", "instalments and discounts"),
    "size_rules": QT_TRANSLATE_NOOP("programmes", "most instalments by size"),
    "payers": QT_TRANSLATE_NOOP("programmes", "for whom it is"),
    "debts": QT_TRANSLATE_NOOP("programmes", "which debts"),
    "due_until": QT_TRANSLATE_NOOP("programmes", "debts due by"),
    "interest": QT_TRANSLATE_NOOP("programmes", "interest"),
    "least_instalment": QT_TRANSLATE_NOOP("programmes", "least instalment"),
    "down_payment_percent": QT_TRANSLATE_NOOP("programmes", "down payment"),
    "first_due": QT_TRANSLATE_NOOP("programmes", "first instalment"),
    "is_certified": QT_TRANSLATE_NOOP("programmes", "certified signature"),
    "takes_other_counts": QT_TRANSLATE_NOOP("programmes", "numbers between the steps"),
    "breach": QT_TRANSLATE_NOOP("programmes", "when it is broken"),
    "may_replan": QT_TRANSLATE_NOOP("programmes", "another plan"),
    "most_payable": QT_TRANSLATE_NOOP("programmes", "limits by role"),
    "valid_from": QT_TRANSLATE_NOOP("programmes", "in force from"),
    "decision": QT_TRANSLATE_NOOP("programmes", "decision"),
}
"""What a published source may have left open."""

TERMS = tuple(_TERMS)

_FAULTS = {
    FieldFault.NEEDED: QT_TRANSLATE_NOOP("programmes", "This is needed."),
    FieldFault.NO_DAY: QT_TRANSLATE_NOOP("programmes", "This is not a day. Try 15, 15.3, +7 or t for today."),
    FieldFault.NO_NUMBER: QT_TRANSLATE_NOOP("programmes", "Write a whole number."),
    FieldFault.NO_AMOUNT: QT_TRANSLATE_NOOP(
        "programmes", "This is not an amount. Write it as 1.234,50 or 1234.5."
    ),
    FieldFault.NO_PERCENT: QT_TRANSLATE_NOOP("programmes", "Write a percentage, such as 12 or 7,5."),
    FieldFault.ENDS_BEFORE: QT_TRANSLATE_NOOP("programmes", "It would end before it begins."),
}

_CANNOT_BE = {
    "ladder": QT_TRANSLATE_NOOP(
        "programmes",
        "At least one step; each from 1 to 99 instalments, once for each payer, and from 0 to 100 % off.",
    ),
    "sizes": QT_TRANSLATE_NOOP("programmes", "Sizes are above zero, and at least one instalment is allowed."),
    "takes_unsued": QT_TRANSLATE_NOOP("programmes", "Either unsued debt is taken in, or sued, or both."),
    "least_instalment": QT_TRANSLATE_NOOP("programmes", "It cannot be below zero."),
    "down_payment_percent": QT_TRANSLATE_NOOP("programmes", "From 0 to less than 100 %."),
    "first_due_days": QT_TRANSLATE_NOOP("programmes", "From 0 to 366 days."),
    "missed_instalments": QT_TRANSLATE_NOOP(
        "programmes", "Up to 99 instalments or bills, and up to 366 days; 0 turns a rule off."
    ),
    "legal_basis": QT_TRANSLATE_NOOP("programmes", "Nothing is published without its legal basis."),
}
_GRID_FAULTS = {
    ("ladder", FieldFault.NO_PERCENT): QT_TRANSLATE_NOOP(
        "programmes", "A row is a number of instalments and percentages: 12 and, under a payer, 5 or 7,5."
    ),
    ("sizes", FieldFault.NO_AMOUNT): QT_TRANSLATE_NOOP(
        "programmes",
        "A row is an amount of debt and numbers of instalments: 30.000,00 and, under a payer, 12.",
    ),
}

_LOADER = "codebook"
"""Who published what every installation begins with."""


def _tr(source: str) -> str:
    return QCoreApplication.translate("programmes", source)


def name_of(field: str) -> str:
    """Return what a field of the form is called."""
    return _tr(_NAMES[field])


def term_word(term: str) -> str:
    """Return what a term is called among those that are not confirmed; its own name for one unknown."""
    return _tr(_TERMS[term]) if term in _TERMS else term


def fault_words(field: str, fault: FieldFault) -> str:
    """Say why a field cannot stay as it is."""
    if (field, fault) in _GRID_FAULTS:
        return _tr(_GRID_FAULTS[field, fault])
    if fault is FieldFault.CANNOT_BE:
        return _tr(_CANNOT_BE.get(field, QT_TRANSLATE_NOOP("programmes", "This cannot be so.")))
    return _tr(_FAULTS[fault])


def value_words(field: str, value: Any) -> str:
    """Say in one line what stands in a field, to compare it with what another wrote."""
    if field in FLAGS:
        return text.yes_no(bool(value))
    if field in GRIDS:
        return "; ".join(_row_words(row) for row in value) or text.DASH
    if field == "unconfirmed":
        return ", ".join(term_word(term) for term in value) or text.DASH
    if field == "interest":
        return states.word(InterestRelief(value))
    if field == "first_due":
        return states.word(FirstDue(value))
    return str(value) or text.DASH


def _row_words(row: list[str]) -> str:
    key, *cells = row
    said = [f"{states.word(payer)} {cell}" for payer, cell in zip(PAYERS, cells, strict=True) if cell]
    return f"{key or text.DASH}: {', '.join(said)}"


def payer_title(payer: Payer) -> str:
    """Return a payer as the title of a column, where there is no room for all of the word."""
    return _tr(_PAYERS[payer])


def validity(valid_from: date, valid_to: date | None) -> str:
    """Return from when to when plans may be signed, both days included."""
    ends = last_day(valid_to)
    if ends is None:
        return _tr(QT_TRANSLATE_NOOP("programmes", "from {0}")).format(text.day(valid_from))
    return f"{text.day(valid_from)} – {text.day(ends)}"


def version_title(version: EditedVersion) -> str:
    """Return the name of a programme with the number of its version."""
    it = version.programme
    return title_of(text.listed(it.name), it.version)


def title_of(name: str, version: int) -> str:
    """Return a name as it is read with the number of a version."""
    return _tr(QT_TRANSLATE_NOOP("programmes", "{0}, version {1}")).format(name, version)


def standing(version: EditedVersion, *, today: date) -> tuple[str, Tone]:
    """Say whether plans may be signed under a version today, and how that looks."""
    it = version.programme
    if version.state is not VersionState.PUBLISHED:
        return states.word(version.state), states.tone(version.state)
    if today < it.valid_from:
        return _tr(QT_TRANSLATE_NOOP("programmes", "upcoming")), Tone.INFO
    if it.valid_to is not None and today >= it.valid_to:
        return _tr(QT_TRANSLATE_NOOP("programmes", "over")), Tone.NEUTRAL
    return _tr(QT_TRANSLATE_NOOP("programmes", "in force")), Tone.GOOD


def author(version: EditedVersion) -> str:
    """Say who drafted a version, and who published it and when."""
    if version.state is VersionState.DRAFT:
        said = QT_TRANSLATE_NOOP("programmes", "drafted by {0} on {1}")
        return _tr(said).format(version.created_by, text.moment(version.created_at))
    if version.state is VersionState.WITHDRAWN:
        said = QT_TRANSLATE_NOOP("programmes", "withdrawn by {0} on {1}: {2}")
        moment = text.moment(version.withdrawn_at)
        return _tr(said).format(version.withdrawn_by, moment, version.withdrawal_reason)
    if version.published_by in ("", _LOADER):
        said = QT_TRANSLATE_NOOP("programmes", "came with the program")
        return _tr(said)
    said = QT_TRANSLATE_NOOP("programmes", "published by {0} on {1}")
    return _tr(said).format(version.published_by, text.moment(version.published_at))


def first_due_words(terms: Terms) -> str:
    """Say when the first instalment falls due."""
    if terms.first_due is FirstDue.END_OF_NEXT_MONTH:
        return states.word(terms.first_due)
    return QCoreApplication.translate("programmes", "%n day(s) after signing", "", terms.first_due_days)


def limits_words(most_payable: Mapping[str, Any]) -> str:
    """Say up to which sum each role signs."""
    said = [
        f"{states.word(Role(role))} {text.money(most)}"
        for role, most in sorted(most_payable.items())
        if role in {one.value for one in Role}
    ]
    return ", ".join(said) or _tr(QT_TRANSLATE_NOOP("programmes", "no limit"))
