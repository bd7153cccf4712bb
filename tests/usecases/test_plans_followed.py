"""Following plans: money settles instalments in order, and plans are late, kept or broken by themselves."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans import BreachRule, PlanCause, PlanState
from app.usecases import plans
from app.usecases.plans import rules
from app.usecases.visits import NotServing
from db.errors import RuleBroken
from tests.usecases.conftest import ANA, CLERK, SUPERVISOR, Town, refused
from tests.usecases.planned import (
    FREE,
    assert_sound,
    followed,
    month,
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
    sums_of,
)

# -- money -------------------------------------------------------------------------------------------


def test_a_payment_settles_instalments_in_order_and_the_rest_stays_with_the_account(town: Town) -> None:
    today = office_day(town)
    signed(town)
    part = town.pay(ANA, "1500.00", on=today)

    with town.visiting(CLERK, ANA) as session:
        first = plans.book_payment(session, ident=ANA, payment_id=part)
    halfway = paid(town)
    rest = town.pay(ANA, "3000.00", on=today)
    with town.visiting(CLERK, ANA) as session:
        last = plans.book_payment(session, ident=ANA, payment_id=rest)
        with refused(session, rules.NoPlanInForce):
            plans.book_payment(session, ident=ANA, payment_id=rest)
        sums = sums_of(session, today)

    assert halfway == [Decimal(1000), Decimal(500), ZERO, ZERO]
    assert (first["settled"], first["left"], first["state"]) == ("1500.00", "0.00", "active")
    assert (last["settled"], last["left"], last["state"]) == ("2500.00", "500.00", "kept")
    assert (sums.plan, sums.unsued, sums.overpaid) == (ZERO, ZERO, Decimal("500.00"))
    assert_sound(town)


def test_money_that_names_the_plan_is_settled_by_the_monitor(town: Town) -> None:
    today = office_day(town)
    signed(town)
    town.pay(ANA, "1000.00", on=today, reference=reference(today, 1))
    town.pay(ANA, "700.00", on=today)

    counts = followed(town, today)

    assert (counts["settled"], counts["active"]) == (1, 1)
    assert paid(town) == [Decimal(1000), ZERO, ZERO, ZERO]
    assert_sound(town)


def test_a_payment_used_up_settles_nothing_more(town: Town) -> None:
    today = office_day(town)
    signed(town)
    payment = town.pay(ANA, "500.00", on=today)

    with town.visiting(CLERK, ANA) as session:
        plans.book_payment(session, ident=ANA, payment_id=payment)
        with refused(session, rules.PaymentUsedUp):
            plans.book_payment(session, ident=ANA, payment_id=payment)


def test_money_for_a_plan_that_ended_is_not_swallowed_by_it(town: Town) -> None:
    today = office_day(town)
    plan_id = signed(town)
    with town.visiting(SUPERVISOR, ANA) as session:
        plans.cancel(session, ident=ANA, plan_id=plan_id, reason="odustao")
    point = town.connection.begin_nested()

    with pytest.raises(Exception, match="plan_not_in_force"):
        town.pay(ANA, "10.00", on=today, plan=(plan_id, 1, "10.00"))

    point.rollback()


# -- standing ----------------------------------------------------------------------------------------


def test_a_plan_is_late_the_day_after_and_on_time_again_once_it_is_paid(town: Town) -> None:
    today = office_day(town)
    signed(town)
    due = plan_now(town).next_due_on

    on_the_day = followed(town, due)
    late = followed(town, due + timedelta(days=1))
    state = plan_now(town).state
    town.pay(ANA, "1000.00", on=today, reference=reference(today, 1))
    again = followed(town, due + timedelta(days=2))

    assert (on_the_day["active"], late["in_arrears"], late["moved"], state) == (1, 1, 1, "in_arrears")
    assert (again["settled"], again["active"], plan_now(town).state) == (1, 1, "active")
    with town.visiting(CLERK, ANA) as session:
        events = plans.history(session, ident=ANA, plan_id=plan_now(town).id)
    assert [event.cause for event in events][2:] == [PlanCause.INSTALMENT_LATE, PlanCause.NOTHING_LATE]
    assert events[2].facts["numbers"] == [1]
    assert_sound(town)


def test_looking_twice_at_one_day_changes_nothing_the_second_time(town: Town) -> None:
    signed(town)
    due = plan_now(town).next_due_on
    followed(town, due + timedelta(days=1))
    before = town.run("SELECT to_jsonb(p) FROM plan p").scalars().all()

    again = followed(town, due + timedelta(days=1))
    earlier = followed(town, due)

    assert (again["followed"], earlier["followed"]) == (0, 0)
    assert town.run("SELECT to_jsonb(p) FROM plan p").scalars().all() == before


def test_being_looked_at_outdates_nobodys_view_and_leaves_no_audit(town: Town) -> None:
    signed(town)
    version = plan_now(town).version
    audited = town.run("SELECT count(*) FROM audit_log WHERE table_name = 'plan'").scalar_one()

    followed(town, plan_now(town).next_due_on)

    assert plan_now(town).version == version
    assert town.run("SELECT count(*) FROM audit_log WHERE table_name = 'plan'").scalar_one() == audited


def test_a_kept_plan_closes_its_months_and_its_cases_by_credits(town: Town) -> None:
    today = office_day(town)
    owe(town, 6, 5, amount="1000.00", interest="100.00")
    case = sue(town, [month(town, 6)], costs="340.00", on=today)
    version = programme(town, FREE)
    with town.visiting(CLERK, ANA) as session:
        plan_id = sign(session, today=today, version=version, count=1)["plan_id"]
    town.pay(ANA, "2340.00", on=today, reference=reference(today, 1))

    counts = followed(town, today)

    credit = town.run("SELECT amount, payer FROM payment WHERE channel = 'credit'").one()
    held = town.run("SELECT state, paid_costs, ended_on FROM enforcement_case WHERE id = :id", id=case).one()
    assert counts["kept"] == 1
    assert opened(town) == [ZERO, ZERO]
    assert tuple(credit) == (Decimal("2540.00"), "reprogram ispunjen")
    assert tuple(held) == ("collected", Decimal("340.00"), today)
    with town.visiting(CLERK, ANA) as session:
        last = plans.history(session, ident=ANA, plan_id=plan_id)[-1]
        sums = sums_of(session, today)
    assert (last.cause, last.old_state, last.new_state) == (
        PlanCause.ALL_PAID,
        PlanState.ACTIVE,
        PlanState.KEPT,
    )
    assert sums.total == ZERO
    assert_sound(town)


def test_a_broken_plan_credits_what_was_paid_to_costs_and_then_the_oldest_principal(town: Town) -> None:
    today = office_day(town)
    owe(town, 6, 5, amount="1000.00", interest="100.00")
    case = sue(town, [month(town, 6)], costs="340.00", state="final", on=today)
    version = programme(town, FREE)
    with town.visiting(CLERK, ANA) as session:
        plan_id = sign(session, today=today, version=version, count=4)["plan_id"]
        interest = plans.plans_of(session, ident=ANA, today=today)[0].interest
    town.pay(ANA, "1400.00", on=today, reference=reference(today, 1))
    followed(town, today)
    breaks_on = plan_now(town).breaks_on
    followed(town, breaks_on - timedelta(days=1))
    eve = plan_now(town).state

    counts = followed(town, breaks_on)

    credit = town.run("SELECT amount, payer FROM payment WHERE channel = 'credit'").one()
    held = town.run("SELECT state, paid_costs FROM enforcement_case WHERE id = :id", id=case).one()
    assert (eve, counts["broken"], plan_now(town).state) == ("in_arrears", 1, "broken")
    assert tuple(credit) == (Decimal("1400.00"), "raskid reprograma")
    # 340 to costs, 1000 to the principal of the older month, 60 to that of the newer one
    assert opened(town) == [Decimal("100.00"), Decimal("1040.00")]
    assert tuple(held) == ("final", Decimal("340.00"))
    with town.visiting(CLERK, ANA) as session:
        last = plans.history(session, ident=ANA, plan_id=plan_id)[-1]
        again = plans.debt_of(session, ident=ANA, today=breaks_on).months
    assert (last.cause, last.facts["numbers"]) == (PlanCause.INSTALMENTS_MISSED, [3, 4])
    assert Decimal(str(last.facts["revived_interest"])) == interest
    # what ran until the signing is acknowledged in whole; from then on interest runs on what is left
    assert sum((one.interest_on_bill + one.acknowledged for one in again), ZERO) == interest
    assert [one.accrue_from for one in again] == [today, today]
    assert_sound(town)


def test_current_bills_unpaid_break_a_plan_where_the_programme_counts_them(town: Town) -> None:
    today = office_day(town)
    signed(town, breach=BreachRule(missed_instalments=0, unpaid_bills=1))
    current = Period.of(today)
    town.bill(ANA, current, [("cold_water", "1", "50.00")])
    due = current.next().last_day

    before = followed(town, due)
    after = followed(town, due + timedelta(days=1))

    assert (before["broken"], after["broken"]) == (0, 1)
    assert_sound(town)


@pytest.mark.parametrize("days", [0, 1, 40, 400])
def test_what_if_is_what_happens(town: Town, days: int) -> None:
    signed(town)
    day = plan_now(town).next_due_on + timedelta(days=days)
    with town.visiting(CLERK, ANA) as session:
        told = plans.what_if(session, ident=ANA, day=day)

    followed(town, day)

    assert told is not None
    assert told.new_state == plan_now(town).state
    assert told.moves == (told.new_state is not PlanState.ACTIVE)


def test_supervisors_follow_up_to_today_and_clerks_do_not(town: Town) -> None:
    today = office_day(town)
    signed(town)

    with town.signed_in(SUPERVISOR) as session:
        with refused(session, rules.DayInFuture):
            plans.follow(session, day=today + timedelta(days=1))
        done = plans.follow(session, day=today, ident=ANA)
    with town.signed_in(CLERK) as session, refused(session, Exception) as caught:
        plans.follow(session, day=today)

    assert (done["followed"], done["active"]) == (1, 1)
    assert not isinstance(caught.value, (RuleBroken, NotServing))  # no grant, before any rule
