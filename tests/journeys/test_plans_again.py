"""Plans after the first signing: papers once more, in the other script; another debtor; a second plan."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

from app.documents.wording import Script
from app.domain.personal_numbers import jmbg
from app.domain.plans import Payer, PlanPaper, PlanState
from tests.documents.extraction import text_of
from tests.robots.debtors import Debtors
from tests.robots.lives import LIVES, asked_by, sign
from tests.robots.plans import Plans
from tests.robots.stage import CLERK, Stage
from ui.desk.places import AccountSection
from ui.kit.printing import PrintProfile, PrintProfiles
from ui.plans.contract_pane import ContractPane
from ui.plans.wizard.steps_bar import WizardStep
from ui.words import states

JMBG = jmbg.make("010199071501")


@pytest.fixture(scope="module")
def debtors(town) -> Debtors:
    return Debtors(town)


def chooses(clerk, name: str, pane: ContractPane, wanted: object) -> None:
    listed = clerk.widget(f"plan_paper.pane.{name}.editor", QComboBox)
    listed.setFocus()
    clerk.presses("Home")
    while getattr(pane, name).value() != wanted:
        above = listed.currentIndex()
        clerk.presses("Down")
        assert listed.currentIndex() != above, f"{wanted} is not offered"


def test_who_broke_a_plan_of_2025_signs_another_over_what_is_left(
    stage: Stage, debtors: Debtors, tmp_path: Path
) -> None:
    life = LIVES["2025"]
    life.moves_in(debtors, "2025021")
    clerk = stage.opens()
    clerk.signs_in(CLERK)
    (slip,) = asked_by(sign(clerk, life, "2025021", path=tmp_path / "first.pdf"))
    plan = Plans(clerk).section.view.plan
    debtors.bring("2025021", slip.amount - 1000, reference=plan.instalments[0].reference, on=life.day)
    debtors.night_of(plan.instalments[0].due_on)
    broken_on = stage.one("SELECT breaks_on FROM plan WHERE ident = 2025021")
    debtors.night_of(broken_on)
    clerk.signs_out()
    clerk.signs_in(CLERK)

    (again,) = asked_by(sign(clerk, replace(life, day=broken_on), "2025021", path=tmp_path / "second.pdf"))

    plans = Plans(clerk)
    assert [row[-1] for row in clerk.rows_of("plans.table")] == [
        states.word(PlanState.ACTIVE),
        states.word(PlanState.BROKEN),
    ]
    # what is left of the principal; the interest is written off once more
    assert again.amount == 1000
    assert again.reference != slip.reference
    assert plans.amounts()["plan"] == 1000
    assert debtors.troubles() == []


def test_an_entrepreneur_deleted_from_the_register_signs_under_2025(
    stage: Stage, debtors: Debtors, tmp_path: Path
) -> None:
    life = LIVES["2025"]
    debtors.trades("2025022", "STR Kod Mike", company_number="12345674")
    life.owe(debtors, "2025022")
    debtors.wake_on(life.day)
    clerk = stage.opens()
    clerk.signs_in(CLERK)
    clerk.opens("2025022")
    plans = Plans(clerk)
    plans.begins()
    plans.repays_as(Payer.COMPANY)
    as_company = plans.programmes()
    plans.repays_as(Payer.FORMER_ENTREPRENEUR)
    plans.goes_to(WizardStep.DEBTOR)
    plans.fills_in({"name": "Miloš Milić", "id_card": "001234567"})
    plans.goes_to(WizardStep.CONTRACT)
    plans.sees_contract()

    plans.registers()
    papers = plans.saves_papers(tmp_path / "papers.pdf")

    assert "yes" not in as_company.values()
    assert "Miloš Milić" in text_of(papers)
    assert "STR Kod Mike, MB 12345674" in text_of(papers)
    (slip,) = asked_by(papers)
    assert slip.amount == 28200


def test_papers_are_saved_again_in_cyrillic_with_the_whole_number_and_it_is_on_record(
    stage: Stage, debtors: Debtors, tmp_path: Path
) -> None:
    life = LIVES["2019"]
    debtors.lives("2019021", "Ljubica", "Đorđević", jmbg=JMBG)
    life.owe(debtors, "2019021")
    debtors.wake_on(life.day)
    clerk = stage.opens()
    clerk.signs_in(CLERK)
    sign(clerk, life, "2019021", path=tmp_path / "first.pdf")
    saved, printed = tmp_path / "papers.pdf", tmp_path / "printed"
    printed.mkdir()
    PrintProfiles(clerk.program.workstation.folder).keep("contract", PrintProfile("", folder=str(printed)))

    clerk.presses("P")
    clerk.until(lambda: clerk.is_seen("plan_paper.pane"), "no papers")
    pane = clerk.widget("plan_paper.pane", ContractPane)
    clerk.until(lambda: clerk.is_seen("plan_paper.pane.contents"), "the papers did not come")
    chooses(clerk, "contents", pane, PlanPaper.BOTH)
    chooses(clerk, "script", pane, Script.CYRILLIC)
    clerk.until(lambda: bool(pane.pdf) and pane.preview.pages.is_drawn, "the papers are not drawn")
    seen = text_of(bytes(pane.pdf))
    clerk.presses("Ctrl+S")
    clerk.picks_file(saved, dialog="plan_paper.pane.file")
    clerk.hears("Saved")
    clerk.presses("Ctrl+P")
    clerk.hears("Printed")
    clerk.presses("Esc")
    clerk.until(lambda: not clerk.is_seen("plan_paper"), "the papers stayed")
    clerk.goes_to(AccountSection.TIMELINE)

    papers = saved.read_bytes()
    text = text_of(papers)
    assert len(list(printed.iterdir())) == 2  # the contract and its slips, and no copy of a bill
    assert "УГОВОР О ПРИЗНАЊУ ДУГА" in text
    assert "2019021-2020" in text  # the notary's number
    assert (JMBG in seen, JMBG in text) == (False, True)
    assert len(asked_by(papers)) == life.count
    told = [" ".join(row) for row in clerk.rows_of("timeline.table")]
    assert sum("contract" in row.lower() for row in told) >= 2
