"""Statutory interest: the vectors, and the laws any simple interest obeys."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.interest import RateTable, RateUnknown, accrued, segments
from app.domain.statutory_rates import KNOWN_RATES, STATUTORY_RATES

TABLE = RateTable(STATUTORY_RATES)

days = st.dates(date(2013, 1, 1), date(2027, 12, 31))
debts = st.decimals("0.01", "9999999.99", places=2)


@pytest.mark.parametrize(
    ("principal", "due", "paid", "interest"),
    [
        ("10000.00", date(2025, 1, 31), date(2025, 2, 28), "105.48"),
        ("10000.00", date(2025, 1, 31), date(2025, 2, 1), "3.77"),
        ("10000.00", date(2025, 2, 28), date(2025, 2, 28), "0.00"),
        ("10000.00", date(2024, 1, 31), date(2024, 2, 29), "114.89"),
        ("4376.94", date(2018, 1, 31), date(2018, 5, 31), "161.68"),
        ("0.01", date(2025, 1, 31), date(2026, 1, 31), "0.00"),
    ],
)
@pytest.mark.parametrize("rates", [STATUTORY_RATES, TABLE], ids=["sequence", "table"])
def test_interest_to_the_para(principal, due, paid, interest, rates):
    assert accrued(Decimal(principal), due=due, paid=paid, rates=rates) == Decimal(interest)


def test_days_are_split_where_the_rate_changes():
    found = segments(date(2018, 1, 31), paid=date(2018, 5, 31), rates=STATUTORY_RATES)
    assert [(segment.days, segment.percent, segment.days_in_year) for segment in found] == [
        (42, Decimal("11.50"), 365),
        (29, Decimal("11.25"), 365),
        (49, Decimal("11.00"), 365),
    ]


def test_days_are_split_at_the_end_of_a_year():
    found = segments(date(2023, 12, 1), paid=date(2024, 1, 15), rates=STATUTORY_RATES)
    assert [(segment.last_day, segment.days_in_year) for segment in found] == [
        (date(2023, 12, 31), 365),
        (date(2024, 1, 15), 366),
    ]


@given(due=days, span=st.integers(0, 4000))
def test_segments_cover_every_day_of_delay_once(due, span):
    paid = due + timedelta(days=span)
    found = segments(due, paid=paid, rates=TABLE)
    assert sum(segment.days for segment in found) == span
    following = due
    for segment in found:
        assert segment.first_day == following + timedelta(days=1)
        assert segment.first_day.year == segment.last_day.year
        following = segment.last_day


@given(due=days, first=st.integers(0, 1500), second=st.integers(0, 1500))
def test_interest_adds_up_over_adjoining_spans(due, first, second):
    middle = due + timedelta(days=first)
    paid = middle + timedelta(days=second)
    assert TABLE.weight(due, middle) + TABLE.weight(middle, paid) == TABLE.weight(due, paid)


@given(principal=debts, due=days, days_late=st.integers(0, 2000), more=st.integers(0, 500))
def test_waiting_longer_never_costs_less(principal, due, days_late, more):
    paid = due + timedelta(days=days_late)
    later = paid + timedelta(days=more)
    assert accrued(principal, due=due, paid=paid, rates=TABLE) <= accrued(
        principal, due=due, paid=later, rates=TABLE
    )


@given(one=debts, other=debts, due=days, days_late=st.integers(0, 2000))
def test_a_larger_debt_never_bears_less(one, other, due, days_late):
    paid = due + timedelta(days=days_late)
    smaller, larger = sorted((one, other))
    assert accrued(smaller, due=due, paid=paid, rates=TABLE) <= accrued(
        larger, due=due, paid=paid, rates=TABLE
    )


@given(principal=debts, due=days, early=st.integers(0, 100))
def test_who_pays_in_time_owes_no_interest(principal, due, early):
    assert accrued(principal, due=due, paid=due - timedelta(days=early), rates=TABLE) == 0


def test_an_overpayment_bears_no_interest():
    assert accrued(Decimal("-500.00"), due=date(2025, 1, 31), paid=date(2025, 6, 1), rates=TABLE) == 0


def test_days_before_the_table_begins_are_refused_not_guessed():
    with pytest.raises(RateUnknown) as refusal:
        accrued(Decimal("100.00"), due=date(2012, 11, 30), paid=date(2013, 1, 1), rates=TABLE)
    assert refusal.value.day == date(2012, 12, 1)


def test_the_known_rates_are_in_order_and_apply_from_the_day_after_the_session():
    first_days = [first_day for first_day, _ in STATUTORY_RATES]
    assert first_days == sorted(set(first_days))
    assert dict(STATUTORY_RATES)[date(2018, 3, 15)] == Decimal("11.25")
    assert STATUTORY_RATES[-1] == (date(2024, 9, 13), Decimal("13.75"))
    assert not KNOWN_RATES[-1].confirmed
