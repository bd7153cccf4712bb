"""Limitation: a year for households, ten for final decisions, counted anew when interrupted."""

from datetime import date

import pytest

from app.domain.limitation import FINAL_DECISION_YEARS, LimitationState, ends_on, limitation_state


def test_household_bills_have_a_year_and_final_decisions_ten():
    assert ends_on(date(2025, 7, 31)) == date(2026, 7, 31)
    assert ends_on(date(2025, 7, 31), years=FINAL_DECISION_YEARS) == date(2035, 7, 31)


def test_an_acknowledgement_starts_the_term_again():
    assert ends_on(date(2025, 7, 31), interrupted_on=date(2026, 2, 10)) == date(2027, 2, 10)
    assert ends_on(date(2025, 7, 31), interrupted_on=date(2025, 2, 10)) == date(2026, 7, 31)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 6, 1), LimitationState.RUNNING),
        (date(2026, 6, 2), LimitationState.SOON),
        (date(2026, 8, 1), LimitationState.SOON),
        (date(2026, 8, 2), LimitationState.PASSED),
    ],
)
def test_the_end_is_announced_sixty_days_before(today, state):
    assert limitation_state(date(2026, 8, 1), today=today) is state
