"""The contract in the window: seen before it is signed and after, handed out, and on record."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
import zxingcpp
from PySide6.QtWidgets import QWidget

from app.documents.wording import Script
from app.domain import ips_qr
from app.domain.plans import Offer, Payer, PlanPaper
from app.usecases import plans, visits
from app.usecases.plans import DebtorFields
from tests.documents.extraction import picture_of, text_of
from tests.ui.plans.conftest import SIGNED_ON
from tests.ui.plans.plans_town import pay_instalment, sign_plan
from tests.usecases.conftest import AGENT, ANA, CLERK
from tests.usecases.planned import FREE, owe, programme
from ui.papers.sheet import DocumentSheet
from ui.plans.contract_pane import ContractPane
from ui.timeline.section import TimelineSection

JMBG = "0101990360007"


@pytest.fixture
def paned(qtbot, scene, until):
    """A desk with a pane for papers before somebody."""

    def sit(login=CLERK):
        desk = scene.desk(login)
        said = []
        page = scene.page(qtbot)
        pane = ContractPane(desk, "pane", page, page)
        pane.resize(1080, 640)
        page.show()
        desk.said.connect(lambda message, _undo: said.append(message))
        pane.said = said
        return pane

    return sit


def numbers_in(scene, sql):
    with scene.changed() as town:
        return [tuple(row) for row in town.run(sql).all()]


HANDED_OUT = "SELECT paper, medium, script, plan_id IS NULL FROM plan_paper ORDER BY id"
LOOKED_AT = "SELECT login FROM read_log WHERE kind = 'reveal'"


def test_a_registered_contract_is_shown_with_its_number_and_without_that_of_the_person(scene, paned, until):
    plan = sign_plan(scene)
    pane = paned()

    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)

    said = text_of(pane.pdf)
    assert "RP-" in said
    assert JMBG not in said
    assert numbers_in(scene, HANDED_OUT) == []


def test_what_is_saved_has_the_number_and_stands_in_the_register(scene, paned, until, tmp_path):
    plan = sign_plan(scene)
    pane = paned()
    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)
    path = tmp_path / "ugovor.pdf"

    pane.save_to(str(path))
    until(lambda: pane.said)

    assert JMBG in text_of(path.read_bytes())
    assert JMBG not in text_of(pane.pdf)
    assert numbers_in(scene, HANDED_OUT) == [("contract", "saved", "latin", False)]
    assert numbers_in(scene, LOOKED_AT) == [(CLERK,)]
    assert pane.save.isEnabled()


def test_a_paper_that_left_is_told_in_the_timeline_that_is_seen(scene, paned, until, qtbot, tmp_path):
    plan = sign_plan(scene)
    pane = paned()
    beside = TimelineSection(scene.desks[-1], ANA, scene.pages[-1])
    beside.resize(600, 300)
    beside.show()
    beside.load_once()
    until(lambda: beside.table.model().rowCount())
    before = beside.table.model().rowCount()
    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)

    pane.save_to(str(tmp_path / "ugovor.pdf"))

    until(lambda: beside.table.model().rowCount() == before + 1)


def test_slips_and_contract_leave_as_one_document_whose_codes_ask_for_each_instalment(
    scene, paned, until, tmp_path
):
    plan = sign_plan(scene)
    pay_instalment(scene, "1300.00", number=1, signed_on=SIGNED_ON)
    with scene.changed() as town:
        town.run("SELECT move_plans(:day, NULL, NULL)", day=SIGNED_ON)
    pane = paned()
    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)
    contract_pages = len(text_of(pane.pdf).split("\f"))

    pane.contents.set_value(PlanPaper.BOTH)
    pane.contents.edited.emit()
    until(lambda: pane.pdf and len(text_of(pane.pdf).split("\f")) == contract_pages + 1)
    path = tmp_path / "sve.pdf"
    pane.save_to(str(path))
    until(lambda: pane.said)

    codes = zxingcpp.read_barcodes(picture_of(path.read_bytes(), page=contract_pages))
    asked = [ips_qr.parse(code.text) for code in sorted(codes, key=lambda one: one.position.top_left.y)]
    assert [one.amount for one in asked] == [Decimal("700.00"), Decimal("1000.00"), Decimal("1000.00")]
    assert len({one.reference for one in asked}) == 3


def test_a_contract_is_printed_for_everybody_who_keeps_one_and_its_slips_once(scene, paned, until, tmp_path):
    plan = sign_plan(scene)
    pane = paned()
    pane.contents.set_value(PlanPaper.BOTH)
    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)
    assert pane.copies.value() == 2

    pane.print_paper()
    until(lambda: pane.said)

    assert len(list((tmp_path / "printed").iterdir())) == 2  # this printer makes a file of each
    assert numbers_in(scene, HANDED_OUT) == [("both", "printed", "latin", False)]
    assert pane.print.isEnabled()


def test_a_contract_of_another_day_is_printed_once(scene, paned, until):
    plan = sign_plan(scene)
    scene.goes_to(SIGNED_ON + timedelta(days=3))
    pane = paned()
    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)

    assert pane.copies.value() == 1


def test_slips_of_a_contract_that_awaits_its_certification_are_said_to_hold_only_then(scene, paned, until):
    plan = sign_plan(scene, is_certified=True)
    pane = paned()
    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)
    assert "certified" not in pane.about.text()

    pane.contents.set_value(PlanPaper.SLIPS)
    pane.contents.edited.emit()
    until(lambda: pane.pdf)

    assert "once the contract is certified" in pane.about.text()


def test_slips_alone_are_printed_without_a_look_at_the_number(scene, paned, until, tmp_path):
    plan = sign_plan(scene)
    pane = paned()
    pane.contents.set_value(PlanPaper.SLIPS)
    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)

    pane.print_paper()
    until(lambda: pane.said)

    assert numbers_in(scene, HANDED_OUT) == [("slips", "printed", "latin", False)]
    assert numbers_in(scene, LOOKED_AT) == []
    assert list((tmp_path / "printed").iterdir())


def test_a_plan_that_is_paid_offers_its_contract_and_no_slips(scene, paned, until):
    plan = sign_plan(scene)
    for number in range(1, 5):
        pay_instalment(scene, "1000.00", number=number, signed_on=SIGNED_ON)
    with scene.changed() as town:
        town.run("SELECT move_plans(:day, NULL, NULL)", day=SIGNED_ON)
    pane = paned()
    pane.contents.set_value(PlanPaper.SLIPS)

    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)

    assert pane.contents.isHidden()
    assert "UGOVOR" in text_of(pane.pdf)
    assert "Nothing is left to pay" in pane.about.text()


def proposal(scene):
    """What would be signed over three months, as the wizard asks for it."""
    with scene.changed() as town:
        owe(town, 5, 4, 3)
        programme_id, version = programme(town, FREE)

    def ahead(session, *, script):
        debt = plans.debt_of(session, ident=ANA, today=SIGNED_ON)
        (offer,) = plans.offers_on(
            debt,
            terms=FREE,
            payer=Payer.ORDINARY,
            months=[one.month.period for one in debt.months],
            counts=[2],
        )
        assert isinstance(offer, Offer)
        return plans.proposal_paper(
            session,
            ident=ANA,
            programme_id=programme_id,
            version=version,
            months=debt.months_of_debt,
            offer=offer,
            debtor=DebtorFields(name="Šćepan Đurđević", id_card="008123456"),
            script=script,
            today=SIGNED_ON,
        )

    return ahead


def test_a_proposal_is_shown_in_either_script_and_its_leaving_is_on_record(scene, paned, until, tmp_path):
    pane = paned()
    pane.show_ahead(proposal(scene))
    until(lambda: pane.pdf)
    assert "PREDLOG UGOVORA" in text_of(pane.pdf)

    pane.script.set_value(Script.CYRILLIC)
    pane.script.edited.emit()
    until(lambda: pane.pdf and "Шћепан Ђурђевић" in text_of(pane.pdf))
    path = tmp_path / "predlog.pdf"
    pane.save_to(str(path))
    until(lambda: pane.said)

    assert path.read_bytes() == pane.pdf
    assert numbers_in(scene, HANDED_OUT) == [("proposal", "saved", "cyrillic", True)]
    assert numbers_in(scene, LOOKED_AT) == []


def test_a_paper_that_could_not_be_written_is_tried_again_under_the_same_entry(scene, paned, until, tmp_path):
    plan = sign_plan(scene)
    pane = paned()
    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)
    path = tmp_path / "missing" / "ugovor.pdf"

    pane.save_to(str(path))
    until(lambda: pane.trouble.words)
    path.parent.mkdir()
    pane.save_to(str(path))
    until(path.exists)

    assert len(numbers_in(scene, HANDED_OUT)) == 1


@pytest.mark.qt_log_ignore("This plugin does not support", "Returned false")
def test_a_printer_that_fails_is_told_and_trying_again_prints_the_paper_that_is_on_record(
    scene, paned, until, tmp_path
):
    plan = sign_plan(scene)
    pane = paned()
    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)
    printed = tmp_path / "printed"
    printed.rmdir()
    pane.print_paper()
    until(lambda: pane.trouble.words)
    assert pane.trouble.words.startswith("The printer does not answer.")
    assert "on record" in pane.trouble.words
    assert pane.may_leave

    printed.mkdir()
    pane.print_paper()

    until(lambda: pane.said == ["Printed."])
    assert numbers_in(scene, HANDED_OUT) == [("contract", "printed", "latin", False)]
    assert numbers_in(scene, LOOKED_AT) == [(CLERK,)]
    assert list(printed.iterdir())


def test_a_paper_that_could_not_be_made_is_tried_again_under_the_same_entry(scene, paned, until, tmp_path):
    plan = sign_plan(scene)
    pane = paned()
    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)
    path = tmp_path / "ugovor.pdf"
    with scene.changed() as town:
        town.run("UPDATE setting SET name = 'contract_court_was' WHERE name = 'contract_court'")

    pane.save_to(str(path))
    until(lambda: pane.trouble.words)
    with scene.changed() as town:
        town.run("UPDATE setting SET name = 'contract_court' WHERE name = 'contract_court_was'")
    pane.save_to(str(path))
    until(lambda: pane.said)

    assert numbers_in(scene, HANDED_OUT) == [("contract", "saved", "latin", False)]


def test_what_is_wanted_while_a_paper_is_on_its_way_is_shown_after_it(scene, paned, until):
    plan = sign_plan(scene)
    pane = paned()
    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)
    on_its_way = pane.made
    pane.print_paper()

    pane.contents.set_value(PlanPaper.SLIPS)
    pane.show_plan(ANA, plan)

    assert pane.made is on_its_way
    until(lambda: pane.said)
    until(lambda: pane.pdf)
    assert (on_its_way.paper, pane.made.paper) == (PlanPaper.CONTRACT, PlanPaper.SLIPS)
    assert numbers_in(scene, HANDED_OUT) == [("contract", "printed", "latin", False)]


def test_an_agent_sees_the_contract_and_hands_out_nothing(scene, paned, until, tmp_path):
    plan = sign_plan(scene)
    pane = paned(AGENT)
    with scene.changed() as town:
        claims = town.known_by_caller(ANA)
    scene.gateways[-1].act(partial(visits.verify_caller, ident=ANA, claims=claims), key=uuid4())
    pane.show_plan(ANA, plan)
    until(lambda: pane.pdf)

    pane.save_to(str(tmp_path / "ugovor.pdf"))
    pane.print_paper()

    assert not pane.print.isEnabled()
    assert not pane.save.isEnabled()
    assert "Clerks and supervisors" in pane.about.text()
    assert numbers_in(scene, HANDED_OUT) == []


def test_a_paper_on_its_way_arrives_although_the_sheet_was_closed(scene, until, qtbot, tmp_path):
    plan = sign_plan(scene)
    desk = scene.desk(CLERK)
    page = scene.page(qtbot)
    sheet = DocumentSheet("plan_paper", page, partial(ContractPane, desk))
    page.show()
    sheet.pane.show_plan(ANA, plan, number="RP-06-000001/2026")
    sheet.open()
    until(lambda: sheet.pane.pdf)

    sheet.pane.save_to(str(tmp_path / "ugovor.pdf"))
    sheet.forget_account()
    until((tmp_path / "ugovor.pdf").exists)
    until(lambda: not sheet.pane.is_leaving)

    assert JMBG in text_of((tmp_path / "ugovor.pdf").read_bytes())
    assert sheet.pane.pdf == b""


def test_the_sheet_lets_go_of_the_paper_when_it_is_closed(scene, until, qtbot):
    plan = sign_plan(scene)
    desk = scene.desk(CLERK)
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1290, 640)
    sheet = DocumentSheet("plan_paper", page, partial(ContractPane, desk))
    page.show()

    sheet.pane.show_plan(ANA, plan, number="RP-06-000001/2026")
    sheet.open()
    until(lambda: sheet.pane.pdf)
    sheet.close_sheet()

    assert sheet.pane.pdf == b""
    assert sheet.is_busy is False
