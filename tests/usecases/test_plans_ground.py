"""What a new plan stands on: who owes, as whom, and the plan that is in the way of another."""

from app.domain.plans import Payer, PlanState
from app.usecases import plans
from app.usecases.plans import SigningGround
from tests.usecases.conftest import ANA, CLERK, FIRM, SUPERVISOR, Town
from tests.usecases.planned import FREE, office_day, owe, programme, signed


def ground(town: Town, *, ident: int = ANA, payer: Payer = Payer.ORDINARY) -> SigningGround:
    today = office_day(town)
    with town.visiting(CLERK, ident) as session:
        return plans.ground_of(session, ident=ident, payer=payer, today=today)


def test_a_plan_in_force_is_in_the_way_of_every_programme_until_it_is_over(town: Town) -> None:
    plan_id = signed(town)
    programme(town, FREE, code="OTHER")
    held = ground(town)

    with town.visiting(SUPERVISOR, ANA) as session:
        plans.cancel(session, ident=ANA, plan_id=plan_id, reason="Na zahtev dužnika.")
    free = ground(town)

    assert held.in_the_way is not None
    assert (held.in_the_way.id, held.in_the_way.state) == (plan_id, PlanState.ACTIVE)
    assert not any(held.allows(choice) for choice in held.choices.programmes)
    assert free.in_the_way is None
    assert any(free.allows(choice) for choice in free.choices.programmes)


def test_whom_the_holder_cannot_be_becomes_the_first_that_he_can(town: Town) -> None:
    owe(town, 4, 3, ident=FIRM)

    found = ground(town, ident=FIRM, payer=Payer.PENSIONER)

    assert found.payer in found.choices.payers
    assert found.payer is not Payer.PENSIONER


def test_a_person_signs_first_name_first_and_no_number_is_shown_in_full(town: Town) -> None:
    owe(town, 4)

    on_file = ground(town).on_file

    assert on_file.fields.name == "Ana Petrović"
    assert on_file.jmbg_masked == "0101•••••0007"
