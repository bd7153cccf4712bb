"""Ways to a plan: from a payment it took, and from the list of everybody's plans."""

import pytest

from app.domain.payment_reference import ReferenceKind, compose
from app.domain.period import Period
from tests.robots.overseer import Overseer
from tests.robots.plans import Plans
from tests.robots.stage import SUPERVISOR
from ui.desk.places import AccountSection
from ui.kit.table import Table

_PAID_PLAN = "SELECT min(p.ident) FROM plan p JOIN allocation a ON a.ident = p.ident AND a.plan_id = p.id"


@pytest.fixture
def debtor(stage):
    """An account whose latest payment was for an instalment of a plan."""
    return f"{stage.one(_PAID_PLAN):07d}"


def test_a_payment_for_an_instalment_leads_to_its_plan(stage, clerk, debtor):
    clerk.opens(debtor, section=AccountSection.PAYMENTS)
    payments = clerk.page.section(AccountSection.PAYMENTS)
    clerk.until(lambda: payments.chosen is not None, "no payments")
    rows = payments.model.rows()
    payments.table.choose_row(next(at for at, row in enumerate(rows) if any(p.record_id for p in row.parts)))
    plan_id = next(part.record_id for part in payments.chosen.parts if part.record_id)

    clerk.widget("payments.parts.table", Table).setFocus()
    clerk.presses("Down")
    clerk.presses("Return")

    plans = Plans(clerk)
    clerk.until(lambda: clerk.is_seen("plans.heading"), "the plans are not seen")
    clerk.until(lambda: plans.section.chosen is not None and plans.section.chosen.id == plan_id, "not it")


def test_the_slip_of_an_instalment_opens_its_plan_on_that_instalment_and_no_bill(stage, clerk, debtor):
    wanted, number, signed_on, last = stage.one(
        "SELECT ARRAY[p.id::text, p.contract_number, p.signed_on::text, max(i.instalment_no)::text]"
        " FROM plan p"
        f" JOIN instalment i ON i.ident = p.ident AND i.plan_id = p.id WHERE p.ident = {int(debtor)}"
        " GROUP BY p.id, p.contract_number, p.signed_on ORDER BY p.signed_on, p.id LIMIT 1"
    )
    year, month, _ = signed_on.split("-")
    reference = compose(
        int(debtor), period=Period(int(year), int(month)), kind=ReferenceKind.PLAN, instalment=int(last)
    )
    assert wanted

    clerk.scans(
        "K:PR|V:01|C:1|R:845000000040484987|N:JKP Infostan tehnologije\nDanijelova 33\nBeograd"
        f"|I:RSD1,00|P:Ana|SF:122|S:Reprogram|RO:97{reference}"
    )

    clerk.sees_account(debtor)
    plans = Plans(clerk)
    clerk.until(lambda: clerk.is_seen("plans.heading"), "the plans are not seen")
    clerk.until(lambda: plans.section.chosen is not None, "no plan is shown")
    clerk.until(lambda: plans.section.chosen.contract_number == number, "another plan is shown")
    schedule = plans.section.view.schedule
    clerk.until(lambda: schedule.table.chosen_row() == int(last) - 1, "another instalment is shown")


def test_enter_in_everybodys_plans_leads_to_that_plan_and_not_to_the_latest(stage, debtor):
    older, number = stage.one(
        f"SELECT ARRAY[id::text, contract_number] FROM plan WHERE ident = {int(debtor)} ORDER BY id LIMIT 1"
    )
    stage.run(
        "INSERT INTO plan (ident, programme_id, programme_version, contract_number, state, signed_on,"
        " ended_on, principal, interest, costs, written_off_principal, written_off_interest, payable)"
        " SELECT ident, programme_id, programme_version, 'RP-NOVI', 'cancelled', office_day(), office_day(),"
        f" 1, 0, 0, 0, 0, 1 FROM plan WHERE ident = {int(debtor)} AND id = {older}"
    )
    supervisor = stage.opens()
    supervisor.signs_in(SUPERVISOR)
    overseer, plans = Overseer(supervisor), Plans(supervisor)

    overseer.goes_to_plans()
    overseer.opens(number)

    supervisor.until(lambda: plans.section.chosen is not None, "no plans")
    assert plans.section.model.row(0).contract_number == "RP-NOVI"
    supervisor.until(lambda: plans.section.chosen.contract_number == number, "another plan is shown")
