"""Registering a plan: what is shown is what is signed; what went wrong is said where it belongs."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QLabel

from app.domain.plans import PlanState
from tests.ui.plans.wizard.conftest import LADDER, WRITTEN, owes, stored
from tests.usecases.conftest import ANA, FIRM
from ui.desk.places import AccountSection
from ui.plans.wizard.steps_bar import WizardStep
from ui.words import text

# -- the debtor --------------------------------------------------------------------------------------


def test_the_debtor_begins_as_the_holder_is_on_file(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.DEBTOR)

    assert wizard.reads("plan.debtor.name.editor") == "Ana Petrović"
    assert wizard.reads("plan.debtor.address.editor").startswith("Učiteljska 12a")
    assert wizard.cursor() == "plan.debtor.id_card.editor"


def test_enter_leads_through_the_fields_to_the_contract(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.DEBTOR)

    wizard.types("009123456\nMUP Beograd\n")
    while wizard.sheet.step is WizardStep.DEBTOR:
        wizard.presses("Return")

    assert wizard.sheet.step is WizardStep.CONTRACT
    assert (wizard.sheet.model.debtor.id_card, wizard.sheet.model.debtor.id_card_issuer) == (
        "009123456",
        "MUP Beograd",
    )
    assert wizard.sees_paper().startswith(b"%PDF")


def test_without_a_name_there_is_no_contract(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.DEBTOR)
    wizard.sheet.page(WizardStep.DEBTOR).fields["name"].set_value("")

    wizard.presses("Alt+Right")

    assert wizard.sheet.step is WizardStep.DEBTOR
    assert wizard.reads("plan.debtor.name.error") == "The contract cannot be without it."
    assert wizard.cursor() == "plan.debtor.name.editor"


def test_for_a_company_it_is_asked_who_signs_and_on_what_basis(scene, seated):
    owes(scene, ident=FIRM)
    wizard = seated(ident=FIRM)
    wizard.begins()
    wizard.goes_to(WizardStep.DEBTOR)

    wizard.presses("Alt+Right")
    assert wizard.reads("plan.debtor.representative.error")
    wizard.fills_in({"representative": "Vera Jović", "representative_basis": "direktor"})
    wizard.presses("Alt+Right")

    assert wizard.sheet.step is WizardStep.CONTRACT
    assert wizard.reads("plan.debtor.id_card.editor") == ""
    assert wizard.sheet.model.debtor.representative == "Vera Jović"


# -- registering -------------------------------------------------------------------------------------


def test_what_was_shown_is_what_is_signed(scene, wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.MONTHS)
    wizard.presses("End")
    wizard.presses("Space")
    wizard.goes_to(WizardStep.OFFER)
    wizard.presses("Right")
    wizard.goes_to(WizardStep.DEBTOR)
    wizard.fills_in(WRITTEN)
    offer, months = wizard.sheet.model.offer, wizard.sheet.model.months

    wizard.registers()

    (plan,) = stored(scene)
    assert [(one.number, one.due_on, one.amount) for one in plan.instalments] == [
        (one.number, one.due_on, one.amount) for one in offer.instalments
    ]
    assert [(one.period, one.principal, one.interest) for one in plan.items] == [
        (one.period, one.principal, one.interest) for one in months
    ]
    assert (plan.payable, plan.written_off_principal) == (offer.payable, offer.written_off_principal)
    assert {name: plan.debtor[name] for name in WRITTEN} == WRITTEN
    assert wizard.reads("plan.done") == plan.contract_number


def test_a_plan_that_is_registered_says_what_comes_next_and_has_its_papers_ready(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.CONTRACT)
    proposal = wizard.sees_paper()
    assert wizard.reads("plan.done") == ""

    wizard.registers()

    assert wizard.sees_paper() != proposal
    assert wizard.reads("plan.done.state") == "active"
    first = wizard.sheet.model.offer.first
    assert f"First instalment: {text.money_rsd(first.amount)} by {text.day(first.due_on)}" in wizard.reads(
        "plan.done.next"
    )
    assert wizard.cursor() == "plan.close"


def test_a_contract_that_must_be_certified_says_so(scene, seated):
    owes(scene, terms=replace(LADDER, is_certified=True))
    wizard = seated()
    wizard.begins()

    wizard.registers()

    assert wizard.reads("plan.done.state") == "awaiting certification"
    assert "A notary certifies the signature" in wizard.reads("plan.done.next")


def test_closing_leads_to_the_plan_in_the_account(scene, wizard):
    wizard.begins()
    wizard.registers()

    wizard.presses("Return")

    (plan,) = stored(scene)
    place = wizard.went[-1]
    assert wizard.sheet.isHidden()
    assert (place.ident, place.section, place.plan_id) == (ANA, AccountSection.PLANS, plan.id)


def test_the_contract_is_printed_from_the_wizard(scene, wizard):
    wizard.begins()
    wizard.registers()
    wizard.sees_paper()

    wizard.presses("Ctrl+Return")

    wizard.until(lambda: list((scene.folder / "printed").iterdir()))


def test_the_keys_of_papers_save_a_proposal_and_register_it_before_they_print_the_contract(scene, wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.CONTRACT)
    wizard.sees_paper()

    assert keys_heard(wizard)["Ctrl+S"] == ["copy.save"]
    assert keys_heard(wizard)["Ctrl+Return"] == ["plan.register"]

    wizard.registers()
    wizard.sees_paper()

    assert keys_heard(wizard)["Ctrl+S"] == ["copy.save"]
    assert keys_heard(wizard)["Ctrl+Return"] == ["copy.print"]


def test_no_key_of_papers_is_heard_where_there_is_none(wizard):
    wizard.begins()

    assert not {"copy.print", "copy.save"} & {name for names in keys_heard(wizard).values() for name in names}


def keys_heard(wizard):
    """Return the commands that each key may run now."""
    heard = defaultdict(list)
    for action in wizard.desk.commands.available(wizard.page.window()):
        for keys in action.shortcuts():
            heard[keys.toString()].append(action.objectName())
    return heard


def test_a_form_that_is_closed_too_early_still_shows_the_number(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.CONTRACT)
    wizard.presses("Ctrl+Return")
    wizard.sheet.close_sheet()

    wizard.sheet.begin()
    wizard.is_answered()

    assert wizard.sheet.isVisible()
    assert wizard.reads("plan.done") == wizard.sheet.model.signed["contract_number"]


def test_enter_alone_registers_nothing(scene, wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.CONTRACT)

    for _ in range(3):
        wizard.presses("Return")
    wizard.sees_paper()

    assert not wizard.sheet.model.is_busy
    assert stored(scene) == ()


def test_two_quick_presses_register_once(scene, wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.CONTRACT)

    wizard.presses("Ctrl+Return")
    wizard.presses("Ctrl+Return")
    wizard.is_answered()
    wizard.presses("Ctrl+Return")

    assert len(stored(scene)) == 1
    assert wizard.trouble == ""


# -- words -------------------------------------------------------------------------------------------


def test_every_step_follows_the_language(wizard, language):
    wizard.begins()
    wizard.goes_to(WizardStep.CONTRACT)
    for _ in range(4):
        wizard.presses("Alt+Left")
    english = {step: said(wizard, step) for step in list(WizardStep)[:-1]}

    language.set("sr_Cyrl")
    wizard.until(lambda: said(wizard, WizardStep.PROGRAMME).isdisjoint(english[WizardStep.PROGRAMME] - ALIKE))

    for step in list(WizardStep)[:-1]:
        wizard.goes_to(step)
        assert said(wizard, step).isdisjoint(english[step] - ALIKE), step


ALIKE = {"", "JMBG"}


def said(wizard, step):
    page = wizard.sheet.page(step)
    return {
        label.text() for label in page.findChildren(QLabel) if any(sign.isalpha() for sign in label.text())
    }


def test_the_wizard_asks_and_signs_in_few_statements(scene, wizard):
    gateway = scene.gateways[-1]
    before = len(gateway.stats.works)
    wizard.begins()
    wizard.registers()
    wizard.sees_paper()

    works = {work.name: len(work.statements) for work in gateway.stats.works[before:]}
    assert works["ground.ground_of"] == 9
    assert works["signing.register"] == 1
    assert Decimal(0) < wizard.sheet.model.offer.payable
    assert PlanState(wizard.sheet.model.signed["state"]) is PlanState.ACTIVE
