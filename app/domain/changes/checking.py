"""Whether what was typed into a form can be: each field by its type, and what fields say together.

Typed values are read generously ("54,5 m²", "1.7.2026.") and stored in one form
(``canonical``); what cannot be read is kept as typed, so that a draft loses
nothing.  A problem names its field and carries facts, never prose.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as kept_in
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.changes.asking import Value, asked_fields, circumstances, must_be_filled
from app.domain.changes.declaring import Declaration, Field, FieldType
from app.domain.contacts import NotAnEmail, NotAPhone, normalize_email, normalize_phone
from app.domain.holders import HolderKind
from app.domain.money import PARA
from app.domain.period import Period
from app.domain.personal_numbers import company_number, jmbg, pib
from app.domain.spelling import repaired

_SPACES = re.compile(r"\s+")
_DECIMAL = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?")
_UNIT = re.compile(r"\s*(?:m2|m²|%)$", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_WRITTEN_DAY = re.compile(r"(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{4})\.?", re.ASCII)
_MASKED = re.compile(r"\d{4}•{5}\d{4}", re.ASCII)
_STREET_ID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_YES = frozenset({"true", "yes", "da", "1", "on", "x"})
_NO = frozenset({"false", "no", "ne", "0", "off", ""})


class Rule(StrEnum):
    """What can be wrong with a field, or with the whole form."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    """Not of the field's type: no date, no number, no e-mail address."""
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    IMPOSSIBLE_DATE = "impossible_date"
    """A JMBG whose first seven digits are no date."""
    NOT_BORN_YET = "not_born_yet"
    UNUSUAL = "unusual"
    """Worth a second look, but accepted: a company number against the customary check digit."""
    TOO_LONG = "too_long"
    TOO_SMALL = "too_small"
    TOO_BIG = "too_big"
    NOT_OFFERED = "not_offered"
    IN_THE_FUTURE = "in_the_future"
    ALREADY_PAST = "already_past"
    BEFORE_IT_HAPPENED = "before_it_happened"
    LARGER_THAN_AREA = "larger_than_area"
    NO_WAY_OF_DELIVERY = "no_way_of_delivery"
    NOTHING_CHANGED = "nothing_changed"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with ``field`` (empty: with the whole form), with the facts to say so.

    Facts: ``most`` or ``least`` of bounds, ``day`` of a date, ``area`` of the premises.
    """

    field: str
    rule: Rule
    facts: Mapping[str, str] = kept_in(default_factory=dict)

    @property
    def is_warning(self) -> bool:
        """True for what only deserves a second look."""
        return self.rule is Rule.UNUSUAL


class _Wrong(Exception):
    def __init__(self, rule: Rule, facts: Mapping[str, str] | None = None) -> None:
        super().__init__(rule)
        self.rule = rule
        self.facts = facts or {}


def clean(text: str) -> str:
    """Make one line of a text: scanned or pasted line breaks and control characters become blanks.

    >>> clean(" Marko \\r\\n Petrović\\x00 ")
    'Marko Petrović'
    """
    kept = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()


_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})


def canonical(declaration: Declaration, values: Mapping[str, object]) -> dict[str, Value]:
    """Return the values as they are stored; unknown fields are left out, unreadable ones kept as typed."""
    return {one.name: _canonical(one, values[one.name]) for one in declaration.fields if one.name in values}


def readable(declaration: Declaration, values: Mapping[str, object]) -> dict[str, Value]:
    """Return the values that are of their field's type, as they are stored; the others are left out."""
    found: dict[str, Value] = {}
    for one in declaration.fields:
        value = values.get(one.name)
        if _is_empty(value):
            continue
        try:
            found[one.name] = _read(one, value)
        except _Wrong:
            continue
    return found


def check(
    declaration: Declaration,
    values: Mapping[str, object],
    *,
    holder_kind: HolderKind,
    by_members: bool,
    current: Mapping[str, object],
    today: date,
    area: Decimal | None = None,
    applies_from: Period | None = None,
) -> tuple[Problem, ...]:
    """List what is wrong with the values of a form, in the order of its fields.

    ``current`` are the values on file by field; ``area`` is the area of the
    premises for a kind that does not ask for it, ``applies_from`` the month a
    change would count from.
    """
    around = circumstances(declaration, values, holder_kind=holder_kind, by_members=by_members)
    shown = asked_fields(declaration, around)
    found = [problem for one in shown for problem in _problems_of(one, values.get(one.name), current, today)]
    if not [problem for problem in found if not problem.is_warning]:
        stored = canonical(declaration, values)
        together = tuple(_together(declaration, stored, area=area, today=today, applies_from=applies_from))
        found += together
        if not together and not _is_changed(declaration, shown, stored, current):
            found.append(Problem("", Rule.NOTHING_CHANGED))
    return tuple(found)


