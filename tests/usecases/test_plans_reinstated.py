"""Broken by what the contract says and by nothing else; what was received in time counts, booked or not."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.errors import Forbidden
from app.domain.interest import RateTable, accrued
from app.domain.money import ZERO
from app.domain.payment_reference import compose
from app.domain.period import Period
from app.domain.plans import BreachRule, InterestRelief, PlanCause, PlanState, Terms
from app.domain.statutory_rates import STATUTORY_RATES
from app.usecases import plans
from app.usecases.plans import rules
from tests.invented_day import invent_day
from tests.usecases.conftest import ANA, CLERK, SUPERVISOR, Town, refused
from tests.usecases.planned import (
    FREE,
    LADDER,
    assert_sound,
    followed,
    office_day,
    opened,
    owe,
    paid,
    plan_now,
    programme,
    reference,
    sign,
    signed,
    sue,
)

RATES = RateTable(STATUTORY_RATES)


def events(town: Town) -> Sequence[Any]:
    with town.visiting(CLERK, ANA) as session:
        return plans.history(session, ident=ANA, plan_id=plan_now(town).id)


def causes(town: Town) -> list[PlanCause]:
    return [event.cause for event in events(town)]


def broken(town: Town) -> date:
    """Follow the plan until it is found broken, and return that day: the day after it was in time."""
    day: date = plan_now(town).breaks_on
    followed(town, day - timedelta(days=1))
    assert plan_now(town).state == "in_arrears"
    followed(town, day)
    assert (plan_now(town).state, plan_now(town).ended_on) == ("broken", day)
    invent_day(town.run, day + timedelta(days=3))
    return day


# -- the rule is the contract's ------------------------------------------------------------------------


def test_one_late_last_instalment_breaks_no_plan_whose_contract_says_two_in_a_row(town: Town) -> None:
    signed_on, due_on = date(2025, 11, 30), date(2025, 10, 31)
    invent_day(town.run, signed_on)
    on_bill = Decimal("1753.34") - accrued(Decimal("33450.00"), due=due_on, paid=signed_on, rates=RATES)
    september = [("cold_water", "1", "33450.00"), ("interest", "1", str(on_bill))]
    town.bill(ANA, Period(2025, 9), september)
    terms = Terms(LADDER, interest=InterestRelief.ON_FULFILMENT, breach=BreachRule(2, 0, 0))
    version = programme(town, terms)
    with town.visiting(CLERK, ANA) as session:
        sign(session, today=signed_on, version=version, count=12)
    plan = plan_now(town)
    days = town.run("SELECT due_on, amount FROM instalment ORDER BY instalment_no").all()
    for number, (day, amount) in enumerate(days[:11], start=1):
        invent_day(town.run, day)
        town.receive(ANA, str(amount), on=day, reference=reference(signed_on, number))

    states = []
    for day in (date(2026, 12, 1), date(2026, 12, 31), date(2027, 12, 1)):
        followed(town, day)
        states.append(plan_now(town).state)

    assert (plan.written_off_principal, plan.written_off_interest) == (Decimal("1672.50"), Decimal("1753.34"))
    assert days[11].due_on == date(2026, 11, 30)
    assert states == ["in_arrears"] * 3
    assert plan_now(town).breaks_on is None
    assert town.run("SELECT count(*) FROM payment WHERE channel = 'credit'").scalar_one() == 0
    town.receive(ANA, str(days[11].amount), on=date(2026, 12, 2), reference=reference(signed_on, 12))
    assert (plan_now(town).state, opened(town)) == ("kept", [ZERO])
    assert_sound(town)


def test_a_plan_of_fewer_instalments_than_may_be_missed_is_broken_by_all_of_them(town: Town) -> None:
    signed(town, count=1, amount="500.00")

    day = broken(town)

    due_on = town.run("SELECT due_on FROM instalment").scalar_one()
    assert day == due_on + timedelta(days=6)  # five days of grace
    assert events(town)[-1].facts["numbers"] == [1]


# -- received in time, booked later --------------------------------------------------------------------


def test_money_received_in_time_and_booked_later_puts_a_broken_plan_in_force_again(town: Town) -> None:
    today = office_day(town)
    signed(town)
    day = broken(town)

    payment = town.receive(ANA, "1000.00", on=day - timedelta(days=1), reference=reference(today, 1))

    assert causes(town)[-3:] == [
        PlanCause.INSTALMENTS_MISSED,
        PlanCause.REINSTATED,
        PlanCause.INSTALMENT_LATE,
    ]
    again = events(town)[-2]
    assert (again.old_state, again.new_state) == (PlanState.BROKEN, PlanState.ACTIVE)
    assert (again.facts["payments"], again.facts["broke_on"]) == ([payment], day.isoformat())
    assert (plan_now(town).state, plan_now(town).ended_on) == ("in_arrears", None)
    assert paid(town) == [Decimal(1000), ZERO, ZERO, ZERO]
    assert town.run("SELECT DISTINCT stage FROM bill_balance").scalar_one() == "plan"
    assert_sound(town)


def test_all_of_it_received_in_time_and_booked_later_keeps_a_broken_plan(town: Town) -> None:
    today = office_day(town)
    signed(town)
    day = broken(town)

    town.receive(ANA, "4000.00", on=day - timedelta(days=1), reference=reference(today, 1))

    assert causes(town)[-2:] == [PlanCause.REINSTATED, PlanCause.ALL_PAID]
    assert (plan_now(town).state, opened(town)) == ("kept", [ZERO] * 4)
    assert_sound(town)


def test_money_received_on_the_day_of_breach_came_too_late(town: Town) -> None:
    today = office_day(town)
    signed(town)
    day = broken(town)

    town.receive(ANA, "4000.00", on=day, reference=reference(today, 1))
    followed(town, office_day(town))

    assert (plan_now(town).state, paid(town)) == ("broken", [ZERO] * 4)
    assert town.run("SELECT overpaid FROM account_balance WHERE ident = :i", i=ANA).scalar_one() == 4000
    assert_sound(town)


def test_too_little_received_in_time_leaves_a_plan_broken(town: Town) -> None:
    today = office_day(town)
    signed(town)
    day = broken(town)

    town.receive(ANA, "999.99", on=day - timedelta(days=1), reference=reference(today, 1))
    still = plan_now(town).state
    town.receive(ANA, "0.01", on=day - timedelta(days=1), reference=reference(today, 1))

    assert (still, plan_now(town).state) == ("broken", "in_arrears")
    assert paid(town)[0] == Decimal(1000)
    assert_sound(town)


@pytest.mark.parametrize("in_batches", [False, True])
def test_the_monitor_finds_what_was_received_in_time(town: Town, in_batches: bool) -> None:  # noqa: FBT001
    today = office_day(town)
    signed(town)
    day = broken(town)
    town.pay(ANA, "1000.00", on=day - timedelta(days=1), reference=reference(today, 1))

    later = office_day(town)
    town.run("SELECT move_plans(:day, NULL, :most)", day=later, most=10 if in_batches else None)

    assert (plan_now(town).state, plan_now(town).followed_on) == ("in_arrears", later)
    assert paid(town)[0] == Decimal(1000)
    assert_sound(town)


def test_a_clerk_sets_money_without_a_reference_against_the_plan_it_was_meant_for(town: Town) -> None:
    signed(town)
    day = broken(town)
    in_time = town.pay(ANA, "1000.00", on=day - timedelta(days=1))
    too_late = town.pay(ANA, "1000.00", on=day)

    with town.visiting(CLERK, ANA) as session:
        with refused(session, rules.NoPlanInForce):
            plans.book_payment(session, ident=ANA, payment_id=too_late)
        done = plans.book_payment(session, ident=ANA, payment_id=in_time)

    assert (done["settled"], done["state"]) == ("1000.00", "in_arrears")
    assert_sound(town)


def test_a_case_that_woke_rests_again(town: Town) -> None:
    today = office_day(town)
    (first, *_) = owe(town, 6, 5, 4, 3)
    case = sue(town, [first], state="final", on=today)
    version = programme(town, FREE)
    with town.visiting(CLERK, ANA) as session:
        sign(session, today=today, version=version, count=4)
    day = broken(town)
    woken = town.run("SELECT state FROM enforcement_case WHERE id = :id", id=case).scalar_one()

    town.receive(ANA, "1000.00", on=day - timedelta(days=1), reference=reference(today, 1))

    assert woken == "final"
    assert town.run("SELECT state FROM enforcement_case WHERE id = :id", id=case).scalar_one() == (
        "suspended_by_plan"
    )
    assert_sound(town)


def test_a_bill_paid_in_time_and_booked_later_breaks_no_plan(town: Town) -> None:
    today = office_day(town)
    signed(town, breach=BreachRule(missed_instalments=0, unpaid_bills=1))
    current = Period.of(today)
    town.bill(ANA, current, [("cold_water", "1", "50.00")])
    due_on = current.next().last_day
    followed(town, due_on + timedelta(days=1))
    was = plan_now(town).state
    invent_day(town.run, due_on + timedelta(days=5))

    town.receive(ANA, "50.00", on=due_on, reference=compose(ANA, period=current))

    assert (was, causes(town)[-2]) == ("broken", PlanCause.REINSTATED)
    assert plan_now(town).state == "in_arrears"
    assert_sound(town)


def test_a_plan_broken_by_another_rule_than_its_contracts_is_in_force_again(town: Town) -> None:
    signed(town)
    day = plan_now(town).breaks_on
    # as it was once applied: by one instalment where the contract says two
    early = day - timedelta(days=10)
    town.run(
        "SELECT end_plans(ARRAY[ident], ARRAY[id], ARRAY['broken'], ARRAY['instalments_missed'],"
        " ARRAY[CAST('{}' AS jsonb)], '', CAST(:day AS date)) FROM plan",
        day=early,
    )

    followed(town, early)

    assert (causes(town)[-2], plan_now(town).state) == (PlanCause.REINSTATED, "in_arrears")
    assert_sound(town)


def test_what_was_signed_since_is_what_holds(town: Town) -> None:
    today = office_day(town)
    signed(town, may_replan=True)
    day = broken(town)
    later = plan_now(town)
    with town.visiting(CLERK, ANA) as session:
        sign(session, today=office_day(town), version=(later.programme_id, 1), count=4)

    town.receive(ANA, "1000.00", on=day - timedelta(days=1), reference=reference(today, 1))

    states = town.run("SELECT state FROM plan ORDER BY id").scalars().all()
    assert states == ["broken", "active"]
    assert_sound(town)


def test_broken_again_it_credits_only_what_came_since(town: Town) -> None:
    today = office_day(town)
    signed(town)
    town.receive(ANA, "300.00", on=today, reference=reference(today, 1))
    day = broken(town)
    town.receive(ANA, "700.00", on=day - timedelta(days=1), reference=reference(today, 1))
    assert plan_now(town).state == "in_arrears"

    day = broken(town)

    booked = town.run("SELECT amount, payer FROM payment WHERE channel = 'credit' ORDER BY id").all()
    assert [tuple(row) for row in booked] == [
        (Decimal("300.00"), "raskid reprograma"),
        (Decimal("700.00"), "raskid reprograma"),
    ]
    assert opened(town) == [ZERO, Decimal(1000), Decimal(1000), Decimal(1000)]
    assert_sound(town)


def test_no_desk_puts_a_plan_in_force_again(town: Town) -> None:
    signed(town)
    broken(town)

    with town.signed_in(SUPERVISOR) as session, refused(session, Forbidden):
        session.execute(text("SELECT reinstate_plan(ident, id, NULL) FROM plan"))

    assert plan_now(town).state == "broken"
