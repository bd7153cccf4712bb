"""Limitation: how near the end of a term is."""

from datetime import date

import pytest

from app.domain.limitation import LimitationState, limitation_state


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
