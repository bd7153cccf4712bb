"""Signing plans: the offer that is shown is the plan that is saved, certified, undone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from app.domain import payment_reference
from app.domain.money import ZERO
from app.domain.payment_reference import ReferenceKind
from app.domain.period import Period
from app.domain.plans import (
    PlanCause,
    PlanState,
)
from app.domain.statutory_rates import KNOWN_RATES
from app.usecases import accounts, plans
from app.usecases.accounts import AlertKind
from app.usecases.plans import rules
from app.usecases.visits import VisitNotOpen
from tests.usecases.conftest import AGENT, ANA, CLERK, SUPERVISOR, Town, refused
from tests.usecases.planned import PLAIN, offered, office_day, owe, programme, sign, sue, sums_of

RATES = [(rate.first_day, rate.percent) for rate in KNOWN_RATES]


# -- signing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 6, 12])
def test_what_is_signed_is_what_was_shown(town: Town, count: int) -> None:
    today = office_day(town)
    owe(town, 5, 4, 3, amount="12345.67", interest="12.34")
    version = programme(town)

    with town.visiting(CLERK, ANA) as session:
        shown = offered(session, today=today, version=version, count=count)
        signed = sign(session, today=today, version=version, count=count)
        (plan,) = plans.plans_of(session, ident=ANA, today=today)

    assert signed["state"] == plan.state == PlanState.ACTIVE
    assert plan.contract_number == signed["contract_number"]
    assert (plan.principal, plan.interest, plan.payable) == (shown.principal, shown.interest, shown.payable)
    assert [(one.number, one.due_on, one.amount) for one in plan.instalments] == [
        (one.number, one.due_on, one.amount) for one in shown.instalments
    ]
    assert plan.next_due_on == shown.first.due_on
    assert plan.instalments[0].reference == payment_reference.compose(
        ANA, period=Period.of(today), kind=ReferenceKind.PLAN, instalment=1
    )


def test_the_months_leave_the_unsued_sum_and_the_plan_bears_what_is_payable(town: Town) -> None:
    today = office_day(town)
    owe(town, 5, 4, amount="1000.00")
    owe(town, 0, amount="300.00")
    version = programme(town)

    with town.visiting(CLERK, ANA) as session:
        sign(session, today=today, version=version, count=1)
        sums = sums_of(session, today)

    assert (sums.unsued, sums.current_month, sums.plan) == (ZERO, Decimal("300.00"), Decimal("1700.00"))


def test_contract_numbers_of_a_branch_have_no_gap(town: Town) -> None:
    today = office_day(town)
    owe(town, 3)
    version = programme(town)
    numbers = []
    with town.visiting(CLERK, ANA) as session:
        for _ in range(3):
            signed = sign(session, today=today, version=version, count=1)
            numbers.append(signed["contract_number"])
            plans.undo(session, ident=ANA, plan_id=signed["plan_id"], reason="greška")
            with refused(session, rules.DebtChanged):
                sign_for_more(session, today, version)

    assert [number.rpartition("-")[2] for number in numbers] == [
        f"00000{place}/{today.year}" for place in (1, 2, 3)
    ]
    assert {number.partition("-")[0] for number in numbers} == {"RP"}


def test_a_contract_of_a_certified_programme_waits_and_holds_nothing_until_it_is(town: Town) -> None:
    today = office_day(town)
    owe(town, 4, 3, amount="1000.00")
    owe(town, 0, amount="300.00")
    version = programme(town, replace(PLAIN, is_certified=True))

    with town.visiting(CLERK, ANA) as session:
        signed = sign(session, today=today, version=version, count=3)
        waiting = sums_of(session, today)
        with refused(session, rules.PlanFieldWrong) as caught:
            plans.certify(session, ident=ANA, plan_id=signed["plan_id"], uop_number=" ", certified_on=today)
        done = plans.certify(
            session, ident=ANA, plan_id=signed["plan_id"], uop_number="UOP:7-2026", certified_on=today
        )
        held = sums_of(session, today)
        events = plans.history(session, ident=ANA, plan_id=signed["plan_id"])
        with refused(session, rules.PlanMoveForbidden):
            plans.certify(
                session, ident=ANA, plan_id=signed["plan_id"], uop_number="UOP:8-2026", certified_on=today
            )

    assert signed["state"] == PlanState.AWAITING_CERTIFICATION
    assert done["state"] == PlanState.ACTIVE
    assert caught.value.field == "certification_number"  # type: ignore[attr-defined]
    assert (waiting.unsued, waiting.plan) == (Decimal("2000.00"), ZERO)
    assert (held.unsued, held.plan) == (ZERO, Decimal("1760.00"))
    assert [event.cause for event in events] == [PlanCause.REGISTERED, PlanCause.SIGNED, PlanCause.CERTIFIED]


def test_a_debt_that_was_paid_on_meanwhile_is_not_certified(town: Town) -> None:
    today = office_day(town)
    (old, _) = owe(town, 4, 3)
    version = programme(town, replace(PLAIN, is_certified=True))
    with town.visiting(CLERK, ANA) as session:
        signed = sign(session, today=today, version=version, count=3)
    town.pay(ANA, "10.00", on=today, against={old: "10.00"})

    with town.visiting(CLERK, ANA) as session, refused(session, rules.DebtChanged) as caught:
        plans.certify(session, ident=ANA, plan_id=signed["plan_id"], uop_number="1", certified_on=today)

    assert caught.value.months == (old,)  # type: ignore[attr-defined]


def test_cases_of_covered_months_rest_and_wake_to_where_they_stood(town: Town) -> None:
    today = office_day(town)
    (sued, _) = owe(town, 5, 4)
    case = sue(town, [sued], costs="500.00", state="objected", on=today)
    version = programme(town)

    def state() -> str:
        return str(town.run("SELECT state FROM enforcement_case WHERE id = :case", case=case).scalar_one())

    with town.visiting(CLERK, ANA) as session:
        signed = sign(session, today=today, version=version, count=1)
    resting = state()
    with town.visiting(CLERK, ANA) as session:
        plan = plans.plan_of(session, ident=ANA, plan_id=signed["plan_id"], today=today)
        plans.undo(session, ident=ANA, plan_id=signed["plan_id"], reason="pogrešan korisnik")

    assert plan is not None
    assert plan.costs_by_case == {case: Decimal("500.00")}
    assert (resting, state()) == ("suspended_by_plan", "objected")


# -- taking back -------------------------------------------------------------------------------------


def test_a_registration_is_undone_by_who_made_it_or_a_supervisor_only(town: Town) -> None:
    today = office_day(town)
    owe(town, 4)
    version = programme(town)
    with town.visiting(SUPERVISOR, ANA) as session:
        signed = sign(session, today=today, version=version, count=1)

    with town.visiting(CLERK, ANA) as session:
        with refused(session, rules.UndoForbidden) as caught:
            plans.undo(session, ident=ANA, plan_id=signed["plan_id"], reason="greška")
        with refused(session, rules.PlanReasonMissing):
            plans.undo(session, ident=ANA, plan_id=signed["plan_id"], reason=" ")

    assert caught.value.why == "person"  # type: ignore[attr-defined]


def test_what_was_paid_on_is_cancelled_not_undone_and_the_money_goes_to_the_debt(town: Town) -> None:
    today = office_day(town)
    old, new = owe(town, 4, 3, amount="1000.00")
    version = programme(town)
    with town.visiting(CLERK, ANA) as session:
        signed = sign(session, today=today, version=version, count=3)
    town.pay(ANA, "500.00", on=today, plan=(signed["plan_id"], 1, "500.00"))

    with town.visiting(CLERK, ANA) as session, refused(session, rules.UndoForbidden) as caught:
        plans.undo(session, ident=ANA, plan_id=signed["plan_id"], reason="greška")
    with town.visiting(SUPERVISOR, ANA) as session:
        plans.cancel(session, ident=ANA, plan_id=signed["plan_id"], reason="na zahtev stranke")
        (plan,) = plans.plans_of(session, ident=ANA, today=today)
        last = plans.history(session, ident=ANA, plan_id=signed["plan_id"])[-1]

    opened = dict(town.run("SELECT ggmm, open FROM bill_balance WHERE ident = :ident", ident=ANA).all())
    assert caught.value.why == "money"  # type: ignore[attr-defined]
    assert (plan.state, plan.ended_on) == (PlanState.CANCELLED, today)
    assert (opened[old.ggmm], opened[new.ggmm]) == (Decimal("500.00"), Decimal("1000.00"))
    assert (last.cause, last.reason) == (PlanCause.CANCELLED, "na zahtev stranke")
    assert Decimal(str(last.facts["revived_principal"])) == plan.written_off_principal


def test_only_supervisors_cancel_and_only_who_visits_signs(town: Town) -> None:
    today = office_day(town)
    owe(town, 4)
    version = programme(town)
    with town.visiting(CLERK, ANA) as session:
        shown = offered(session, today=today, version=version, count=1)
        debt = plans.debt_of(session, ident=ANA, today=today)

    with town.signed_in(SUPERVISOR) as session, refused(session, VisitNotOpen):
        plans.register(
            session,
            ident=ANA,
            programme_id=version[0],
            version=version[1],
            months=debt.months_of_debt,
            offer=shown,
        )
    with town.visiting(AGENT, ANA) as session:
        assert plans.debt_of(session, ident=ANA, today=today).months


def sign_for_more(session: Session, today: date, version: tuple[int, int]) -> None:
    debt = plans.debt_of(session, ident=ANA, today=today)
    months = [replace(one.month, principal=one.month.principal + 1) for one in debt.months]
    shown = offered(session, today=today, version=version, count=1)
    plans.register(
        session, ident=ANA, programme_id=version[0], version=version[1], months=months, offer=shown
    )


def test_a_notice_for_months_that_a_plan_took_up_is_not_unanswered(town: Town) -> None:
    today = office_day(town)
    (period,) = owe(town, 4)
    version = programme(town)
    notice = town.run(
        "INSERT INTO notice (ident, number, kind, state, drawn_on, delivery_method, days_to_pay, principal,"
        " interest) VALUES (:ident, 'O-1', 'first', 'sent', :day, 'post', 8, 1000, 0) RETURNING id",
        ident=ANA,
        day=today,
    ).scalar_one()
    town.insert(
        "notice_item", ident=ANA, notice_id=notice, ggmm=period.ggmm, principal=Decimal(1000), interest=ZERO
    )

    def alerts() -> set[AlertKind]:
        with town.visiting(CLERK, ANA) as session:
            header = accounts.account_header(session, ident=ANA, today=today)
        return {alert.kind for alert in header.alerts}

    before = alerts()
    with town.visiting(CLERK, ANA) as session:
        sign(session, today=today, version=version, count=1)

    assert before - alerts() == {AlertKind.NOTICE_UNANSWERED}
    assert AlertKind.PLAN_IN_FORCE in alerts()
