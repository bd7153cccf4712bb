"""Cases before bailiffs: states that lead on, and numbers as registers write them."""

import pytest

from app.domain.enforcement import ENDED, TRANSITIONS, CaseState, NotACaseNumber, normalize_case_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("I.Iv 1234/2024", "I.Iv 1234/2024"),
        ("И.Ив 1234/2024", "I.Iv 1234/2024"),
        ("IIv-12/24", "I.Iv 12/2024"),
        ("Iv 7/2025", "I.Iv 7/2025"),
        ("I.I 5 / 2023", "I.I 5/2023"),
        ("ii 0005/23", "I.I 5/2023"),
    ],
)
def test_a_case_number_is_read_however_it_was_written(written, number):
    assert normalize_case_number(written) == number


@pytest.mark.parametrize("written", ["", "1234/2024", "Kralja Petra II 5/15", "P 12/2024", "I.Iv 1234"])
def test_other_texts_are_no_case_numbers(written):
    with pytest.raises(NotACaseNumber):
        normalize_case_number(written)


def test_every_state_is_reached_and_every_case_can_end():
    assert set(TRANSITIONS) == set(CaseState)
    reached = {state for following in TRANSITIONS.values() for state in following}
    assert reached == set(CaseState)
    for state in set(CaseState) - ENDED:
        assert TRANSITIONS[state] & ENDED, state


def test_an_ended_case_stays_ended():
    assert all(not TRANSITIONS[state] for state in ENDED)


def test_a_case_rests_while_a_plan_is_in_force_and_wakes_where_it_stood():
    for state in set(CaseState) - ENDED - {CaseState.SUSPENDED_BY_PLAN}:
        assert CaseState.SUSPENDED_BY_PLAN in TRANSITIONS[state]
        assert state in TRANSITIONS[CaseState.SUSPENDED_BY_PLAN]
