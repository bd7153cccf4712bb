"""The account number (ident): seven digits that mean nothing but the account.

Stored as an integer from 1 to 9 999 999 and always shown with its leading zeros.
"""

from app.domain.errors import Refused

FIRST, LAST = 1, 9_999_999


class NotAnIdent(Refused):
    """The text or number cannot be an account number."""

    field = "ident"

    def __init__(self, text: object) -> None:
        super().__init__(str(text))
        self.text = str(text)


def to_text(ident: int) -> str:
    """Show an account number.

    Raises: NotAnIdent.

    >>> to_text(42)
    '0000042'
    """
    if not FIRST <= ident <= LAST:
        raise NotAnIdent(ident)
    return f"{ident:07d}"


def parse(text: str) -> int:
    """Read an account number as typed: up to seven digits, blanks and dashes allowed.

    Raises: NotAnIdent.

    >>> parse(" 123-4567 ")
    1234567
    """
    digits = text.replace(" ", "").replace("-", "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 7 and int(digits) >= FIRST):
        raise NotAnIdent(text)
    return int(digits)
