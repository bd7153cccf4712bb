"""Who lives and trades in the demo city: invented people and firms with numbers that check.

Most names are written in Latin and some in Cyrillic, as the real register has
them, so that a search that forgets one script is caught.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from random import Random

from app.domain.holders import HolderKind
from app.domain.personal_numbers import company_number, jmbg, pib
from app.domain.script import fold, to_cyrillic

CYRILLIC_PEOPLE, CYRILLIC_FIRMS = 0.13, 0.15
FOREIGNERS = 0.03
"""Shares of 1: who is on file in Cyrillic, and who has no JMBG."""

_BELGRADE = 71
_FIRST_FEMALE_SERIAL = 500
_EMAIL_DOMAINS = ("example.com", "example.org", "example.net")
_MOBILE = ("060", "061", "062", "063", "064", "064", "065", "066", "069")


@dataclass(frozen=True, slots=True)
class Names:
    """The words names are made of; the earlier a word stands in its list, the more bear it."""

    male: tuple[str, ...]
    female: tuple[str, ...]
    surnames: tuple[str, ...]
    company_stems: tuple[str, ...]
    company_fields: tuple[str, ...]
    company_forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody to bill; empty strings where a kind has no such datum."""

    kind: HolderKind
    first_name: str = ""
    last_name: str = ""
    business_name: str = ""
    jmbg: str = ""
    pib: str = ""
    company_number: str = ""

    @property
    def full_name(self) -> str:
        return self.business_name or f"{self.first_name} {self.last_name}"


@cache
def names() -> Names:
    book = tomllib.loads((resources.files("db.city") / "names.toml").read_text(encoding="utf-8"))
    fields = book["company_fields"].replace("\n", "|").split("|")
    return Names(
        male=tuple(book["male"].split()),
        female=tuple(book["female"].split()),
        surnames=tuple(book["surnames"].split()),
        company_stems=tuple(book["company_stems"].split()),
        company_fields=tuple(field for field in fields if field),
        company_forms=tuple(book["company_forms"].split()),
    )


def person(dice: Random, *, today: date, last_name: str = "") -> Holder:
    """Invent an adult; ``last_name`` (in Latin) makes a relative."""
    book = names()
    is_female = dice.random() < 0.5
    first = _frequent(dice, book.female if is_female else book.male)
    last = last_name or _frequent(dice, book.surnames)
    if dice.random() < CYRILLIC_PEOPLE:
        first, last = to_cyrillic(first), to_cyrillic(last)
    return Holder(
        HolderKind.NATURAL,
        first_name=first,
        last_name=last,
        jmbg="" if dice.random() < FOREIGNERS else _jmbg(dice, is_female, today),
    )


def firm(dice: Random) -> Holder:
    """Invent a firm or an entrepreneur."""
    book = names()
    form = dice.choice(book.company_forms)
    if form == "pr":
        owner = f"{dice.choice(book.male + book.female)} {_frequent(dice, book.surnames)}"
        name = f"{owner} pr {dice.choice(book.company_fields)} {dice.choice(book.company_stems)}"
    elif dice.random() < 0.4:
        name = f"{_frequent(dice, book.surnames)} {dice.choice(book.company_fields)} {form}"
    else:
        name = f"{dice.choice(book.company_stems)} {dice.choice(book.company_fields)} {form}"
    if dice.random() < CYRILLIC_FIRMS:
        name = to_cyrillic(name)
    return Holder(
        HolderKind.LEGAL,
        business_name=name,
        pib=pib.make(f"{dice.randint(10_000_000, 11_499_999)}"),
        company_number=company_number.make(f"{dice.randint(600_000, 2_199_999):07d}"),
    )


def phone(dice: Random) -> tuple[str, str]:
    """Invent a telephone: as written, and its national digits."""
    if dice.random() < 0.7:
        network, number = dice.choice(_MOBILE), f"{dice.randint(1_000_000, 9_999_999)}"
        return f"{network}/{number[:3]}-{number[3:]}", network + number
    number = f"{dice.randint(2_000_000, 3_999_999)}"
    return f"011/{number[:3]}-{number[3:5]}-{number[5:]}", "011" + number


def email(dice: Random, *, of: Holder) -> str:
    """Invent an e-mail address in a domain nobody can own."""
    name = ".".join(fold(of.full_name).split()[:2])
    return f"{name}{dice.randint(1, 99)}@{dice.choice(_EMAIL_DOMAINS)}"


def _frequent(dice: Random, words: tuple[str, ...]) -> str:
    # the square makes the first tenth of a list as frequent as a third of the city
    return words[int(len(words) * dice.random() ** 2)]


def _jmbg(dice: Random, is_female: bool, today: date) -> str:  # noqa: FBT001 - a fact, not a switch
    year = today.year - 22 - int(70 * dice.random() ** 1.2)
    serial = dice.randrange(_FIRST_FEMALE_SERIAL) + (_FIRST_FEMALE_SERIAL if is_female else 0)
    return jmbg.make(
        f"{dice.randint(1, 28):02d}{dice.randint(1, 12):02d}{year % 1000:03d}{_BELGRADE}{serial:03d}"
    )
