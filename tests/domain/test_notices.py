"""Notices: nobody is reminded of what is not due, settled, sued or in a plan."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.bills import BillStage
from app.domain.notices import (
    ENDED,
    TRANSITIONS,
    NoticeState,
    claim,
    claimable,
    is_eligible,
    pay_until,
)
from app.domain.period import Period
from tests.owing import Month

TODAY = date(2026, 6, 10)


def owed(ggmm: int, due_on: date, *, amount: str = "100.00", stage: BillStage = BillStage.UNSUED) -> Month:
    return Month(Period.from_ggmm(ggmm), Decimal(100), Decimal(amount), due_on=due_on, stage=stage)


FEBRUARY = owed(2602, date(2026, 3, 31))
MARCH = owed(2603, date(2026, 4, 30))


def test_months_are_claimed_oldest_first():
    assert claimable([MARCH, FEBRUARY], today=TODAY) == (FEBRUARY, MARCH)


def test_what_must_not_be_claimed_is_left_out():
    months = [
        owed(2605, date(2026, 6, 30)),
        owed(2604, TODAY),
        owed(2601, date(2026, 2, 28), amount="0.00"),
        owed(2512, date(2026, 1, 31), stage=BillStage.SUED),
        owed(2511, date(2025, 12, 31), stage=BillStage.PLAN),
    ]
    assert claimable(months, today=TODAY) == ()
    assert not is_eligible(months, today=TODAY)


def test_a_notice_waits_three_months_from_the_oldest_due_date():
    assert is_eligible([FEBRUARY, MARCH], today=TODAY)
    assert not is_eligible([MARCH], today=TODAY)
    assert is_eligible([MARCH], today=date(2026, 7, 1))


@dataclass(frozen=True, slots=True)
class Running:
    """A month as it is claimed."""

    period: Period
    open_principal: Decimal
    open_interest: Decimal
    acknowledged: Decimal
    accrued_until: date


def test_interest_on_a_bill_is_claimed_as_interest_and_runs_on_principal_alone():
    month = Running(
        Period(2026, 2), Decimal("10000.00"), Decimal("250.00"), Decimal("0.00"), date(2026, 5, 31)
    )

    (claimed,) = claim([month], on=TODAY, rates=[(date(2024, 9, 13), Decimal("13.75"))])

    # what ran until the 31st of May is on the bill of May: ten days are new
    assert (claimed.principal, claimed.interest) == (Decimal("10000.00"), Decimal("287.67"))
    assert claimed.amount == Decimal("10287.67")


def test_what_a_contract_acknowledged_is_claimed_with_it():
    month = Running(Period(2026, 2), Decimal("0.00"), Decimal("0.00"), Decimal("393.27"), date(2026, 5, 31))

    (claimed,) = claim([month], on=TODAY, rates=[(date(2024, 9, 13), Decimal("13.75"))])

    assert (claimed.principal, claimed.interest) == (Decimal("0.00"), Decimal("393.27"))


def test_the_time_to_pay_runs_from_delivery():
    assert pay_until(date(2026, 6, 25)) == date(2026, 7, 3)


def test_an_ended_notice_stays_ended_and_every_notice_can_end():
    assert set(TRANSITIONS) == set(NoticeState)
    assert all(not TRANSITIONS[state] for state in ENDED)
    assert all(TRANSITIONS[state] & ENDED for state in set(NoticeState) - ENDED)
