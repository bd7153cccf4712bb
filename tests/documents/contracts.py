"""Contracts as the desk would print them: synthetic people, the terms of the real programmes, real offers."""

import tomllib
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from importlib import resources

from app.documents.plans import (
    Certification,
    Clause,
    ContractCase,
    ContractClauses,
    ContractData,
    ContractMonth,
    Creditor,
    Debtor,
    LegalDebtor,
    NaturalDebtor,
    Representative,
    SlipPayee,
)
from app.domain.bills import due_on
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans import (
    BreachRule,
    InterestRelief,
    LadderStep,
    MonthOfDebt,
    Offer,
    Payer,
    Terms,
    offer,
)
from tests.documents.samples import ACCOUNT, ISSUER, SUMMER

CLAUSES = ContractClauses(
    **{
        one["name"].removeprefix("contract_clause_"): Clause(
            one["value"], is_confirmed=not one.get("is_unconfirmed", False)
        )
        for one in tomllib.loads((resources.files("db.codebook") / "contract.toml").read_text("utf-8"))[
            "setting"
        ]
        if one["name"].startswith("contract_clause_")
    }
)
"""The texts every installation begins with."""

CREDITOR = Creditor(ISSUER, ACCOUNT, "Đorđe Ljubičić", "direktor")
PAYMENT = SlipPayee((ISSUER.name, ISSUER.street, ISSUER.place), "122")
LJILJANA = NaturalDebtor(
    "Ljiljana Đorđević-Petrović",
    ("Učiteljska 17/III/12", "11050 Beograd, Zvezdara"),
    jmbg="0101990360007",
    id_card="008123456",
)
ZIVOJIN = NaturalDebtor(
    "Živojin Šćepanović", ("Žički put 3", "11000 Beograd"), jmbg="0101000710009", id_card="009876543"
)
FOREIGNER = NaturalDebtor(
    "Xénia Wittgenstein", ("Njegoševa 5a", "11000 Beograd"), foreigner_number="1234567890123"
)
ENTREPRENEUR = replace(LJILJANA, former_business="Zanatska radnja „Džin“, MB 63898465")
FIRM = LegalDebtor(
    "Trgovina i usluge „Njegoš i sinovi“ d.o.o. Beograd – Voždovac",
    ("Bulevar oslobođenja 123", "11010 Beograd"),
    tax_number="101134702",
    company_number="07007965",
    representative=Representative("Njegoš Ćirić"),
)
HOLIDAYS = frozenset({date(2020, 2, 17), date(2024, 2, 15), date(2024, 5, 1), date(2026, 1, 1)})
LADDER = tuple(
    LadderStep(Payer.ORDINARY, count, Decimal(percent))
    for count, percent in ((1, 15), (3, 12), (6, 10), (12, 5))
)
OF_2019 = Terms(LADDER, interest=InterestRelief.ON_FULFILMENT, is_certified=True)
OF_2023 = Terms(
    (*LADDER, LadderStep(Payer.PENSIONER, 60, Decimal(20))), interest=InterestRelief.ON_FULFILMENT
)
OF_2025 = Terms(
    (LadderStep(Payer.ORDINARY, 1, ZERO),), interest=InterestRelief.ON_FULFILMENT, takes_other_counts=False
)


def months(
    first: Period, count: int, *, sued: int = 0, case_number: str = "", last_principal: str = "4376.94"
) -> tuple[ContractMonth, ...]:
    """So many months of debt in a row, the first ones sued; sums differ from month to month."""
    made = []
    for place in range(count):
        period = first.plus(place)
        principal = Decimal(last_principal) + Decimal("37.41") * (count - 1 - place)
        interest = Decimal("11.07") * (count - place)
        is_sued = place < sued
        made.append(
            ContractMonth(
                period, due_on(period), principal, interest, is_sued, case_number if is_sued else ""
            )
        )
    return tuple(made)


