"""Amounts in words: genders, forms of nouns, and every number another one's words."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money_in_words import Gender, form_of, number_in_words, rsd_in_words
from app.domain.script import to_cyrillic, to_latin

VALUES = {
    "nula": 0, "jedan": 1, "jedna": 1, "jedno": 1, "dva": 2, "dve": 2, "tri": 3, "četiri": 4, "pet": 5,
    "šest": 6, "sedam": 7, "osam": 8, "devet": 9, "deset": 10, "jedanaest": 11, "dvanaest": 12,
    "trinaest": 13, "četrnaest": 14, "petnaest": 15, "šesnaest": 16, "sedamnaest": 17, "osamnaest": 18,
    "devetnaest": 19, "dvadeset": 20, "trideset": 30, "četrdeset": 40, "pedeset": 50, "šezdeset": 60,
    "sedamdeset": 70, "osamdeset": 80, "devedeset": 90, "sto": 100, "dvesta": 200, "trista": 300,
    "četiristo": 400, "petsto": 500, "šeststo": 600, "sedamsto": 700, "osamsto": 800, "devetsto": 900,
}  # fmt: skip
SIZES = {
    "hiljada": 10**3, "hiljade": 10**3, "milion": 10**6, "miliona": 10**6,
    "milijarda": 10**9, "milijarde": 10**9, "milijardi": 10**9,
}  # fmt: skip


def read_back(words: str) -> int:
    """The number that words name, by a reader of its own."""
    total = group = 0
    for word in words.split():
        if word in SIZES:
            total, group = total + group * SIZES[word], 0
        else:
            group += VALUES[word]
    return total + group


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "nula dinara i 00/100"),
        ("0.48", "nula dinara i 48/100"),
        ("1", "jedan dinar i 00/100"),
        ("2.01", "dva dinara i 01/100"),
        ("5", "pet dinara i 00/100"),
        ("11", "jedanaest dinara i 00/100"),
        ("21.50", "dvadeset jedan dinar i 50/100"),
        ("111", "sto jedanaest dinara i 00/100"),
        ("1000", "jedna hiljada dinara i 00/100"),
        ("1001", "jedna hiljada jedan dinar i 00/100"),
        ("2002", "dve hiljade dva dinara i 00/100"),
        ("5000", "pet hiljada dinara i 00/100"),
        ("12000", "dvanaest hiljada dinara i 00/100"),
        ("21000", "dvadeset jedna hiljada dinara i 00/100"),
        ("40248.18", "četrdeset hiljada dvesta četrdeset osam dinara i 18/100"),
        ("102416.60", "sto dve hiljade četiristo šesnaest dinara i 60/100"),
        ("1000000", "jedan milion dinara i 00/100"),
        ("2000001", "dva miliona jedan dinar i 00/100"),
        ("1000000000", "jedna milijarda dinara i 00/100"),
        ("2000000000", "dve milijarde dinara i 00/100"),
        ("5000000000", "pet milijardi dinara i 00/100"),
        (
            "999999999999.99",
            (
                "devetsto devedeset devet milijardi devetsto devedeset devet miliona "
                "devetsto devedeset devet hiljada devetsto devedeset devet dinara i 99/100"
            ),
        ),
    ],
)
def test_an_amount_is_written_as_it_is_said(amount: str, words: str) -> None:
    assert rsd_in_words(Decimal(amount)) == words


@given(number=st.integers(0, 10**12 - 1), gender=st.sampled_from(Gender))
def test_words_name_their_number_and_no_other(number: int, gender: Gender) -> None:
    assert read_back(number_in_words(number, gender=gender)) == number


@given(number=st.integers(1, 10**12 - 1))
def test_thousands_and_milliards_are_feminine_and_millions_masculine(number: int) -> None:
    words = number_in_words(number)

    assert not re.search(r"\b(jedan|dva) (hiljad|milijard)|\b(jedna|dve) milion", words)


@given(number=st.integers(0, 10**12 - 1))
def test_words_survive_cyrillic_and_back(number: int) -> None:
    words = rsd_in_words(Decimal(number))

    assert to_latin(to_cyrillic(words)) == words
    assert not re.search("[a-z]", to_cyrillic(words))


def test_only_the_last_word_follows_the_gender_of_what_is_counted() -> None:
    said = [number_in_words(2001, gender=gender) for gender in Gender]

    assert said == ["dve hiljade jedan", "dve hiljade jedna", "dve hiljade jedno"]


def test_nouns_go_by_the_last_digit_but_for_the_teens() -> None:
    forms = {n: form_of(n, one="1", few="2", many="5") for n in (0, 1, 2, 4, 5, 11, 12, 14, 20, 21, 22, 111)}

    assert "".join(forms.values()) == "512255555125"


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "1000000000000", "NaN", "Infinity"])
def test_what_no_contract_can_owe_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        rsd_in_words(Decimal(amount))
