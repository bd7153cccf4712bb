"""Bills as the desk would print them: synthetic people, the price list of the trade."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from app.documents.bill import (
    BillCopy,
    CopyLine,
    Duplicate,
    Fact,
    Issuer,
    Obligations,
    PremisesFacts,
    ProviderSum,
)
from app.documents.slip import PaymentSlip
from app.domain import bills, payment_reference
from app.domain.charges import VatSum
from app.domain.money import included_vat, percent_of, round_rsd
from app.domain.period import Period

ACCOUNT = "200220618010100048"
ZERO = Decimal("0.00")
SUMMER = timezone(timedelta(hours=2))
ISSUER = Issuer(
    name="JKP Objedinjena naplata Beograd",
    street="Danijelova 33",
    place="11010 Beograd",
    tax_number="100001011",
    company_number="07000006",
    support=(
        Fact("Servisni centar", "11-0-11, 0800 11 00 11"),
        Fact("Reklamacije:", "na svakoj ekspozituri, telefonom ili na reklamacije@naplata.example"),
        Fact("Internet:", "www.naplata.example"),
    ),
)
PROVIDERS = {
    "01": "JKP Beogradske elektrane",
    "02": "JKP Beogradski vodovod i kanalizacija",
    "03": "JKP Gradska čistoća",
    "04": "EPS Distribucija",
    "05": "Republička direkcija za vode",
    "06": "JP Gradsko stambeno",
    "07": "Upravnik stambene zajednice",
}
FLAT_SERVICES = (
    ("01", "0110", "Grejanje", "m²", "54.30", "119.39", "10"),
    ("01", "0120", "Zagrevanje vode", "m³", "3.412", "189.24", "10"),
    ("02", "0210", "Hladna voda", "m³", "7.250", "59.46", "10"),
    ("02", "0220", "Kanalizacija", "m³", "10.662", "24.04", "10"),
    ("02", "0230", "Pogonska spremnost sistema", "kom", "1", "130.68", "10"),
    ("03", "0310", "Sakupljanje i transport otpada", "m²", "54.30", "5.61", "10"),
    ("03", "0320", "Tretman i odlaganje otpada – deponija Vinča", "m²", "54.30", "0.84", "10"),
    ("04", "0410", "Zajednička električna energija", "kWh", "18.40", "9.5512", "20"),
    ("05", "0510", "Korišćenje vodnog dobra", "m³", "10.662", "0.2407", "0"),
    ("05", "0520", "Naknada za ispuštenu vodu", "m³", "10.662", "0.2167", "0"),
    ("07", "0710", "Tekuće održavanje zgrade", "m²", "54.30", "4.25", "0"),
    ("07", "0720", "Upravljanje zgradom", "kom", "1", "250.00", "0"),
)


def lines_of(services: Sequence[tuple[str, str, str, str, str, str, str]]) -> tuple[CopyLine, ...]:
    made = []
    for provider, code, name, unit, quantity, price, vat_percent in services:
        amount = round_rsd(Decimal(quantity) * Decimal(price))
        vat = included_vat(amount, percent=Decimal(vat_percent))
        made.append(
            CopyLine(
                provider,
                code,
                name,
                unit,
                Decimal(quantity),
                Decimal(price),
                amount - vat,
                Decimal(vat_percent),
                vat,
                amount,
            )
        )
    return tuple(made)


def vat_of(lines: Sequence[CopyLine]) -> tuple[VatSum, ...]:
    rates = sorted({line.vat_percent for line in lines}, reverse=True)
    return tuple(
        VatSum(
            rate,
            sum((line.base for line in lines if line.vat_percent == rate), ZERO),
            sum((line.vat for line in lines if line.vat_percent == rate), ZERO),
            sum((line.amount for line in lines if line.vat_percent == rate), ZERO),
        )
        for rate in rates
    )


def providers_of(lines: Sequence[CopyLine]) -> tuple[ProviderSum, ...]:
    return tuple(
        ProviderSum(
            code, PROVIDERS[code], sum((line.amount for line in lines if line.provider_code == code), ZERO)
        )
        for code in sorted({line.provider_code for line in lines})
    )


def slip_for(
    amount: Decimal,
    *,
    payer: tuple[str, ...],
    ident: int = 1234567,
    period: Period | None = None,
    pay_until: date | None = None,
) -> PaymentSlip:
    """A slip whose code is composed by the rules of the domain."""
    period = period or Period(2026, 6)
    reference = payment_reference.compose(ident, period=period)
    purpose = f"Komunalne usluge {period}"
    payee = (ISSUER.name, ISSUER.street, ISSUER.place)
    payload = bills.qr_text(
        ident,
        period=period,
        amount=amount,
        payee_account=ACCOUNT,
        payee="\n".join(payee),
        payer="\n".join(payer),
        payment_code="122",
        purpose="Komunalne usluge",
    )
    return PaymentSlip(
        payer=payer,
        purpose=purpose,
        payee=payee,
        payment_code="122",
        amount=amount,
        account=ACCOUNT,
        model="97",
        reference=reference,
        qr_payload=payload,
        pay_until=pay_until,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    charged: Decimal
    discount: Decimal
    discount_until: date


def bill(
    services: Sequence[tuple[str, str, str, str, str, str, str]] = FLAT_SERVICES,
    *,
    ident: int = 1234567,
    holder: str = "Ljiljana Đorđević-Petrović",
    address: tuple[str, ...] = ("Učiteljska 17/III/12", "11050 Beograd, Zvezdara"),
    discount_percent: str = "5",
    subsidy: str = "0.00",
    interest: str = "0.00",
    printed_on: date = date(2026, 7, 9),
) -> BillCopy:
    """A flat's bill for 06/2026, payable with the discount until the 15th."""
    period = Period(2026, 6)
    lines = lines_of(services)
    charged = sum((line.amount for line in lines), ZERO)
    total = charged - Decimal(subsidy) + Decimal(interest)
    discount = percent_of(total, percent=Decimal(discount_percent))
    discount_until = date(2026, 7, 15)
    asked = _Asked(total, discount, discount_until)
    payable = bills.payable(asked, open_amount=total, today=printed_on, earned_by=bills.EarnedBy.ALL_IN_TIME)
    pay_until = discount_until if payable < total else None
    return BillCopy(
        issuer=ISSUER,
        ident=ident,
        period=period,
        number=f"{ident:07d}-2606",
        issued_on=date(2026, 7, 1),
        discount_until=discount_until,
        due_on=date(2026, 7, 31),
        holder=holder,
        tax_number="",
        premises_address=address,
        delivery_name=holder,
        delivery_address=address,
        premises=PremisesFacts("stan", "stanovanje", Decimal("54.30"), Decimal("52.10"), 3, "po površini"),
        elements=(
            Fact("Grejanje", "po površini"),
            Fact("Vodomer", "zajednički"),
            Fact("Stanje vodomera", "1.204 – 1.211 m³"),
        ),
        providers=providers_of(lines),
        lines=lines,
        vat=vat_of(lines),
        charged=charged,
        subsidy=Decimal(subsidy),
        interest=Decimal(interest),
        total=total,
        discount_percent=Decimal(discount_percent),
        discount=discount,
        paid=ZERO,
        obligations=Obligations(date(2026, 7, 1), total, total, ZERO, ZERO, ZERO, ZERO),
        slip=slip_for(payable, payer=(holder, *address), ident=ident, pay_until=pay_until),
        duplicate=Duplicate(
            "M. Stanković", "Ekspozitura Zvezdara", datetime(2026, 7, 9, 14, 32, tzinfo=SUMMER), 2
        ),
    )


def with_debts(copy: BillCopy) -> BillCopy:
    """The same bill of an account with debts of every kind."""
    total = copy.total + Decimal("23418.77") + Decimal("148902.15") + Decimal("36000.00")
    sums = Obligations(
        date(2026, 7, 1),
        total,
        copy.total,
        Decimal("23418.77"),
        Decimal("148902.15"),
        Decimal("36000.00"),
        Decimal("0.41"),
    )
    return replace(copy, obligations=sums)
