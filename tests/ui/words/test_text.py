"""Amounts, dates and words as a clerk reads them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.domain.period import Period
from ui.words import text


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal("1234567.891"), "1.234.567,89"),
        (Decimal("-371.2"), "-371,20"),
        (Decimal(0), "0,00"),
        (None, "–"),
    ],
)
def test_money_is_written_the_serbian_way(amount: Decimal | None, words: str) -> None:
    assert text.money(amount) == words


def test_money_with_its_currency() -> None:
    assert text.money_rsd(Decimal("4376.94")) == "4.376,94 RSD"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("54.000"), "54"),
        (Decimal("3.50"), "3,5"),
        (Decimal("0.2407"), "0,2407"),
        (Decimal("1E+3"), "1.000"),
        (None, "–"),
    ],
)
def test_a_quantity_has_the_decimals_it_needs(value: Decimal | None, words: str) -> None:
    assert text.quantity(value) == words


def test_percents_and_shares() -> None:
    assert text.percent(5) == "5 %"
    assert text.percent(Decimal("14.75")) == "14,75 %"
    assert text.share(Decimal(1), Decimal(3)) == "33 %"
    assert text.share(Decimal(1), Decimal(0)) == "–"


def test_days_end_with_a_dot() -> None:
    assert text.day(date(2026, 7, 31)) == "31.07.2026."
    assert text.day(None) == "–"


def test_a_moment_is_told_in_the_time_of_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Europe/Belgrade")
    time.tzset()
    try:
        assert text.moment(datetime(2026, 7, 31, 12, 5, tzinfo=UTC)) == "31.07.2026. 14:05"
        assert text.clock(datetime(2026, 1, 31, 12, 5, tzinfo=UTC)) == "13:05"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_an_account_number_has_seven_digits() -> None:
    assert text.ident(42) == "0000042"


def test_a_period_is_month_and_year() -> None:
    assert text.period(Period(2026, 6)) == "06/2026"