def check_days(*, happened_on: date | None, received_on: date | None, today: date) -> tuple[Problem, ...]:
    """List what is wrong with the days of a request: neither may lie ahead, receipt not before the change."""
    found = []
    for name, day in (("happened_on", happened_on), ("received_on", received_on)):
        if day is None:
            found.append(Problem(name, Rule.MISSING))
        elif day > today:
            found.append(Problem(name, Rule.IN_THE_FUTURE, {"day": day.isoformat()}))
    if not found and happened_on is not None and received_on is not None and received_on < happened_on:
        found.append(Problem("received_on", Rule.BEFORE_IT_HAPPENED, {"day": happened_on.isoformat()}))
    return tuple(found)


# -- one field ---------------------------------------------------------------------------------------


def _problems_of(one: Field, value: object, current: Mapping[str, object], today: date) -> Iterator[Problem]:
    if _is_empty(value):
        if must_be_filled(one):
            yield Problem(one.name, Rule.MISSING)
        return
    if one.is_secret and _MASKED.fullmatch(str(value)):
        if value != current.get(one.name):  # a mask that is not the one on file is no number
            yield Problem(one.name, Rule.UNREADABLE)
        return
    try:
        read = _read(one, value)
    except _Wrong as wrong:
        yield Problem(one.name, wrong.rule, wrong.facts)
        return
    if one.type is FieldType.JMBG and jmbg.born_on(str(read)) > today:
        yield Problem(one.name, Rule.NOT_BORN_YET)
    if one.type is FieldType.COMPANY_NUMBER and company_number.warnings_for(str(read)):
        yield Problem(one.name, Rule.UNUSUAL)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not clean(value))


def _canonical(one: Field, value: object) -> Value:
    if one.type is FieldType.FLAG and value is None:
        return False
    if _is_empty(value) and one.type is not FieldType.FLAG:
        return None
    try:
        return _read(one, value)
    except _Wrong:
        return value if isinstance(value, bool | int) else clean(str(value))


def _read(one: Field, value: object) -> Value:
    """Return the stored form of a value that is not empty.  Raises: _Wrong."""
    return _READERS[one.type](one, clean(str(value)))


def _text(one: Field, text: str) -> Value:
    if len(text) > one.longest:
        raise _Wrong(Rule.TOO_LONG, {"most": str(one.longest)})
    return repaired(text)


def _jmbg(_one: Field, text: str) -> Value:
    try:
        return jmbg.validate(text)
    except jmbg.JmbgDateImpossible:
        raise _Wrong(Rule.IMPOSSIBLE_DATE) from None
    except jmbg.JmbgMistyped:
        raise _Wrong(Rule.WRONG_CHECK_DIGIT) from None
    except jmbg.NotAJmbg:
        raise _Wrong(Rule.UNREADABLE) from None


def _pib(_one: Field, text: str) -> Value:
    try:
        return pib.validate(text)
    except pib.PibMistyped:
        raise _Wrong(Rule.WRONG_CHECK_DIGIT) from None
    except pib.NotAPib:
        raise _Wrong(Rule.UNREADABLE) from None


def _company_number(_one: Field, text: str) -> Value:
    try:
        return company_number.validate(text)
    except company_number.NotACompanyNumber:
        raise _Wrong(Rule.UNREADABLE) from None


def _phone(one: Field, text: str) -> Value:
    try:
        normalize_phone(text)
    except NotAPhone:
        raise _Wrong(Rule.UNREADABLE) from None
    return _text(one, text)


def _email(one: Field, text: str) -> Value:
    try:
        return _text(one, normalize_email(text))
    except NotAnEmail:
        raise _Wrong(Rule.UNREADABLE) from None


def _decimal(one: Field, text: str) -> Value:
    match = _DECIMAL.fullmatch(_UNIT.sub("", text))
    if not match or not text.isprintable() or not match[0].replace(",", "").replace(".", "").isascii():
        raise _Wrong(Rule.UNREADABLE)
    number = Decimal(f"{match[1]}.{match[2] or 0}").quantize(PARA)
    _bounded(one, number)
    return str(number)


def _count(one: Field, text: str) -> Value:
    if not _COUNT.fullmatch(text):
        raise _Wrong(Rule.UNREADABLE)
    _bounded(one, Decimal(text))
    return int(text)


