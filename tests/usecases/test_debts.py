"""Notices, enforcement cases and plans of an account, as their sections show them."""

from datetime import date
from decimal import Decimal

import pytest

from app.domain.enforcement import CaseState
from app.domain.notices import NoticeState
from app.domain.payment_reference import Reference, ReferenceKind
from app.domain.period import Period
from app.domain.plans import InstalmentState, PlanState
from app.usecases import enforcement, notices, plans
from app.usecases.enforcement import CaseStep
from tests.usecases.conftest import AGENT, ANA, CLERK

APRIL, MAY = Period(2026, 4), Period(2026, 5)
WATER = ("cold_water", "7.250", "59.46")


@pytest.fixture
def indebted(town):
    """Two months of debt: a notice for both, a case for April, a plan for May."""
    town.bill(ANA, APRIL, [WATER])
    town.bill(ANA, MAY, [WATER])
    notice = town.run(
        "INSERT INTO notice (ident, number, kind, state, drawn_on, delivery_method, delivered_on,"
        " days_to_pay, principal, interest) VALUES"
        " (:ident, 'O-5/2026', 'first', 'delivered', '2026-07-01', 'post', '2026-07-06', 8, 862.18, 12.5)"
        " RETURNING id",
        ident=ANA,
    ).scalar_one()
    for period in (APRIL, MAY):
        town.insert(
            "notice_item",
            ident=ANA,
            notice_id=notice,
            ggmm=period.ggmm,
            principal=Decimal("431.09"),
            interest=Decimal("6.25"),
        )
    town.insert(
        "bailiff", id=1, name="Zoran Savić", seat="Beograd", bank_account="1", phone="2", email="z@primer.rs"
    )
    case = town.run(
        "INSERT INTO enforcement_case (ident, internal_number, case_number, bailiff_id, state, principal,"
        " interest, interest_until, creditor_costs, bailiff_costs, filed_on, decided_on)"
        " VALUES (:ident, 'U-2', 'I.Iv 2/2026', 1, 'decided', 431.09, 5.00, '2026-07-10', 200, 300,"
        " '2026-07-10', '2026-07-14') RETURNING id",
        ident=ANA,
    ).scalar_one()
    town.insert("enforcement_item", ident=ANA, case_id=case, ggmm=APRIL.ggmm, principal=Decimal("431.09"))
    plan = town.run(
        "INSERT INTO plan (ident, programme_id, contract_number, state, signed_on, principal, interest,"
        " costs, written_off_principal, written_off_interest, payable)"
        " VALUES (:ident, 4, 'R-7/2026', 'active', '2026-07-15', 431.09, 5, 0, 0, 5, 431.09) RETURNING id",
        ident=ANA,
    ).scalar_one()
    town.insert(
        "plan_item",
        ident=ANA,
        plan_id=plan,
        ggmm=MAY.ggmm,
        principal=Decimal("431.09"),
        interest=Decimal(5),
        was_sued=False,
    )
    for number, amount in enumerate(("143.70", "143.70", "143.69"), start=1):
        town.insert(
            "instalment",
            ident=ANA,
            plan_id=plan,
            instalment_no=number,
            due_on=Period(2026, 6 + number).last_day,
            amount=Decimal(amount),
        )
    town.pay(ANA, "143.70", on=date(2026, 7, 20), plan=(plan, 1, "143.70"))
    return town


def test_a_notice_names_every_month_and_its_term_runs_from_delivery(indebted):
    with indebted.visiting(CLERK, ANA) as session:
        (notice,) = notices.notices_of(session, ident=ANA)

    assert len(indebted.statements) == 1
    assert (notice.number, notice.state, notice.total) == (
        "O-5/2026",
        NoticeState.DELIVERED,
        Decimal("874.68"),
    )
    assert [item.period for item in notice.items] == [APRIL, MAY]
    assert notice.pay_until == date(2026, 7, 14)


def test_a_case_is_shown_with_its_bailiff_its_months_and_the_steps_it_took(indebted):
    with indebted.visiting(CLERK, ANA) as session:
        (case,) = enforcement.cases_of(session, ident=ANA)

    assert len(indebted.statements) == 1
    assert (case.case_number, case.state, case.bailiff.name) == (
        "I.Iv 2/2026",
        CaseState.DECIDED,
        "Zoran Savić",
    )
    assert [(item.period, item.open) for item in case.items] == [(APRIL, Decimal("431.09"))]
    assert [(step.step, step.day) for step in case.steps] == [
        (CaseStep.FILED, date(2026, 7, 10)),
        (CaseStep.DECIDED, date(2026, 7, 14)),
    ]
    assert case.claimed == case.remaining == Decimal("936.09")


def test_an_ended_case_claims_nothing_more(indebted):
    indebted.run("UPDATE enforcement_case SET state = 'discontinued', ended_on = '2026-07-18'")
    with indebted.visiting(CLERK, ANA) as session:
        (case,) = enforcement.cases_of(session, ident=ANA)

    assert not case.is_open
    assert case.remaining == 0


def test_a_plan_shows_how_far_its_instalments_have_come(indebted):
    with indebted.visiting(CLERK, ANA) as session:
        (plan,) = plans.plans_of(session, ident=ANA, today=date(2026, 9, 1))

    assert len(indebted.statements) == 1
    assert (plan.state, plan.programme_code) == (PlanState.ACTIVE, "2025")
    assert [one.state for one in plan.instalments] == [
        InstalmentState.PAID,
        InstalmentState.LATE,
        InstalmentState.DUE,
    ]
    assert (plan.paid, plan.remaining, plan.paid_instalments) == (
        Decimal("143.70"),
        Decimal("287.39"),
        1,
    )
    assert plan.next_instalment.number == 2
    assert [one.number for one in plan.late] == [2]


def test_an_agent_sees_none_of_it_before_the_caller_is_verified(indebted):
    with indebted.visiting(AGENT, ANA, verified=False) as session:
        assert notices.notices_of(session, ident=ANA) == ()
        assert enforcement.cases_of(session, ident=ANA) == ()
        assert plans.plans_of(session, ident=ANA, today=date(2026, 9, 1)) == ()


def test_a_reference_names_the_case_that_begins_with_its_month_and_no_other(indebted):
    with indebted.visiting(CLERK, ANA) as session:
        cases = enforcement.cases_of(session, ident=ANA)

    april, may = (Reference(ANA, month, ReferenceKind.ENFORCEMENT) for month in (APRIL, MAY))
    assert enforcement.case_named(cases, april) == cases[0]
    assert enforcement.case_named(cases, may) is None


def test_a_reference_names_the_notice_drawn_up_in_its_month_or_one_that_asks_for_it(indebted):
    with indebted.visiting(CLERK, ANA) as session:
        (notice,) = notices.notices_of(session, ident=ANA)

    for month, named in ((Period(2026, 7), notice), (APRIL, notice), (Period(2026, 2), None)):
        assert notices.notice_named([notice], Reference(ANA, month, ReferenceKind.NOTICE)) == named
