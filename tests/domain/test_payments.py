"""Payments: money settles what it names, as far as it is open, and goes nowhere else."""

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bills import BillStage, DebtCounted, EarnedBy
from app.domain.money import ZERO
from app.domain.payment_reference import Reference, ReferenceKind
from app.domain.payments import Allocation, Booking, CaseOrder, Rules, WithoutMonth, allocate
from app.domain.period import Period
from tests.owing import Account, Case, Instalment, Month, Plan

IDENT = 1234567
APRIL, MAY, JUNE = Period(2026, 4), Period(2026, 5), Period(2026, 6)
IN_TIME, LATE = date(2026, 7, 15), date(2026, 7, 16)
AT_ONCE = Rules(earned_by=EarnedBy.ONE_PAYMENT)


def rsd(amount: str) -> Decimal:
    return Decimal(amount)


def owing() -> Account:
    """April before a bailiff, May and June unpaid, June with a discount of five percent, and a plan."""
    march = Month(Period(2026, 3), rsd("700.00"), rsd("700.00"))
    april = Month(APRIL, rsd("900.00"), rsd("900.00"), open_interest=rsd("30.00"), stage=BillStage.SUED)
    may = Month(MAY, rsd("800.00"), rsd("800.00"), open_interest=rsd("20.00"), stage=BillStage.SUED)
    june = Month(JUNE, rsd("1000.00"), rsd("1000.00"), discount=rsd("50.00"), discount_until=IN_TIME)
    plan = Plan(7, date(2026, 2, 3), [Instalment(n, date(2026, 2 + n, 5), rsd("500.00")) for n in (1, 2, 3)])
    return Account(IDENT, [march, april, may, june], plan, [Case(5, [april, may], rsd("340.00"))])


def booked(
    account: Account,
    amount: str,
    named: Reference | None,
    *,
    on: date = LATE,
    rules: Rules = Rules(),  # noqa: B008 - frozen
) -> Booking:
    return allocate(rsd(amount), received_on=on, named=named, debts=account, rules=rules)


FOR_JUNE = Reference(IDENT, JUNE)
FOR_PLAN = Reference(IDENT, Period(2026, 2), ReferenceKind.PLAN, 1)
FOR_CASE = Reference(IDENT, APRIL, ReferenceKind.ENFORCEMENT)


# -- the named month -----------------------------------------------------------------------------------


def test_a_payment_is_booked_to_the_month_it_names_and_not_to_an_older_one() -> None:
    assert booked(owing(), "600.00", FOR_JUNE) == Booking((Allocation(rsd("600.00"), JUNE),), ZERO)


def test_what_is_beyond_the_named_month_stays_with_the_account() -> None:
    assert booked(owing(), "1500.00", FOR_JUNE) == Booking((Allocation(rsd("1000.00"), JUNE),), rsd("500.00"))


@pytest.mark.parametrize(
    ("amount", "on", "credited"),
    [
        ("950.00", IN_TIME, "50.00"),
        ("980.00", IN_TIME, "20.00"),
        ("949.99", IN_TIME, None),
        ("950.00", LATE, None),
        ("1000.00", IN_TIME, None),
    ],
)
def test_where_one_payment_must_do_the_discount_is_credited_to_who_pays_at_once_what_the_bill_asks_for(
    amount: str, on: date, credited: str | None
) -> None:
    booking = booked(owing(), amount, FOR_JUNE, on=on, rules=AT_ONCE)

    assert booking.credited == (Allocation(rsd(credited), JUNE) if credited else None)
    assert booking.parts == (Allocation(rsd(amount), JUNE),)


def test_where_one_payment_must_do_a_month_paid_in_part_before_earns_no_discount() -> None:
    account = owing()
    account.book(booked(account, "100.00", FOR_JUNE, on=IN_TIME, rules=AT_ONCE))

    assert booked(account, "850.00", FOR_JUNE, on=IN_TIME, rules=AT_ONCE).credited is None


@pytest.mark.parametrize(
    ("amount", "on", "used", "overpaid", "credited"),
    [
        ("950.00", IN_TIME, "950.00", "0.00", "50.00"),
        ("980.00", IN_TIME, "950.00", "30.00", "50.00"),
        ("1000.00", IN_TIME, "950.00", "50.00", "50.00"),
        ("1200.00", IN_TIME, "950.00", "250.00", "50.00"),
        ("949.99", IN_TIME, "949.99", "0.00", None),
        ("950.00", LATE, "950.00", "0.00", None),
        ("1200.00", LATE, "1000.00", "200.00", None),
    ],
)
def test_who_pays_in_time_what_is_asked_or_more_has_the_discount_and_keeps_what_is_above(
    amount: str, on: date, used: str, overpaid: str, credited: str | None
) -> None:
    assert booked(owing(), amount, FOR_JUNE, on=on) == Booking(
        (Allocation(rsd(used), JUNE),),
        rsd(overpaid),
        Allocation(rsd(credited), JUNE) if credited else None,
    )