def _bounded(one: Field, number: Decimal) -> None:
    if number < one.least:
        raise _Wrong(Rule.TOO_SMALL, {"least": str(one.least)})
    if number > one.most:
        raise _Wrong(Rule.TOO_BIG, {"most": str(one.most)})


def _day(_one: Field, text: str) -> Value:
    day = read_day(text)
    if day is None:
        raise _Wrong(Rule.UNREADABLE)
    return day.isoformat()


def read_day(text: str) -> date | None:
    """Read a day as people write it (1.7.2026.) or as it is stored; None if it is none."""
    bare = clean(text)
    if match := _ISO.fullmatch(bare):
        year, month, day = match.groups()
    elif match := _WRITTEN_DAY.fullmatch(bare):
        day, month, year = match.groups()
    else:
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def _choice(one: Field, text: str) -> Value:
    if text not in one.choices:
        raise _Wrong(Rule.NOT_OFFERED)
    return text


def _flag(_one: Field, text: str) -> Value:
    bare = text.lower()
    if bare in _YES:
        return True
    if bare in _NO:
        return False
    raise _Wrong(Rule.UNREADABLE)


def _street(_one: Field, text: str) -> Value:
    if not _STREET_ID.fullmatch(text):
        raise _Wrong(Rule.NOT_OFFERED)
    return text


_READERS: Mapping[FieldType, Callable[[Field, str], Value]] = {
    FieldType.TEXT: _text,
    FieldType.JMBG: _jmbg,
    FieldType.PIB: _pib,
    FieldType.COMPANY_NUMBER: _company_number,
    FieldType.PHONE: _phone,
    FieldType.EMAIL: _email,
    FieldType.AREA: _decimal,
    FieldType.COUNT: _count,
    FieldType.PERCENT: _decimal,
    FieldType.DATE: _day,
    FieldType.CHOICE: _choice,
    FieldType.FLAG: _flag,
    FieldType.STREET: _street,
}


# -- what fields say together ------------------------------------------------------------------------


def _together(
    declaration: Declaration,
    stored: Mapping[str, Value],
    *,
    area: Decimal | None,
    today: date,
    applies_from: Period | None,
) -> Iterator[Problem]:
    """Check fields by the columns they aim at, so that a new kind needs no line here."""
    names = {str(one.target): one.name for one in declaration.fields if one.target is not None}

    def value(column: str) -> Value:
        return stored.get(names[column]) if column in names else None

    heated, whole = value("premises_state.heated_area"), value("premises_state.area")
    most = Decimal(str(whole)) if whole is not None else area
    if heated is not None and most is not None and Decimal(str(heated)) > most:
        yield Problem(names["premises_state.heated_area"], Rule.LARGER_THAN_AREA, {"area": str(most)})
    if "delivery.on_paper" in names:
        if value("delivery.by_email"):
            if value("delivery.email") is None:
                yield Problem(names["delivery.email"], Rule.MISSING)
        elif not value("delivery.on_paper"):
            yield Problem(names["delivery.on_paper"], Rule.NO_WAY_OF_DELIVERY)
    closed = read_day(str(value("account.closed_on") or ""))
    if closed is not None and closed > today:
        yield Problem(names["account.closed_on"], Rule.IN_THE_FUTURE, {"day": closed.isoformat()})
    until = read_day(str(value("subsidy.valid_to") or ""))
    first = applies_from.first_day if applies_from is not None else today
    if until is not None and until <= first:
        yield Problem(names["subsidy.valid_to"], Rule.ALREADY_PAST, {"day": first.isoformat()})


def _is_changed(
    declaration: Declaration,
    shown: tuple[Field, ...],
    stored: Mapping[str, Value],
    current: Mapping[str, object],
) -> bool:
    aimed = [one for one in shown if one.target is not None]
    if any(not _is_same(one, stored.get(one.name), current.get(one.name)) for one in aimed):
        return True
    fixed = [(str(one.target.column), one.value) for one in declaration.fixed]
    if any(not _is_equal(current.get(column), value) for column, value in fixed):
        return True
    return not aimed and not fixed


def _is_same(one: Field, new: Value, old: object) -> bool:
    return _canonical(one, new) == _canonical(one, old)


def _is_equal(old: object, new: object) -> bool:
    if old is None:
        return False
    if isinstance(new, bool):
        return old is new
    if isinstance(new, int):
        match = _DECIMAL.fullmatch(str(old))
        return match is not None and Decimal(str(old).replace(",", ".")) == new
    return str(old) == new
