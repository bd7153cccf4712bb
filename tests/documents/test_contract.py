"""The contract of a plan: what it says, that its sums are the offer's, and how it falls on pages."""

import re
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.plans import (
    PLACES,
    CaseMissing,
    Certification,
    Clause,
    ContractClauses,
    ContractData,
    Representative,
    SumsDisagree,
    UnknownPlace,
    contract,
)
from app.documents.wording import Script, money, written
from app.domain import payment_reference
from app.domain.money import ZERO
from app.domain.money_in_words import rsd_in_words
from app.domain.payment_reference import Reference, ReferenceKind
from app.domain.period import Period
from app.domain.plans import BreachRule, InterestRelief, LadderStep
from app.domain.plans.programmes import Payer
from tests.documents import contracts
from tests.documents.extraction import check_golden, placed_on, text_of

SAMPLES = {"at_once": contracts.at_once, "certified": contracts.certified, "pensioner": contracts.pensioner}
MARK = "(tekst nije potvrđen)"
INSTALMENT = re.compile(
    r"^(\d{1,2}) (\d\d\.\d\d\.\d{4}\.) ([\d.]+,\d\d) (\d\d \d{7}-\d{4}-3\d\d)$", re.MULTILINE
)


def said(data: ContractData, script: Script = Script.LATIN) -> str:
    """The text of a contract with its lines joined."""
    return " ".join(text_of(contract(data, script=script)).split())


def with_clauses(data: ContractData, *, is_confirmed: bool) -> ContractData:
    plain = contracts.CLAUSES
    kept = {one.name: replace(getattr(plain, one.name), is_confirmed=is_confirmed) for one in fields(plain)}
    return replace(data, clauses=ContractClauses(**kept))


@pytest.mark.parametrize("script", Script)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_contract_says_what_it_said_before(name: str, script: Script) -> None:
    check_golden(f"contract_{name}_{script}", text_of(contract(SAMPLES[name](), script=script)))


@pytest.mark.parametrize("script", Script)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_sum_of_the_offer_stands_in_the_contract_in_figures_and_in_words(
    name: str, script: Script
) -> None:
    data = SAMPLES[name]()
    offer, text = data.offer, said(data, script)

    for amount in (data.debt, offer.payable):
        words = written(f"(slovima: {rsd_in_words(amount)})", script)
        assert f"{money(amount)} {written('dinara', script)} {words}" in text
    for amount in (offer.principal, offer.interest, offer.costs):
        assert f"{money(amount)} {written('dinara', script)}" in text
    for amount in (offer.written_off_principal, offer.written_off_interest):
        assert not amount or f"−{money(amount)}" in text


@settings(max_examples=25, deadline=None)
@given(
    count=st.integers(1, 60),
    months=st.integers(1, 70),
    principal=st.decimals(Decimal("50.00"), Decimal("9999999.99"), places=2),
    percent=st.integers(0, 30),
)
def test_the_instalments_in_print_make_up_what_is_to_be_repaid(
    count: int, months: int, principal: Decimal, percent: int
) -> None:
    terms = replace(contracts.OF_2019, steps=(LadderStep(Payer.ORDINARY, 60, Decimal(percent)),))
    data = contracts.made_of(
        terms,
        contracts.months(Period(2014, 1), months, last_principal=str(principal)),
        instalments=count,
        signed_on=date(2020, 1, 15),
        number="RP-01-000001/2020",
        programme="Probni program",
        legal_basis="Zaključak Gradskog veća",
    )

    rows = INSTALMENT.findall(text_of(contract(data, script=Script.LATIN)))

    amounts = [Decimal(amount.replace(".", "").replace(",", ".")) for _number, _day, amount, _ref in rows]
    assert [int(number) for number, *_rest in rows] == list(range(1, count + 1))
    assert amounts == [one.amount for one in data.offer.instalments]
    assert sum(amounts) + data.offer.saved == data.debt
    assert [payment_reference.parse(reference) for *_rest, reference in rows] == [
        Reference(data.ident, Period(2020, 1), ReferenceKind.PLAN, number) for number in range(1, count + 1)
    ]


@settings(max_examples=25, deadline=None)
@given(months=st.integers(1, 70), cases=st.integers(0, 2), script=st.sampled_from(Script))
def test_whatever_its_length_a_contract_falls_well_on_its_pages(
    months: int, cases: int, script: Script
) -> None:
    base = contracts.certified()
    debt = contracts.months(Period(2014, 1), months)
    data = contracts.made_of(
        contracts.OF_2019,
        debt,
        instalments=12,
        signed_on=base.signed_on,
        number=base.number,
        programme=base.programme,
        legal_basis=base.legal_basis,
        cases=base.cases[:cases],
        certification=Certification(),
    )

    document = contract(data, script=script)

    pages = text_of(document).split("\f\n")
    for number, page in enumerate(pages, start=1):
        assert written(f"Strana {number} od {len(pages)}", script) in page
        assert written(f"Ugovor broj {data.number}", script) in page
        assert not re.match(written("Član", script), page.splitlines()[-2])
    signed = [page for page in pages if written("ZA POVERIOCA", script) in page]
    assert len(signed) == 1
    assert written("Član 11.", script) in signed[0]
    assert written("UOP broj", script) in signed[0]
    rows = [len(re.findall(r"^\d\d/\d{4} ", page, re.MULTILINE)) for page in pages]
    assert [count for count in rows if count and count < min(2, months)] == []
    headed = [page for page, count in zip(pages, rows, strict=True) if count]
    assert all(written("Glavnica (RSD)", script) in page for page in headed)
    for page in placed_on(document):
        assert min(run.left for run in page) > 11.5
        assert max(run.right for run in page) < 198.5
        assert min(run.bottom for run in page) > 6


