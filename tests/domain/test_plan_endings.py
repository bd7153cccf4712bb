"""What a plan leaves owed when it ends early: every dinar is somewhere, and the oldest is settled first."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans import HeldMonth, InterestOnPaid, InterestRelief, leave
from app.domain.statutory_rates import STATUTORY_RATES

SIGNED = date(2026, 3, 10)
SINCE = date(2025, 12, 31)


def held(month: int, principal: str, *, asked: str = "0.00", interest: str = "0.00") -> HeldMonth:
    """Return a month of which nothing was paid by itself; ``interest`` is all that was acknowledged."""
    return HeldMonth(
        Period(2025, month),
        Decimal(principal),
        Decimal(interest),
        Decimal(asked),
        SINCE,
        Decimal(principal),
        Decimal(asked),
    )


MONTHS = [
    held(10, "1000.00", asked="40.00", interest="65.99"),
    held(9, "1000.00", interest="25.99"),
]


@pytest.mark.parametrize(
    ("brought", "costs", "principal", "on_bill", "acknowledged", "overpaid"),
    [
        ("0.00", "340.00", ["1000.00", "1000.00"], ["0.00", "40.00"], ["25.99", "25.99"], "0.00"),
        ("1400.00", "0.00", ["0.00", "940.00"], ["0.00", "40.00"], ["25.99", "25.99"], "0.00"),
        ("2390.00", "0.00", ["0.00", "0.00"], ["0.00", "0.00"], ["15.99", "25.99"], "0.00"),
        ("2440.00", "0.00", ["0.00", "0.00"], ["0.00", "0.00"], ["0.00", "0.00"], "8.02"),
    ],
)
def test_costs_then_principal_then_interest_the_oldest_month_first(
    brought: str, costs: str, principal: list[str], on_bill: list[str], acknowledged: list[str], overpaid: str
) -> None:
    left = leave(
        MONTHS,
        costs=Decimal("340.00"),
        brought=Decimal(brought),
        relief=InterestRelief.ON_FULFILMENT,
        on_paid=InterestOnPaid.STAYS,
        signed_on=SIGNED,
        rates=STATUTORY_RATES,
    )

    assert [str(one.principal) for one in left.months] == principal
    assert [str(one.on_bill) for one in left.months] == on_bill
    assert [str(one.acknowledged) for one in left.months] == acknowledged
    assert (str(left.costs), str(left.overpaid)) == (costs, overpaid)
    assert [one.period.month for one in left.months] == [9, 10]


def test_interest_on_what_was_paid_falls_away_where_that_is_set() -> None:
    left = leave(
        MONTHS,
        costs=ZERO,
        brought=Decimal("1500.00"),
        relief=InterestRelief.ON_FULFILMENT,
        on_paid=InterestOnPaid.LAPSES,
        signed_on=SIGNED,
        rates=STATUTORY_RATES,
    )

    # 69 days of 13,75 percent on 1.000,00 are 25,99, on 500,00 12,99 or 13,00
    assert [one.acknowledged for one in left.months] == [ZERO, Decimal("13.00")]
    assert [one.on_bill for one in left.months] == [ZERO, Decimal("40.00")]


@pytest.mark.parametrize("on_paid", InterestOnPaid)
def test_interest_that_was_to_be_paid_never_falls_away(on_paid: InterestOnPaid) -> None:
    left = leave(
        MONTHS,
        costs=ZERO,
        brought=Decimal("1500.00"),
        relief=InterestRelief.NONE,
        on_paid=on_paid,
        signed_on=SIGNED,
        rates=STATUTORY_RATES,
    )

    assert [one.acknowledged for one in left.months] == [Decimal("25.99")] * 2


MONEY = st.decimals("0", "3000", places=2)


@given(
    months=st.lists(st.tuples(MONEY, MONEY, MONEY), max_size=5),
    costs=MONEY,
    brought=st.decimals("0", "20000", places=2),
    relief=st.sampled_from([InterestRelief.NONE, InterestRelief.ON_FULFILMENT]),
)
def test_what_was_paid_and_what_is_left_make_up_the_contract(
    months: list[tuple[Decimal, Decimal, Decimal]], costs: Decimal, brought: Decimal, relief: InterestRelief
) -> None:
    contract = [
        held(at, str(principal), asked=str(asked), interest=str(asked + ran))
        for at, (principal, asked, ran) in enumerate(months, start=1)
    ]

    left = leave(
        contract,
        costs=costs,
        brought=brought,
        relief=relief,
        on_paid=InterestOnPaid.STAYS,
        signed_on=SIGNED,
        rates=STATUTORY_RATES,
    )

    owed = sum((one.principal + one.interest for one in contract), costs)
    still = sum((one.principal + one.on_bill + one.acknowledged for one in left.months), left.costs)
    assert owed - still == brought - left.overpaid
    assert left.overpaid == max(brought - owed, ZERO)
