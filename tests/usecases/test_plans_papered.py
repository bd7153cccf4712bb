"""The contract of a plan: as it would be signed, and as it was."""

from decimal import Decimal

import pytest

from app.documents.plans import NaturalDebtor
from app.usecases import plans
from app.usecases.plans import DebtorFields
from app.usecases.plans.rules import DebtChanged
from tests.usecases.conftest import ANA, CLERK
from tests.usecases.planned import FREE, office_day, offered, owe, programme, register, signed, sue


def ahead(session, today, version, offer, debtor=DebtorFields()):  # noqa: B008
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
