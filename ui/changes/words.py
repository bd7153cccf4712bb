"""What the data of a form, its papers and its faults are called, in the language in force.

The words of kinds, states, channels and standings are in ``ui.words.states``.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.domain.changes import (
    ApplicantStanding,
    ChangeKind,
    Field,
    FieldType,
    IntakeChannel,
    PaperKind,
    declaration_of,
)
from app.domain.changes.problems import Problem, Rule
from app.domain.holders import HolderKind
from app.domain.premises import ChargingMethod, PremisesKind
from app.domain.subsidies import Category
from ui.words import states, text
from ui.words.marking import QT_TRANSLATE_NOOP

_CONTEXT = "changes"

_FIELDS = {
    "holder_kind": QT_TRANSLATE_NOOP("changes", "Kind of person"),
    "last_name": QT_TRANSLATE_NOOP("changes", "Last name"),
    "first_name": QT_TRANSLATE_NOOP("changes", "First name"),
    "jmbg": QT_TRANSLATE_NOOP("changes", "JMBG"),
    "business_name": QT_TRANSLATE_NOOP("changes", "Business name"),
    "pib": QT_TRANSLATE_NOOP("changes", "PIB"),
    "company_number": QT_TRANSLATE_NOOP("changes", "Company number"),
    "members": QT_TRANSLATE_NOOP("changes", "Household members"),
    "phone": QT_TRANSLATE_NOOP("changes", "Telephone"),
    "email": QT_TRANSLATE_NOOP("changes", "E-mail"),
    "charging_method": QT_TRANSLATE_NOOP("changes", "Charging method"),
    "ground": QT_TRANSLATE_NOOP("changes", "Why"),
    "street": QT_TRANSLATE_NOOP("changes", "Street"),
    "house_number": QT_TRANSLATE_NOOP("changes", "House number"),
    "entrance": QT_TRANSLATE_NOOP("changes", "Entrance"),
    "floor": QT_TRANSLATE_NOOP("changes", "Floor"),
    "door": QT_TRANSLATE_NOOP("changes", "Door"),
    "purpose": QT_TRANSLATE_NOOP("changes", "Purpose"),
    "area": QT_TRANSLATE_NOOP("changes", "Area"),
    "heated_area": QT_TRANSLATE_NOOP("changes", "Heated area"),
    "has_hot_water": QT_TRANSLATE_NOOP("changes", "Hot water"),
    "is_water_metered": QT_TRANSLATE_NOOP("changes", "Water meter of its own"),
    "has_waste": QT_TRANSLATE_NOOP("changes", "Waste is charged"),
    "closed_on": QT_TRANSLATE_NOOP("changes", "Use ended on"),
    "delivery_name": QT_TRANSLATE_NOOP("changes", "Deliver to (name)"),
    "delivery_address": QT_TRANSLATE_NOOP("changes", "Delivery address"),
    "by_email": QT_TRANSLATE_NOOP("changes", "Bills by e-mail"),
    "on_paper": QT_TRANSLATE_NOOP("changes", "Bills on paper"),
    "delivery_email": QT_TRANSLATE_NOOP("changes", "E-mail for bills"),
    "seat": QT_TRANSLATE_NOOP("changes", "Seat"),
    "category": QT_TRANSLATE_NOOP("changes", "Category"),
    "percent": QT_TRANSLATE_NOOP("changes", "Subsidy in %"),
    "decision": QT_TRANSLATE_NOOP("changes", "Number of the decision"),
    "granted_until": QT_TRANSLATE_NOOP("changes", "Granted until"),
    "channel": QT_TRANSLATE_NOOP("changes", "Came by"),
    "received_on": QT_TRANSLATE_NOOP("changes", "Received on"),
    "happened_on": QT_TRANSLATE_NOOP("changes", "Changed on"),
    "applicant_name": QT_TRANSLATE_NOOP("changes", "Applicant"),
    "applicant_standing": QT_TRANSLATE_NOOP("changes", "Applies as"),
    "applicant_id_card": QT_TRANSLATE_NOOP("changes", "Identity card no."),
    "applicant_phone": QT_TRANSLATE_NOOP("changes", "Applicant's telephone"),
    "applicant_email": QT_TRANSLATE_NOOP("changes", "Applicant's e-mail"),
    "basis_act": QT_TRANSLATE_NOOP("changes", "Act"),
    "basis_number": QT_TRANSLATE_NOOP("changes", "Number of the act"),
    "basis_date": QT_TRANSLATE_NOOP("changes", "Date of the act"),
    "basis_issuer": QT_TRANSLATE_NOOP("changes", "Issued by"),
    "note": QT_TRANSLATE_NOOP("changes", "Note"),
}

_ACTS = {
    "sale_contract": QT_TRANSLATE_NOOP("changes", "contract of sale"),
    "inheritance_ruling": QT_TRANSLATE_NOOP("changes", "ruling on inheritance"),
    "gift_contract": QT_TRANSLATE_NOOP("changes", "contract of gift"),
    "lifelong_support_contract": QT_TRANSLATE_NOOP("changes", "contract of lifelong support"),
    "other_title": QT_TRANSLATE_NOOP("changes", "another title"),
    "cadastre_extract": QT_TRANSLATE_NOOP("changes", "extract from the cadastre"),
    "contract": QT_TRANSLATE_NOOP("changes", "contract"),
    "occupancy_permit": QT_TRANSLATE_NOOP("changes", "occupancy permit"),
    "survey": QT_TRANSLATE_NOOP("changes", "surveyor's report"),
    "purpose_act": QT_TRANSLATE_NOOP("changes", "act on the change of purpose"),
}

_GROUNDS = {
    "business_space": QT_TRANSLATE_NOOP("changes", "turned into business premises"),
    "radiators_removed": QT_TRANSLATE_NOOP("changes", "radiators removed"),
    "heat_meter": QT_TRANSLATE_NOOP("changes", "heat meter"),
    "direct_payment": QT_TRANSLATE_NOOP("changes", "paid to the provider directly"),
    "empty_flat": QT_TRANSLATE_NOOP("changes", "empty flat"),
    "unused_house": QT_TRANSLATE_NOOP("changes", "unused house"),
    "direct_contract": QT_TRANSLATE_NOOP("changes", "contract with the provider"),
    "other": QT_TRANSLATE_NOOP("changes", "other"),
}

_CHOICES: Mapping[str, type[StrEnum]] = {
    "holder_kind": HolderKind,
    "charging_method": ChargingMethod,
    "purpose": PremisesKind,
    "category": Category,
}

_RULES = {
    Rule.MISSING: QT_TRANSLATE_NOOP("changes", "This is needed."),
    Rule.WRONG_CHECK_DIGIT: QT_TRANSLATE_NOOP(
        "changes", "The control digit does not fit: one digit at least was mistyped."
    ),
    Rule.IMPOSSIBLE_DATE: QT_TRANSLATE_NOOP(
        "changes", "The first seven digits are the date of birth; these are no date."
    ),
    Rule.NOT_BORN_YET: QT_TRANSLATE_NOOP(
        "changes", "The first seven digits are the date of birth; this one has not come yet."
    ),
    Rule.UNUSUAL: QT_TRANSLATE_NOOP("changes", "This is unusual. Look at the paper once more."),
    Rule.TOO_LONG: QT_TRANSLATE_NOOP("changes", "At most {most} characters."),
    Rule.TOO_SMALL: QT_TRANSLATE_NOOP("changes", "At least {least}."),
    Rule.TOO_BIG: QT_TRANSLATE_NOOP("changes", "At most {most}."),
    Rule.NOT_OFFERED: QT_TRANSLATE_NOOP("changes", "Choose one of those offered."),
    Rule.IN_THE_FUTURE: QT_TRANSLATE_NOOP("changes", "This day has not come yet."),
    Rule.ALREADY_PAST: QT_TRANSLATE_NOOP("changes", "This must be after {day}"),
    Rule.BEFORE_IT_HAPPENED: QT_TRANSLATE_NOOP("changes", "Received before it happened ({day})?"),
    Rule.LARGER_THAN_AREA: QT_TRANSLATE_NOOP("changes", "Not more than the whole area, {area} m²."),
    Rule.NO_WAY_OF_DELIVERY: QT_TRANSLATE_NOOP("changes", "The bills must go out in some way."),
    Rule.NOTHING_CHANGED: QT_TRANSLATE_NOOP("changes", "Nothing is changed: all is as it was on file."),
}

_UNREADABLE = {
    FieldType.JMBG: QT_TRANSLATE_NOOP("changes", "A JMBG has thirteen digits."),
    FieldType.PIB: QT_TRANSLATE_NOOP("changes", "A PIB has nine digits."),
    FieldType.COMPANY_NUMBER: QT_TRANSLATE_NOOP("changes", "A company number has eight digits."),
    FieldType.PHONE: QT_TRANSLATE_NOOP(
        "changes", "This is not a telephone number. Write it as 064 123 4567."
    ),
    FieldType.EMAIL: QT_TRANSLATE_NOOP("changes", "This is not an e-mail address."),
    FieldType.AREA: QT_TRANSLATE_NOOP("changes", "This is not an area. Write it as 54 or 54,5."),
    FieldType.COUNT: QT_TRANSLATE_NOOP("changes", "This is not a number."),
    FieldType.PERCENT: QT_TRANSLATE_NOOP("changes", "This is not a percentage. Write it as 20."),
    FieldType.DATE: QT_TRANSLATE_NOOP("changes", "This is not a day. Try 15, 15.3, +7 or t for today."),
}


def _said(source: str) -> str:
    return QCoreApplication.translate(_CONTEXT, source)


def kind_word(kind: ChangeKind) -> str:
    """Return what a kind of change is called, as a heading."""
    return capital(states.word(kind))


def field_word(name: str) -> str:
    """Return the label of a datum; one that nobody has named is shown by its name."""
    source = _FIELDS.get(name)
    return _said(source) if source is not None else name


def paper_word(kind: PaperKind) -> str:
    """Return what a paper is called."""
    return states.word(kind)


def act_word(act: str) -> str:
    """Return what an act is called: one of a list, a kind of paper, or what somebody wrote."""
    if act in _ACTS:
        return _said(_ACTS[act])
    if act in set(PaperKind):
        return paper_word(PaperKind(act))
    return act


def choice_word(name: str, value: str) -> str:
    """Return the word of a value that is chosen from a list, by the field it is chosen in."""
    if name in _CHOICES:
        try:
            return states.word(_CHOICES[name](value))
        except ValueError:
            return value
    if name == "ground" and value in _GROUNDS:
        return _said(_GROUNDS[value])
    return value


def value_word(field: Field, value: object) -> str:
    """Return a value as a person reads it; a dash for none."""
    if value is None or value == "":
        return text.DASH
    written = str(value)
    match field.type:
        case FieldType.FLAG:
            return text.yes_no(written.lower() in {"true", "1"})
        case FieldType.CHOICE:
            return choice_word(field.name, written)
        case FieldType.DATE:
            day = read_day(written)
            return text.day(day) if day is not None else written
        case FieldType.AREA:
            number = _number(written)
            return f"{text.quantity(number)} m²" if number is not None else written
        case FieldType.PERCENT:
            number = _number(written)
            return text.percent(number) if number is not None else written
    return written


def value_of(kind: ChangeKind, name: str, value: object) -> str:
    """Return a value of a kind's field as a person reads it; fixed columns included."""
    try:
        return value_word(declaration_of(kind).field(name), value)
    except KeyError:
        if isinstance(value, bool):
            return text.yes_no(value)
        number = _number(str(value)) if name in ("heated_area", "area") else None
        if number is not None:
            return f"{text.quantity(number)} m²"
        return text.DASH if value in (None, "") else str(value)


