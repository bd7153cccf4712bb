"""What was typed into the one box: numbers, scans, names, in order of plausibility."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.payment_reference import Reference, ReferenceKind, compose
from app.domain.period import Period
from app.domain.script import fold
from app.domain.search import MeaningKind, highlight, interpret
from tests.domain.test_ips_qr import FULL, OTHER_ISSUER, SHORT

JUNE_BILL = Reference(1234567, Period(2026, 6))
FIRST_INSTALMENT = Reference(1000551, Period(2026, 11), ReferenceKind.PLAN, 1)


def kinds(text: str) -> list[str]:
    return [meaning.kind.value for meaning in interpret(text).meanings]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1234567", ["ident", "phone_tail", "words"]),
        (" 1234567 ", ["ident", "phone_tail", "words"]),
        ("ident: 1234567", ["ident", "phone_tail", "words"]),
        ("12", ["ident_prefix", "ident", "words"]),
        ("12345", ["ident_prefix", "ident", "words"]),
        ("123456", ["ident_prefix", "ident", "phone_tail", "words"]),
        ("123-456", ["ident_prefix", "ident", "phone_tail", "words"]),
        ("123/456", ["phone_tail", "words"]),
        ("0000000", ["phone_tail", "words"]),
        ("0512345672606", ["reference", "jmbg", "words"]),
        ("05 1234567-2606", ["reference", "jmbg", "words"]),
        ("97 0512345672606", ["reference", "words"]),
        ("poziv na broj 97 05-1234567-2606", ["reference", "words"]),
        ("1234567-2606", ["reference", "words"]),
        ("0101000710009", ["jmbg", "reference", "words"]),
        ("101134702", ["pib", "phone", "words"]),
        ("PIB: 101134702", ["pib", "phone", "words"]),
        ("641234567", ["phone", "pib", "words"]),
        ("011234567", ["phone", "words"]),
        ("07007965", ["company_number", "phone", "words"]),
        ("064/123-45-67", ["phone", "words"]),
        ("+381 64 123 45 67", ["phone", "words"]),
        ("00381641234567", ["phone", "words"]),
        ("381641234567", ["phone", "words"]),
        ("tel. 064 1234567", ["phone", "words"]),
        ("ana@primer.rs", ["email", "words"]),
        ("I.Iv 1234/2024", ["case_number", "words"]),
        ("12a/III/15", ["words"]),
        ("12/3", ["words"]),
        ("Učiteljska 12a", ["words"]),
        ("Kralja Petra II 5/15", ["words"]),
        ("Petrović Ana", ["words"]),
        ("Петровић", ["words"]),
    ],
)
def test_a_text_is_read_in_order_of_plausibility(typed, read):
    assert kinds(typed) == read


@pytest.mark.parametrize("blank", ["", " ", "\r\n\t"])
def test_a_blank_text_has_no_reading(blank):
    assert interpret(blank).meanings == ()
    assert interpret(blank).best is None


def test_an_account_number_is_known_by_its_value():
    best = interpret("42").of(MeaningKind.IDENT)
    assert best is not None
    assert (best.ident, best.value) == (42, "0000042")


def test_a_reference_names_the_account_and_the_month():
    best = interpret("05 1234567-2606").best
    assert best is not None
    assert (best.ident, best.named, best.value) == (1234567, JUNE_BILL, "0512345672606")


def test_a_reference_typed_without_control_digits_gets_them():
    best = interpret("1234567-2606").best
    assert best is not None
    assert best.value == "0512345672606"


@pytest.mark.parametrize(
    "typed",
    [
        "51 1000551-2611-301",
        "51 10005512611301",
        "97 51 1000551-2611-301",
        "1000551-2611-301",
        "10005512611301",
    ],
)
def test_the_reference_of_an_instalment_names_its_plan_and_no_bill(typed):
    best = interpret(typed).best
    assert best is not None
    assert (best.kind, best.ident, best.named) == (MeaningKind.REFERENCE, 1000551, FIRST_INSTALMENT)


@pytest.mark.parametrize("kind", [ReferenceKind.NOTICE, ReferenceKind.ENFORCEMENT])
def test_a_reference_says_what_it_is_of_with_its_control_digits_and_without(kind):
    whole = compose(1234567, period=Period(2026, 6), kind=kind)
    for typed in (whole, whole[2:], f"97 {whole}"):
        best = interpret(typed).best
        assert best is not None
        assert best.named == Reference(1234567, Period(2026, 6), kind)


def test_an_instalment_with_a_wrong_control_number_is_no_reference_of_another_account():
    intent = interpret("52 1000551-2611-301")
    assert [(one.kind, one.named) for one in intent.meanings][:1] == [(MeaningKind.REFERENCE, None)]
    assert not intent.meanings[0].is_sound


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\u2028"])
def test_a_scanned_code_lands_on_its_bill(line_break):
    best = interpret("  " + FULL.replace("\r\n", line_break) + "\r\n").best
    assert best is not None
    assert best.kind is MeaningKind.IPS_QR
    assert (best.ident, best.named, best.amount) == (1234567, JUNE_BILL, Decimal("4376.94"))


def test_a_code_of_another_issuer_names_no_account():
    best = interpret(OTHER_ISSUER).best
    assert best is not None
    assert (best.ident, best.named, best.amount, best.is_sound) == (0, None, Decimal("3596.13"), True)
    without_reference = interpret(SHORT).best
    assert without_reference is not None
    assert (without_reference.ident, without_reference.value) == (0, "")


def test_a_damaged_code_is_said_to_be_damaged():
    best = interpret(FULL.replace("RSD4376,94", "RSD4376.94")).best
    assert best is not None
    assert (best.kind, best.is_sound) == (MeaningKind.IPS_QR, False)


def test_a_mistyped_number_keeps_its_readings_marked():
    intent = interpret("0512345672607")
    assert [(meaning.kind, meaning.is_sound) for meaning in intent.meanings][:2] == [
        (MeaningKind.REFERENCE, False),
        (MeaningKind.JMBG, False),
    ]


def test_words_keep_what_was_typed_beside_what_is_compared():
    words = interpret("  Djordjević   Učiteljska 12a/III ").of(MeaningKind.WORDS)
    assert words is not None
    assert words.value == "Djordjević Učiteljska 12a/III"
    assert words.tokens == ("dordevic", "uciteljska", "12a", "iii")


@given(text=st.text())
def test_no_text_whatever_breaks_the_box(text):
    intent = interpret(text)
    if fold(text):
        assert intent.best is not None


@pytest.mark.parametrize(
    ("text", "tokens", "marked"),
    [
        ("Ђорђевић Ана", ["djordjevic"], ["Ђорђевић"]),
        ("Đorđević Ana", ["djordjevic"], ["Đorđević"]),
        ("Djordjević Ana", ["đorđević"], ["Djordjević"]),
        ("Djordjević Ana", ["Ђор"], ["Djor"]),
        ("Љиљана Његош", ["njeg", "ljilj"], ["Љиљ", "Њег"]),
        ("Učiteljska 12a, Zvezdara", ["12", "zvez"], ["12", "Zvez"]),
        ("Ana Petrović", ["petrovic", "ana"], ["Ana", "Petrović"]),
        ("Stefana Ana", ["ana"], ["Ana"]),
        ("Stefanović", ["ano"], ["ano"]),
        ("Петровић", ["vic"], ["вић"]),
        ("C\u030cukarica", ["cu"], ["C\u030cu"]),
        ("1234567", ["123"], ["123"]),
        ("Ana", ["x", ""], []),
    ],
)
def test_what_matched_is_marked_in_the_text_as_written(text, tokens, marked):
    assert [text[start:end] for start, end in highlight(text, tokens)] == marked


@given(text=st.text(), tokens=st.lists(st.text(min_size=1, max_size=5), max_size=4))
def test_marks_are_in_order_apart_and_contain_a_token(text, tokens):
    folded_tokens = [fold(token) for token in tokens]
    previous_end = -1
    for start, end in highlight(text, tokens):
        assert previous_end < start < end <= len(text)
        previous_end = end
        assert any(token and token.split()[0] in fold(text[start:end]) for token in folded_tokens)
