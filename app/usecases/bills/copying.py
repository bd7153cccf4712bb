"""A copy of a bill: the same content as the original, marked with who made it, where and when.

What the customer owes today is asked for on the slip only: the discounted amount
until the discount date, then whatever is still open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.documents.bill import (
    BillCopy,
    CopyLine,
    Correction,
    Duplicate,
    Issuer,
    Obligations,
    ProviderSum,
    words,
)
from app.documents.slip import PaymentSlip
from app.domain import account_number, bank_account, bills, payment_reference
from app.domain.charges import INTEREST, SUBSIDY, vat_by_rate
from app.domain.errors import Refused
from app.domain.faulty import RowKind, reading
from app.domain.holders import HolderKind
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.premises import ChargingMethod, PremisesKind
from app.usecases.bills.details import (
    BillLine,
    NoSuchBill,
    as_charge,
    bill_lines,
    header_row,
    payable_today,
)
from app.usecases.reissues import Reissue, copies_of_bill
from app.usecases.staff import sign_in_facts
from db.queries import bills as queries
from db.queries import settings

_ISSUER, _ACCOUNT = "issuer", "payment_account"
SETTINGS = (_ISSUER, _ACCOUNT, "payment_code", "payment_purpose")


class IssuerUnknown(Refused):
    """A setting is missing that says who issues bills and where they are paid."""


class NoSuchReissue(Refused):
    """The register has no such copy of this bill."""


@dataclass(frozen=True, slots=True)
class _Payee:
    account: str
    payment_code: str
    purpose: str
    issuer: Issuer


def bill_copy(
    session: Session,
    *,
    ident: int,
    period: Period,
    now: datetime,
    version: int | None = None,
    reissue_id: int | None = None,
) -> BillCopy:
    """Return everything a copy of a bill says.

    With ``reissue_id`` it is marked as the register has it; without, as a copy
    made ``now`` by the signed-in person would be, for the preview.

    Raises: NoSuchBill, NoSuchReissue, IssuerUnknown, Illegible.
    """
    row = header_row(session, ident=ident, period=period, version=version)
    lines = bill_lines(session, ident=ident, period=period, version=row.version)
    party = queries.parties(session, ident=ident, period=period)
    if party is None:
        raise NoSuchBill(ident, period)
    payee = _payee(session, now.date())
    mark = _mark(session, ident, period, now, reissue_id)
    return _copy(row, lines, party, payee, now.date(), mark)


def _mark(session: Session, ident: int, period: Period, now: datetime, reissue_id: int | None) -> Duplicate:
    made = copies_of_bill(session, ident=ident, period=period)
    if reissue_id is None:
        me = sign_in_facts(session)
        return Duplicate(me.full_name, me.branch, now, len(made) + 1)
    found: Reissue | None = next((copy for copy in made if copy.id == reissue_id), None)
    if found is None:
        raise NoSuchReissue(str(reissue_id))
    return Duplicate(found.operator, found.branch, found.made_at.astimezone(now.tzinfo), found.number)


def issuer_on(session: Session, *, today: date) -> Issuer:
    """Return who issues bills and every other paper, as of a day.

    Raises: IssuerUnknown, Illegible.
    """
    return _payee(session, today).issuer


def _payee(session: Session, today: date) -> _Payee:
    stored = settings.in_force(session, names=SETTINGS, today=today)
    if any(name not in stored for name in SETTINGS):
        raise IssuerUnknown
    with reading(RowKind.SETTING, number=_ACCOUNT):
        account = bank_account.compact(stored[_ACCOUNT])
    with reading(RowKind.SETTING, number=_ISSUER):
        return _Payee(account, stored["payment_code"], stored["payment_purpose"], _issuer(stored[_ISSUER]))


def _issuer(kept: Mapping[str, str]) -> Issuer:
    return Issuer(
        name=kept["name"],
        street=kept["address"],
        place=kept["city"],
        tax_number=kept["pib"],
        company_number=kept["company_number"],
        support=words.support(phone=kept["phone"], free_phone=kept["free_phone"], email=kept["email"]),
    )


def _copy(
    row: Row[Any],
    lines: Sequence[BillLine],
    party: Row[Any],
    payee: _Payee,
    today: date,
    mark: Duplicate,
) -> BillCopy:
    period = Period.from_ggmm(row.ggmm)
    charged = [line for line in lines if not line.is_of_issuer]
    subsidy = sum((line.amount for line in lines if line.service_code == SUBSIDY), ZERO)
    interest = sum((line.amount for line in lines if line.service_code == INTEREST), ZERO)
    holder = holder_name(party)
    address = address_lines(party)
    payer = (holder, *address)
    delivery = (party.delivery_address,) if party.delivery_address else address
    return BillCopy(
        issuer=payee.issuer,
        ident=row.ident,
        period=period,
        number=f"{account_number.to_text(row.ident)}-{period.ggmm:04d}",
        issued_on=row.issued_on,
        discount_until=row.discount_until,
        due_on=row.due_on,
        holder=holder,
        tax_number=party.pib or "",
        premises_address=address,
        delivery_name=party.delivery_name or holder,
        delivery_address=delivery,
        premises=words.premises_facts(
            PremisesKind(row.kind),
            area=row.area,
            heated_area=row.heated_area,
            members=row.members,
            method=ChargingMethod(row.charging_method),
        ),
        elements=words.elements(
            is_heated=bool(party.has_district_heating and row.heated_area),
            is_water_metered=party.is_water_metered,
            has_hot_water=party.has_hot_water,
            has_elevator=party.has_elevator,
        ),
        providers=_provider_sums(charged),
        lines=tuple(_line(line) for line in charged),
        vat=vat_by_rate(as_charge(line) for line in charged),
        charged=sum((line.amount for line in charged), ZERO),
        subsidy=-subsidy,
        interest=interest,
        total=row.charged,
        discount_percent=row.discount_percent,
        discount=row.discount,
        paid=row.paid,
        obligations=Obligations(
            as_of=row.issued_on,
            total=row.charged + row.prior_unsued + row.prior_sued + row.prior_plan,
            current_month=row.charged,
            unsued=row.prior_unsued,
            sued=row.prior_sued,
            plan=row.prior_plan,
            overpaid=row.prior_overpaid,
        ),
        slip=_slip(row, payee, payer, today),
        duplicate=mark,
        correction=Correction(row.version, row.reason) if row.version > 1 else None,
    )


def _slip(row: Row[Any], payee: _Payee, payer: tuple[str, ...], today: date) -> PaymentSlip | None:
    amount = payable_today(row, today=today)
    if not amount:
        return None
    period = Period.from_ggmm(row.ggmm)
    issuer = payee.issuer
    lines = (issuer.name, issuer.street, issuer.place)
    return PaymentSlip(
        payer=payer,
        purpose=f"{payee.purpose} {period}",
        payee=lines,
        payment_code=payee.payment_code,
        amount=amount,
        account=payee.account,
        model=payment_reference.MODEL,
        reference=payment_reference.compose(row.ident, period=period),
        qr_payload=bills.qr_text(
            row.ident,
            period=period,
            amount=amount,
            payee_account=payee.account,
            payee="\n".join(lines),
            payer="\n".join(payer),
            payment_code=payee.payment_code,
            purpose=payee.purpose,
        ),
        pay_until=row.discount_until if amount < row.open else None,
    )


def holder_name(party: Row[Any]) -> str:
    """Return a holder's name as a bill is addressed: first name first, or the firm's."""
    if party.holder_kind == HolderKind.LEGAL:
        return str(party.business_name)
    return f"{party.first_name or ''} {party.last_name or ''}".strip()


def address_lines(party: Row[Any]) -> tuple[str, ...]:
    """Return the two lines of an address: street with number and door, postcode with place."""
    door = "/".join(part for part in (party.house_number, party.entrance, party.floor, party.door) if part)
    place = f"{party.postcode} {party.settlement}"
    if party.municipality != party.settlement:
        place += f", {party.municipality}"
    return f"{party.street} {door}", place


def _provider_sums(lines: Sequence[BillLine]) -> tuple[ProviderSum, ...]:
    sums: dict[str, Decimal] = {}
    names: dict[str, str] = {}
    for line in lines:
        sums[line.provider_no] = sums.get(line.provider_no, ZERO) + line.amount
        names[line.provider_no] = line.provider
    return tuple(ProviderSum(code, names[code], amount) for code, amount in sums.items())


def _line(line: BillLine) -> CopyLine:
    return CopyLine(
        line.provider_no,
        line.service_no,
        line.service,
        line.unit,
        line.quantity,
        line.price,
        line.base,
        line.vat_percent,
        line.vat,
        line.amount,
    )
