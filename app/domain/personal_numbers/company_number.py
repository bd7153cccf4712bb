"""The company number (matični broj): eight digits of the business register.

The state never published how the eighth digit is made.  The rule here was found
by trying it on public numbers and holds for all of them, but it is not law:
a number that breaks it is accepted with a warning.
"""

import re
from enum import StrEnum

from app.domain.errors import Refused

_EIGHT = re.compile(r"\d{8}", re.ASCII)
_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)


class NotACompanyNumber(Refused):
    """The text is not eight digits."""

    field = "company_number"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class CompanyNumberWarning(StrEnum):
    """Why a number is worth a second look."""

    CHECK_DIGIT = "check_digit"


def compact(text: str) -> str:
    """Drop blanks and dashes."""
    return re.sub(r"[\s-]", "", text)


def validate(text: str) -> str:
    """Return the eight digits; the check digit is not asked for.

    Raises: NotACompanyNumber.
    """
    number = compact(text)
    if not _EIGHT.fullmatch(number):
        raise NotACompanyNumber(text)
    return number


def warnings_for(text: str) -> tuple[CompanyNumberWarning, ...]:
    """List what is unusual about a number; empty when nothing is.

    Raises: NotACompanyNumber.

    >>> warnings_for("07007965"), warnings_for("07007966")
    ((), (<CompanyNumberWarning.CHECK_DIGIT: 'check_digit'>,))
    """
    number = validate(text)
    return () if number[7] == _check_digit(number) else (CompanyNumberWarning.CHECK_DIGIT,)


def is_plausible(text: str) -> bool:
    """Tell whether the text is a number that nothing speaks against."""
    number = compact(text)
    return bool(_EIGHT.fullmatch(number)) and number[7] == _check_digit(number)


def make(first_seven: str) -> str:
    """Put the customary check digit after the first seven digits.

    Raises: NotACompanyNumber.

    >>> make("1234567")
    '12345674'
    """
    body = compact(first_seven)
    if not _EIGHT.fullmatch(body + "0"):
        raise NotACompanyNumber(first_seven)
    return body + _check_digit(body)


def _check_digit(number: str) -> str:
    remainder = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11
    return str(-remainder % 11 % 10)
