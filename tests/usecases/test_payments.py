"""Payments and what they were set against."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import DBAPIError

from app.domain.payments import PaymentChannel
from app.domain.period import Period
from app.usecases import payments
from app.usecases.payments import AllocationTarget
from db import errors
from tests.usecases.conftest import ANA, CLERK

MAY, JUNE = Period(2026, 5), Period(2026, 6)
WATER = ("cold_water", "7.250", "59.46")


@pytest.fixture
def paid(town):
    town.bill(ANA, MAY, [WATER])
    town.bill(ANA, JUNE, [WATER])
    town.pay(ANA, "500.00", on=date(2026, 6, 20), against={MAY: "431.09"}, reference="7010000422605")
    town.pay(ANA, "200.00", on=date(2026, 7, 10), against={JUNE: "200.00"}, channel="portal_card")
    town.pay(ANA, "50.00", on=date(2026, 7, 10))
    return town


def test_payments_come_latest_first_with_their_parts(paid):
    with paid.visiting(CLERK, ANA) as session:
        rows = payments.payment_page(session, ident=ANA).rows

    assert len(paid.statements) == 1
    assert [(row.amount, row.unallocated) for row in rows] == [
        (Decimal("50.00"), Decimal("50.00")),
        (Decimal("200.00"), Decimal("0.00")),
        (Decimal("500.00"), Decimal("68.91")),
    ]
    assert rows[1].channel is PaymentChannel.PORTAL_CARD
    assert [(part.target, part.period, part.amount) for part in rows[2].parts] == [
        (AllocationTarget.BILL, MAY, Decimal("431.09"))
    ]


def test_a_page_of_payments_ends_between_two_of_one_day(paid):
    with paid.visiting(CLERK, ANA) as session:
        first = payments.payment_page(session, ident=ANA, limit=1)
        second = payments.payment_page(session, ident=ANA, limit=1, before=first.next_key)
        third = payments.payment_page(session, ident=ANA, limit=1, before=second.next_key)

    assert [page.rows[0].amount for page in (first, second, third)] == [50, 200, 500]
    assert third.next_key is None


def test_an_instalment_paid_names_its_contract(paid):
    plan = paid.run(
        "INSERT INTO plan (ident, programme_id, contract_number, state, signed_on, principal, interest,"
        " costs, written_off_principal, written_off_interest, payable)"
        " VALUES (:ident, 4, 'R-7/2026', 'active', '2026-06-01', 300, 0, 0, 0, 0, 300) RETURNING id",
        ident=ANA,
    ).scalar_one()
    paid.insert(
        "instalment",
        ident=ANA,
        plan_id=plan,
        instalment_no=1,
        due_on=date(2026, 7, 31),
        amount=Decimal(300),
    )
    paid.pay(ANA, "300.00", on=date(2026, 7, 12), plan=(plan, 1, "300.00"))

    with paid.visiting(CLERK, ANA) as session:
        latest = payments.payment_page(session, ident=ANA).rows[0]

    assert len(paid.statements) == 2
    assert [(part.target, part.number, part.instalment) for part in latest.parts] == [
        (AllocationTarget.INSTALMENT, "R-7/2026", 1)
    ]


def test_more_than_a_payment_brought_cannot_be_set_against_debts(paid):
    with pytest.raises(DBAPIError) as caught, paid.connection.begin_nested():
        paid.pay(ANA, "10.00", on=date(2026, 7, 12), against={JUNE: "10.01"})

    assert isinstance(errors.translate(caught.value), payments.AllocationExceedsPayment)
