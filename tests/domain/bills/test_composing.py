"""A bill put together: sums, dates, discount, interest, subsidy."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import bills, payment_reference
from app.domain.bills import Bill, LatePrincipal, compose_bill, late_interest
from app.domain.charges import INTEREST, SUBSIDY, Basis, Charge, Tariff, line, total
from app.domain.interest import RateTable
from app.domain.period import Period
from app.domain.statutory_rates import STATUTORY_RATES

JUNE = Period(2026, 6)
RATES = RateTable(STATUTORY_RATES)


def charge(amount: str | Decimal) -> Charge:
    tariff = Tariff("heat", "heating", Basis.PROVIDER, "", Decimal(0), Decimal(10))
    return line(tariff, quantity=Decimal(1), price=Decimal(amount))


def bill(
    amount: str | Decimal = "8547.36",
    *,
    period: Period = JUNE,
    subsidy: int = 0,
    interest: str | Decimal = "0.00",
    streak: int = 0,
    has_open_debt: bool = False,
    holidays: frozenset[date] = frozenset(),
) -> Bill:
    return compose_bill(
        1234567,
        period=period,
        charges=(charge(amount),),
        subsidy_percent=Decimal(subsidy),
        interest=Decimal(interest),
        streak=streak,
        has_open_debt=has_open_debt,
        holidays=holidays,
    )


@pytest.mark.parametrize(
    ("streak", "percent", "discount", "discounted"),
    [
        (0, 5, "427.37", "8119.99"),
        (5, 5, "427.37", "8119.99"),
        (6, 6, "512.84", "8034.52"),
        (11, 6, "512.84", "8034.52"),
        (12, 7, "598.32", "7949.04"),
        (40, 7, "598.32", "7949.04"),
    ],
)
def test_the_discount_grows_with_continuity(streak, percent, discount, discounted):
    composed = bill(streak=streak)
    assert composed.discount_percent == percent
    assert composed.discount == Decimal(discount)
    assert composed.discounted == Decimal(discounted)


def test_who_has_open_debts_has_no_discount():
    composed = bill(streak=12, has_open_debt=True)
    assert composed.discount == 0
    assert composed.discounted == composed.charged


def test_one_late_payment_starts_the_continuity_again():
    deadline = date(2026, 7, 15)
    assert bills.streak_after(11, settled_on=date(2026, 7, 15), discount_until=deadline) == 12
    assert bills.streak_after(11, settled_on=date(2026, 7, 16), discount_until=deadline) == 0
    assert bills.streak_after(11, settled_on=None, discount_until=deadline) == 0


def test_a_bill_is_issued_on_the_first_and_due_on_the_last_of_the_next_month():
    composed = bill()
    assert composed.issued_on == date(2026, 7, 1)
    assert composed.discount_until == date(2026, 7, 15)
    assert composed.due_on == date(2026, 7, 31)
    assert composed.reference == "0512345672606"


@pytest.mark.parametrize(
    ("period", "holidays", "until"),
    [
        (Period(2026, 7), frozenset(), date(2026, 8, 17)),  # the 15th is a Saturday
        (Period(2026, 1), frozenset({date(2026, 2, 16)}), date(2026, 2, 17)),  # Sunday, then a holiday
        (Period(2025, 12), frozenset(), date(2026, 1, 15)),
    ],
)
def test_the_discount_date_moves_to_a_working_day(period, holidays, until):
    assert bill(period=period, holidays=holidays).discount_until == until


def test_a_subsidy_lowers_the_bill_before_the_discount():
    composed = bill("1000.00", subsidy=30)
    assert composed.subsidy == Decimal("-300.00")
    assert composed.principal == Decimal("700.00")
    assert composed.discount == Decimal("35.00")
    assert [one.service for one in composed.lines] == ["heat", SUBSIDY]


def test_interest_is_charged_but_neither_discounted_nor_principal():
    composed = bill("1000.00", interest="12.34")
    assert composed.charged == Decimal("1012.34")
    assert composed.principal == Decimal("1000.00")
    assert composed.discount == Decimal("50.00")
    assert composed.lines[-1].service == INTEREST


def test_interest_of_each_delay_is_rounded_by_itself():
    delays = [
        LatePrincipal(Period(2024, 12), Decimal("10000.00"), date(2025, 1, 31), date(2025, 2, 28)),
        LatePrincipal(Period(2025, 1), Decimal("10000.00"), date(2025, 2, 28), date(2025, 2, 28)),
        LatePrincipal(Period(2024, 11), Decimal("10000.00"), date(2025, 1, 31), date(2025, 2, 1)),
    ]
    assert late_interest(delays, rates=RATES) == Decimal("109.25")


@given(
    amount=st.decimals("0.01", "99999.99", places=2),
    subsidy=st.sampled_from([0, 10, 20, 30]),
    interest=st.decimals("0", "999.99", places=2),
    streak=st.integers(0, 30),
    has_open_debt=st.booleans(),
    year=st.integers(2020, 2030),
    month=st.integers(1, 12),
)
def test_every_bill_adds_up(amount, subsidy, interest, streak, has_open_debt, year, month):
    composed = bill(
        amount,
        period=Period(year, month),
        subsidy=subsidy,
        interest=interest,
        streak=streak,
        has_open_debt=has_open_debt,
    )
    assert total(composed.lines) == composed.charged == composed.principal + composed.interest
    assert 0 <= composed.discount <= composed.principal
    assert composed.issued_on < composed.discount_until <= composed.due_on
    assert composed.discount_until.weekday() < 5
    assert payment_reference.parse(composed.reference).period == composed.period
