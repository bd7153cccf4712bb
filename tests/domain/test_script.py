"""Two scripts, one language: transliteration, the search key, the sorting order."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.script import fold, sort_key, to_cyrillic, to_latin
from tests.domain.fold_vectors import PAIRS

CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"
LATIN = "abcčćdđefghijklmnoprsštuvzž"
BETWEEN = " 0123456789-/."

cyrillic_words = st.text(CYRILLIC + CYRILLIC.upper() + BETWEEN, max_size=40)
latin_words = st.text(LATIN + LATIN.upper() + BETWEEN, max_size=40)


@pytest.mark.parametrize(("typed", "key"), PAIRS)
def test_every_way_of_writing_a_name_has_one_key(typed, key):
    assert fold(typed) == key


@given(text=st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(text=st.text())
def test_a_key_is_ascii_with_single_spaces(text):
    key = fold(text)
    assert key.isascii()
    assert key == " ".join(key.split())
    assert all(letter.isalnum() or letter == " " for letter in key)
    assert key == key.lower()


@given(text=cyrillic_words)
def test_both_scripts_have_one_key(text):
    assert fold(text) == fold(to_latin(text))


@given(text=latin_words)
def test_writing_in_cyrillic_does_not_change_the_key(text):
    assert fold(to_cyrillic(text)) == fold(text)


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Љиљана Његош", "Ljiljana Njegoš"),
        ("ЉИЉАНА ЊЕГОШ", "LJILJANA NJEGOŠ"),
        ("КОЊ", "KONJ"),
        ("Њ. Петровић", "Nj. Petrović"),
        ("ЂУРЂЕВДАНСКА 5А", "ĐURĐEVDANSKA 5A"),
        ("Џон", "Džon"),
        ("Танјуг", "Tanjug"),
        ("инјекција", "injekcija"),
        ("конјугација", "konjugacija"),
        ("надживети", "nadživeti"),
        ("Конјунктура", "Konjunktura"),
        ("Оџаци", "Odžaci"),
        ("коњушар", "konjušar"),
        ("подјела", "podjela"),
    ],
)
def test_words_are_written_in_either_script(cyrillic, latin):
    assert to_latin(cyrillic) == latin
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Kralja Petra II 5", "Краља Петра II 5"),
        ("Učiteljska 12a/III/15", "Учитељска 12а/III/15"),
        ("12a/I/15", "12а/I/15"),
        ("ana@primer.rs", "ana@primer.rs"),
        ("www.primer.rs", "www.primer.rs"),
        ("120 kWh", "120 kWh"),
        ("Wiener osiguranje", "Wiener осигурање"),
        ("ǈubica", "Љубица"),
        ("C\u030cukarica", "Чукарица"),
    ],
)
def test_what_has_no_cyrillic_stays_in_latin(latin, cyrillic):
    assert to_cyrillic(latin) == cyrillic


@given(word=st.text("абвгдђежзијкљмњопрстћуфхцчш", max_size=30).filter(lambda w: "дж" not in w))
def test_a_cyrillic_word_comes_back_from_latin(word):
    assert to_cyrillic(to_latin(word)) == word


def test_places_are_sorted_as_in_a_serbian_register():
    places = [
        "Cetinje", "Čačak", "Ćuprija", "Dunav", "Džep", "Đorđe", "Lom", "Luk", "Lj", "Ljig", "Niš", "Novi",
        "Nj", "Njegoš", "Sombor", "Šabac", "Zemun", "Žabalj",
    ]  # fmt: skip
    shuffled = random.Random(7).sample(places, len(places))
    assert sorted(shuffled, key=sort_key) == places


def test_cyrillic_sorts_beside_its_latin_twin():
    assert sort_key("Љиг") == sort_key("Ljig")
    assert sorted(["Марко", "Ljig", "Љубић", "Luk"], key=sort_key) == ["Luk", "Ljig", "Љубић", "Марко"]


def test_shorter_words_and_digits_come_first():
    assert sorted(["Ana B", "Ana", "Anab", "1 Ana"], key=sort_key) == ["1 Ana", "Ana", "Ana B", "Anab"]


@given(text=st.text())
def test_a_sort_key_is_ascii(text):
    assert sort_key(text).isascii()
