"""Every account of a small city, read as the clerk who opened it: its sums agree wherever they are shown."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from app.documents.bill import Script, render
from app.documents.plans import contract
from app.domain.money import ZERO
from app.domain.period import Period
from app.usecases import accounts, bills, enforcement, notices, payments, plans, timeline
from app.usecases.accounts import AlertKind
from app.usecases.bills import BillState
from app.usecases.timeline import EventKind
from db import city
from db.city import cases
from tests.conftest import Database
from tests.usecases.conftest import Town, nodes

TODAY = date(2026, 7, 20)
NOW = datetime(2026, 7, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine(module_database: Database) -> Iterator[Engine]:
    """A city of 120 accounts and 15 months, with its statistics gathered."""
    city.small(module_database.url, today=TODAY)
    engine = create_engine(
        module_database.url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool
    )
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    yield engine
    engine.dispose()


@pytest.fixture
def town(engine: Engine) -> Iterator[Town]:
    with engine.connect() as connection:
        transaction = connection.begin()
        yield Town(connection)
        transaction.rollback()


@pytest.fixture
def clerk(town: Town) -> str:
    return town.run("SELECT min(login) FROM staff WHERE role = 'desk_clerk' AND is_active").scalar_one()


def idents(town: Town) -> list[int]:
    return town.run("SELECT ident FROM account ORDER BY ident").scalars().all()


def test_the_total_is_what_is_open_of_bills_and_of_the_plan(town, clerk):
    for ident in idents(town):
        with town.visiting(clerk, ident) as session:
            sums = accounts.account_header(session, ident=ident, today=TODAY).sums
            listed = bills.bill_page(session, ident=ident, today=TODAY).rows
            in_force = [
                plan for plan in plans.plans_of(session, ident=ident, today=TODAY) if plan.state == "active"
            ]
            received = payments.payment_page(session, ident=ident).rows

        of_bills = sum((bill.open for bill in listed if bill.state is not BillState.PLAN), ZERO)
        assert sums.total == of_bills + sum((plan.remaining for plan in in_force), ZERO), ident
        assert sums.plan == sum((plan.remaining for plan in in_force), ZERO), ident
        assert sums.overpaid == sum((payment.unallocated for payment in received), ZERO), ident


def test_every_latest_bill_is_explained_to_the_para_and_can_be_copied(town, clerk):
    copied = 0
    for ident in idents(town):
        with town.visiting(clerk, ident) as session:
            for bill in bills.bill_page(session, ident=ident, today=TODAY, limit=1).rows:
                why = bills.why_changed(session, ident=ident, period=bill.period)
                copy = bills.bill_copy(session, ident=ident, period=bill.period, now=NOW)

                if why.previous is not None:
                    assert sum((found.amount for found in why.differences), ZERO) == why.change, ident
                assert copy.total == bill.charged
                assert (copy.slip.amount if copy.slip else ZERO) == bill.payable
                copied += bool(render([copy], script=Script.LATIN))
    assert copied > 100


def test_the_account_with_everything_shows_everything(town, clerk):
    with town.visiting(clerk, cases.EVERYTHING) as session:
        header = accounts.account_header(session, ident=cases.EVERYTHING, today=TODAY)
        happened = timeline.timeline_page(session, ident=cases.EVERYTHING, limit=500).rows
        claimed = enforcement.cases_of(session, ident=cases.EVERYTHING)
        asked = notices.notices_of(session, ident=cases.EVERYTHING)

    assert {alert.kind for alert in header.alerts} >= {
        AlertKind.ENFORCEMENT_OPEN,
        AlertKind.NOTICE_UNANSWERED,
        AlertKind.EMAIL_BILLS_OFF,
    }
    assert header.sums.unsued > 0
    assert header.sums.sued > 0
    assert claimed[0].items
    assert asked[0].items
    assert {event.kind for event in happened} >= {
        EventKind.BILL_ISSUED,
        EventKind.PAYMENT,
        EventKind.CASE_STEP,
        EventKind.NOTICE_DRAWN,
        EventKind.PLAN_STEP,
    }


def test_a_plan_in_force_and_an_overpayment_are_in_their_sums(town, clerk):
    with town.visiting(clerk, cases.PLAN_IN_FORCE) as session:
        planned = accounts.account_header(session, ident=cases.PLAN_IN_FORCE, today=TODAY)
    with town.visiting(clerk, cases.OVERPAID) as session:
        overpaid = accounts.account_header(session, ident=cases.OVERPAID, today=TODAY)

    assert planned.sums.plan > 0
    assert overpaid.sums.overpaid > 0


def test_the_unpaid_bill_of_june_is_the_one_the_scanner_finds(town, clerk):
    with town.visiting(clerk, cases.JUNE_UNPAID) as session:
        bill = bills.bill_detail(session, ident=cases.JUNE_UNPAID, period=Period(2026, 6), today=TODAY)

    assert bill.reference == "0512345672606"
    assert bill.open == bill.charged > Decimal(0)


def test_with_true_statistics_a_month_is_read_by_its_index_in_one_partition(town, clerk):
    with town.visiting(clerk, cases.EVERYTHING) as session:
        bills.bill_detail(session, ident=cases.EVERYTHING, period=Period(2026, 6), today=TODAY)
        found = [node for plan in town.plans(small_tables=False) for node in nodes(plan)]
        # lines are read within a function, of which no plan tells
        lines = session.execute(
            text(
                "SELECT relname, seq_scan FROM pg_stat_xact_user_tables"
                " WHERE relname LIKE 'bill\\_line\\_%' AND seq_scan + idx_scan > 0"
            )
        ).all()

    of_bills = [node for node in found if node.get("Relation Name", "").startswith("bill")]
    assert {node["Relation Name"] for node in of_bills} == {"bill_2026", "bill_balance_2026"}
    assert lines == [("bill_line_2026", 0)]
    assert not [node for node in of_bills if node["Node Type"] == "Seq Scan"]


def test_every_plan_of_the_city_has_a_contract_whose_sums_agree(town, clerk):
    drawn = 0
    signed = town.run("SELECT ident, id, contract_number FROM plan ORDER BY ident, id").all()
    for ident, plan_id, number in signed:
        with town.visiting(clerk, ident) as session:
            made = plans.contract_of(session, ident=ident, plan_id=plan_id, today=TODAY)
        for script in Script:
            drawn += contract(made, script=script).startswith(b"%PDF")
        assert made.number == number
        assert sum((month.principal for month in made.months), ZERO) == made.offer.principal

    assert drawn == 2 * len(signed) > 0
