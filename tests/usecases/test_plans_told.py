"""All about one plan, and what may be done with it: what the window offers is what the database allows."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.domain.plans import PlanCause
from app.usecases import plans, staff
from app.usecases.plans import Barrier, Plan, PlanAct
from app.usecases.staff import Me
from tests.usecases.conftest import AGENT, ANA, CLERK, SUPERVISOR, Town
from tests.usecases.planned import (
    followed,
    office_day,
    owe,
    plan_now,
    programme,
    reference,
    sign,
    signed,
    sue,
)


def offered_to(town: Town, login: str, *, later: int = 0) -> dict[PlanAct, Barrier | None]:
    """Say what somebody may do with the plan of today, on a day so many after."""
    today = office_day(town) + timedelta(days=later)
    with town.visiting(login, ANA) as session:
        me: Me = staff.sign_in_facts(session)
        plan: Plan = plans.plans_of(session, ident=ANA, today=today)[0]
        story = plans.story_of(session, ident=ANA, plan_id=plan.id)
        left_over = plans.bookable(plan, story.left_over)
        return plans.barriers(plan, me=me, today=today, has_left_over=bool(left_over))


def test_the_story_tells_payments_by_instalment_and_what_is_left_over(town: Town) -> None:
    today = office_day(town)
    plan_id = signed(town)
    brought = town.pay(ANA, "1500.00", on=today, reference=reference(today, 1))
    with town.visiting(CLERK, ANA) as session:
        plans.book_payment(session, ident=ANA, payment_id=brought)
    loose = town.pay(ANA, "80.00", on=today)

    with town.visiting(CLERK, ANA) as session:
        story = plans.story_of(session, ident=ANA, plan_id=plan_id)

    (paid,) = story.payments
    assert (paid.payment_id, paid.amount, paid.instalments) == (brought, Decimal("1500.00"), (1, 2))
    assert [(one.payment_id, one.left) for one in story.left_over] == [(loose, Decimal("80.00"))]
    assert (story.paid_on(2), story.paid_on(3)) == (today, None)
    assert [event.cause for event in story.events] == [PlanCause.REGISTERED, PlanCause.SIGNED]


def test_a_credit_is_never_offered_to_a_plan(town: Town) -> None:
    today = office_day(town)
    plan_id = signed(town)
    town.pay(ANA, "80.00", on=today, channel="credit")

    with town.visiting(CLERK, ANA) as session:
        story = plans.story_of(session, ident=ANA, plan_id=plan_id)

    assert story.left_over == ()


def test_the_cases_of_a_plan_are_told_by_their_numbers(town: Town) -> None:
    today = office_day(town)
    case_id = sue(town, owe(town, 5), costs="100.00", on=today)
    town.run("UPDATE enforcement_case SET case_number = 'I.Iv 9/2026' WHERE id = :id", id=case_id)
    version = programme(town)
    with town.visiting(CLERK, ANA) as session:
        plan_id = sign(session, today=today, version=version, count=1)["plan_id"]

        story = plans.story_of(session, ident=ANA, plan_id=plan_id)

    assert story.case_numbers[case_id] == "I.Iv 9/2026"


def test_who_registered_it_may_undo_it_the_same_day_and_only_a_supervisor_cancels(town: Town) -> None:
    signed(town)

    clerk, later = offered_to(town, CLERK), offered_to(town, CLERK, later=1)
    supervisor, agent = offered_to(town, SUPERVISOR), offered_to(town, AGENT)

    assert (clerk[PlanAct.UNDO], clerk[PlanAct.CANCEL]) == (None, Barrier.NOT_SUPERVISOR)
    assert later[PlanAct.UNDO] is Barrier.ANOTHER_DAY
    assert (supervisor[PlanAct.UNDO], supervisor[PlanAct.CANCEL]) == (None, None)
    assert {act for act in PlanAct if agent[act] is None} == {PlanAct.WHAT_IF}
    assert agent[PlanAct.CERTIFY] is Barrier.AGENT


def test_money_under_the_plan_bars_its_undoing_and_money_left_over_may_be_booked(town: Town) -> None:
    today = office_day(town)
    signed(town)
    before = offered_to(town, CLERK)
    payment = town.pay(ANA, "10.00", on=today)
    meanwhile = offered_to(town, CLERK)
    with town.visiting(CLERK, ANA) as session:
        plans.book_payment(session, ident=ANA, payment_id=payment)

    after = offered_to(town, CLERK)

    assert (before[PlanAct.BOOK], meanwhile[PlanAct.BOOK]) == (Barrier.NO_MONEY, None)
    assert (after[PlanAct.UNDO], after[PlanAct.BOOK]) == (Barrier.MONEY, Barrier.NO_MONEY)


def test_money_received_before_the_day_of_breach_may_be_booked_on_a_broken_plan(town: Town) -> None:
    signed(town)
    day = plan_now(town).breaks_on
    followed(town, day)
    town.pay(ANA, "1000.00", on=day)
    too_late = offered_to(town, CLERK)
    town.pay(ANA, "1000.00", on=day - timedelta(days=1))

    in_time = offered_to(town, CLERK)

    assert (too_late[PlanAct.BOOK], in_time[PlanAct.BOOK]) == (Barrier.NOT_IN_FORCE, None)


def test_a_contract_waits_to_be_certified_and_is_not_in_force_before(town: Town) -> None:
    signed(town, is_certified=True)

    found = offered_to(town, CLERK)

    assert found[PlanAct.CERTIFY] is None
    assert found[PlanAct.BOOK] is found[PlanAct.WHAT_IF] is Barrier.NOT_IN_FORCE


@pytest.mark.parametrize("act", [PlanAct.CANCEL, PlanAct.UNDO])
def test_a_plan_that_ended_is_over_for_everybody(town: Town, act: PlanAct) -> None:
    signed(town)
    with town.visiting(SUPERVISOR, ANA) as session:
        plans.cancel(session, ident=ANA, plan_id=plan_now(town).id, reason="odustao")

    assert offered_to(town, SUPERVISOR)[act] is Barrier.ENDED
    assert offered_to(town, SUPERVISOR)[PlanAct.CERTIFY] is Barrier.NOT_AWAITING


def test_a_colleagues_registration_is_not_mine_to_undo(town: Town) -> None:
    signed(town)
    other = "drugi_clerk"
    town.run(f"CREATE ROLE {other} LOGIN")
    town.run(f"GRANT desk_clerk TO {other}")
    town.insert("staff", login=other, full_name="Ana Kovač", role="desk_clerk", branch_id=6)

    assert offered_to(town, other)[PlanAct.UNDO] is Barrier.ANOTHER_PERSON


def test_instalments_of_a_plan_that_ended_stand_as_they_stood_then(town: Town) -> None:
    today = office_day(town)
    plan_id = signed(town)
    with town.visiting(SUPERVISOR, ANA) as session:
        plans.cancel(session, ident=ANA, plan_id=plan_id, reason="odustao")

        (plan,) = plans.plans_of(session, ident=ANA, today=today + timedelta(days=400))

    assert plan.late == ()


def test_what_the_nightly_round_did_is_nobodys_doing(town: Town) -> None:
    plan_id = signed(town)
    due = plan_now(town).next_due_on
    followed(town, due + timedelta(days=1))

    with town.visiting(CLERK, ANA) as session:
        events = plans.story_of(session, ident=ANA, plan_id=plan_id).events

    assert [event.who for event in events] == ["Ana Kovač", "Ana Kovač", ""]
