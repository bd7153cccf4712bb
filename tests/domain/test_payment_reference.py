"""Payment references of model 97: the vectors of the standard, and no slip unnoticed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain import payment_reference
from app.domain.payment_reference import (
    ForeignReference,
    NotAReference,
    Reference,
    ReferenceKind,
    ReferenceMistyped,
)
from app.domain.period import Period

idents = st.integers(1, 9_999_999)
months = st.builds(Period, st.integers(2000, 2099), st.integers(1, 12))
kinds = st.sampled_from(ReferenceKind)


@pytest.mark.parametrize(
    ("reference", "full"),
    [
        ("12345", "2012345"),
        ("12345A", "2812345A"),
        ("12345B", "2512345B"),
        ("21750940-2204", "47217509402204"),
        ("1000001-2606", "6010000012606"),
        ("1234567-2606", "0512345672606"),
        ("3220000111111111000", "163220000111111111000"),
        ("96", "0496"),
        ("97", "9897"),
        ("12345a", "2812345A"),
    ],
)
def test_control_digits_go_in_front(reference, full):
    assert payment_reference.make(reference) == full
    assert payment_reference.validate(full) == full


@pytest.mark.parametrize("text", ["20123456", "2812345B", "0012345", "0512345672607"])
def test_mistyped_references_are_caught(text):
    with pytest.raises(ReferenceMistyped):
        payment_reference.validate(text)


@pytest.mark.parametrize("text", ["", "05", "05/1234567/2606", "Č1", "1" * 24])
def test_what_is_no_reference_is_told_from_a_mistyped_one(text):
    with pytest.raises(NotAReference) as refusal:
        payment_reference.validate(text)
    assert refusal.type is NotAReference


@given(ident=idents, period=months, kind=kinds, instalment=st.integers(1, 99))
def test_a_reference_is_read_back_to_its_account_and_month(ident, period, kind, instalment):
    instalment = instalment if kind is ReferenceKind.PLAN else 0
    text = payment_reference.compose(ident, period=period, kind=kind, instalment=instalment)
    assert payment_reference.validate(text) == text
    assert payment_reference.parse(text) == Reference(ident, period, kind, instalment)
    assert payment_reference.parse(payment_reference.grouped(text)).ident == ident


@given(ident=idents, period=months)
def test_a_bill_gets_the_reference_that_make_would_give(ident, period):
    made = payment_reference.make(f"{ident:07d}-{period.ggmm:04d}")
    assert payment_reference.compose(ident, period=period) == made


@given(ident=idents, period=months, place=st.integers(0, 12), digit=st.sampled_from("0123456789"))
def test_any_single_wrong_digit_is_caught(ident, period, place, digit):
    text = payment_reference.compose(ident, period=period)
    assume(text[place] != digit)
    with pytest.raises(ReferenceMistyped):
        payment_reference.validate(text[:place] + digit + text[place + 1 :])


@given(ident=idents, period=months, place=st.integers(0, 11))
def test_two_neighbouring_digits_swapped_are_caught(ident, period, place):
    text = payment_reference.compose(ident, period=period)
    assume(text[place] != text[place + 1])
    with pytest.raises(ReferenceMistyped):
        payment_reference.validate(text[:place] + text[place + 1] + text[place] + text[place + 2 :])


@pytest.mark.parametrize(
    "body", ["12345", "1234567-2613", "0000000-2606", "1234567-2606-9", "1234567-2606-300"]
)
def test_sound_references_of_others_are_not_taken_for_ours(body):
    with pytest.raises(ForeignReference):
        payment_reference.parse(payment_reference.make(body))


def test_only_plans_have_instalments():
    with pytest.raises(ValueError, match="instalment"):
        payment_reference.compose(1, period=Period(2026, 6), instalment=3)
    with pytest.raises(ValueError, match="instalment"):
        payment_reference.compose(1, period=Period(2026, 6), kind=ReferenceKind.PLAN)
