"""The payment reference (poziv na broj, model 97): it books a payment to its month.

A reference of ours is two control digits, the account, and the period; a digit
more tells notices, enforcement and plan instalments from ordinary bills.  It
is text, never a number: the control digits may begin with zero.  Control digits
follow ISO 7064 MOD 97-10, letters counting A = 10 to Z = 35.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.domain.account_number import FIRST, LAST, NotAnIdent
from app.domain.errors import Refused
from app.domain.period import NotAPeriod, Period

MODEL = "97"
LONGEST = 23
"""The payment code leaves 25 characters for the model and the reference."""

_SEPARATORS = str.maketrans("", "", " -\t\r\n\u00a0")
_BODY = re.compile(r"[0-9A-Z]+")
_OURS = re.compile(r"\d{2}(\d{7})(\d{4})(?:([012])|3(\d{2}))?")


class NotAReference(Refused):
    """The text does not have the shape of a reference of model 97."""

    field = "payment_reference"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class ReferenceMistyped(NotAReference):
    """The control digits do not fit: one character at least was mistyped."""


class ForeignReference(NotAReference):
    """A sound reference, but it names no account and period of ours."""


class ReferenceKind(StrEnum):
    """What the payer was asked to pay."""

    BILL = "bill"
    NOTICE = "notice"
    ENFORCEMENT = "enforcement"
    PLAN = "plan"


_DIGIT = {ReferenceKind.NOTICE: "1", ReferenceKind.ENFORCEMENT: "2", ReferenceKind.PLAN: "3"}
_KIND = {digit: kind for kind, digit in _DIGIT.items()} | {"0": ReferenceKind.BILL}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference of ours says; ``instalment`` is 0 unless it is of a plan."""

    ident: int
    period: Period
    kind: ReferenceKind = ReferenceKind.BILL
    instalment: int = 0


def compact(text: str) -> str:
    """Drop blanks and dashes and write letters as capitals."""
    return text.translate(_SEPARATORS).upper()


def make(text: str) -> str:
    """Put the control digits before a reference.

    Raises: NotAReference.

    >>> make("1234567-2606")
    '0512345672606'
    """
    body = compact(text)
    if not _BODY.fullmatch(body) or len(body) > LONGEST - 2:
        raise NotAReference(text)
    return _control(body) + body


def validate(text: str) -> str:
    """Return the compact form of a reference whose control digits fit.

    Raises: NotAReference, ReferenceMistyped.

    >>> validate("47-21750940-2204")
    '47217509402204'
    """
    reference = compact(text)
    if not _BODY.fullmatch(reference) or not 3 <= len(reference) <= LONGEST:
        raise NotAReference(text)
    if reference[:2] != _control(reference[2:]):
        raise ReferenceMistyped(text)
    return reference


def compose(
    ident: int, *, period: Period, kind: ReferenceKind = ReferenceKind.BILL, instalment: int = 0
) -> str:
    """Return the reference of a bill, a notice, a case or an instalment.

    Raises: NotAnIdent; ValueError for an instalment outside 1 to 99 of a plan, or of
    anything but a plan.

    >>> compose(1234567, period=Period(2026, 6))
    '0512345672606'
    """
    if not FIRST <= ident <= LAST:
        raise NotAnIdent(ident)
    if (kind is ReferenceKind.PLAN) != (1 <= instalment <= 99):
        raise ValueError(f"instalment {instalment} of a {kind}")
    if kind is ReferenceKind.BILL:
        number = ident * 10_000 + period.ggmm
        return f"{98 - number * 100 % 97:02d}{number:011d}"
    last = f"{instalment:02d}" if kind is ReferenceKind.PLAN else ""
    return make(f"{ident:07d}{period.ggmm:04d}{_DIGIT[kind]}{last}")


def parse(text: str) -> Reference:
    """Read the account and the period out of a reference of ours.

    Raises: NotAReference, ReferenceMistyped, ForeignReference.

    >>> parse("05 1234567-2606").ident, parse("05 1234567-2606").period
    (1234567, Period(year=2026, month=6))
    """
    match = _OURS.fullmatch(validate(text))
    if match is None or int(match[1]) < FIRST or match[4] == "00":
        raise ForeignReference(text)
    try:
        period = Period.from_ggmm(int(match[2]))
    except NotAPeriod:
        raise ForeignReference(text) from None
    if match[4]:
        return Reference(int(match[1]), period, ReferenceKind.PLAN, int(match[4]))
    return Reference(int(match[1]), period, _KIND[match[3] or "0"])


def completed(text: str) -> Reference:
    """Read a reference of ours that was typed without its control digits.

    Raises: ForeignReference.

    >>> completed("1234567-2606-301").instalment
    1
    """
    body = compact(text)
    if not body.isascii() or not body.isdigit():
        raise ForeignReference(text)
    return parse(_control(body) + body)


def grouped(text: str) -> str:
    """Write a reference of ours for the eye: control digits, account, month.

    >>> grouped("0512345672606")
    '05 1234567-2606'
    """
    reference = compact(text)
    if not _OURS.fullmatch(reference):
        return reference
    return "-".join(filter(None, (f"{reference[:2]} {reference[2:9]}", reference[9:13], reference[13:])))


def _control(body: str) -> str:
    number = int(body) if body.isdigit() else int("".join(str(int(letter, 36)) for letter in body))
    return f"{98 - number * 100 % 97:02d}"