def stored_word(kind: ChangeKind, name: str, value: object) -> str:
    """Return a stored datum of a request as a person reads it, of the kind or of its filing."""
    written = "" if value is None else str(value)
    if name in ("channel", "applicant_standing"):
        known: type[StrEnum] = IntakeChannel if name == "channel" else ApplicantStanding
        return states.word(known(written)) if written in set(known) else written
    if name == "basis_act":
        return act_word(written) or text.DASH
    if name in ("received_on", "happened_on", "basis_date"):
        day = read_day(written)
        return text.day(day)
    return value_of(kind, name, value)


def problem_sentence(problem: Problem, field: Field | None = None) -> str:
    """Say what is wrong with a field, to stand beside it."""
    if problem.rule is Rule.UNREADABLE:
        source = _UNREADABLE.get(field.type) if field is not None else None
        return _said(source) if source else _said(QT_TRANSLATE_NOOP("changes", "This cannot be read."))
    facts = {name: _fact(name, value) for name, value in problem.facts.items()}
    try:
        return _said(_RULES[problem.rule]).format(**facts)
    except KeyError:
        return _said(QT_TRANSLATE_NOOP("changes", "This cannot be so. Check it once more."))


def capital(words: str) -> str:
    """Return words with their first letter large, as they begin a line."""
    return words[:1].upper() + words[1:]


def _fact(name: str, value: str) -> str:
    if name == "day":
        day = read_day(value)
        return text.day(day) if day is not None else value
    number = _number(value)
    return text.quantity(number) if number is not None else value


def read_day(written: str) -> date | None:
    """Return a stored day, or None for what is none."""
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _number(written: str) -> Decimal | None:
    try:
        return Decimal(written)
    except InvalidOperation:
        return None
