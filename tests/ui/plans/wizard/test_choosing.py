"""Choosing a programme, months and an offer: what can be had, at what cost, and why the rest cannot."""

from dataclasses import replace
from decimal import Decimal

from app.domain.plans import DebtRule, Offer, Payer
from app.usecases import plans
from tests.ui.plans.conftest import SIGNED_ON
from tests.ui.plans.plans_town import sign_plan
from tests.ui.plans.wizard.conftest import LADDER, owes
from tests.usecases.conftest import AGENT, ANA, FIRM
from ui.plans.wizard.steps_bar import WizardStep
from ui.words import text

OTHERS = {
    "Reprogram 2014": "not in force any more since 01.11.2014.",
    "Reprogram 2019/20": "not in force any more since 07.08.2020.",
    "Reprogram 2023/24": "not in force any more since 01.11.2024.",
}


# -- the programme -----------------------------------------------------------------------------------


def test_every_programme_is_shown_and_each_that_cannot_be_signed_says_why(wizard):
    wizard.begins()

    said = {name: why for name, _validity, why in wizard.rows("plan.programmes")}
    assert said["Reprogram od 2025."] == "yes"
    assert {name: said[name] for name in OTHERS} == OTHERS


def test_the_only_programme_that_can_be_signed_is_chosen_by_itself(scene, seated):
    owes(scene, terms=replace(LADDER, debts=DebtRule(least_unsued_bills=0), steps=LADDER.steps[-1:]))
    wizard = seated()

    wizard.begins()

    possible = [row[0] for row in wizard.rows("plan.programmes") if row[-1] == "yes"]
    assert possible == [wizard.sheet.model.programme.programme.name] == ["Reprogram od 2025."]

    assert wizard.sheet.model.programme.obstacle is None
    wizard.presses("Return")
    assert wizard.sheet.step is WizardStep.MONTHS


def test_a_programme_that_cannot_be_signed_tells_its_terms_and_leads_nowhere(wizard):
    wizard.begins()

    wizard.presses("End")
    wizard.presses("Return")

    assert wizard.sheet.step is WizardStep.PROGRAMME
    assert not wizard.sheet.next.isEnabled()
    assert wizard.reads("plan.terms.obstacle") == "Cannot be signed: not in force any more since 01.11.2014.."
    assert wizard.reads("plan.terms.unconfirmed")


def test_whoever_repays_as_a_pensioner_sees_what_pensioners_are_offered(wizard):
    wizard.begins()
    wizard.find("plan.payer.editor").setFocus()

    wizard.presses("Down")
    wizard.sees_figures()

    assert wizard.sheet.model.payer is Payer.PENSIONER
    assert [row[0] for row in wizard.rows("plan.ladder.table")] == ["12", "24"]
    said = {name: why for name, _validity, why in wizard.rows("plan.programmes")}
    assert said["Reprogram od 2025."] == "only for: former entrepreneur, ordinary payer"


def test_a_firm_is_asked_as_a_company_or_a_former_entrepreneur_only(scene, seated):
    owes(scene, ident=FIRM)
    wizard = seated(ident=FIRM)

    wizard.begins()

    assert wizard.reads("plan.payer.editor") == "company"
    assert wizard.find("plan.payer.editor").count() == 2


def test_a_contract_that_waits_is_in_the_way_and_can_be_opened(scene, seated):
    plan_id = sign_plan(scene, is_certified=True)
    wizard = seated()

    wizard.begins()

    assert "is awaiting certification" in wizard.reads("plan.standing")
    assert not wizard.sheet.next.isEnabled()
    wizard.sheet.page(WizardStep.PROGRAMME).standing.action_chosen.emit()
    assert (wizard.went[-1].ident, wizard.went[-1].plan_id) == (ANA, plan_id)


# -- the months --------------------------------------------------------------------------------------


def test_all_months_are_ticked_and_those_of_a_case_stand_apart_with_its_costs(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.MONTHS)

    rows = wizard.rows("plan.months")
    heads = [row for row in rows if not row[2]]
    assert [(head[0], head[-1]) for head in heads] == [("yes", ""), ("yes", "900,00")]
    assert heads[0][1] == "Not sued"
    assert heads[1][1].endswith("proposal filed · costs")
    assert len(wizard.ticked()) == 4
    assert wizard.reads("plan.months.count") == "4 of 4 overdue months are in the plan"


def test_a_month_that_is_taken_out_by_space_leaves_the_sums_at_once(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.MONTHS)
    before = wizard.sheet.model.sums

    wizard.presses("End")
    wizard.presses("Space")

    after = wizard.sheet.model.sums
    assert len(wizard.ticked()) == 3
    assert (before.principal - after.principal, before.costs - after.costs) == (
        Decimal("5000.00"),
        Decimal("900.00"),
    )
    assert wizard.reads("plan.sums.total.amount") == text.money(after.total)
    assert wizard.reads("plan.sums.costs.amount") == "0,00"


def test_space_on_the_head_of_a_group_takes_all_its_months_out_and_in(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.MONTHS)
    wizard.presses("Home")

    wizard.presses("Space")
    assert len(wizard.ticked()) == 1
    wizard.presses("Space")
    assert len(wizard.ticked()) == 4


def test_months_selected_together_are_ticked_together_and_stay_selected(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.MONTHS)
    wizard.presses("Home")
    wizard.presses("Down")

    wizard.presses("Shift+Down")
    wizard.presses("Space")
    assert len(wizard.ticked()) == 2
    wizard.presses("Space")
    assert len(wizard.ticked()) == 4