def test_a_proposal_says_so_on_every_page_and_has_no_number() -> None:
    data = replace(contracts.certified(), number="")

    pages = text_of(contract(data, script=Script.LATIN)).split("\f\n")

    assert all("Predlog ugovora" in page and "PREDLOG" in page for page in pages)
    assert "Ugovor broj" not in "".join(pages)


@pytest.mark.parametrize("script", Script)
def test_the_numbers_of_contract_and_certification_are_the_same_in_both_scripts(script: Script) -> None:
    text = said(contracts.certified(), script)

    assert "RP-03-001207/2020" in text
    assert "UOP-I:1180-2020" in text


def test_a_contract_without_a_notary_has_no_place_for_one() -> None:
    assert "BELEŽNIKA" not in said(contracts.at_once())
    assert "danom potpisivanja" in said(contracts.at_once())
    assert "BELEŽNIKA" in said(contracts.certified())
    assert "danom potpisivanja" not in said(contracts.certified())


def test_a_firm_is_named_by_its_numbers_and_signs_through_its_representative() -> None:
    text = said(replace(contracts.certified(), debtor=contracts.FIRM))

    assert "PIB 101134702 Matični broj 07007965 Zastupnik Njegoš Ćirić" in text
    assert "ZA DUŽNIKA" in text
    assert "JMBG" not in text


def test_a_foreigner_is_named_by_his_own_number_and_a_former_entrepreneur_by_his_business_too() -> None:
    foreigner = said(replace(contracts.at_once(), debtor=contracts.FOREIGNER))
    entrepreneur = said(replace(contracts.at_once(), debtor=contracts.ENTREPRENEUR))

    assert "Evid. broj stranca 1234567890123" in foreigner
    assert "JMBG" not in foreigner
    assert "Brisani preduzetnik Zanatska radnja „Džin“, MB 63898465" in entrepreneur
    assert "JMBG 0101990360007" in entrepreneur


@pytest.mark.parametrize(
    ("relief", "percent", "expected"),
    [
        (InterestRelief.ON_FULFILMENT, 10, "otpis glavnice i kamate iz člana 3. gubi dejstvo"),
        (InterestRelief.ON_FULFILMENT, 0, "otpis kamate iz člana 3. gubi dejstvo"),
        (InterestRelief.AT_ONCE, 10, "otpis glavnice iz člana 3. gubi dejstvo"),
        (InterestRelief.NONE, 10, "otpis glavnice iz člana 3. gubi dejstvo"),
        (InterestRelief.AT_ONCE, 0, ""),
        (InterestRelief.NONE, 0, ""),
    ],
)
def test_a_breach_takes_back_only_what_was_written_off_on_condition(
    relief: InterestRelief, percent: int, expected: str
) -> None:
    base = contracts.at_once()
    terms = replace(
        contracts.OF_2025, steps=(LadderStep(Payer.ORDINARY, 1, Decimal(percent)),), interest=relief
    )
    offer = contracts.accepted(terms, base.months, instalments=1, signed_on=base.signed_on, cases=base.cases)

    text = said(replace(base, offer=offer, relief=relief))

    assert expected in text if expected else "gubi dejstvo" not in text
    assert ("Otpis je uslovan" in text) == bool(expected)
    assert ("ne otpisuje nijedan deo duga" in text) == (relief is InterestRelief.NONE and not percent)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (BreachRule(1), "ako Dužnik ne plati dospelu ratu."),
        (BreachRule(1, 0, 8), "ako Dužnik ne plati dospelu ratu ni u roku od 8 dana od njene dospelosti."),
        (BreachRule(2), "ako Dužnik ne plati dve uzastopne dospele rate."),
        (BreachRule(5), "ako Dužnik ne plati pet uzastopnih dospelih rata."),
        (BreachRule(0, 1), "ako Dužnik ne plati dospeli tekući račun."),
        (BreachRule(3, 6), "tri uzastopne dospele rate ili ne plati šest dospelih tekućih računa."),
        (BreachRule(0), "raskida pismenom izjavom Poverioca"),
        (BreachRule(99), "dvanaest uzastopnih dospelih rata."),
    ],
)
def test_the_rule_of_breach_is_a_sentence(rule: BreachRule, expected: str) -> None:
    assert expected in said(replace(contracts.certified(), breach=rule))


