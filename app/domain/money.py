"""Dinars and paras: the only place where an amount is rounded.

Money is ``Decimal`` dinars with two decimals, rounded half up as the bill is.
Whatever is split adds up again to the para: the last part takes the remainder.
"""

import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from app.domain.errors import Refused

PARA = Decimal("0.01")
ZERO = Decimal("0.00")
_HUNDRED = Decimal(100)
_THOUSANDTH = Decimal("0.001")

_LIMIT = Decimal("1e12")
"""Amounts are stored as ``Numeric(14, 2)``: twelve digits before the comma."""

_PLAIN = re.compile(r"(\d+)(?:[.,](\d{0,2}))?")
_SERBIAN = re.compile(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d{0,2}))?")
_ENGLISH = re.compile(r"(\d{1,3}(?:,\d{3})+)\.(\d{0,2})|(\d{1,3}(?:,\d{3}){2,})")


class NotMoney(Refused):
    """The text is not an amount of dinars."""

    field = "amount"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def round_rsd(amount: Decimal) -> Decimal:
    """Round to paras, half away from zero.

    >>> round_rsd(Decimal("427.368"))
    Decimal('427.37')
    """
    return amount.quantize(PARA, ROUND_HALF_UP)


def round_quantity(quantity: Decimal) -> Decimal:
    """Round a billed quantity (m², m³, kWh) to three decimals, half away from zero."""
    return quantity.quantize(_THOUSANDTH, ROUND_HALF_UP)


def percent_of(amount: Decimal, *, percent: Decimal | int) -> Decimal:
    """Return the given percentage of an amount, in whole paras."""
    return (amount * percent / _HUNDRED).quantize(PARA, ROUND_HALF_UP)


def included_vat(gross: Decimal, *, percent: Decimal | int) -> Decimal:
    """Return the VAT that an amount with VAT contains, in whole paras."""
    return (gross * percent / (_HUNDRED + percent)).quantize(PARA, ROUND_HALF_UP)


def split(amount: Decimal, *, parts: int) -> tuple[Decimal, ...]:
    """Split into equal parts, rounded half up; the last one absorbs the difference.

    The parts add up to the amount exactly and none has the opposite sign: a sum
    too small for rounding up (0,30 in sixty) is rounded down instead.

    >>> split(Decimal("100.00"), parts=3)
    (Decimal('33.33'), Decimal('33.33'), Decimal('33.34'))
    """
    if parts < 1:
        raise ValueError(f"cannot split into {parts} parts")
    part = (amount / parts).quantize(PARA, ROUND_HALF_UP)
    if abs(part) * (parts - 1) > abs(amount):
        part = (amount / parts).quantize(PARA, ROUND_DOWN)
    return (part,) * (parts - 1) + (amount - part * (parts - 1),)


def format_rsd(amount: Decimal) -> str:
    """Write an amount as Serbian papers do, without the currency.

    >>> format_rsd(Decimal("-1234.5"))
    '-1.234,50'
    """
    return f"{round_rsd(amount):,.2f}".translate(_SWAPPED)


_SWAPPED = str.maketrans(",.", ".,")


def parse_rsd(text: str) -> Decimal:
    """Read an amount as people type and slips print it.

    Takes ``1.234,56``, ``1234,5``, ``1234.50``, ``1,234.56``, ``=4.376,94`` and a
    trailing or leading ``RSD`` or ``din.``.  One dot before exactly three digits
    separates thousands; one comma before three digits is nobody's custom here and
    is refused rather than guessed.

    Raises: NotMoney.

    >>> parse_rsd("1.234,56 RSD")
    Decimal('1234.56')
    """
    bare = re.sub(r"(?i)^\s*(?:rsd|din\.?)|(?:rsd|din\.?)\s*$|[\s\u00a0\u202f]", "", text).lstrip("=")
    sign = -1 if bare[:1] in ("-", "\u2212") else 1
    if sign < 0:
        bare = bare[1:]
    if not bare.isascii():
        raise NotMoney(text)
    if match := _SERBIAN.fullmatch(bare):
        whole, cents = match[1].replace(".", ""), match[2]
    elif match := _ENGLISH.fullmatch(bare):
        whole, cents = (match[1] or match[3]).replace(",", ""), match[2]
    elif match := _PLAIN.fullmatch(bare):
        whole, cents = match[1], match[2]
    else:
        raise NotMoney(text)
    amount = Decimal(f"{whole}.{(cents or '').ljust(2, '0')}")
    if amount >= _LIMIT:
        raise NotMoney(text)
    return amount * sign
