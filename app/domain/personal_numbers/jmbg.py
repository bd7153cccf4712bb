"""JMBG, the citizen's number: birth date, region, order of birth, check digit.

Foreigners have a number of another kind; nobody may be refused for lacking one.
Shown masked everywhere but after a logged reveal.
"""

import re
from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.si import emso

from app.domain.errors import Refused

_THIRTEEN = re.compile(r"\d{13}", re.ASCII)


class NotAJmbg(Refused):
    """The text is not thirteen digits."""

    field = "jmbg"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class JmbgDateImpossible(NotAJmbg):
    """The first seven digits are no date."""


class JmbgMistyped(NotAJmbg):
    """The check digit does not fit."""


def compact(text: str) -> str:
    """Drop blanks and dashes."""
    return re.sub(r"[\s-]", "", text)


def validate(text: str) -> str:
    """Return the thirteen digits of a valid number.

    Raises: NotAJmbg, JmbgDateImpossible, JmbgMistyped.

    >>> validate("0101000 710009")
    '0101000710009'
    """
    number = compact(text)
    if not _THIRTEEN.fullmatch(number):
        raise NotAJmbg(text)
    _born(number, text)
    if emso.calc_check_digit(number[:12]) != number[12]:
        raise JmbgMistyped(text)
    return number


def make(first_twelve: str) -> str:
    """Put the check digit after the first twelve digits.

    Raises: NotAJmbg, JmbgDateImpossible.
    """
    body = compact(first_twelve)
    if not _THIRTEEN.fullmatch(body + "0"):
        raise NotAJmbg(first_twelve)
    _born(body, first_twelve)
    return body + emso.calc_check_digit(body)


def born_on(text: str) -> date:
    """Return the birth date; years 800 to 999 are of the last millennium.

    Raises: as ``validate``.
    """
    return _born(validate(text), text)


def mask(text: str) -> str:
    """Show the first and the last four digits only, whatever was stored.

    >>> mask("0101000710009")
    '0101•••••0009'
    """
    number = compact(text)
    return f"{number[:4]}•••••{number[-4:]}" if len(number) == 13 else "•" * len(number)


def _born(number: str, text: str) -> date:
    try:
        return emso.get_birth_date(number)
    except (ValidationError, ValueError):
        raise JmbgDateImpossible(text) from None
