"""Days as they are typed at the counter."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.kit.dates import NotADay, read_day
from ui.words import text

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("15", date(2026, 11, 15)),
        ("15.", date(2026, 11, 15)),
        ("15.3", date(2026, 3, 15)),
        ("15.3.", date(2026, 3, 15)),
        ("15/3", date(2026, 3, 15)),
        ("15. 3. 2025.", date(2025, 3, 15)),
        ("31.07.2026.", date(2026, 7, 31)),
        ("15.3.25", date(2025, 3, 15)),
        ("1.1.58", date(1958, 1, 1)),
        ("1503", date(2026, 3, 15)),
        ("15032024", date(2024, 3, 15)),
        ("150324", date(2024, 3, 15)),
        ("2026-07-31", date(2026, 7, 31)),
        ("29.2.2028", date(2028, 2, 29)),
        ("t", TODAY),
        ("T", TODAY),
        ("т", TODAY),
        ("danas", TODAY),
        ("+7", date(2026, 11, 28)),
        ("-1", date(2026, 11, 20)),
        ("+ 40", date(2026, 12, 31)),
    ],
)
def test_a_typed_day_is_read_by_the_counters_shortcuts(typed: str, day: date) -> None:
    assert read_day(typed, today=TODAY) == day


@pytest.mark.parametrize(
    "typed",
    ["32", "31.6", "29.2.2026", "0", "15.13", "abc", "7+", "1.1.20266", "--1", "2026-13-01", "99991231999"],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotADay):
        read_day(typed, today=TODAY)


def test_nothing_typed_is_no_day() -> None:
    assert read_day("  ", today=TODAY) is None


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_that_is_shown_can_be_read_back(day: date) -> None:
    assert read_day(text.day(day), today=TODAY) == day


@given(st.integers(min_value=-9999, max_value=9999))
def test_counted_days_count_from_today(days: int) -> None:
    assert read_day(f"{days:+d}", today=TODAY) == TODAY + timedelta(days)


@given(st.text(max_size=12))
def test_reading_never_fails_in_another_way(typed: str) -> None:
    with suppress(NotADay):
        read_day(typed, today=TODAY)
