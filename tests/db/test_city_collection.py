"""What the company of the demo city does about debts: it asks for nothing that a plan holds."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import create_engine

from app.domain.enforcement import CaseState
from app.domain.money import ZERO
from app.domain.plans import PlanState
from db import codebook
from db.city import tariffs
from db.city.agenda import Agenda
from db.city.collection import Collection, Conduct
from db.city.debts import Case, Debt
from db.city.ledger import Ledger, LineTexts
from db.city.rows import Rows
from tests.conftest import Database

TODAY = date(2026, 11, 21)


@pytest.fixture
def lists(database: Database) -> Iterator[tariffs.CodeLists]:
    engine = create_engine(database.url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        codebook.load(connection)
        yield tariffs.read(connection)
    engine.dispose()


def in_debt(lists: tariffs.CodeLists) -> Ledger:
    """Return an account that owes eight months of 3 000 dinars."""
    timeline = tariffs.Timeline(lists, months=8, today=TODAY)
    ledger = Ledger(1000042, rows=Rows(), timeline=timeline, line_texts=LineTexts({}))
    for month in timeline.months:
        sums = (Decimal("3000.00"), Decimal("3000.00"), Decimal("3000.00"), ZERO)
        ledger.owed[month.ggmm] = Debt(month, *sums, month.discount_until, month.due_on, month.due_on)
    return ledger


def test_nobody_is_reminded_of_or_sued_for_what_a_plan_of_the_same_day_holds(
    lists: tariffs.CodeLists,
) -> None:
    ledger = in_debt(lists)
    conduct = Conduct(signs_plan=1, is_sued=2)
    collection = Collection(ledger, Agenda(last_day=TODAY), Random(1), conduct, is_natural=True)

    collection.review(date(2026, 10, 9))

    assert len(ledger.plans) == 1
    assert not collection.has_notices


def test_a_case_is_neither_dropped_nor_collected_while_a_plan_lets_it_rest(
    lists: tariffs.CodeLists,
) -> None:
    conduct = Conduct(is_collected=0, is_dropped=1, keeps_plan=1)
    for number in range(60):
        ledger = in_debt(lists)
        agenda = Agenda(last_day=TODAY)
        collection = Collection(ledger, agenda, Random(number), conduct, is_natural=True)
        collection.sue(date(2026, 7, 9), ledger.overdue(date(2026, 7, 9)))
        agenda.run(before=date(2026, 10, 10))
        before = list(ledger.cases.values())
        collection.sign_plan(date(2026, 10, 10))

        agenda.run(before=TODAY)

        assert not ledger.plans
        assert {case.ended for case in before} <= {CaseState.COLLECTED}
        assert all(case.open_costs == ZERO for case in before)


def test_nothing_is_done_in_a_case_while_a_plan_lets_it_rest(lists: tariffs.CodeLists) -> None:
    signed_on, broken_on = date(2026, 7, 20), date(2026, 9, 19)
    conduct = Conduct(is_collected=0, is_dropped=0, keeps_plan=0)
    for number in range(20):
        ledger = in_debt(lists)
        agenda = Agenda(last_day=TODAY)
        collection = Collection(ledger, agenda, Random(number), conduct, is_natural=True)
        collection.sue(date(2026, 7, 9), ledger.overdue(date(2026, 7, 9)))
        agenda.run(before=signed_on)
        (case,) = ledger.cases.values()
        before = days_of(case)
        collection.sign_plan(signed_on)
        plans = list(ledger.plans.values())

        agenda.run(before=TODAY)

        (plan,) = plans
        assert (plan.state, plan.ended_on) == (PlanState.BROKEN, broken_on)
        rest = broken_on - signed_on
        assert days_of(case) == [day + rest if day > signed_on else day for day in before]


def days_of(case: Case) -> list[date]:
    steps = (
        case.filed_on,
        case.decided_on,
        case.served_on,
        case.objected_on,
        case.final_on,
        case.executing_on,
    )
    return [day for day in steps if day is not None]


def test_a_notice_asks_for_interest_once_and_for_principal_without_it(lists: tariffs.CodeLists) -> None:
    ledger = in_debt(lists)
    (first, *_) = ledger.owed.values()
    first.principal, first.accrued_until = Decimal("2900.00"), date(2026, 9, 30)  # 100,00 of it is interest

    claims = ledger.claims([first], on=date(2026, 10, 9))

    # nine days of 13,75 percent on 2.900,00, and what its bill asks for
    assert [(one.principal, one.interest) for one in claims] == [(Decimal("2900.00"), Decimal("109.83"))]
