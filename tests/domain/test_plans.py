"""Payment plans: the published schedules, and sums that never lose a para."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.plans import (
    ENDED,
    TRANSITIONS,
    InstalmentState,
    InstalmentTooSmall,
    PlanState,
    due_dates,
    instalment_state,
    schedule,
)

DEBT = Decimal("47350.80")


@pytest.mark.parametrize(
    ("percent", "count", "written_off", "equal", "last"),
    [
        (15, 1, "7102.62", "40248.18", "40248.18"),
        (10, 6, "4735.08", "7102.62", "7102.62"),
        (5, 12, "2367.54", "3748.61", "3748.55"),
    ],
)
def test_the_ladder_of_the_published_programmes(percent, count, written_off, equal, last):
    offered = schedule(DEBT, discount_percent=percent, instalments=count)
    assert offered.written_off == Decimal(written_off)
    assert offered.instalments == (Decimal(equal),) * (count - 1) + (Decimal(last),)


@given(
    principal=st.decimals("0.01", "9999999.99", places=2),
    percent=st.sampled_from([0, 5, 10, 12, 15, 20]),
    count=st.integers(1, 60),
)
def test_written_off_and_instalments_make_up_the_principal(principal, percent, count):
    try:
        offered = schedule(principal, discount_percent=percent, instalments=count)
    except InstalmentTooSmall:
        assume(False)
    assert offered.written_off + sum(offered.instalments) == principal
    assert all(part > 0 for part in offered.instalments)


def test_instalments_under_the_least_one_are_refused_with_the_sums():
    with pytest.raises(InstalmentTooSmall) as refusal:
        schedule(Decimal("5000.00"), discount_percent=0, instalments=6, least=Decimal("1000.00"))
    assert (refusal.value.smallest, refusal.value.least) == (Decimal("833.33"), Decimal("1000.00"))


def test_sixty_instalments_of_one_para_are_the_smallest_plan():
    assert set(schedule(Decimal("0.60"), discount_percent=0, instalments=60).instalments) == {Decimal("0.01")}
    with pytest.raises(InstalmentTooSmall):
        schedule(Decimal("0.59"), discount_percent=0, instalments=60)


def test_due_dates_are_a_month_apart_and_on_working_days():
    found = due_dates(date(2026, 1, 31), instalments=4, holidays=frozenset({date(2026, 3, 31)}))
    assert found == (date(2026, 2, 2), date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 30))


@pytest.mark.parametrize(
    ("paid", "today", "state"),
    [
        ("0.00", date(2026, 5, 31), InstalmentState.NOT_DUE),
        ("0.00", date(2026, 6, 1), InstalmentState.DUE),
        ("0.00", date(2026, 6, 15), InstalmentState.DUE),
        ("40.00", date(2026, 6, 15), InstalmentState.PARTLY_PAID),
        ("40.00", date(2026, 6, 16), InstalmentState.LATE),
        ("100.00", date(2026, 6, 16), InstalmentState.PAID),
    ],
)
def test_an_instalment_follows_its_payments_and_its_date(paid, today, state):
    found = instalment_state(Decimal("100.00"), paid=Decimal(paid), due_on=date(2026, 6, 15), today=today)
    assert found is state


def test_an_ended_plan_stays_ended_unless_it_was_not_broken_and_every_plan_can_end():
    assert set(TRANSITIONS) == set(PlanState)
    assert {state: TRANSITIONS[state] for state in ENDED if TRANSITIONS[state]} == {
        PlanState.BROKEN: {PlanState.ACTIVE}
    }
    assert all(TRANSITIONS[state] & ENDED for state in set(PlanState) - ENDED)
