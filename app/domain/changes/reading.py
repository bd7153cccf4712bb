"""What was typed into a form, read generously ("54,5 m²", "1.7.2026.") and stored in one form.

What cannot be read is kept as typed, so that a draft loses nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from app.domain.changes.asking import Value
from app.domain.changes.declaring import Declaration, Field, FieldType
from app.domain.changes.problems import Rule
from app.domain.contacts import NotAnEmail, NotAPhone, normalize_email, normalize_phone
from app.domain.money import PARA
from app.domain.personal_numbers import company_number, jmbg, pib
from app.domain.spelling import repaired

_SPACES = re.compile(r"\s+")
DECIMAL = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?")
_UNIT = re.compile(r"\s*(?:m2|m²|%)$", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_WRITTEN_DAY = re.compile(r"(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{4})\.?", re.ASCII)
_STREET_ID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_YES = frozenset({"true", "yes", "da", "1", "on", "x"})
_NO = frozenset({"false", "no", "ne", "0", "off", ""})


class Wrong(Exception):
    """A typed value is not of its field's type; ``rule`` and ``facts`` say how."""

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
    return {one.name: canonical_of(one, values[one.name]) for one in declaration.fields if one.name in values}


def readable(declaration: Declaration, values: Mapping[str, object]) -> dict[str, Value]:
    """Return the values that are of their field's type, as they are stored; the others are left out."""
    found: dict[str, Value] = {}
    for one in declaration.fields:
        value = values.get(one.name)
        if is_empty(value):
            continue
        try:
            found[one.name] = read(one, value)
        except Wrong:
            continue
    return found


def is_empty(value: object) -> bool:
    """Tell whether nothing was typed."""
    return value is None or (isinstance(value, str) and not clean(value))


def canonical_of(one: Field, value: object) -> Value:
    """Return a value of ``one`` as it is stored, or as typed where it cannot be read."""
    if one.type is FieldType.FLAG and value is None:
        return False
    if is_empty(value) and one.type is not FieldType.FLAG:
        return None
    try:
        return read(one, value)
    except Wrong:
        return value if isinstance(value, bool | int) else clean(str(value))


def read(one: Field, value: object) -> Value:
    """Return the stored form of a value that is not empty.  Raises: Wrong."""
    return _READERS[one.type](one, clean(str(value)))


def _text(one: Field, text: str) -> Value:
    if len(text) > one.longest:
        raise Wrong(Rule.TOO_LONG, {"most": str(one.longest)})
    return repaired(text)


def _jmbg(_one: Field, text: str) -> Value:
    try:
        return jmbg.validate(text)
    except jmbg.JmbgDateImpossible:
        raise Wrong(Rule.IMPOSSIBLE_DATE) from None
    except jmbg.JmbgMistyped:
        raise Wrong(Rule.WRONG_CHECK_DIGIT) from None
    except jmbg.NotAJmbg:
        raise Wrong(Rule.UNREADABLE) from None


def _pib(_one: Field, text: str) -> Value:
    try:
        return pib.validate(text)
    except pib.PibMistyped:
        raise Wrong(Rule.WRONG_CHECK_DIGIT) from None
    except pib.NotAPib:
        raise Wrong(Rule.UNREADABLE) from None


def _company_number(_one: Field, text: str) -> Value:
    try:
        return company_number.validate(text)
    except company_number.NotACompanyNumber:
        raise Wrong(Rule.UNREADABLE) from None


def _phone(one: Field, text: str) -> Value:
    try:
        normalize_phone(text)
    except NotAPhone:
        raise Wrong(Rule.UNREADABLE) from None
    return _text(one, text)


def _email(one: Field, text: str) -> Value:
    try:
        return _text(one, normalize_email(text))
    except NotAnEmail:
        raise Wrong(Rule.UNREADABLE) from None


def _decimal(one: Field, text: str) -> Value:
    match = DECIMAL.fullmatch(_UNIT.sub("", text))
    if not match or not text.isprintable() or not match[0].replace(",", "").replace(".", "").isascii():
        raise Wrong(Rule.UNREADABLE)
    number = Decimal(f"{match[1]}.{match[2] or 0}").quantize(PARA)
    _bounded(one, number)
    return str(number)


def _count(one: Field, text: str) -> Value:
    if not _COUNT.fullmatch(text):
        raise Wrong(Rule.UNREADABLE)
    _bounded(one, Decimal(text))
    return int(text)


def _bounded(one: Field, number: Decimal) -> None:
    if number < one.least:
        raise Wrong(Rule.TOO_SMALL, {"least": str(one.least)})
    if number > one.most:
        raise Wrong(Rule.TOO_BIG, {"most": str(one.most)})


def _day(_one: Field, text: str) -> Value:
    day = read_day(text)
    if day is None:
        raise Wrong(Rule.UNREADABLE)
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
        raise Wrong(Rule.NOT_OFFERED)
    return text


def _flag(_one: Field, text: str) -> Value:
    bare = text.lower()
    if bare in _YES:
        return True
    if bare in _NO:
        return False
    raise Wrong(Rule.UNREADABLE)


def _street(_one: Field, text: str) -> Value:
    if not _STREET_ID.fullmatch(text):
        raise Wrong(Rule.NOT_OFFERED)
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
