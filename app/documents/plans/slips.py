"""The slips of a contract: one for each instalment, whose reference names the plan and the instalment.

The month in a reference is that of the signing, for it tells one plan of an account
from another; the instalment's own date is printed beside the code.
"""

from app.documents.plans.contract_data import ContractData, NaturalDebtor
from app.documents.slip import PaymentSlip, render_slips
from app.documents.wording import Script
from app.domain import bank_account, ips_qr, payment_reference
from app.domain.payment_reference import ReferenceKind
from app.domain.period import Period

_LONGEST_NAME, _LONGEST_PURPOSE = 70, 35


class NoContractNumber(ValueError):
    """Slips were asked for of a proposal: a bug of whoever asked, for nothing is to be paid on it."""


def instalment_reference(data: ContractData, *, instalment: int) -> str:
    """The reference by which a payment finds its instalment."""
    return payment_reference.compose(
        data.ident, period=Period.of(data.signed_on), kind=ReferenceKind.PLAN, instalment=instalment
    )


def instalment_slips(data: ContractData) -> tuple[PaymentSlip, ...]:
    """Return a slip for each instalment that is not paid, in their order, for what is open of it.

    Raises: NoContractNumber.
    """
    if data.is_proposal:
        raise NoContractNumber(data.ident)
    debtor = data.debtor
    address = debtor.address if isinstance(debtor, NaturalDebtor) else debtor.seat
    payer = (debtor.name, *address[:2])
    account = bank_account.validate(data.creditor.account)
    payee = ips_qr.clean("\n".join(data.payment.payee), longest=_LONGEST_NAME)
    shown_payer = ips_qr.clean("\n".join(payer), longest=_LONGEST_NAME)
    count = len(data.offer.instalments)
    made = []
    for one in data.open_instalments:
        purpose = f"Rata {one.number}/{count}, {data.number}"
        reference = instalment_reference(data, instalment=one.number)
        payload = ips_qr.compose(
            account,
            payee=payee,
            amount=one.amount,
            payment_code=data.payment.payment_code,
            payer=shown_payer,
            purpose=ips_qr.clean(purpose, longest=_LONGEST_PURPOSE, most_lines=1),
            reference=reference,
        )
        made.append(
            PaymentSlip(
                payer=payer,
                purpose=purpose,
                payee=data.payment.payee,
                payment_code=data.payment.payment_code,
                amount=one.amount,
                account=account,
                model=payment_reference.MODEL,
                reference=reference,
                qr_payload=payload,
                due_on=one.due_on,
            )
        )
    return tuple(made)


def contract_slips(data: ContractData, *, script: Script) -> bytes:
    """Make a PDF of the slips, three to a page.

    Raises: NoContractNumber.
    """
    return render_slips(
        instalment_slips(data),
        script=script,
        title=f"Nalozi za uplatu po ugovoru {data.number}",
        author=data.creditor.issuer.name,
        made_at=data.made_at,
    )
