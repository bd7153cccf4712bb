"""Telephones and e-mail addresses, brought to the one form that search compares."""

import re

from app.domain.errors import Refused

_SIGNS = re.compile(r"[\s()/.\-\u2013]")
_EMAIL = re.compile(r"[^\s@<>\"|]+@[^\s@<>\"|.]+(?:\.[^\s@<>\"|.]+)+")
_FOREIGN = "00"
_LONGEST_EMAIL = 254  # RFC 5321: a path of 256 with its brackets


class NotAPhone(Refused):
    """The text is not a telephone number."""

    field = "phone"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class NotAnEmail(Refused):
    """The text is not an e-mail address."""

    field = "email"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def normalize_phone(text: str) -> str:
    """Return the national digits of a Serbian number; foreign ones keep their 00.

    Raises: NotAPhone.

    >>> normalize_phone("+381 (0)64/123-45-67"), normalize_phone("011 3954 420")
    ('0641234567', '0113954420')
    """
    digits = _SIGNS.sub("", text)
    if digits.startswith("+"):
        digits = _FOREIGN + digits[1:]
    if not (digits.isascii() and digits.isdigit()):
        raise NotAPhone(text)
    if digits.startswith("00381"):
        digits = "0" + digits[5:].removeprefix("0")
    elif digits.startswith("381") and len(digits) >= 11:
        digits = "0" + digits[3:].removeprefix("0")
    elif not digits.startswith("0"):
        digits = "0" + digits
    longest = 17 if digits.startswith(_FOREIGN) else 11
    if not 8 <= len(digits) <= longest:
        raise NotAPhone(text)
    return digits


def normalize_email(text: str) -> str:
    """Return an e-mail address in lower case.

    Raises: NotAnEmail.
    """
    bare = text.strip().removeprefix("mailto:").lower()
    if len(bare) > _LONGEST_EMAIL or not _EMAIL.fullmatch(bare):
        raise NotAnEmail(text)
    return bare
