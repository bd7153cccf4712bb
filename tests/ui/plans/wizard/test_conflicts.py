"""Two at one account, figures that changed, a form that is left: it is said, and nothing typed is lost."""

from app.usecases.plans import DebtorFields
from tests.ui.plans.conftest import SIGNED_ON
from tests.ui.plans.wizard.conftest import WRITTEN, stored
from tests.usecases.conftest import ANA
from tests.usecases.planned import office_day, sign
from ui.plans.wizard.steps_bar import WizardStep
from ui.words import text

# -- conflicts ---------------------------------------------------------------------------------------


def test_a_debt_that_changed_is_asked_anew_and_what_changed_is_said(scene, wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.DEBTOR)
    wizard.fills_in(WRITTEN)
    wizard.goes_to(WizardStep.CONTRACT)
    before = wizard.sheet.model.debt.months[-1].month
    with scene.changed() as town:
        town.pay(ANA, "1000.00", on=office_day(town), against={before.period: "1000.00"})

    wizard.registers()

    after = wizard.sheet.model.debt.months[-1].month
    assert wizard.sheet.step is WizardStep.MONTHS
    assert wizard.trouble.startswith("The debt changed meanwhile")
    assert wizard.reads("plan.changed") == (
        f"Since it was shown: {before.period} was {text.money(before.amount)}, is {text.money(after.amount)}."
    )
    assert stored(scene) == ()

    wizard.registers()

    (plan,) = stored(scene)
    assert plan.items[-1].principal == after.principal
    assert plan.debtor["id_card"] == WRITTEN["id_card"]


def test_a_month_paid_meanwhile_is_gone_and_the_rest_stays_as_it_was_ticked(scene, wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.MONTHS)
    wizard.presses("End")
    wizard.presses("Space")
    left_out = wizard.sheet.model.left_out
    paid = wizard.sheet.model.debt.months[-1].month
    wizard.goes_to(WizardStep.CONTRACT)
    with scene.changed() as town:
        town.pay(ANA, "5012.50", on=office_day(town), against={paid.period: "5012.50"})

    wizard.registers()

    assert f"{paid.period} is not owed any more" in wizard.reads("plan.changed")
    assert wizard.sheet.model.left_out == left_out
    assert str(paid.period) not in wizard.ticked()


def test_a_plan_another_clerk_signed_meanwhile_is_in_the_way(scene, wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.CONTRACT)
    version = wizard.sheet.model.programme.programme
    with scene.changed() as town, town.visiting("vid_clerk", ANA) as session:
        theirs = sign(session, today=SIGNED_ON, version=(version.programme_id, version.version), count=3)

    wizard.registers()

    assert wizard.sheet.step is WizardStep.PROGRAMME
    assert wizard.trouble
    assert theirs["contract_number"] in wizard.reads("plan.standing")
    assert not wizard.sheet.next.isEnabled()
    assert len(stored(scene)) == 1


def test_a_programme_that_ended_meanwhile_says_so_and_another_can_be_taken(scene, wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.CONTRACT)
    chosen = wizard.sheet.model.programme.programme
    with scene.changed() as town:
        town.run("SET LOCAL session_replication_role = replica")
        town.run(
            "UPDATE programme_version SET valid_to = :day WHERE programme_id = :id",
            day=SIGNED_ON,
            id=chosen.programme_id,
        )

    wizard.registers()

    assert wizard.sheet.step is WizardStep.PROGRAMME
    assert wizard.trouble.startswith("The programme is not in force today")
    assert not wizard.sheet.next.isEnabled()
    wizard.presses("Home")
    wizard.registers()
    (plan,) = stored(scene)
    assert plan.programme == "Reprogram od 2025."


def test_a_limit_set_meanwhile_brings_back_to_the_offers(scene, wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.CONTRACT)
    chosen = wizard.sheet.model.programme.programme
    with scene.changed() as town:
        town.run("SET LOCAL session_replication_role = replica")
        town.run(
            "UPDATE programme_version SET terms = jsonb_set(terms, '{most_payable}', :limit)"
            " WHERE programme_id = :id",
            limit='{"desk_clerk": "1000"}',
            id=chosen.programme_id,
        )

    wizard.registers()

    assert wizard.sheet.step is WizardStep.OFFER
    assert wizard.trouble.startswith("You may sign plans up to 1.000,00.")
    assert wizard.reads("plan.limit")


def test_a_field_the_database_refuses_is_marked_and_keeps_what_was_typed(scene, wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.CONTRACT)
    wizard.sheet.model.debtor = DebtorFields(name="Ana\nPetrović")

    wizard.presses("Ctrl+Return")
    wizard.is_answered()

    assert wizard.sheet.step is WizardStep.DEBTOR
    assert wizard.reads("plan.debtor.name.error")
    assert wizard.reads("plan.debtor.name.editor") == "Ana Petrović"


# -- leaving and coming back -------------------------------------------------------------------------


def test_esc_closes_at_once_where_nothing_was_chosen(wizard):
    wizard.begins()

    wizard.presses("Esc")

    assert wizard.sheet.isHidden()


def test_esc_asks_once_where_something_was_typed_and_keeps_it(scene, wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.MONTHS)
    wizard.presses("End")
    wizard.presses("Space")
    wizard.goes_to(WizardStep.OFFER)
    wizard.presses("End")
    wizard.goes_to(WizardStep.DEBTOR)
    wizard.fills_in(WRITTEN)

    wizard.presses("Esc")
    assert wizard.sheet.isVisible()
    assert wizard.trouble.startswith("Nothing is registered yet.")
    wizard.presses("Esc")
    assert wizard.sheet.isHidden()

    wizard.begins()
    assert wizard.trouble.startswith("This was begun earlier")
    wizard.goes_to(WizardStep.DEBTOR)
    assert len(wizard.ticked()) == 3
    assert wizard.sheet.model.count == 12
    assert {name: wizard.reads(f"plan.debtor.{name}.editor") for name in WRITTEN} == WRITTEN


def test_what_is_thrown_away_does_not_come_back(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.MONTHS)
    wizard.presses("Space")
    wizard.presses("Esc")

    wizard.sheet.trouble.action_chosen.emit()
    assert wizard.sheet.isHidden()

    wizard.begins()
    assert wizard.trouble == ""
    assert len(wizard.ticked()) == 4


def test_what_was_begun_is_there_at_another_sitting(scene, seated, wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.OFFER)
    wizard.presses("Tab")
    wizard.types("9\n")
    wizard.sheet.keep()

    later = seated()
    later.begins()
    later.goes_to(WizardStep.OFFER)

    assert later.sheet.model.count == 9


def test_a_registered_plan_leaves_nothing_begun(wizard):
    wizard.begins()
    wizard.goes_to(WizardStep.OFFER)
    wizard.presses("Right")
    wizard.registers()
    wizard.presses("Esc")

    assert wizard.sheet.isHidden()
    wizard.begins()
    assert not wizard.trouble