def accepted(
    terms: Terms,
    debt: tuple[ContractMonth, ...],
    *,
    instalments: int,
    signed_on: date,
    cases: tuple[ContractCase, ...] = (),
    payer: Payer = Payer.ORDINARY,
) -> Offer:
    """The offer the desk would have made for these months."""
    return offer(
        terms,
        payer=payer,
        months=[
            MonthOfDebt(one.period, one.due_on, one.principal, one.interest, one.is_sued) for one in debt
        ],
        costs=sum((case.costs for case in cases), ZERO),
        instalments=instalments,
        signed_on=signed_on,
        holidays=HOLIDAYS,
    )


def made_of(
    terms: Terms,
    debt: tuple[ContractMonth, ...],
    *,
    instalments: int,
    signed_on: date,
    number: str,
    programme: str,
    legal_basis: str,
    debtor: Debtor = LJILJANA,
    payer: Payer = Payer.ORDINARY,
    cases: tuple[ContractCase, ...] = (),
    certification: Certification | None = None,
    breach: BreachRule | None = None,
) -> ContractData:
    """A contract under these terms."""
    return ContractData(
        number=number,
        signed_on=signed_on,
        place="Beograd",
        made_at=datetime.combine(signed_on, time(10, 15), tzinfo=SUMMER),
        programme=programme,
        legal_basis=legal_basis,
        creditor=CREDITOR,
        debtor=debtor,
        ident=1234567,
        premises_address="Učiteljska 17/III/12, 11050 Beograd, Zvezdara",
        months=debt,
        cases=cases,
        offer=accepted(terms, debt, instalments=instalments, signed_on=signed_on, cases=cases, payer=payer),
        relief=terms.interest,
        breach=breach or terms.breach,
        interest_until=signed_on,
        payment=PAYMENT,
        court="stvarno nadležni sud u Beogradu",
        creditor_copies=1,
        debtor_copies=1,
        clauses=CLAUSES,
        certification=certification,
        branch="Ekspozitura Zvezdara",
    )


def at_once() -> ContractData:
    """One payment under the programme in force since October 2025; some months are in enforcement."""
    return made_of(
        OF_2025,
        months(Period(2025, 1), 7, sued=4, case_number="I.Iv 1234/2025"),
        instalments=1,
        signed_on=date(2025, 10, 14),
        number="RP-07-000041/2025",
        programme="Reprogram od 2025.",
        legal_basis="Zaključak Gradskog veća, 2025.",
        cases=(ContractCase("I.Iv 1234/2025", "Njegoš Ljubisavljević", Decimal("5904.00")),),
    )


def certified() -> ContractData:
    """Twelve instalments under the programme of 2019/20, certified by a notary."""
    number = "I.Iv 987/2018"
    return made_of(
        OF_2019,
        months(Period(2018, 10), 13, sued=5, case_number=number),
        instalments=12,
        signed_on=date(2020, 1, 15),
        number="RP-03-001207/2020",
        programme="Reprogram 2019/20",
        legal_basis="Zaključak Gradskog veća, 2019.",
        debtor=ZIVOJIN,
        cases=(
            ContractCase(number, "Ђорђе Џамбас", Decimal("4512.50")),
            ContractCase("I.I 55/2017", "", Decimal("1290.00")),
        ),
        certification=Certification("UOP-I:1180-2020", date(2020, 1, 16), "Ljiljana Ćosić, Beograd"),
        breach=BreachRule(missed_instalments=2, unpaid_bills=3, days_of_grace=8),
    )


def pensioner() -> ContractData:
    """Sixty months of debt in sixty instalments, under the programme of 2023/24."""
    return made_of(
        OF_2023,
        months(Period(2018, 8), 60),
        instalments=60,
        signed_on=date(2024, 1, 15),
        number="RP-11-000388/2024",
        programme="Reprogram 2023/24",
        legal_basis="Zaključak Gradskog veća, 2023.",
        payer=Payer.PENSIONER,
    )
