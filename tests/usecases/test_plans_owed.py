"""What may be signed: debt to the day, and offers that the database makes to the para as the desk does."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from app.domain.errors import Refused
from app.domain.interest import accrued
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans import (
    FirstDue,
    InterestRelief,
    LadderStep,
    MonthOfDebt,
    Offer,
    Payer,
    SizeRule,
    Terms,
    WhyNot,
    offer,
)
from app.domain.plans.programmes import to_json
from app.domain.statutory_rates import KNOWN_RATES
from app.usecases import plans
from db import errors
from tests.usecases.conftest import ANA, CLERK, FIRM, Town
from tests.usecases.planned import (
    month,
    office_day,
    owe,
    sue,
)

RATES = [(rate.first_day, rate.percent) for rate in KNOWN_RATES]


# -- debt --------------------------------------------------------------------------------------------


def test_chosen_months_add_up_with_the_costs_of_their_case(town: Town) -> None:
    today = office_day(town)
    sued, unsued = owe(town, 5, 3, amount="1000.00")
    sue(town, [sued], costs="300.00", on=today)

    with town.visiting(CLERK, ANA) as session:
        debt = plans.debt_of(session, ident=ANA, today=today)

    whole, part = debt.sums_of([sued, unsued]), debt.sums_of([unsued])
    assert (whole.principal, whole.costs) == (Decimal("2000.00"), Decimal("300.00"))
    assert whole.total == sum((one.month.amount for one in debt.months), Decimal("300.00"))
    assert (part.principal, part.costs) == (Decimal("1000.00"), ZERO)


def test_what_a_debt_changed_by_is_named_month_by_month_and_case_by_case(town: Town) -> None:
    today = office_day(town)
    first, second = owe(town, 5, 3, amount="1000.00")
    with town.visiting(CLERK, ANA) as session:
        before = plans.debt_of(session, ident=ANA, today=today)
    sue(town, [first], costs="300.00", on=today)
    town.pay(ANA, "400.00", on=today, against={second: "400.00"})

    with town.visiting(CLERK, ANA) as session:
        now = plans.debt_of(session, ident=ANA, today=today)

    month_changed, costs_came = now.changes_since(before)
    assert (month_changed.what, month_changed.before) == (second, before.of([second])[0].amount)
    assert month_changed.now == now.of([second])[0].amount
    assert (costs_came.before, costs_came.now) == (None, Decimal("300.00"))
    assert now.changes_since(now) == ()


def test_a_month_owes_its_principal_and_interest_to_the_day(town: Town) -> None:
    today = office_day(town)
    (period,) = owe(town, 3, amount="10000.00", interest="250.00")
    due_on = period.next().last_day

    with town.visiting(CLERK, ANA) as session:
        (owed,) = plans.debt_of(session, ident=ANA, today=today).months

    assert owed.month.principal == Decimal("10000.00")
    assert owed.interest_on_bill == Decimal("250.00")
    assert owed.accrue_from == due_on
    assert owed.accrued == accrued(Decimal("10000.00"), due=due_on, paid=today, rates=RATES)
    assert sum(part.days for part in owed.segments) == (today - due_on).days


def test_interest_that_a_later_bill_asks_for_is_not_asked_twice(town: Town) -> None:
    today = office_day(town)
    owe(town, 4, 1, amount="10000.00")
    latest = month(town, 1).next().first_day

    with town.visiting(CLERK, ANA) as session:
        old, new = plans.debt_of(session, ident=ANA, today=today).months

    assert old.accrue_from == latest - timedelta(days=1)
    assert new.accrue_from == month(town, 1).next().last_day


def test_what_was_paid_settles_interest_of_the_bill_first(town: Town) -> None:
    today = office_day(town)
    (period,) = owe(town, 3, amount="1000.00", interest="50.00")
    town.pay(ANA, "300.00", on=today - timedelta(days=4), against={period: "300.00"})

    with town.visiting(CLERK, ANA) as session:
        (owed,) = plans.debt_of(session, ident=ANA, today=today).months

    assert (owed.month.principal, owed.interest_on_bill) == (Decimal("750.00"), ZERO)
    assert owed.accrue_from == today - timedelta(days=4)


def test_what_is_not_due_yet_is_no_debt(town: Town) -> None:
    today = office_day(town)
    owe(town, 0, 2)

    with town.visiting(CLERK, ANA) as session:
        debt = plans.debt_of(session, ident=ANA, today=today)

    assert [one.month.period for one in debt.months] == [month(town, 2)]


def test_a_sued_month_stands_with_its_case_and_interest_runs_on(town: Town) -> None:
    today = office_day(town)
    owe(town, 6, 5, 2, 1)
    case = sue(town, [month(town, 6)], costs="2340.00", on=month(town, 5).next().last_day)

    with town.visiting(CLERK, ANA) as session:
        debt = plans.debt_of(session, ident=ANA, today=today)

    sued = debt.months[0]
    assert (sued.month.is_sued, sued.month.case_id) == (True, case)
    # bills issued since the case was drawn up ask no interest for it
    assert sued.accrue_from == month(town, 5).next().first_day - timedelta(days=1)
    assert debt.costs_of([month(town, 6)]) == Decimal("2340.00")
    assert debt.costs_of([month(town, 2)]) == ZERO


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    principal=st.decimals("0", "9999999", places=2),
    since=st.dates(date(2013, 1, 1), date(2026, 12, 31)),
    days=st.integers(0, 3000),
)
def test_the_database_knows_the_interest_to_the_para(
    town: Town, principal: Decimal, since: date, days: int
) -> None:
    until = since + timedelta(days=days)

    there = town.run(
        "SELECT accrued_interest(:principal, :since, :until)", principal=principal, since=since, until=until
    ).scalar_one()

    assert there == accrued(principal, due=since, paid=until, rates=RATES)


# -- offers ------------------------------------------------------------------------------------------

MONEY = st.decimals("0", "300000", places=2)
TERMS = st.builds(
    Terms,
    steps=st.lists(
        st.builds(
            LadderStep,
            st.sampled_from(Payer),
            st.integers(1, 99),
            st.decimals("0", "100", places=2),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda step: (step.payer, step.instalments),
    ).map(tuple),
    size_rules=st.lists(
        st.builds(
            SizeRule,
            st.sampled_from(Payer),
            st.none() | st.decimals("1", "300000", places=2),
            st.integers(1, 99),
        ),
        max_size=3,
        unique_by=lambda rule: (rule.payer, rule.up_to),
    ).map(tuple),
    interest=st.sampled_from(InterestRelief),
    least_instalment=st.sampled_from([ZERO, Decimal("0.05"), Decimal(1000)]),
    down_payment_percent=st.sampled_from([ZERO, Decimal(10), Decimal("33.33")]),
    first_due=st.sampled_from(FirstDue),
    first_due_days=st.integers(0, 60),
    takes_other_counts=st.booleans(),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    terms=TERMS,
    payer=st.sampled_from(Payer),
    principal=MONEY,
    interest=MONEY,
    costs=MONEY,
    count=st.integers(1, 99),
    signed_on=st.dates(date(2023, 1, 1), date(2030, 1, 1)),
)
@example(  # a down payment that rounds to nothing
    terms=Terms((LadderStep(Payer.ORDINARY, 2, Decimal(0)),), down_payment_percent=Decimal(10)),
    payer=Payer.ORDINARY,
    principal=Decimal("0.00"),
    interest=Decimal("0.00"),
    costs=Decimal("0.02"),
    count=2,
    signed_on=date(2023, 1, 1),
)
def test_the_database_makes_the_offer_that_was_shown_or_refuses_the_same(
    town: Town,
    terms: Terms,
    payer: Payer,
    principal: Decimal,
    interest: Decimal,
    costs: Decimal,
    count: int,
    signed_on: date,
) -> None:
    holidays = frozenset(
        date.fromisoformat(day)
        for (days,) in town.run("SELECT value FROM setting WHERE name = 'holidays'")
        for day in days
    )
    shown: Offer | None
    try:
        shown = offer(
            terms,
            payer=payer,
            months=[MonthOfDebt(Period(2023, 1), date(2023, 2, 28), principal, interest)],
            costs=costs,
            instalments=count,
            signed_on=signed_on,
            holidays=holidays,
        )
    except Refused:
        shown = None
    there = made_by_database(town, terms, payer, principal, interest, costs, count, signed_on)

    if shown is None or there is None:
        assert shown is there is None
        return
    assert (there.discount_percent, there.written_off_principal, there.written_off_interest) == (
        shown.discount_percent,
        shown.written_off_principal,
        shown.written_off_interest,
    )
    assert there.payable == shown.payable
    assert tuple(there.parts) == tuple(one.amount for one in shown.instalments)
    assert tuple(there.due_dates) == tuple(one.due_on for one in shown.instalments)


def made_by_database(
    town: Town,
    terms: Terms,
    payer: Payer,
    principal: Decimal,
    interest: Decimal,
    costs: Decimal,
    count: int,
    signed_on: date,
) -> Any:
    """Return what the database offers, or None where it refuses."""
    point = town.connection.begin_nested()
    try:
        made = town.run(
            "SELECT * FROM plan_offer(CAST(:terms AS jsonb), :payer, :principal, :interest, :costs, :count,"
            " :day)",
            terms=json.dumps(to_json(terms)),
            payer=payer.value,
            principal=principal,
            interest=interest,
            costs=costs,
            count=count,
            day=signed_on,
        ).one()
    except DBAPIError as error:
        point.rollback()
        if errors.sqlstate_of(error) != errors.RULE_BROKEN:
            raise
        return None
    point.commit()
    return made


def test_each_programme_stands_with_one_reason_why_not(town: Town) -> None:
    today = office_day(town)
    owe(town, 3)

    with town.visiting(CLERK, ANA) as session:
        choices = plans.programmes(session, ident=ANA, payer=Payer.ORDINARY, today=today)

    said = {one.programme.code: one.obstacle.why if one.obstacle else None for one in choices.programmes}
    assert said == {"2025": None, "2023": WhyNot.OVER, "2019": WhyNot.OVER, "2014": WhyNot.OVER}
    assert choices.programmes[0].programme.code == "2025"


def test_a_firm_is_no_pensioner(town: Town) -> None:
    today = office_day(town)
    owe(town, 3, ident=FIRM)

    with town.visiting(CLERK, FIRM) as session:
        choices = plans.programmes(session, ident=FIRM, payer=Payer.ORDINARY, today=today)

    assert choices.payers == (Payer.COMPANY, Payer.FORMER_ENTREPRENEUR)
    assert {one.obstacle.why for one in choices.programmes if one.obstacle} == {
        WhyNot.OVER,
        WhyNot.OTHER_PAYERS,
    }