def test_without_a_month_one_cannot_go_on(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.MONTHS)

    wizard.presses("Ctrl+A")
    wizard.presses("Space")

    assert wizard.ticked() == []
    assert not wizard.sheet.next.isEnabled()


def test_a_month_the_programme_does_not_take_cannot_be_ticked_and_says_so(scene, seated):
    owes(scene, terms=replace(LADDER, debts=DebtRule(takes_sued=False)))
    wizard = seated()
    wizard.begins()
    wizard.goes_to(WizardStep.MONTHS)

    wizard.presses("End")
    wizard.presses("Space")

    assert len(wizard.ticked()) == 3
    assert wizard.rows("plan.months")[-1][0] == ""
    assert wizard.reads("plan.interest.note") == "The programme does not take this month in."


def test_the_interest_of_the_month_under_the_cursor_is_explained_by_rate_and_days(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.MONTHS)

    wizard.presses("End")

    owed = wizard.sheet.model.debt.months[0]
    segments = wizard.rows("plan.segments.table")
    assert [row[1:] for row in segments] == [
        [text.day(one.first_day), text.day(one.last_day), str(one.days), str(one.days_in_year)]
        for one in owed.segments
    ]
    assert len(segments) > 1  # split at the end of the year
    assert segments[-1][2] == text.day(SIGNED_ON)
    assert wizard.reads("plan.interest.facts.accrued") == text.money(owed.accrued)


# -- the offers --------------------------------------------------------------------------------------


def offered(wizard, count):
    cells = wizard.sheet.page(WizardStep.OFFER).columns.columns[count].cells
    return {name: cell.text() for name, cell in cells.items()}


def test_offers_stand_side_by_side_as_the_use_case_computes_them(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.OFFER)
    model = wizard.sheet.model

    shown = plans.offers_on(
        model.debt, terms=model.programme.programme.terms, payer=model.payer, months=model.periods
    )

    assert [count for count, _ in model.offers] == [1, 3, 6, 12]
    assert tuple(found for _, found in model.offers) == shown
    for offer in shown:
        said = offered(wizard, len(offer.instalments))
        assert (said["now"], said["total"], said["saved"]) == tuple(
            text.money(amount) for amount in (offer.first.amount, offer.payable, offer.saved)
        )
        assert said["last"] == (text.money(offer.last.amount) if len(offer.instalments) > 1 else "–")


def test_left_and_right_choose_and_the_instalments_are_listed(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.OFFER)

    wizard.presses("Right")
    wizard.presses("Right")
    wizard.presses("Left")

    assert wizard.sheet.model.count == 3
    assert [row[0] for row in wizard.rows("plan.schedule")] == ["1", "2", "3"]
    wizard.presses("End")
    assert wizard.sheet.model.count == 12
    wizard.presses("Return")
    assert wizard.sheet.step is WizardStep.DEBTOR


def test_an_offer_that_is_refused_is_passed_over_and_says_why(scene, seated):
    owes(scene, terms=replace(LADDER, least_instalment=Decimal(3000)))
    wizard = seated()
    wizard.begins()
    wizard.goes_to(WizardStep.OFFER)

    wizard.presses("End")

    assert wizard.sheet.model.count == 6
    why = wizard.reads("plan.offer.12.why")
    assert why.startswith("An instalment would be 1.6")
    assert why.endswith("the least allowed is 3.000,00. Take fewer instalments.")


def test_another_number_of_instalments_becomes_a_column_of_its_own(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.OFFER)

    wizard.presses("Tab")
    wizard.types("9\n")

    assert [count for count, _ in wizard.sheet.model.offers] == [1, 3, 6, 9, 12]
    assert wizard.sheet.model.count == 9
    assert wizard.cursor() == "plan.offers"
    assert len(wizard.rows("plan.schedule")) == 9


def test_a_number_beyond_the_ladder_is_refused_beside_its_field(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.OFFER)

    wizard.presses("Tab")
    wizard.types("24\n")

    assert wizard.reads("plan.count.error") == "A debt of this size may be split into 12 instalments at most."
    assert wizard.reads("plan.count.editor") == "24"
    assert wizard.sheet.model.count == 1


def test_ticks_taken_back_change_the_offers_and_keep_the_one_that_was_chosen(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.OFFER)
    wizard.presses("Right")
    before = wizard.sheet.model.offer.payable

    wizard.presses("Alt+Left")
    wizard.presses("End")
    wizard.presses("Space")
    wizard.goes_to(WizardStep.OFFER)

    assert wizard.sheet.model.count == 3
    assert isinstance(wizard.sheet.model.offer, Offer)
    assert wizard.sheet.model.offer.payable < before
    assert offered(wizard, 3)["total"] == text.money(wizard.sheet.model.offer.payable)


def test_what_is_beyond_the_limit_of_a_role_is_said_before_anything_is_typed(scene, seated):
    owes(scene, terms=replace(LADDER, most_payable={"desk_clerk": Decimal(1000)}))
    wizard = seated()
    wizard.begins()
    wizard.goes_to(WizardStep.OFFER)

    assert wizard.reads("plan.limit").startswith("You may sign plans up to 1.000,00.")
    assert not wizard.sheet.next.isEnabled()


def test_an_agent_tells_what_it_would_cost_and_signs_nothing(scene, seated):
    owes(scene)
    wizard = seated(AGENT)
    wizard.begins()
    wizard.goes_to(WizardStep.OFFER)

    wizard.presses("Right")

    assert offered(wizard, 3)["total"] == text.money(wizard.sheet.model.offer.payable)
    assert wizard.reads("plan.limit").startswith("A plan is signed at a counter.")
    assert not wizard.sheet.next.isEnabled()
