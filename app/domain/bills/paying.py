"""What a payer is asked for today: on the slip, and in the payment code beside it."""

from datetime import date
from decimal import Decimal
from typing import Protocol

from app.domain import ips_qr, payment_reference
from app.domain.bills.discounts import EarnedBy
from app.domain.money import ZERO
from app.domain.period import Period

PURPOSE = "KOMUNALNE USLUGE"
_LONGEST_NAME, _LONGEST_PURPOSE = 70, 35


class Payable(Protocol):
    """What must be known of a bill to tell the amount to pay."""

    @property
    def charged(self) -> Decimal: ...
    @property
    def discount(self) -> Decimal: ...
    @property
    def discount_until(self) -> date: ...


def payable(bill: Payable, *, open_amount: Decimal, today: date, earned_by: EarnedBy) -> Decimal:
    """Return what settles a bill today.

    Until the discount date what is open less the discount, of a bill paid in part
    only where parts add up; afterwards whatever is open.  Never negative.
    """
    is_untouched = open_amount == bill.charged
    is_offered = bool(bill.discount) and today <= bill.discount_until and open_amount > bill.discount
    if is_offered and (is_untouched or earned_by is EarnedBy.ALL_IN_TIME):
        return open_amount - bill.discount
    return max(open_amount, ZERO)


def qr_text(
    ident: int,
    *,
    period: Period,
    amount: Decimal,
    payee_account: str,
    payee: str,
    payer: str,
    payment_code: str,
    purpose: str = PURPOSE,
) -> str:
    """Return the text of the IPS QR code of a bill.

    Names and addresses, lines parted by line feeds, are cleaned and cut to what
    the code allows; the month is added to the purpose.  A bill with nothing to
    pay has no code.

    Raises: IpsQrFaulty, NotABankAccount.
    """
    month = f" {period}"
    fitted = ips_qr.clean(purpose, longest=_LONGEST_PURPOSE - len(month), most_lines=1)
    return ips_qr.compose(
        payee_account,
        payee=ips_qr.clean(payee, longest=_LONGEST_NAME),
        amount=amount,
        payment_code=payment_code,
        payer=ips_qr.clean(payer, longest=_LONGEST_NAME),
        purpose=(fitted + month).strip(),
        reference=payment_reference.compose(ident, period=period),
    )
