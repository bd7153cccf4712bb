"""What a payer is asked for: discounted until the discount date, the open amount after it."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain import ips_qr
from app.domain.bills import EarnedBy, payable, qr_text
from app.domain.period import Period
from tests.domain.bills.test_composing import bill

BILL = bill()
IN_TIME, LATE = date(2026, 7, 15), date(2026, 7, 16)


def asked(of, open_amount, *, today, earned_by=EarnedBy.ALL_IN_TIME):
    return payable(of, open_amount=open_amount, today=today, earned_by=earned_by)


def test_the_discounted_amount_settles_an_untouched_bill_until_the_discount_date():
    assert asked(BILL, BILL.charged, today=IN_TIME) == BILL.discounted


def test_the_day_after_the_full_amount_is_asked():
    assert asked(BILL, BILL.charged, today=LATE) == BILL.charged


def test_of_a_bill_paid_in_part_the_rest_is_asked_less_the_discount_until_the_discount_date():
    rest = BILL.charged - Decimal("1000.00")

    assert asked(BILL, rest, today=IN_TIME) == rest - BILL.discount
    assert asked(BILL, rest, today=LATE) == rest


def test_where_one_payment_must_do_a_part_payment_ends_the_offer():
    rest = BILL.charged - Decimal("1000.00")

    assert asked(BILL, rest, today=IN_TIME, earned_by=EarnedBy.ONE_PAYMENT) == rest
    assert asked(BILL, BILL.charged, today=IN_TIME, earned_by=EarnedBy.ONE_PAYMENT) == BILL.discounted


def test_a_bill_without_discount_asks_for_what_is_open():
    without = bill(has_open_debt=True)
    assert asked(without, without.charged, today=IN_TIME) == without.charged


def test_a_settled_bill_asks_for_nothing():
    assert asked(BILL, Decimal("0.00"), today=IN_TIME) == 0
    assert asked(BILL, Decimal("-5.00"), today=IN_TIME) == 0


def coded(payer: str, purpose: str) -> ips_qr.PaymentRequest:
    return ips_qr.parse(
        qr_text(
            1234567,
            period=Period(2026, 6),
            amount=Decimal("4376.94"),
            payee_account="200-2206180101000-48",
            payee="JKP INFOSTAN TEHNOLOGIJE\nDANIJELOVA 33\nBEOGRAD",
            payer=payer,
            payment_code="122",
            purpose=purpose,
        )
    )


def test_the_code_of_a_bill_says_what_the_slip_says():
    request = coded("Petar Petrović\nUčiteljska 1\nBeograd", "KOMUNALNE USLUGE")
    assert request.purpose == "KOMUNALNE USLUGE 06/2026"
    assert request.payer == "Petar Petrović\nUčiteljska 1\nBeograd"
    assert (request.model, request.reference) == ("97", "0512345672606")
    assert request.amount == Decimal("4376.94")


@given(payer=st.text(max_size=200), purpose=st.text(max_size=60))
def test_no_name_whatever_spoils_the_code(payer, purpose):
    request = coded(payer, purpose)
    assert request.reference == "0512345672606"
    assert request.purpose.endswith("06/2026")
