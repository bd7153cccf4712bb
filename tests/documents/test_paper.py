"""Text in boxes: condensed, then cut, never wider; a number never cut."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.documents.typesetting import NARROWEST, Face, clean, fitted, width_of, wrapped
from app.documents.wording import Script, measured, money, written

BOXES = st.floats(min_value=1, max_value=190)
SIZES = st.sampled_from([6.2, 7.0, 10.0, 19.0])


@given(words=st.text(max_size=300), width=BOXES, size=SIZES, face=st.sampled_from(Face))
def test_words_are_never_wider_than_their_box(words: str, width: float, size: float, face: Face) -> None:
    kept, taken, percent = fitted(words, face=face, size=size, width=width)

    assert taken <= width
    assert abs(width_of(kept, face) * size * percent / 100 - taken) < 0.01


@given(amount=st.decimals(Decimal("-1e11"), Decimal("1e11"), places=2), width=BOXES)
def test_a_sum_is_never_cut(amount: Decimal, width: float) -> None:
    kept, taken, _ = fitted(money(amount), face=Face.BOLD, size=9, width=width)

    assert kept == money(amount)
    assert taken <= width


def test_a_name_a_little_too_long_is_condensed_and_a_very_long_one_is_cut() -> None:
    name = "Aleksandra Hadži-Vidojković"
    natural = width_of(name, Face.REGULAR) * 9

    condensed = fitted(name, face=Face.REGULAR, size=9, width=natural * 0.9)
    cut = fitted(name, face=Face.REGULAR, size=9, width=natural * 0.5)

    assert condensed[0] == name
    assert condensed[2] in range(NARROWEST, 91)
    assert cut[0].startswith("Aleksandra")
    assert cut[0].endswith("…")


@given(words=st.text(max_size=300), lines=st.integers(1, 4))
def test_wrapping_loses_no_word(words: str, lines: int) -> None:
    made = wrapped(words, face=Face.BOLD, size=10, width=40, lines=lines)

    assert len(made) <= lines
    assert " ".join(made).split() == clean(words).split()


def test_quantities_keep_all_their_decimals_and_at_least_two() -> None:
    assert measured(Decimal("54.300")) == "54,30"
    assert measured(Decimal("0.2407")) == "0,2407"
    assert measured(Decimal("1E+3")) == "1.000,00"


def test_units_currency_and_addresses_of_the_net_stay_in_latin() -> None:
    said = written("Grejanje 54,30 m², 12 kWh, 100,00 RSD (info@primer.example) NBS IPS QR", Script.CYRILLIC)

    assert said == "Грејање 54,30 m², 12 kWh, 100,00 RSD (info@primer.example) NBS IPS QR"


def test_a_cyrillic_name_is_printed_in_latin_on_a_latin_paper() -> None:
    assert written("Љиљана Ђорђевић", Script.LATIN) == "Ljiljana Đorđević"
