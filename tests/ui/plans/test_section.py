"""The plans of an account: what is seen of them, and what is said about how they stand."""

from datetime import timedelta

import pytest

from app.domain.payment_reference import Reference, ReferenceKind
from app.domain.period import Period
from app.domain.plans import InstalmentState, PlanState
from app.usecases.plans import PlanAct
from tests.ui.plans.conftest import SIGNED_ON
from tests.ui.plans.plans_town import end_plan, follow_on, pay_instalment, sign_plan
from tests.usecases.conftest import AGENT, ANA, NEW, SUPERVISOR


def words_in(section, part, column):
    """Read a column of one of the short tables."""
    model = getattr(section.view, part).model
    place = [one.name for one in model.columns].index(column)
    return [model.index(row, place).data() for row in range(model.rowCount())]


def test_the_schedule_tells_of_each_instalment_what_is_paid_and_when(scene, shown):
    sign_plan(scene)
    pay_instalment(scene, "1500.00", number=1, signed_on=SIGNED_ON)
    follow_on(scene, SIGNED_ON + timedelta(days=35))

    section = shown()

    assert words_in(section, "schedule", "state") == ["paid", "partly paid", "not due yet", "not due yet"]
    assert words_in(section, "schedule", "open") == ["0,00", "500,00", "1.000,00", "1.000,00"]
    assert words_in(section, "schedule", "paid_on") == ["16.03.2026.", "16.03.2026.", "", ""]
    assert words_in(section, "payments", "instalments") == ["1–2"]
    assert section.view.progress_words.text() == (
        "1.500,00 of 4.000,00 paid (38 %); 1 of 4 instalments; next: 500,00 until 15.05.2026."
    )


def test_what_is_late_is_told_with_the_day_the_plan_breaks(scene, shown):
    sign_plan(scene)
    follow_on(scene, SIGNED_ON + timedelta(days=40))

    section = shown()

    assert section.chosen.state is PlanState.IN_ARREARS
    assert section.view.notice.words == (
        "Instalments that are late: 1, 1.000,00 RSD in all."
        " If nothing more is paid, the plan is broken on 21.05.2026."
    )
    assert section.view.progress.counts == {InstalmentState.LATE: 1, InstalmentState.NOT_DUE: 3}


def test_a_broken_plan_says_why_and_what_is_owed_again(scene, shown):
    sign_plan(scene)
    pay_instalment(scene, "600.00", number=1, signed_on=SIGNED_ON)
    follow_on(scene, SIGNED_ON + timedelta(days=80))

    section = shown()

    assert section.view.notice.words.startswith(
        "Broken on 04.06.2026.: instalments missed: 1–2; 600,00 RSD paid under it was credited"
    )
    assert "that was written off is owed again" in section.view.notice.words
    assert section.view.condition.text() == "The plan was broken, so it is owed again."


def test_a_kept_plan_says_that_the_write_off_is_for_good(scene, shown):
    sign_plan(scene, count=1)
    pay_instalment(scene, "4000.00", number=1, signed_on=SIGNED_ON)
    follow_on(scene, SIGNED_ON + timedelta(days=10))

    section = shown()

    assert section.view.state.text() == "paid off"
    assert section.view.condition.text() == "The plan was kept, so it is written off for good."
    assert words_in(section, "events", "what")[0].startswith("all instalments paid; ")


def test_covered_months_tell_their_case_and_the_costs_are_beside_them(scene, shown):
    sign_plan(scene, costs="2500.00")

    section = shown()

    cases = words_in(section, "months", "case")
    assert [bool(case) for case in cases] == [True, False, False, False]
    assert words_in(section, "costs", "amount") == ["2.500,00"]
    assert words_in(section, "costs", "case") == cases[:1]


def test_a_month_of_the_plan_opens_its_bill(scene, shown, qtbot):
    sign_plan(scene)
    section = shown()
    first = section.chosen.items[0].period

    with qtbot.waitSignal(section.opened_elsewhere) as heard:
        section.view.months.table.row_opened.emit(0)

    assert heard.args == ["bills", {"period": first}]


def test_an_account_without_plans_says_so_and_offers_no_act(scene, shown):
    section = shown(ident=NEW)

    assert section.is_empty
    assert section.empty.isVisible()


def test_one_goes_to_a_plan_before_the_list_has_come(scene, shown, until):
    first = sign_plan(scene)
    end_plan(scene)
    second = sign_plan(scene, again=True)
    section = shown()
    assert section.chosen.id == second

    section.forget_account()
    section.show_account(ANA)
    section.go_to(first)
    section.load_once()

    until(lambda: section.chosen is not None and section.chosen.id == first)


def test_the_reference_of_an_instalment_leads_to_the_plan_in_force_and_to_that_instalment(
    scene, shown, until
):
    sign_plan(scene)
    end_plan(scene)
    in_force = sign_plan(scene, again=True)
    section = shown()
    reference = Reference(ANA, Period.of(SIGNED_ON), ReferenceKind.PLAN, 3)

    section.forget_account()
    section.show_account(ANA)
    section.load_once()
    section.go_to(reference)

    until(lambda: section.chosen is not None and section.chosen.id == in_force)
    until(lambda: section.view.story is not None)
    assert section.view.schedule.table.chosen_row() == 2


def test_a_reference_of_a_plan_that_was_never_signed_is_said_to_lead_nowhere(scene, shown, until):
    sign_plan(scene)
    section = shown()
    said = []
    scene.desks[-1].said.connect(lambda message, _undo: said.append(message))

    section.go_to(Reference(ANA, Period(2019, 12), ReferenceKind.PLAN, 1))

    assert said == ["No plan of this account was signed in 12/2019."]


def test_what_another_account_left_open_is_not_shown_to_the_next(scene, shown, until):
    sign_plan(scene)
    section = shown(SUPERVISOR)
    section.cancel()
    section.acts.reason.reason.set_value("pogrešan korisnik")

    assert section.forget_account()
    section.show_account(NEW)
    section.load_once()
    until(lambda: section.is_empty)

    assert section.view.plan is None
    assert section.acts.reason.isHidden()
    assert section.acts.reason.reason.value() == ""


def test_an_agent_sees_why_nothing_can_be_signed_and_may_ask_what_would_follow(scene, shown):
    sign_plan(scene)
    section = shown(AGENT)

    enabled = {act for act, button in section.buttons.items() if button.isEnabled()}

    assert enabled == {PlanAct.WHAT_IF}
    assert section.buttons[PlanAct.CANCEL].toolTip() == "Only clerks and supervisors sign and alter plans."


@pytest.mark.parametrize("code", ["sr_Latn", "sr_Cyrl", "en"])
def test_everything_follows_the_language(scene, shown, language, until, code):
    sign_plan(scene)
    section = shown()

    language.set(code)

    title = {"sr_Latn": "Rate", "sr_Cyrl": "Рате", "en": "Instalments"}[code]
    button = {"sr_Latn": "Overi", "sr_Cyrl": "Овери", "en": "Certify"}[code]
    until(lambda: section.view.schedule.accessibleName() == title)
    assert section.buttons[PlanAct.CERTIFY].text() == button
