"""Numbers and amounts in words (slovima), as contracts repeat them beside the figures.

Serbian tells genders apart (jedan dinar, jedna hiljada, dve milijarde) and has three
forms of what is counted: for one, for two to four, and for the rest.  Words are in
Latin; whoever prints in Cyrillic writes them over.
"""

from decimal import Decimal
from enum import StrEnum

from app.domain.money import PARA

_TEENS = (
    "deset", "jedanaest", "dvanaest", "trinaest", "četrnaest",
    "petnaest", "šesnaest", "sedamnaest", "osamnaest", "devetnaest",
)  # fmt: skip
_TENS = (
    "", "", "dvadeset", "trideset", "četrdeset",
    "pedeset", "šezdeset", "sedamdeset", "osamdeset", "devedeset",
)  # fmt: skip
_HUNDREDS = (
    "", "sto", "dvesta", "trista", "četiristo",
    "petsto", "šeststo", "sedamsto", "osamsto", "devetsto",
)  # fmt: skip
_FROM_THREE = ("tri", "četiri", "pet", "šest", "sedam", "osam", "devet")
_LIMIT = 10**12
"""Amounts have twelve digits before the comma."""


class Gender(StrEnum):
    """The gender of what is counted."""

    MASCULINE = "masculine"
    FEMININE = "feminine"
    NEUTER = "neuter"


_UNITS = {
    Gender.MASCULINE: ("", "jedan", "dva", *_FROM_THREE),
    Gender.FEMININE: ("", "jedna", "dve", *_FROM_THREE),
    Gender.NEUTER: ("", "jedno", "dva", *_FROM_THREE),
}
_GROUPS = (
    (10**9, Gender.FEMININE, ("milijarda", "milijarde", "milijardi")),
    (10**6, Gender.MASCULINE, ("milion", "miliona", "miliona")),
    (10**3, Gender.FEMININE, ("hiljada", "hiljade", "hiljada")),
)


def form_of(number: int, *, one: str, few: str, many: str) -> str:
    """Choose the form of a noun that goes with a number.

    >>> [form_of(n, one="rata", few="rate", many="rata") for n in (1, 3, 11, 12, 21, 24)]
    ['rata', 'rate', 'rata', 'rata', 'rata', 'rate']
    """
    if number % 100 in range(11, 15):
        return many
    return {1: one, 2: few, 3: few, 4: few}.get(number % 10, many)


def number_in_words(number: int, *, gender: Gender = Gender.MASCULINE) -> str:
    """Write a number from 0 to 999 999 999 999 in words.

    Raises: ValueError for any other.

    >>> number_in_words(22_001)
    'dvadeset dve hiljade jedan'
    """
    if not 0 <= number < _LIMIT:
        raise ValueError(f"{number} is not written in words")
    if number == 0:
        return "nula"
    words = []
    rest = number
    for size, group_gender, (one, few, many) in _GROUPS:
        count, rest = divmod(rest, size)
        if count:
            words += [*_below_thousand(count, group_gender), form_of(count, one=one, few=few, many=many)]
    return " ".join([*words, *_below_thousand(rest, gender)])


def rsd_in_words(amount: Decimal) -> str:
    """Write an amount of dinars in words, the paras as hundredths.

    Raises: ValueError for a negative one, one of 10^12 or more, or parts of a para.

    >>> rsd_in_words(Decimal("40248.18"))
    'četrdeset hiljada dvesta četrdeset osam dinara i 18/100'
    """
    if not amount.is_finite() or amount != amount.quantize(PARA):
        raise ValueError(f"{amount} is not in whole paras")
    dinars, paras = divmod(int(amount / PARA), 100)
    noun = form_of(dinars, one="dinar", few="dinara", many="dinara")
    return f"{number_in_words(dinars)} {noun} i {paras:02d}/100"


def _below_thousand(number: int, gender: Gender) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    if tens == 1:
        made = [_HUNDREDS[hundreds], _TEENS[units]]
    else:
        made = [_HUNDREDS[hundreds], _TENS[tens], _UNITS[gender][units]]
    return [word for word in made if word]
