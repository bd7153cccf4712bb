"""Words, amounts and dates as a person reads them, in the language in force.

Everything is made when it is asked for, never earlier, so that switching the
language is enough.  Amounts and dates look the Serbian way in all three
languages, because that is how they stand on the customers' papers.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.money import format_rsd
from app.domain.office_time import in_the_office
from app.domain.script import to_cyrillic

DASH = "–"


def money(amount: Decimal | None) -> str:
    """Return ``1.234,56``; a dash for no amount."""
    return DASH if amount is None else format_rsd(amount)


def money_rsd(amount: Decimal | None) -> str:
    """Return ``1.234,56 RSD``."""
    return DASH if amount is None else f"{money(amount)} RSD"


def number(value: Decimal | int | None, *, places: int = 0) -> str:
    """Return a number with the Serbian marks and so many decimal places."""
    if value is None:
        return DASH
    step = Decimal(1).scaleb(-places)
    written = f"{Decimal(value).quantize(step, ROUND_HALF_UP):,.{places}f}"
    return written.translate(str.maketrans(",.", ".,"))


def quantity(value: Decimal | None) -> str:
    """Return a quantity with the decimals it has, at most four: ``54``, ``3,5``, ``0,2407``."""
    if value is None:
        return DASH
    trimmed = value.normalize()
    exponent = trimmed.as_tuple().exponent
    places = min(max(-exponent, 0), 4) if isinstance(exponent, int) else 0
    return number(value, places=places)


def percent(value: Decimal | int | None) -> str:
    """Return a percentage with the decimals it has: ``5 %``, ``14,75 %``."""
    return DASH if value is None else f"{quantity(Decimal(value))} %"


def share(part: Decimal, whole: Decimal) -> str:
    """Return how much of the whole a part is, in whole percents; a dash of nothing."""
    return DASH if not whole else percent((part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP))


def day(value: date | None) -> str:
    """Return ``31.07.2026.``"""
    return DASH if value is None else f"{value:%d.%m.%Y.}"


def moment(value: datetime | None) -> str:
    """Return ``31.07.2026. 14:05`` by the clocks of the offices."""
    return DASH if value is None else f"{_local(value):%d.%m.%Y. %H:%M}"


def clock(value: datetime | None) -> str:
    """Return ``14:05`` by the clocks of the offices."""
    return DASH if value is None else f"{_local(value):%H:%M}"


def ident(value: int) -> str:
    """Return an account number with its seven digits."""
    return f"{value:07d}"


def listed(name: str) -> str:
    """Return a name of a code list (a service, a provider, a branch) in the script of the window.

    Names of people, firms and streets stay as they are written in the register.
    """
    is_cyrillic = QLocale().script() is QLocale.Script.CyrillicScript
    return to_cyrillic(name) if is_cyrillic else name


def period(value: object) -> str:
    """Return a billing period as ``06/2026``."""
    return DASH if value is None else str(value)


def or_dash(words: str) -> str:
    """Return the words, or the sign for nothing."""
    return words or DASH


def yes_no(value: bool) -> str:  # noqa: FBT001
    """Return the word for a yes or a no."""
    if value:
        return QCoreApplication.translate("text", "yes")
    return QCoreApplication.translate("text", "no")


def _local(value: datetime) -> datetime:
    return in_the_office(value) if value.tzinfo is not None else value
