"""Alerts of an account: how near limitation is, is seen at a glance."""

from datetime import date
from decimal import Decimal

import pytest

from app.domain.limitation import LimitationState
from app.usecases.accounts import Alert, AlertKind, AlertTarget
from ui.accounts import alerts
from ui.words.tones import Tone


@pytest.mark.parametrize(
    ("state", "words", "tone"),
    [
        (LimitationState.SOON, "431,09 may be time-barred from 30.06.2027", Tone.WARN),
        (LimitationState.PASSED, "431,09 may be time-barred since 30.06.2027", Tone.BAD),
    ],
)
def test_what_may_be_barred_already_is_told_from_what_will_be(
    state: LimitationState, words: str, tone: Tone
) -> None:
    fact = Alert(
        AlertKind.NEAR_LIMITATION,
        AlertTarget.BILLS,
        state=state,
        day=date(2027, 6, 30),
        amount=Decimal("431.09"),
        count=1,
    )

    told = alerts.say(fact)

    assert told.words.startswith(words)
    assert told.tone is tone