@pytest.mark.parametrize(
    ("grace", "expected"),
    [(0, "iznos iz člana 4. o dospelosti."), (8, "iznos iz člana 4. ni u roku od 8 dana od dospelosti.")],
)
def test_a_plan_of_one_payment_is_broken_by_that_payment(grace: int, expected: str) -> None:
    rule = BreachRule(2, 0, grace)

    assert expected in said(replace(contracts.at_once(), breach=rule))


def test_what_nobody_confirmed_is_marked_and_what_was_confirmed_is_not() -> None:
    data = contracts.pensioner()

    assert MARK in said(data)
    assert MARK not in said(with_clauses(data, is_confirmed=True))
    marked = said(with_clauses(data, is_confirmed=False)).count(MARK)
    assert marked > said(data).count(MARK)


def test_a_long_clause_goes_on_over_pages_without_losing_a_word() -> None:
    words = [f"reč{number}" for number in range(1500)]
    clauses = replace(contracts.CLAUSES, current_bills=Clause(" ".join(words)))

    text = said(replace(contracts.at_once(), clauses=clauses))

    assert re.findall(r"reč\d+", text) == words
    assert "…" not in text


def test_a_clause_that_asks_for_an_unknown_fact_is_refused() -> None:
    clauses = replace(contracts.CLAUSES, court=Clause("Nadležan je {sud}."))

    with pytest.raises(UnknownPlace, match="sud"):
        contract(replace(contracts.at_once(), clauses=clauses), script=Script.LATIN)


def test_braces_in_a_name_are_no_places() -> None:
    debtor = replace(contracts.LJILJANA, name="Ljiljana {court}")

    assert "Ljiljana {court}" in said(replace(contracts.at_once(), debtor=debtor, programme="{ident}"))


@pytest.mark.parametrize("what", ["principal", "interest", "costs", "instalments"])
def test_a_contract_whose_parts_make_up_something_else_is_refused(what: str) -> None:
    data = contracts.certified()
    first, *others = data.offer.instalments

    def less(months_of: str) -> dict[str, object]:
        month, *rest = data.months
        return {"months": (replace(month, **{months_of: ZERO}), *rest)}

    wrong = {
        "principal": less("principal"),
        "interest": less("interest"),
        "costs": {"cases": data.cases[:1]},
        "instalments": {"offer": replace(data.offer, instalments=(first, *others[1:]))},
    }

    with pytest.raises(SumsDisagree, match=what):
        replace(data, **wrong[what])


def test_a_contract_about_months_in_a_case_it_does_not_know_is_refused() -> None:
    data = contracts.certified()
    sued = replace(data.months[-1], is_sued=True, case_number="I.Iv 1/2020")

    with pytest.raises(CaseMissing, match=r"I\.Iv 1/2020"):
        replace(data, months=(*data.months[:-1], sued))


def test_parties_are_named_in_full_however_long_their_names_are() -> None:
    name = "Preduzeće za trgovinu na veliko i malo „Aleksandrija – Hadži-Vidojković i sinovi“ " * 2
    seat = ("Bulevar kralja Aleksandra 1234a, ulaz 2, sprat III, stan 15", "11050 Beograd, Zvezdara")
    debtor = replace(contracts.FIRM, name=name.strip(), seat=seat)

    text = said(replace(contracts.certified(), debtor=debtor))

    assert text.count(name.strip()) == 2
    assert ", ".join(seat) in text
    assert "…" not in text


@pytest.mark.parametrize("script", Script)
def test_the_same_contract_is_the_same_bytes(script: Script) -> None:
    assert contract(contracts.certified(), script=script) == contract(contracts.certified(), script=script)


def test_a_clause_may_ask_for_every_fact_that_is_named_and_asks_for_no_other() -> None:
    every = Clause(" ".join(f"{{{place}}}" for place in sorted(PLACES)))

    said(replace(contracts.at_once(), clauses=replace(contracts.CLAUSES, court=every)))

    asked = {
        place for one in fields(ContractClauses) for place in getattr(contracts.CLAUSES, one.name).places
    }
    assert asked <= PLACES


def test_an_address_that_is_too_long_is_broken_between_its_lines() -> None:
    address = ("Vasilija Gaćeše 25/II/7", "11000 Savski venac")
    debtor = replace(contracts.LJILJANA, address=address)

    lines = text_of(contract(replace(contracts.at_once(), debtor=debtor), script=Script.LATIN)).splitlines()

    assert "11000 Savski venac" in lines


def test_somebody_signs_for_a_person_and_it_says_on_what_basis() -> None:
    signer = Representative("Živojin Šćepanović", "punomoćje OV-12/2026")
    debtor = replace(contracts.LJILJANA, representative=signer, contact="064 123456", note="Ne čuje dobro.")

    text = said(replace(contracts.at_once(), debtor=debtor))

    assert "ZA DUŽNIKA" in text
    assert "Živojin Šćepanović, punomoćje OV-12/2026" in text
    assert "Kontakt 064 123456" in text
    assert "Napomena Ne čuje dobro." in text
    assert text.count("M. P.") == 1
