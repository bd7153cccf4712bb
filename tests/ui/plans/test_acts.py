"""Acts on a plan by keyboard: each asks in its strip, is done once, and says what refuses it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.plans import PlanState
from app.usecases.plans import PlanAct
from tests.ui.plans.conftest import SIGNED_ON
from tests.ui.plans.plans_town import end_plan, follow_on, pay_loosely, sign_plan
from tests.usecases.conftest import ANA, CLERK, SUPERVISOR
from ui.desk.commands import ENTRIES

OTHER = "vid_clerk"


@pytest.fixture
def said(scene):
    """What was told in the bar, at all desks."""
    heard = []

    def listen(_section):
        scene.desks[-1].said.connect(lambda message, _undo: heard.append(message))
        return heard

    return listen


@pytest.fixture
def keyed(qtbot):
    """Press keys where the cursor is."""

    def press(section, *keys):
        window = section.window()
        for key in keys:
            target = window.focusWidget() or window
            if isinstance(key, str):
                qtbot.keyClicks(target, key)
            elif isinstance(key, tuple):
                qtbot.keyClick(target, key[0], key[1])
            else:
                qtbot.keyClick(target, key)

    return press


GIVE = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def strip(section, name):
    return section.findChild(QWidget, name)


def chosen(section):
    return section.chosen


def test_a_contract_is_certified_with_its_number_and_comes_into_force(scene, shown, until, said, keyed):
    sign_plan(scene, is_certified=True)
    section = shown()
    heard = said(section)
    assert section.view.notice.words.startswith("The contract of 16.03.2026. waits for the notary.")

    section.certify()
    keyed(section, "UOP:77-2026", Qt.Key.Key_Return, GIVE)

    until(lambda: heard)
    assert heard == ["Contract RP-SAV-000001/2026 is certified; the plan is in force."]
    until(lambda: chosen(section).state is PlanState.ACTIVE)
    assert (chosen(section).certification_number, chosen(section).certified_on) == ("UOP:77-2026", SIGNED_ON)
    assert strip(section, "plan.certify").isHidden()
    until(lambda: not section.buttons[PlanAct.CERTIFY].isEnabled())


def test_a_certification_without_its_number_is_asked_for_beside_the_field(scene, shown, keyed):
    sign_plan(scene, is_certified=True)
    section = shown()

    section.certify()
    keyed(section, GIVE)

    assert strip(section, "plan.certify.number").error
    assert section.window().focusWidget() is strip(section, "plan.certify.number").editor


def test_a_day_before_the_signing_is_refused_beside_the_day_and_the_number_stays(scene, shown, until, keyed):
    sign_plan(scene, is_certified=True)
    section = shown()

    section.certify()
    keyed(section, "UOP:77-2026", Qt.Key.Key_Return)
    strip(section, "plan.certify.day").set_day(SIGNED_ON - timedelta(days=1))
    keyed(section, GIVE)

    until(lambda: strip(section, "plan.certify.day").error)
    assert strip(section, "plan.certify.number").value() == "UOP:77-2026"
    assert chosen(section).state is PlanState.AWAITING_CERTIFICATION


def test_a_debt_that_changed_since_the_signing_says_what_to_do_instead(scene, shown, until, keyed):
    sign_plan(scene, is_certified=True)
    section = shown()
    with scene.changed() as town:
        first = chosen(section).items[0].period
        town.pay(ANA, "100.00", on=SIGNED_ON, against={first: "100.00"})

    section.certify()
    keyed(section, "UOP:77-2026", Qt.Key.Key_Return, GIVE)

    trouble = section.acts.certify.trouble
    until(lambda: trouble.words)
    assert trouble.words.endswith("Cancel it and register the plan anew.")


def test_a_supervisor_cancels_with_a_reason_that_stays_in_the_history(scene, shown, until, said, keyed):
    sign_plan(scene)
    section = shown(SUPERVISOR)
    heard = said(section)

    section.cancel()
    keyed(section, GIVE)
    assert strip(section, "plan.reason").error
    keyed(section, "odustao je", GIVE)

    until(lambda: heard)
    until(lambda: chosen(section).state is PlanState.CANCELLED and "odustao" in section.view.notice.words)
    assert heard == ["Contract RP-SAV-000001/2026 has ended."]
    assert strip(section, "plan.ending").isHidden()


def test_escape_leaves_the_plan_as_it_is_and_forgets_the_reason(scene, shown, keyed):
    sign_plan(scene)
    section = shown(SUPERVISOR)

    section.cancel()
    keyed(section, "zabuna", Qt.Key.Key_Escape)

    assert strip(section, "plan.ending").isHidden()
    section.cancel()
    assert strip(section, "plan.reason").value() == ""
    assert chosen(section).state is PlanState.ACTIVE


def test_a_registration_of_today_is_undone_by_who_made_it(scene, shown, until, keyed):
    sign_plan(scene)
    section = shown(CLERK)

    section.undo()
    keyed(section, "zabuna", GIVE)

    until(lambda: chosen(section).state is PlanState.CANCELLED)
    until(lambda: "registered by mistake" in section.view.notice.words)


def test_what_cannot_be_undone_says_why_in_the_hint_and_when_it_is_tried(scene, shown, said):
    sign_plan(scene)
    section = shown(OTHER)
    heard = said(section)

    section.undo()

    assert not section.buttons[PlanAct.UNDO].isEnabled()
    assert section.buttons[PlanAct.UNDO].toolTip() == heard[0]
    assert heard == ["Only who registered the plan, or a supervisor, can undo it."]


def test_money_left_over_is_set_against_the_plan_by_hand(scene, shown, until, said, keyed):
    sign_plan(scene)
    pay_loosely(scene, "5200.00")
    section = shown()
    heard = said(section)
    until(lambda: section.buttons[PlanAct.BOOK].isEnabled())

    section.book()
    keyed(section, GIVE)

    until(lambda: heard)
    assert heard == [
        "4.000,00 RSD was set against the plan; it is now: paid off. 1.200,00 RSD stays with the account."
    ]
    until(lambda: chosen(section).state is PlanState.KEPT)
    assert strip(section, "plan.book").isHidden()


def test_without_money_left_over_nothing_can_be_booked(scene, shown):
    sign_plan(scene)
    section = shown()

    assert not section.buttons[PlanAct.BOOK].isEnabled()
    assert section.buttons[PlanAct.BOOK].toolTip().startswith("No payment of this account")


def test_of_two_at_once_the_second_is_told_and_sees_what_the_first_has_done(scene, shown, until, keyed):
    sign_plan(scene)
    section = shown(SUPERVISOR)
    section.cancel()
    keyed(section, "odustao je")
    end_plan(scene)

    keyed(section, GIVE)

    until(lambda: chosen(section).state is PlanState.CANCELLED)
    assert section.acts.reason.trouble.words == (
        "The plan is cancelled by now, so this cannot be done. Open the account again."
    )
    assert section.acts.reason.reason.value() == "odustao je"


def test_an_act_that_was_sent_is_not_sent_again(scene, shown, until, keyed):
    sign_plan(scene)
    section = shown(SUPERVISOR)
    section.cancel()
    keyed(section, "odustao je", GIVE, GIVE, GIVE)

    until(lambda: chosen(section).state is PlanState.CANCELLED)

    with scene.changed() as town:
        assert town.run("SELECT count(*) FROM plan_event WHERE cause = 'cancelled'").scalar_one() == 1


def test_what_would_follow_is_shown_for_today_and_for_the_day_it_breaks(scene, shown, until, qtbot):
    sign_plan(scene)
    follow_on(scene, SIGNED_ON + timedelta(days=40))
    section = shown()

    section.ask_what_if()

    what_if = section.acts.what_if
    until(lambda: what_if.found)
    assert what_if.verdict.words == "On 25.04.2026. the plan would be: in arrears (instalment late: 1)."
    qtbot.mouseClick(what_if.breaks, Qt.MouseButton.LeftButton)
    until(lambda: what_if.found.new_state is PlanState.BROKEN)
    assert what_if.verdict.words.startswith(
        "On 21.05.2026. the plan would be: broken (instalments missed: 1–2)."
    )
    assert what_if.facts.value_of("open") == "4.000,00"
    assert chosen(section).state is PlanState.IN_ARREARS


def test_a_day_is_typed_and_enter_asks_what_would_follow(scene, shown, until, keyed):
    sign_plan(scene)
    section = shown()
    section.ask_what_if()
    until(lambda: section.acts.what_if.found)

    section.acts.what_if.day.line.selectAll()
    keyed(section, "17.4.2026", Qt.Key.Key_Return)

    until(lambda: section.acts.what_if.found.new_state is PlanState.IN_ARREARS)


def test_one_strip_at_a_time(scene, shown):
    sign_plan(scene)
    section = shown(SUPERVISOR)

    section.cancel()
    section.ask_what_if()

    assert strip(section, "plan.ending").isHidden()
    assert strip(section, "plan.what_if").isVisible()


@pytest.mark.parametrize("act", list(PlanAct))
def test_every_act_has_a_key_and_is_begun_by_it(scene, shown, qtbot, act):
    sign_plan(scene, is_certified=act is PlanAct.CERTIFY)
    if act is PlanAct.BOOK:
        pay_loosely(scene, "10.00")
    section = shown(SUPERVISOR)
    names = {
        PlanAct.CERTIFY: "plan.certify",
        PlanAct.BOOK: "plan.book",
        PlanAct.WHAT_IF: "plan.what_if",
        PlanAct.UNDO: "plan.ending",
        PlanAct.CANCEL: "plan.ending",
    }
    (keys,) = ENTRIES[f"plan.{act}"].keys
    section.table.setFocus()

    qtbot.keyClick(section.table, getattr(Qt.Key, f"Key_{keys}"))
    QApplication.processEvents()

    assert strip(section, names[act]).isVisible()


def test_the_papers_of_the_plan_open_over_the_page(scene, shown, until):
    sign_plan(scene)
    section = shown()

    section.show_papers()

    (sheet,) = section.sheets
    until(lambda: not sheet.isHidden())
    assert sheet.pane.isVisible()


def test_a_new_plan_is_begun_from_the_button_and_from_the_empty_list(scene, shown, qtbot):
    section = shown()
    gone = []
    scene.desks[-1].went.connect(gone.append)

    section.action_chosen.emit()
    section.new.click()

    assert [place.doing for place in gone] == ["account.plan", "account.plan"]
    assert {place.ident for place in gone} == {ANA}


def test_what_would_follow_is_asked_again_when_something_was_paid_meanwhile(scene, shown, until):
    sign_plan(scene)
    follow_on(scene, SIGNED_ON + timedelta(days=40))
    section = shown()
    section.ask_what_if()
    until(lambda: section.acts.what_if.found)
    payment = pay_loosely(scene, "1000.00")
    with scene.changed() as town:
        settle = "SELECT settle_plan(:ident, :plan, :payment)"
        town.run(settle, ident=ANA, plan=chosen(section).id, payment=payment)

    section.load()

    until(lambda: section.acts.what_if.found.new_state is PlanState.ACTIVE)
    assert section.acts.what_if.verdict.words == "On 25.04.2026. the plan would be: active (on time)."
