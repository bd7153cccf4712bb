"""Subsidies: granted by the city, kept by paying the month before in time."""

from datetime import date

from app.domain.period import Period
from app.domain.subsidies import is_earned


def test_the_month_before_must_be_settled_by_the_end_of_this_one():
    june = Period(2026, 6)
    assert is_earned(june, previous_settled_on=date(2026, 6, 30))
    assert not is_earned(june, previous_settled_on=date(2026, 7, 1))
    assert not is_earned(june, previous_settled_on=None)
