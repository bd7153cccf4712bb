"""PIB, the taxpayer's number: nine digits, check digit by ISO 7064 MOD 11,10."""

import re

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_10

from app.domain.errors import Refused

_NINE = re.compile(r"\d{9}", re.ASCII)


class NotAPib(Refused):
    """The text is not nine digits."""

    field = "pib"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class PibMistyped(NotAPib):
    """The check digit does not fit."""


def compact(text: str) -> str:
    """Drop blanks, dots, dashes and the country prefix of VAT numbers."""
    return re.sub(r"[\s.-]|^\s*RS", "", text)


def validate(text: str) -> str:
    """Return the nine digits of a valid number.

    Raises: NotAPib, PibMistyped.

    >>> validate("101134702")
    '101134702'
    """
    number = compact(text)
    if not _NINE.fullmatch(number):
        raise NotAPib(text)
    try:
        mod_11_10.validate(number)
    except ValidationError:
        raise PibMistyped(text) from None
    return number


def make(first_eight: str) -> str:
    """Put the check digit after the first eight digits.

    Raises: NotAPib.

    >>> make("10113470")
    '101134702'
    """
    body = compact(first_eight)
    if not _NINE.fullmatch(body + "0"):
        raise NotAPib(first_eight)
    return body + str(mod_11_10.calc_check_digit(body))
