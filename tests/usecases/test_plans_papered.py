"""The contract of a plan: as it would be signed, and as it was."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app.documents.plans import LegalDebtor, NaturalDebtor, Representative, instalment_slips
from app.domain.errors import Forbidden
from app.domain.plans import LadderStep, Payer, PlanPaper
from app.domain.reissues import Medium
from app.usecases import plans, timeline
from app.usecases.plans import DebtorFields
from app.usecases.plans.contract_terms import ContractSettingMissing, ContractTextFaulty
from app.usecases.plans.papers import NoSuchPlanPaper
from app.usecases.plans.rules import DebtChanged, NoSuchPlan, PlanIsOver
from app.usecases.timeline import EventKind
from db.refusals import MustBeRecorded
from tests.usecases.conftest import AGENT, ANA, CLERK, FIRM, SUPERVISOR, refused
from tests.usecases.planned import FREE, offered, office_day, owe, programme, register, signed, sue

NOTHING_WRITTEN = DebtorFields()


def ahead(session, today, version, offer, debtor=NOTHING_WRITTEN):
    debt = plans.debt_of(session, ident=ANA, today=today)
    return plans.contract_ahead(
        session,
        ident=ANA,
        programme_id=version[0],
        version=version[1],
        months=debt.months_of_debt,
        offer=offer,
        debtor=debtor,
        today=today,
    )


def test_the_contract_that_is_shown_is_the_contract_that_is_signed(town):
    today = office_day(town)
    periods = owe(town, 6, 5, 4, 3)
    sue(town, periods[:2], costs="590.00", on=today)
    version = programme(town, FREE)
    with town.visiting(CLERK, ANA) as session:
        offer = offered(session, today=today, version=version, count=4)
        shown = ahead(session, today, version, offer)
        made = register(session, today, version, offer)
        stored = plans.contract_of(session, ident=ANA, plan_id=made["plan_id"], today=today)

    assert shown.is_proposal
    assert stored.number == made["contract_number"]
    for name in ("offer", "months", "cases", "debtor", "programme", "legal_basis", "premises_address"):
        assert getattr(shown, name) == getattr(stored, name), name
    assert [case.costs for case in stored.cases] == [Decimal("590.00")]


def test_what_was_written_down_of_the_debtor_stands_on_the_contract(town):
    today = office_day(town)
    owe(town, 4, 3)
    version = programme(town, FREE)
    with town.visiting(CLERK, ANA) as session:
        offer = offered(session, today=today, version=version, count=1)
        fields = DebtorFields(name="Ana Šćepanović", id_card="008123456", address="Žički put 3")
        shown = ahead(session, today, version, offer, fields)

    assert isinstance(shown.debtor, NaturalDebtor)
    assert (shown.debtor.name, shown.debtor.id_card) == ("Ana Šćepanović", "008123456")
    assert shown.debtor.address == ("Žički put 3",)


def test_who_signs_for_somebody_stands_beside_them(town):
    today = office_day(town)
    owe(town, 4, 3)
    version = programme(town, FREE)
    fields = DebtorFields(
        id_card="008123456",
        id_card_issuer="PU u Beogradu",
        representative="Petar Petrović",
        representative_basis="punomoćje OV-12/2026",
        email="ana@example.rs",
        note="Penzioner.",
    )
    with town.visiting(CLERK, ANA) as session:
        offer = offered(session, today=today, version=version, count=1)
        shown = ahead(session, today, version, offer, fields)

    assert shown.debtor.id_card == "008123456, PU u Beogradu"
    assert shown.debtor.representative == Representative("Petar Petrović", "punomoćje OV-12/2026")
    assert (shown.debtor.contact, shown.debtor.note) == ("ana@example.rs", "Penzioner.")


def test_a_number_of_a_person_is_hidden_where_nothing_is_handed_out(town):
    plan = signed(town)
    with town.visiting(CLERK, ANA) as session:
        stored = plans.contract_of(session, ident=ANA, plan_id=plan, today=office_day(town))

    assert "•••••" in stored.debtor.jmbg


def test_costs_that_came_meanwhile_are_told_before_the_contract_is_drawn(town):
    today = office_day(town)
    periods = owe(town, 6, 5)
    sue(town, periods, costs="100.00", on=today)
    version = programme(town, FREE)
    with town.visiting(CLERK, ANA) as session:
        offer = offered(session, today=today, version=version, count=1)
    town.run("UPDATE enforcement_case SET creditor_costs = 200 WHERE ident = :ident", ident=ANA)

    with town.visiting(CLERK, ANA) as session, pytest.raises(DebtChanged):
        ahead(session, today, version, offer)


def handed(town, plan, paper=PlanPaper.CONTRACT, *, who=CLERK, script="latin"):
    with town.visiting(who, ANA) as session:
        return plans.hand_out(
            session, ident=ANA, plan_id=plan, paper=paper, medium=Medium.PRINTED, script=script
        )


def revealed(town):
    return town.run("SELECT login, detail ->> 'reason' AS reason FROM read_log WHERE kind = 'reveal'").all()


def test_the_contract_that_leaves_has_the_number_in_full_and_the_look_at_it_is_on_record(town):
    plan = signed(town)
    paper = handed(town, plan)

    with town.visiting(CLERK, ANA) as session:
        made = plans.contract_of(session, ident=ANA, plan_id=plan, today=office_day(town), paper_id=paper)

    assert len(made.debtor.jmbg) == 13
    assert made.debtor.jmbg.isdigit()
    assert revealed(town) == [(CLERK, f"ugovor {made.number}")]


def test_slips_and_proposals_say_no_number_and_nobody_looks_at_it(town):
    plan = signed(town)

    handed(town, plan, PlanPaper.SLIPS)
    handed(town, None, PlanPaper.PROPOSAL)

    assert revealed(town) == []


def test_an_entry_for_slips_opens_no_number(town):
    plan = signed(town)
    paper = handed(town, plan, PlanPaper.SLIPS)

    with town.visiting(CLERK, ANA) as session, refused(session, MustBeRecorded):
        plans.contract_of(session, ident=ANA, plan_id=plan, today=office_day(town), paper_id=paper)


def test_a_paper_of_somebody_else_does_not_open_the_number(town):
    plan = signed(town)
    paper = handed(town, plan)

    with town.visiting(SUPERVISOR, ANA) as session, pytest.raises(NoSuchPlanPaper):
        plans.contract_of(session, ident=ANA, plan_id=plan, today=office_day(town), paper_id=paper)


def test_every_paper_that_leaves_stands_in_the_timeline(town):
    plan = signed(town)
    handed(town, None, PlanPaper.PROPOSAL)
    handed(town, plan, PlanPaper.BOTH, script="cyrillic")

    with town.visiting(CLERK, ANA) as session:
        events = timeline.timeline_page(session, ident=ANA, kinds=[EventKind.PLAN_PAPER]).rows
        number = plans.plan_of(session, ident=ANA, plan_id=plan, today=office_day(town)).contract_number

    assert [(one.number, one.state, one.text, one.record_id) for one in events] == [
        (number, "both", "printed", plan),
        ("", "proposal", "printed", None),
    ]
    assert {one.who for one in events} == {"Ana Kovač"}


def test_slips_ask_for_what_is_open_and_not_for_what_was_paid(town):
    plan = signed(town)  # four instalments of a thousand
    day = office_day(town)
    town.pay(ANA, "1000.00", on=day, plan=(plan, 1, "1000.00"))
    town.pay(ANA, "400.00", on=day, plan=(plan, 2, "400.00"))

    with town.visiting(CLERK, ANA) as session:
        made = plans.contract_of(session, ident=ANA, plan_id=plan, today=day)

    slips = instalment_slips(made)
    assert [(slip.purpose.split(",")[0], slip.amount) for slip in slips] == [
        ("Rata 2/4", Decimal("600.00")),
        ("Rata 3/4", Decimal("1000.00")),
        ("Rata 4/4", Decimal("1000.00")),
    ]
    assert made.offer.payable == Decimal("4000.00")


def test_under_a_plan_that_is_over_no_slip_leaves_but_its_contract_does(town):
    plan = signed(town)
    with town.visiting(SUPERVISOR, ANA) as session:
        plans.cancel(session, ident=ANA, plan_id=plan, reason="Na zahtev dužnika.")

    with town.visiting(CLERK, ANA) as session:
        for paper in (PlanPaper.SLIPS, PlanPaper.BOTH):
            with refused(session, PlanIsOver):
                plans.hand_out(
                    session, ident=ANA, plan_id=plan, paper=paper, medium=Medium.SAVED, script="latin"
                )
    assert handed(town, plan)


def test_who_signs_no_plans_hands_out_none(town):
    plan = signed(town)

    with town.visiting(AGENT, ANA) as session, refused(session, Forbidden):
        plans.hand_out(
            session,
            ident=ANA,
            plan_id=plan,
            paper=PlanPaper.CONTRACT,
            medium=Medium.PRINTED,
            script="latin",
        )


def test_a_paper_of_a_plan_that_is_not_there_is_refused(town):
    with town.visiting(CLERK, ANA) as session, pytest.raises(NoSuchPlan):
        plans.contract_of(session, ident=ANA, plan_id=987_654, today=office_day(town))


def test_texts_court_and_copies_are_those_of_the_day_it_was_signed(town):
    today = office_day(town)
    plan = signed(town)
    with town.visiting(CLERK, ANA) as session:
        before = plans.contract_of(session, ident=ANA, plan_id=plan, today=today)
    for day, name, value in (
        (today, "contract_court", '"Prvi osnovni sud u Beogradu"'),
        (today, "contract_copies", '{"creditor": 2, "debtor": 1}'),
        (today, "contract_representative", '{"name": "Đorđe Ljubičić", "office": "direktor"}'),
        (today + timedelta(days=1), "contract_clause_court", '"Nadležan je {court} i niko drugi."'),
    ):
        town.insert("setting", name=name, valid_from=day, value=value, is_unconfirmed=False)

    with town.visiting(CLERK, ANA) as session:
        after = plans.contract_of(session, ident=ANA, plan_id=plan, today=today)

    assert (after.court, after.copies, after.creditor.representative) == (
        "Prvi osnovni sud u Beogradu",
        3,
        "Đorđe Ljubičić",
    )
    assert after.clauses == before.clauses


def test_a_text_that_asks_for_what_there_is_not_is_told_by_its_setting(town):
    plan = signed(town)
    day = office_day(town)
    town.insert(
        "setting", name="contract_clause_court", valid_from=day, value='"Sud: {sud}."', is_unconfirmed=False
    )

    with town.visiting(CLERK, ANA) as session, pytest.raises(ContractTextFaulty) as refusal:
        plans.contract_of(session, ident=ANA, plan_id=plan, today=day)

    assert (refusal.value.field, refusal.value.place) == ("contract_clause_court", "sud")


def test_a_setting_nobody_gave_is_told_by_its_name(town):
    plan = signed(town)
    town.run("DELETE FROM setting WHERE name = 'contract_copies'")

    with town.visiting(CLERK, ANA) as session, pytest.raises(ContractSettingMissing, match="contract_copies"):
        plans.contract_of(session, ident=ANA, plan_id=plan, today=office_day(town))


def test_the_decision_of_the_city_stands_beside_the_basis_of_the_programme(town):
    plan = signed(town)
    town.run("SET LOCAL session_replication_role = replica")
    town.run("UPDATE programme_version SET decision = 'broj 06-123/26-GV.' WHERE legal_basis = 'Zaključak'")
    town.run("SET LOCAL session_replication_role = origin")

    with town.visiting(CLERK, ANA) as session:
        made = plans.contract_of(session, ident=ANA, plan_id=plan, today=office_day(town))

    assert made.legal_basis == "Zaključak, broj 06-123/26-GV"


def test_a_firm_signs_by_who_represents_it(town):
    today = office_day(town)
    for back in (4, 3):
        owe(town, back, ident=FIRM)
    terms = replace(FREE, steps=(LadderStep(Payer.COMPANY, 4, Decimal(0)),))
    programme_id, version = programme(town, terms)
    debtor = DebtorFields(representative="Njegoš Ćirić", representative_basis="direktor", phone="011 123456")
    with town.visiting(CLERK, FIRM) as session:
        debt = plans.debt_of(session, ident=FIRM, today=today)
        periods = [one.month.period for one in debt.months]
        (offer,) = plans.offers_on(debt, terms=terms, payer=Payer.COMPANY, months=periods, counts=[2])
        shown = plans.contract_ahead(
            session,
            ident=FIRM,
            programme_id=programme_id,
            version=version,
            months=debt.months_of_debt,
            offer=offer,
            debtor=debtor,
            today=today,
        )

    assert isinstance(shown.debtor, LegalDebtor)
    assert shown.debtor.representative == Representative("Njegoš Ćirić", "direktor")
    assert (shown.debtor.contact, len(shown.debtor.tax_number)) == ("011 123456", 9)
