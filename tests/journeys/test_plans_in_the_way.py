"""What comes between looking at a plan and signing it: each ends in a word, and nothing typed is lost."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.domain import payment_reference
from app.domain.period import Period
from app.domain.plans import PlanState
from tests.robots.debtors import Debtors
from tests.robots.lives import LIVES, sign
from tests.robots.plans import Plans
from tests.robots.stage import AGENT, CLERK, OTHER_CLERK, SUPERVISOR, Stage
from ui.plans.wizard.steps_bar import WizardStep
from ui.words import states

LIFE = LIVES["2014"]


@pytest.fixture(scope="module")
def debtors(town) -> Debtors:
    return Debtors(town)


def at_the_contract(stage: Stage, debtors: Debtors, ident: str, *, login: str = CLERK) -> Plans:
    """Go as far as the contract with a debtor of 2014, and sign nothing."""
    clerk = stage.opens()
    clerk.signs_in(login)
    clerk.opens(ident)
    plans = Plans(clerk)
    plans.begins()
    plans.goes_to(WizardStep.OFFER)
    plans.chooses_offer(6)
    plans.goes_to(WizardStep.DEBTOR)
    plans.fills_in({"id_card": "001234567", "note": "dolazi sin"})
    plans.goes_to(WizardStep.CONTRACT)
    plans.sees_contract()
    return plans


def registered(stage: Stage, ident: str) -> int:
    count: int = stage.one(f"SELECT count(*) FROM plan WHERE ident = {ident}")
    return count


def test_enter_leads_from_the_programme_to_the_contract_and_does_not_sign_it(stage, debtors):
    LIFE.moves_in(debtors, "2014011")
    clerk = stage.opens()
    clerk.signs_in(CLERK)
    clerk.opens("2014011")
    plans = Plans(clerk)
    plans.begins()

    for _ in range(40):
        if plans.sheet.step is WizardStep.CONTRACT:
            break
        clerk.presses("Return")
    plans.sees_contract()
    clerk.presses("Return")

    assert plans.sheet.step is WizardStep.CONTRACT
    assert registered(stage, "2014011") == 0
    plans.registers()
    assert registered(stage, "2014011") == 1


def test_keys_pressed_twice_sign_once(stage, debtors):
    LIFE.moves_in(debtors, "2014012")
    plans = at_the_contract(stage, debtors, "2014012")

    plans.clerk.presses("Ctrl+Return")
    plans.clerk.presses("Ctrl+Return")
    plans.clerk.until(lambda: plans.clerk.is_seen("plan.done"), "not registered")
    plans.clerk.presses("Ctrl+Return")

    assert registered(stage, "2014012") == 1


def test_a_programme_that_ended_meanwhile_is_told_and_the_fields_stay(stage, debtors):
    LIFE.moves_in(debtors, "2014013")
    debtors.wake_on(date(2014, 10, 31))
    plans = at_the_contract(stage, debtors, "2014013")
    debtors.wake_on(date(2014, 11, 1))

    plans.tries_to_register()

    assert "01.11.2014" in plans.is_told() or "31.10.2014" in plans.is_told()
    assert plans.sheet.step is WizardStep.PROGRAMME
    assert registered(stage, "2014013") == 0
    assert plans.sheet.page(WizardStep.DEBTOR).values().note == "dolazi sin"


def test_a_payment_that_came_meanwhile_is_told_by_its_month_and_the_new_debt_is_signed(stage, debtors):
    LIFE.moves_in(debtors, "2014014")
    plans = at_the_contract(stage, debtors, "2014014")
    before = plans.sheet.model.sums.total
    october = payment_reference.compose(2014014, period=Period(2013, 10))
    debtors.bring("2014014", "1000.00", reference=october, on=date(2014, 9, 15))

    plans.tries_to_register()
    told, step = plans.is_told(), plans.sheet.step
    plans.clerk.until(lambda: plans.sheet.model.sums.total != before, "the debt is shown as it was")
    plans.goes_to(WizardStep.CONTRACT)
    plans.sees_contract()
    plans.registers()

    assert "10/2013" in told
    assert step is WizardStep.MONTHS
    assert plans.sheet.model.sums.total <= before - Decimal(999)
    assert registered(stage, "2014014") == 1


def test_two_clerks_with_one_debtor_sign_one_plan(stage, debtors, tmp_path: Path):
    LIFE.moves_in(debtors, "2014015")
    slow = at_the_contract(stage, debtors, "2014015")
    quick = stage.opens()
    quick.signs_in(OTHER_CLERK)
    sign(quick, LIFE, "2014015", path=tmp_path / "papers.pdf")

    slow.tries_to_register()

    assert slow.is_told()
    assert slow.sheet.step is WizardStep.PROGRAMME
    assert registered(stage, "2014015") == 1


def test_esc_keeps_what_was_chosen_for_later(stage, debtors):
    LIFE.moves_in(debtors, "2014016")
    plans = at_the_contract(stage, debtors, "2014016")
    clerk = plans.clerk

    clerk.presses("Esc")
    asked = plans.is_told()
    clerk.presses("Esc")
    clerk.until(lambda: not clerk.is_seen("plan.wizard"), "the wizard stayed")
    plans.begins()
    plans.goes_to(WizardStep.DEBTOR)

    assert asked
    assert plans.sheet.model.count == 6
    assert clerk.reads("plan.debtor.note.editor") == "dolazi sin"


def test_a_registration_by_mistake_is_undone_the_same_day_by_keyboard(stage, debtors, tmp_path: Path):
    LIFE.moves_in(debtors, "2014017")
    clerk = stage.opens()
    clerk.signs_in(CLERK)
    clerk.opens("2014017")
    before = Plans(clerk).amounts()
    sign(clerk, LIFE, "2014017", path=tmp_path / "papers.pdf")
    plans = Plans(clerk)

    plans.undoes("pogrešan korisnik")

    clerk.until(lambda: plans.state() == states.word(PlanState.CANCELLED), "it was not undone")
    clerk.until(lambda: plans.amounts() == before, "the sums are not what they were")
    said = "pogrešan korisnik"
    clerk.until(lambda: any(said in " ".join(row) for row in plans.events()), "the reason is not told")


def test_the_keys_of_a_plan_are_heard_after_a_question_was_left_and_after_it_was_answered(stage, debtors):
    LIVES["2019"].moves_in(debtors, "2019019")
    clerk = stage.opens()
    clerk.signs_in(CLERK)
    clerk.opens("2019019")
    plans = Plans(clerk)
    plans.begins()
    plans.goes_to(WizardStep.CONTRACT)
    plans.sees_contract()
    plans.registers()
    plans.closes()
    plans.looks()

    clerk.presses("V")
    clerk.until(lambda: clerk.is_seen("plan.certify.number"), "nothing is asked")
    clerk.presses("Esc")
    plans.certifies("UOP: 19-2020")
    clerk.until(lambda: plans.state() == states.word(PlanState.ACTIVE), "the plan is not in force")
    plans.asks_what_if("+100")
    clerk.presses("Esc")
    plans.undoes("pogrešan korisnik")

    clerk.until(lambda: plans.state() == states.word(PlanState.CANCELLED), "it was not undone")


def test_a_supervisor_cancels_with_a_reason_and_a_clerk_is_told_who_may(stage, debtors, tmp_path: Path):
    LIFE.moves_in(debtors, "2014018")
    clerk = stage.opens()
    clerk.signs_in(CLERK)
    sign(clerk, LIFE, "2014018", path=tmp_path / "papers.pdf")
    clerk.presses("X")
    assert not clerk.is_seen("plan.reason")
    clerk.signs_out()
    clerk.signs_in(SUPERVISOR)
    clerk.opens("2014018")
    plans = Plans(clerk)
    plans.looks()

    plans.cancels("preminuo")

    clerk.until(lambda: plans.state() == states.word(PlanState.CANCELLED), "it was not cancelled")
    clerk.until(lambda: plans.amounts()["plan"] == 0, "the plan is still in the sums")


def test_an_agent_sees_what_it_would_cost_and_signs_nothing(stage, debtors):
    LIFE.moves_in(debtors, "2014019")
    stage.run("INSERT INTO contact VALUES (2014019, 1, 'phone', '064/222-3333', '0642223333', '2010-01-01')")
    clerk = stage.opens()
    clerk.signs_in(AGENT)
    clerk.finds("2014019")
    clerk.presses("Return")
    clerk.until(lambda: clerk.is_seen("verify.send"), "nothing is asked")
    clerk.verifies_by("ident", phone="064 222 3333")
    clerk.sees_bill("/")
    plans = Plans(clerk)
    plans.begins()
    plans.goes_to(WizardStep.OFFER)

    clerk.presses("Alt+Right")

    assert plans.offered() == [1, 6, 12]
    assert plans.sheet.step is WizardStep.OFFER
    assert clerk.reads("plan.limit")