@pytest.mark.parametrize(
    ("second", "on", "credited"),
    [("850.00", IN_TIME, "50.00"), ("849.99", IN_TIME, None), ("850.00", LATE, None)],
)
def test_two_parts_paid_in_time_have_the_discount_too(second: str, on: date, credited: str | None) -> None:
    account = owing()
    account.book(booked(account, "100.00", FOR_JUNE, on=IN_TIME))

    booking = booked(account, second, FOR_JUNE, on=on)

    assert booking.credited == (Allocation(rsd(credited), JUNE) if credited else None)


def test_a_part_that_came_late_does_not_add_up_with_one_that_came_in_time_and_is_booked_after_it() -> None:
    account = owing()
    account.book(booked(account, "500.00", FOR_JUNE, on=LATE))
    account.months[-1].was_paid_late = True

    assert booked(account, "450.00", FOR_JUNE, on=IN_TIME) == Booking(
        (Allocation(rsd("450.00"), JUNE),), ZERO
    )


@pytest.mark.parametrize(
    "named",
    [
        None,
        Reference(IDENT + 1, JUNE),
        Reference(IDENT, Period(2026, 7)),
        Reference(IDENT, JUNE, ReferenceKind.NOTICE),
        Reference(IDENT, MAY, ReferenceKind.ENFORCEMENT),
        Reference(IDENT, MAY, ReferenceKind.PLAN, 1),
    ],
)
def test_money_that_names_nothing_open_waits_for_a_person(named: Reference | None) -> None:
    assert booked(owing(), "600.00", named) == Booking((), rsd("600.00"))


def test_a_month_that_is_settled_takes_nothing() -> None:
    account = owing()
    account.book(booked(account, "1000.00", FOR_JUNE))

    assert booked(account, "1000.00", FOR_JUNE) == Booking((), rsd("1000.00"))


def test_before_references_named_months_the_oldest_unsued_one_was_settled_first() -> None:
    rules = Rules(without_month=WithoutMonth.OLDEST_FIRST)

    booking = booked(owing(), "1100.00", None, rules=rules)

    assert booking == Booking(
        (Allocation(rsd("700.00"), Period(2026, 3)), Allocation(rsd("400.00"), JUNE)), ZERO
    )


# -- a plan, a case ------------------------------------------------------------------------------------


def test_a_payment_settles_instalments_in_order_whichever_it_names() -> None:
    third = Reference(IDENT, Period(2026, 2), ReferenceKind.PLAN, 3)

    booking = booked(owing(), "700.00", third)

    assert booking.parts == (
        Allocation(rsd("500.00"), plan_id=7, instalment=1),
        Allocation(rsd("200.00"), plan_id=7, instalment=2),
    )


def test_money_received_before_a_plan_was_signed_is_not_for_it() -> None:
    assert not booked(owing(), "700.00", FOR_PLAN, on=date(2026, 2, 2)).parts
    assert booked(owing(), "700.00", FOR_PLAN, on=date(2026, 2, 3)).parts


def test_a_bailiff_brings_costs_first_and_then_the_oldest_month() -> None:
    booking = booked(owing(), "1300.00", FOR_CASE)

    assert booking.parts == (
        Allocation(rsd("340.00"), case_id=5),
        Allocation(rsd("900.00"), APRIL),
        Allocation(rsd("60.00"), MAY),
    )


def test_where_the_law_is_read_so_interest_of_all_months_comes_before_principal() -> None:
    rules = Rules(case_order=CaseOrder.COSTS_INTEREST_PRINCIPAL)

    booking = booked(owing(), "1300.00", FOR_CASE, rules=rules)

    assert booking.parts == (
        Allocation(rsd("340.00"), case_id=5),
        Allocation(rsd("30.00"), APRIL),
        Allocation(rsd("20.00"), MAY),
        Allocation(rsd("870.00"), APRIL),
        Allocation(rsd("40.00"), MAY),
    )


def test_what_a_case_does_not_claim_is_not_paid_by_it() -> None:
    assert booked(owing(), "5000.00", FOR_CASE).overpaid == rsd("2960.00")


# -- rules ---------------------------------------------------------------------------------------------


def test_a_rule_that_was_never_set_is_at_its_default() -> None:
    assert Rules.of({}) == Rules()
    assert Rules.of({"payment_without_month": "oldest_first"}) == Rules(WithoutMonth.OLDEST_FIRST)
    assert Rules.of({"discount_earned_by": "one_payment"}) == AT_ONCE
    assert Rules.of({"discount_debt": "without_plans"}) == Rules(debt_counted=DebtCounted.WITHOUT_PLANS)


# -- laws ----------------------------------------------------------------------------------------------

