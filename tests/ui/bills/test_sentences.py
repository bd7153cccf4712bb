"""Every difference between two bills has a sentence in each language of the desk."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.bills import Difference, DifferenceKind, DiscountReason
from ui.bills import sentences, words

OF_DISCOUNT = {
    DifferenceKind.DISCOUNT_GAINED: DiscountReason.DEBT_SETTLED,
    DifferenceKind.DISCOUNT_LOST: DiscountReason.OPEN_DEBT,
    DifferenceKind.DISCOUNT_CHANGED: DiscountReason.OTHER_BASE,
}


def a_difference(kind, **facts):
    made = Difference(
        kind,
        Decimal("160.54"),
        service="Hladna voda",
        provider="JKP Beogradski vodovod i kanalizacija",
        unit="m³",
        old_quantity=Decimal("12.300"),
        new_quantity=Decimal("15.000"),
        old_price=Decimal("59.4600"),
        new_price=Decimal("62.1000"),
        reason=OF_DISCOUNT.get(kind),
    )
    return replace(made, **facts)


@pytest.mark.parametrize("kind", DifferenceKind)
def test_every_kind_of_difference_has_a_sentence(qapp, kind):
    sentence = sentences.difference(a_difference(kind))

    assert sentence
    assert "{" not in sentence


def test_a_change_of_quantity_names_both_quantities(qapp):
    sentence = sentences.difference(a_difference(DifferenceKind.QUANTITY))

    assert sentence == "Hladna voda: quantity 12,3 → 15 m³"


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (DiscountReason.STREAK_REACHED, "Discount 5 % → 6 %: 6 month(s) in a row paid in time"),
        (DiscountReason.STREAK_BROKEN, "Discount 5 % → 6 %: a month was paid late"),
        (DiscountReason.OPEN_DEBT, "Discount of 5 % lost: there is open debt"),
        (DiscountReason.DEBT_SETTLED, "Discount of 6 % gained: no more open debt"),
    ],
)
def test_a_discount_that_changed_says_why(qapp, reason, sentence):
    found = a_difference(
        DifferenceKind.DISCOUNT_CHANGED,
        reason=reason,
        old_percent=Decimal(5),
        new_percent=Decimal(6),
        months=6,
    )

    assert sentences.difference(found) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("0", "103.52", "Interest: an earlier bill was paid late"),
        ("103.52", "0", "Interest: none any more"),
        ("103.52", "90.00", "Interest for late payment: 103,52 → 90,00"),
    ],
)
def test_interest_is_told_as_it_came_stayed_or_went(qapp, old, new, sentence):
    found = a_difference(DifferenceKind.INTEREST, old_amount=Decimal(old), new_amount=Decimal(new))

    assert sentences.difference(found) == sentence


@pytest.mark.parametrize(("amount", "shown"), [("160.54", "+160,54"), ("-20.00", "-20,00"), ("0.00", "0,00")])
def test_a_difference_always_shows_its_sign(amount, shown):
    assert words.signed(Decimal(amount)) == shown


@pytest.mark.parametrize(("price", "shown"), [("59.4600", "59,46"), ("0.2407", "0,2407")])
def test_a_price_keeps_the_decimals_it_was_set_with(price, shown):
    assert sentences.price(Decimal(price)) == shown
