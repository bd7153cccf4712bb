"""What a plan that ended leaves owed: what the contract and the event say, to the para, on any later day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.domain.interest import RateTable, accrued
from app.domain.money import ZERO
from app.domain.notices import claim
from app.domain.payment_reference import compose
from app.domain.period import Period
from app.domain.plans import BreachRule, InterestRelief, LadderStep, Payer, PlanState, Terms
from app.domain.statutory_rates import STATUTORY_RATES
from app.usecases import plans
from app.usecases.plans import MonthOwed, PlanEvent
from db import checks
from tests.invented_day import invent_day
from tests.usecases.conftest import ANA, CLERK, SUPERVISOR, Town
from tests.usecases.planned import assert_sound, followed, plan_now, programme, reference, sign

RATES = RateTable(STATUTORY_RATES)
SIGNED, BROKEN = date(2026, 11, 30), date(2027, 3, 3)
JANUARY, FEBRUARY = Period(2026, 1), Period(2026, 2)
THREE = Terms(
    (LadderStep(Payer.ORDINARY, 3, ZERO),),
    interest=InterestRelief.ON_FULFILMENT,
    breach=BreachRule(missed_instalments=1, days_of_grace=1),
)


def in_debt(town: Town) -> None:
    """Owe two months: 4.000,00 of January with 1.641,09 of interest, 4.278,50 of February with 393,27."""
    invent_day(town.run, SIGNED)
    on_bill = Decimal("1641.09") - ran(Decimal("4000.00"), date(2026, 2, 28), SIGNED)
    town.bill(ANA, JANUARY, [("cold_water", "1", "4000.00"), ("interest", "1", str(on_bill))])
    town.bill(ANA, FEBRUARY, [("cold_water", "1", "4278.50")])


def ran(principal: Decimal, since: date, until: date) -> Decimal:
    return accrued(principal, due=since, paid=until, rates=RATES)


def signs(town: Town, terms: Terms = THREE) -> None:
    version = programme(town, terms)
    with town.visiting(CLERK, ANA) as session:
        sign(session, today=SIGNED, version=version, count=3)


def pays(town: Town, amount: str) -> None:
    town.receive(ANA, amount, on=SIGNED, reference=reference(SIGNED, 1))


def owed(town: Town, on: date) -> dict[Period, MonthOwed]:
    invent_day(town.run, on)
    with town.visiting(CLERK, ANA) as session:
        debt = plans.debt_of(session, ident=ANA, today=on)
    return {one.month.period: one for one in debt.months}


def last_event(town: Town) -> PlanEvent:
    with town.visiting(CLERK, ANA) as session:
        return plans.history(session, ident=ANA, plan_id=plan_now(town).id)[-1]


def broken(town: Town) -> PlanEvent:
    assert plan_now(town).breaks_on == BROKEN
    followed(town, BROKEN)
    assert plan_now(town).state == "broken"
    assert_sound(town)
    return last_event(town)


def told(event: PlanEvent, name: str) -> Decimal:
    return Decimal(str(event.facts[name]))


# -- the interest of the contract ----------------------------------------------------------------------


def test_interest_that_the_event_says_is_owed_is_owed(town: Town) -> None:
    in_debt(town)
    signs(town)
    pays(town, "6914.29")

    event = broken(town)

    assert (told(event, "revived_interest"), told(event, "credited")) == (
        Decimal("2034.36"),
        Decimal("6914.29"),
    )
    months = owed(town, BROKEN)
    # 4.000,00 of January is paid and 2.914,29 of February
    assert (months[JANUARY].month.principal, months[JANUARY].month.interest) == (ZERO, Decimal("1641.09"))
    assert months[FEBRUARY].month.principal == Decimal("1364.21")
    assert months[FEBRUARY].acknowledged == Decimal("393.27")
    assert months[FEBRUARY].month.amount == Decimal("1805.27")


@pytest.mark.parametrize("days", [1, 27, 400])
def test_on_any_later_day_interest_runs_on_what_is_left_since_the_signing(town: Town, days: int) -> None:
    in_debt(town)
    signs(town)
    pays(town, "6914.29")
    broken(town)
    day = BROKEN + timedelta(days=days)

    months = owed(town, day)

    assert months[JANUARY].month.interest == Decimal("1641.09")
    assert months[FEBRUARY].month.interest == Decimal("393.27") + ran(Decimal("1364.21"), SIGNED, day)


def test_a_plan_of_which_nothing_was_paid_leaves_all_of_it(town: Town) -> None:
    in_debt(town)
    signs(town)

    town.run("UPDATE setting SET value = '\"lapses\"' WHERE name = 'plan_interest_on_paid'")
    followed(town, BROKEN)

    months = owed(town, plan_now(town).ended_on)
    assert [one.acknowledged + one.interest_on_bill for one in months.values()] == [
        Decimal("1641.09"),
        Decimal("393.27"),
    ]


def test_it_may_be_set_that_interest_on_what_was_paid_falls_away(town: Town) -> None:
    town.run("UPDATE setting SET value = '\"lapses\"' WHERE name = 'plan_interest_on_paid'")
    in_debt(town)
    signs(town)
    pays(town, "6914.29")

    event = broken(town)

    months = owed(town, BROKEN)
    # what the bill of January asked for is no interest that fell away
    stays = ran(Decimal("1364.21"), date(2026, 3, 31), SIGNED)
    assert (months[JANUARY].month.interest, months[JANUARY].acknowledged) == (
        months[JANUARY].interest_on_bill,
        ZERO,
    )
    assert months[FEBRUARY].acknowledged == stays
    lapsed = ran(Decimal("4000.00"), date(2026, 2, 28), SIGNED) + Decimal("393.27") - stays
    assert told(event, "revived_interest") == Decimal("2034.36") - lapsed


def test_the_next_bill_asks_for_what_a_plan_left(town: Town) -> None:
    in_debt(town)
    signs(town)
    pays(town, "6914.29")
    broken(town)
    town.bill(ANA, Period(2027, 3), [("cold_water", "1", "100.00")])

    months = owed(town, date(2027, 4, 10))

    # that bill is of the 1st of April and has the interest until the eve of it
    assert (months[FEBRUARY].acknowledged, months[FEBRUARY].accrue_from) == (ZERO, date(2027, 3, 31))
    assert months[JANUARY].acknowledged == ZERO


def test_what_one_contract_left_the_next_one_takes_up(town: Town) -> None:
    in_debt(town)
    signs(town, replace(THREE, may_replan=True))
    pays(town, "6914.29")
    broken(town)
    before = owed(town, BROKEN)
    version = (plan_now(town).programme_id, 1)
    with town.visiting(CLERK, ANA) as session:
        sign(session, today=BROKEN, version=version, count=3)

    assert plan_now(town).interest == sum((one.month.interest for one in before.values()), ZERO)
    followed(town, plan_now(town).breaks_on)

    again = owed(town, plan_now(town).ended_on)
    assert {period: one.acknowledged + one.interest_on_bill for period, one in again.items()} == {
        period: one.month.interest for period, one in before.items()
    }
    assert_sound(town)


def test_interest_written_off_for_good_is_not_owed_when_the_plan_is_broken(town: Town) -> None:
    in_debt(town)
    signs(town, replace(THREE, interest=InterestRelief.AT_ONCE))
    pays(town, "6914.29")

    event = broken(town)

    months = owed(town, BROKEN)
    assert told(event, "revived_interest") == ZERO
    assert list(months) == [FEBRUARY]
    assert months[FEBRUARY].month.amount == Decimal("1364.21") + ran(Decimal("1364.21"), SIGNED, BROKEN)
    assert town.run("SELECT open FROM bill_balance WHERE ggmm = 2601").scalar_one() == ZERO


def test_a_cancelled_plan_writes_nothing_off(town: Town) -> None:
    in_debt(town)
    signs(town, replace(THREE, interest=InterestRelief.AT_ONCE))
    pays(town, "6914.29")

    with town.visiting(SUPERVISOR, ANA) as session:
        plans.cancel(session, ident=ANA, plan_id=plan_now(town).id, reason="odustao")

    months = owed(town, SIGNED)
    assert told(last_event(town), "revived_interest") == Decimal("2034.36")
    assert sum((one.month.interest for one in months.values()), ZERO) == Decimal("2034.36")
    assert_sound(town)


def test_a_registration_taken_back_leaves_no_trace_in_what_is_owed(town: Town) -> None:
    in_debt(town)
    later = SIGNED + timedelta(days=40)
    before = owed(town, later)
    invent_day(town.run, SIGNED)
    signs(town)
    with town.visiting(CLERK, ANA) as session:
        plans.undo(session, ident=ANA, plan_id=plan_now(town).id, reason="greška")

    assert owed(town, later) == before


# -- more than was owed --------------------------------------------------------------------------------


def test_money_beyond_principal_pays_the_interest_of_the_contract(town: Town) -> None:
    in_debt(town)
    signs(town, replace(THREE, interest=InterestRelief.NONE))
    pays(town, "10000.00")

    event = broken(town)

    # of 10.312,86 in all so much is left, and what is on no bill has no month to be booked to
    months = owed(town, BROKEN)
    assert told(event, "credited") < Decimal("10000.00")
    assert {period: one.month.amount for period, one in months.items()} == {FEBRUARY: Decimal("312.86")}


def test_a_month_paid_by_itself_while_a_plan_holds_it_is_not_paid_twice(town: Town) -> None:
    in_debt(town)
    signs(town)
    town.receive(ANA, "4278.50", on=SIGNED, reference=compose(ANA, period=FEBRUARY))
    pays(town, "8278.50")

    assert plan_now(town).state == PlanState.KEPT
    assert told(last_event(town), "overpaid") == Decimal("4278.50")
    sums = town.run("SELECT total, overpaid FROM account_balance WHERE ident = :i", i=ANA).one()
    assert tuple(sums) == (ZERO, Decimal("4278.50"))
    assert_sound(town)


# -- what is proven ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE bill_balance SET paid = paid - 0.01 WHERE ggmm = 2602",
        "UPDATE bill_balance SET paid = paid + 0.01 WHERE ggmm = 2602",
        "UPDATE plan_event SET facts = jsonb_set(facts, '{months,2602,acknowledged}', '999999.00')",
        "UPDATE plan_event SET facts = jsonb_set(facts, '{months,2602,principal}', '0.01')",
    ],
)
def test_months_that_do_not_owe_what_the_event_says_are_found(town: Town, damage: str) -> None:
    in_debt(town)
    signs(town)
    pays(town, "6914.29")
    broken(town)
    town.run("SET LOCAL session_replication_role = replica")

    town.run(damage)

    (found,) = checks.found_in(town.connection, only=("plan debts",))
    assert found.examples[0].startswith("1000042")


def test_a_plan_broken_before_the_day_of_its_contract_is_found(town: Town) -> None:
    in_debt(town)
    signs(town)
    pays(town, "6914.29")
    broken(town)
    town.run("SET LOCAL session_replication_role = replica")

    town.run("UPDATE plan SET breaks_on = breaks_on + 1")

    (found,) = checks.found_in(town.connection, only=("plan breaches",))
    assert found.examples[0].startswith("1000042")


# -- claimed by nobody twice ---------------------------------------------------------------------------


def test_what_a_notice_claims_is_what_is_owed_that_day_and_none_of_it_twice(town: Town) -> None:
    in_debt(town)
    signs(town)
    pays(town, "6914.29")
    broken(town)
    months = owed(town, BROKEN)

    claims = claim(months.values(), on=BROKEN, rates=RATES)

    assert [(one.period, one.principal, one.interest) for one in claims] == [
        (one.month.period, one.month.principal, one.month.interest) for one in months.values()
    ]
    assert sum((one.amount for one in claims), ZERO) == Decimal("1641.09") + Decimal("1805.27")