MONEY = st.decimals("0.01", "3000", places=2)
FIRST = Period(2025, 1)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """An account with months, some of them paid in part, some sued, and perhaps a plan."""
    months = []
    for at, (charged, interest, discount, paid, stage) in enumerate(
        draw(
            st.lists(
                st.tuples(
                    st.decimals("10", "3000", places=2),
                    st.decimals("0", "5", places=2),
                    st.decimals("0", "5", places=2),
                    st.sampled_from([ZERO, ZERO, ZERO, rsd("1.00"), rsd("10.00")]),
                    st.sampled_from(BillStage),
                ),
                max_size=5,
            )
        )
    ):
        period = FIRST.plus(at)
        until = period.next().first_day + timedelta(days=14)
        left = max(interest - paid, ZERO)
        months.append(Month(period, charged, charged - paid, left, discount, until, stage=stage))
    sued = [one for one in months if one.stage is BillStage.SUED]
    costs = draw(st.decimals("0", "900", places=2))
    plan = None
    if parts := draw(st.lists(MONEY, max_size=4)):
        instalments = [Instalment(n, date(2025, 6, n), part) for n, part in enumerate(parts, start=1)]
        plan = Plan(3, date(2025, 2, 10), instalments)
    return Account(IDENT, months, plan, [Case(9, sued, costs)] if sued else [])


NAMED = st.none() | st.builds(
    lambda months, kind: Reference(
        IDENT, FIRST.plus(months), kind, instalment=1 if kind is ReferenceKind.PLAN else 0
    ),
    st.integers(0, 5),
    st.sampled_from(ReferenceKind),
)
PAYMENTS = st.lists(
    st.tuples(MONEY, NAMED, st.dates(date(2025, 1, 1), date(2025, 9, 1))), min_size=1, max_size=8
)
RULES = st.builds(Rules, st.sampled_from(WithoutMonth), st.sampled_from(CaseOrder), st.sampled_from(EarnedBy))


@given(account=accounts(), payments=PAYMENTS, rules=RULES)
def test_whatever_is_paid_is_allocated_or_overpaid_to_the_para_and_nothing_is_settled_twice(
    account: Account, payments: list[tuple[Decimal, Reference | None, date]], rules: Rules
) -> None:
    owed, brought, credited = sum(account.open_amounts(), ZERO), ZERO, ZERO
    for amount, named, day in payments:
        before = deepcopy(account)
        booking = allocate(amount, received_on=day, named=named, debts=account, rules=rules)

        assert account == before
        assert sum((part.amount for part in booking.parts), ZERO) + booking.overpaid == amount
        assert all(part.amount > ZERO for part in booking.parts)
        assert booking.overpaid >= ZERO
        if booking.credited is not None:
            assert ZERO < booking.credited.amount <= max(one.discount for one in account.months)
            assert rules.earned_by is EarnedBy.ALL_IN_TIME or booking.overpaid == ZERO
        account.book(booking)
        assert all(amount >= ZERO for amount in account.open_amounts())
        brought += amount
        credited += booking.credited.amount if booking.credited else ZERO
    assert owed - sum(account.open_amounts(), ZERO) == brought - account.overpaid + credited


@given(account=accounts(), payments=PAYMENTS, rules=RULES)
def test_nothing_but_what_is_named_is_touched(
    account: Account, payments: list[tuple[Decimal, Reference | None, date]], rules: Rules
) -> None:
    for amount, named, day in payments:
        parts = allocate(amount, received_on=day, named=named, debts=account, rules=rules).parts
        if named is None:
            assert all(part.period in {one.period for one in account.unsued()} for part in parts)
        elif named.kind is ReferenceKind.BILL:
            assert {part.period for part in parts} <= {named.period}
        elif named.kind is ReferenceKind.PLAN:
            assert all(part.plan_id == 3 for part in parts)
        elif named.kind is ReferenceKind.ENFORCEMENT:
            claimed = {one.period for one in account.cases[0].months} if account.cases else set()
            assert all(part.case_id == 9 or part.period in claimed for part in parts)
        else:
            assert not parts


@given(account=accounts(), payments=PAYMENTS, rules=RULES)
def test_a_later_debt_waits_until_the_earlier_one_is_settled(
    account: Account, payments: list[tuple[Decimal, Reference | None, date]], rules: Rules
) -> None:
    for amount, named, day in payments:
        booking = allocate(amount, received_on=day, named=named, debts=account, rules=rules)
        account.book(booking)
        reached = [part.instalment for part in booking.parts if part.instalment is not None]
        if reached and account.in_force is not None:
            assert all(one.paid == one.amount for one in account.in_force.instalments[: reached[-1] - 1])
        if account.cases and any(part.case_id for part in booking.parts) and len(booking.parts) > 1:
            assert account.cases[0].open_costs == ZERO
        assert reached == sorted(reached)


@given(account=accounts(), amount=MONEY, rules=RULES)
def test_who_pays_a_bill_in_two_parts_owes_no_less_than_who_pays_it_at_once(
    account: Account, amount: Decimal, rules: Rules
) -> None:
    for month in account.months:
        at_once, in_parts = deepcopy(account), deepcopy(account)
        named = Reference(IDENT, month.period)
        for one, parts in ((at_once, (amount + amount,)), (in_parts, (amount, amount))):
            for part in parts:
                one.book(
                    allocate(part, received_on=month.discount_until, named=named, debts=one, rules=rules)
                )
        assert sum(in_parts.open_amounts(), ZERO) >= sum(at_once.open_amounts(), ZERO)
