"""Bank account numbers: three digits of bank, thirteen of account, two of control.

Papers drop the leading zeros of the middle part (``200-2206180101000-48``); the
payment code and the bank always carry all eighteen digits.
"""

import re

from app.domain.errors import Refused

_DASHED = re.compile(r"(\d{3})-(\d{1,13})-(\d{2})", re.ASCII)
_EIGHTEEN = re.compile(r"\d{18}", re.ASCII)


class NotABankAccount(Refused):
    """The text does not have the shape of a bank account number."""

    field = "bank_account"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class BankAccountMistyped(NotABankAccount):
    """The control digits do not fit: one digit at least was mistyped."""


def compact(text: str) -> str:
    """Return the eighteen digits, the middle part padded with zeros.

    Raises: NotABankAccount.

    >>> compact("165-55-74")
    '165000000000005574'
    """
    bare = re.sub(r"\s", "", text)
    if match := _DASHED.fullmatch(bare):
        return match[1] + match[2].zfill(13) + match[3]
    if _EIGHTEEN.fullmatch(bare):
        return bare
    raise NotABankAccount(text)


def validate(text: str) -> str:
    """Return the eighteen digits of a valid account number.

    Raises: NotABankAccount, BankAccountMistyped.
    """
    number = compact(text)
    if number[16:] != _control(number[:16]):
        raise BankAccountMistyped(text)
    return number


def make(bank: str, *, account: str) -> str:
    """Return the eighteen digits for a bank and an account at it.

    Raises: NotABankAccount.

    >>> make("200", account="2206180101000")
    '200220618010100048'
    """
    body = compact(f"{bank}-{account}-00")[:16]
    return body + _control(body)


def dashed(text: str) -> str:
    """Write an account number as on papers.

    Raises: NotABankAccount.

    >>> dashed("165000000000005574")
    '165-55-74'
    """
    number = compact(text)
    return f"{number[:3]}-{int(number[3:16])}-{number[16:]}"


def _control(body: str) -> str:
    return f"{98 - int(body) * 100 % 97:02d}"
