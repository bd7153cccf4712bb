"""Two scripts, one language: transliteration, the search key, the sorting order."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.wording import Script, written
from app.domain.script import fold, sort_key, to_cyrillic, to_latin, unmixed
from app.domain.spelling import repaired
from tests.domain.fold_vectors import PAIRS
from ui.words.translations import cyrillic

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


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Kralja Petra I", "Краља Петра I"),
        ("Kralja Petra I 15", "Краља Петра I 15"),
        ("KRALJA PETRA I OSLOBODIOCA", "КРАЉА ПЕТРА I ОСЛОБОДИОЦА"),
        ("Petar I, Aleksandar I i Petar II", "Петар I, Александар I и Петар II"),
        ("ulica Karla V, sprat V", "улица Карла V, спрат V"),
        ("I sprat", "I спрат"),
        ("Ana i Marko, ANA I MARKO", "Ана и Марко, АНА И МАРКО"),
        ("I. Petrović i Petar V. Perić", "И. Петровић и Петар В. Перић"),
        ("VIII-04, I-04, 5-I, IV-a", "VIII-04, I-04, 5-I, IV-а"),
        ("Müller, Jürgen Müller-Petrović", "Müller, Jürgen Müller-Petrović"),
        ("Miloš Łukasz i Čelebić", "Милош Łukasz и Челебић"),
        ("infostan.rs, na adresi plati.naplata.rs/racun.", "infostan.rs, на адреси plati.naplata.rs/racun."),
        ("ul. Nušićeva br. 5, d.o.o.", "ул. Нушићева бр. 5, д.о.о."),
        ("I.Iv 8645/2026 i I.I 55/2017", "I.Iv 8645/2026 и I.I 55/2017"),
        ("zahtev NBG-000041/2026, ugovor RP-2020/12a", "захтев NBG-000041/2026, уговор RP-2020/12a"),
        ("3 m², 120 kWh, IPS QR, PDF", "3 m², 120 kWh, IPS QR, PDF"),
        ("vodomer AB123456", "водомер AB123456"),
        ("5A, 12a, bb", "5А, 12а, бб"),
        ("Ðorðević", "Ђорђевић"),
        ("Nјegoš", "Његош"),
    ],
)
def test_numerals_addresses_of_the_net_foreign_names_and_marks_stay_as_they_are(latin, cyrillic):
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    "words", ["Kralja Petra I", "VIII-04", "Müller", "infostan.rs", "I.Iv 5/2026", "3 m²"]
)
def test_papers_and_the_screen_write_by_one_rule(words):
    assert written(words, Script.CYRILLIC) == cyrillic(words) == to_cyrillic(words)


@pytest.mark.parametrize(
    ("mixed", "meant"),
    [
        ("Nјegoš", "Njegoš"),
        ("Пeтровић", "Петровић"),
        ("Cава", "Сава"),
        ("Marкović", "Marković"),
        ("Ана Marić", "Ана Marić"),
        ("12а", "12а"),
    ],
)
def test_a_word_is_in_one_script(mixed, meant):
    assert unmixed(mixed) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Milovanoviæ", "Milovanović"),
        ("Èaèak, kuæa, Jovièiæ", "Čačak, kuća, Jovičić"),
        ("Ðorðe Ðuriš", "Đorđe Đuriš"),
        ("Molière, Kjær, Müller, Noël", "Molière, Kjær, Müller, Noël"),
        ("Nјegoš", "Njegoš"),
        ("Ðorđević, ANÐELIĆ", "Đorđević, ANĐELIĆ"),
        ("Guðmundsdóttir, crème brûlée", "Guðmundsdóttir, crème brûlée"),
    ],
)
def test_a_code_page_taken_for_another_is_put_right(read, meant):
    assert repaired(read) == meant


@given(text=st.text(CYRILLIC + LATIN + "èæðÈÆÐ -'", max_size=30))
def test_what_was_put_right_once_is_right(text):
    assert repaired(repaired(text)) == repaired(text)


def test_letters_that_stand_for_others_are_sorted_with_them():
    assert sort_key("Ðorđević") == sort_key("Đorđević")
    assert sorted(["Lukić", "Łukasz", "Luk", "Mitić"], key=sort_key) == ["Luk", "Łukasz", "Lukić", "Mitić"]
