"""Periods: months that count, compare and are written as bills write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.period import NotAPeriod, Period

months = st.builds(Period, st.integers(2010, 2089), st.integers(1, 12))


@given(period=months)
def test_a_period_is_read_back_from_its_number_and_from_its_text(period):
    assert Period.from_ggmm(period.ggmm) == period
    assert Period.parse(str(period)) == period


@given(period=months, count=st.integers(-100, 100))
def test_going_there_and_back_ends_where_it_began(period, count):
    assert period.plus(count).plus(-count) == period
    assert period.plus(count).months_since(period) == count


@given(period=months)
def test_the_next_period_begins_the_day_after_this_one_ends(period):
    assert (period.next().first_day - period.last_day).days == 1


@given(earlier=months, later=months)
def test_periods_are_ordered_as_their_first_days(earlier, later):
    assert (earlier < later) == (earlier.first_day < later.first_day)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("januar 2025", 1), ("feb. 2025", 2), ("marta 2025", 3), ("апр 2025", 4), ("maj 2025.", 5),
        ("jul 2025", 7), ("avgusta 2025", 8), ("sept 2025", 9), ("septembra 2025", 9), ("окт. 2025", 10),
        ("новембру 2025", 11),
        ("dec 2025", 12),
    ],
)  # fmt: skip
def test_a_month_is_read_by_its_name(text, month):
    assert Period.parse(text) == Period(2025, month)


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "mar", "petak 2026", "ju 2026", "junski 2026"])
def test_what_names_no_month_is_none(text):
    with pytest.raises(NotAPeriod):
        Period.parse(text)


def test_december_is_followed_by_january():
    assert Period(2026, 12).next() == Period(2027, 1)
    assert Period(2027, 1).previous().ggmm == 2612


def test_a_leap_february_has_its_twenty_ninth():
    assert Period(2024, 2).last_day == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "06/2026",
        "6.2026.",
        "06-26",
        "2606",
        " 06/2026 ",
        "2026-06",
        "2026/6",
        "2026.06.",
        "jun 2026",
        "JUN 2026.",
        "jun2026",
        "juna 2026",
        "u junu 2026"[2:],
        "јун 2026.",
        "јуна 2026. године",
    ],
)
def test_a_month_is_read_in_every_customary_form(text):
    assert Period.parse(text) == Period(2026, 6)


@pytest.mark.parametrize("text", ["", "13/2026", "0/2026", "2613", "2600", "06/1999", "26066"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(NotAPeriod):
        Period.parse(text)
