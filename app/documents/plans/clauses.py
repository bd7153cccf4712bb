"""The texts of a contract, as data: a company's lawyers may replace any of them.

A clause has places in braces that are filled with facts of the plan.  One whose rule
no published source gives is not confirmed, and the contract says so beside it, lest
it be signed unnoticed.  The wording of all of them is ours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PLACE = re.compile(r"\{(\w+)\}")


class UnknownPlace(ValueError):
    """A clause asks for a fact no contract has."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A text in Latin, and whether the company confirmed the rule it states."""

    text: str
    is_confirmed: bool = False

    def filled(self, facts: Mapping[str, str]) -> str:
        """The text with its places filled.

        Raises: UnknownPlace.
        """

        def fact(match: re.Match[str]) -> str:
            try:
                return facts[match[1]]
            except KeyError:
                raise UnknownPlace(match[1]) from None

        return _PLACE.sub(fact, self.text)


@dataclass(frozen=True, slots=True)
class ContractClauses:
    """Every text of a contract, in the order in which they may stand; not every contract has all."""

    ground: Clause = Clause(
        "Ovaj ugovor se zaključuje po programu „{programme}“, čiji je pravni osnov {legal_basis}",
        is_confirmed=True,
    )
    acknowledgement: Clause = Clause(
        "Dužnik priznaje, po osnovu i po visini, da Poveriocu na ime usluga koje se naplaćuju jedinstvenim "
        "računom objedinjene naplate, za prostor na adresi {premises} (ident {ident}), duguje iznose "
        "navedene po mesecima:",
        is_confirmed=True,
    )
    costs_by_case: Clause = Clause(
        "Troškovi postupka koje Dužnik duguje po predmetima izvršenja:", is_confirmed=True
    )
    debt: Clause = Clause(
        "Dug na dan {interest_until} ukupno iznosi {debt} ({debt_in_words}), od čega glavnica {principal}, "
        "zakonska zatezna kamata obračunata zaključno sa tim danom {interest} i troškovi postupka {costs}.",
        is_confirmed=True,
    )
    limitation: Clause = Clause(
        "Priznanjem duga prekida se zastarelost potraživanja (član 387. Zakona o obligacionim odnosima)."
    )
    principal_write_off: Clause = Clause(
        "Poverilac otpisuje Dužniku {percent} glavnice iz člana {article_of_debt}, u iznosu od "
        "{written_off_principal} ({written_off_principal_in_words}).",
        is_confirmed=True,
    )
    interest_write_off: Clause = Clause(
        "Poverilac otpisuje Dužniku zateznu kamatu iz člana {article_of_debt}. u celosti, u iznosu od "
        "{written_off_interest} ({written_off_interest_in_words}).",
        is_confirmed=True,
    )
    write_off_condition: Clause = Clause(
        "Otpis je uslovan: {what} postaje konačan kada Dužnik u celosti ispuni obaveze iz ovog ugovora. "
        "U slučaju raskida ugovora smatra se da otpisa nije ni bilo."
    )
    nothing_written_off: Clause = Clause("Ovim ugovorom se ne otpisuje nijedan deo duga.", is_confirmed=True)
    repayment_at_once: Clause = Clause(
        "Dužnik se obavezuje da Poveriocu plati {payable} ({payable_in_words}), odjednom, najkasnije "
        "{first_due}:",
        is_confirmed=True,
    )
    repayment: Clause = Clause(
        "Dužnik se obavezuje da Poveriocu plati {payable} ({payable_in_words}) u mesečnim ratama, prema "
        "planu otplate. Broj rata: {count} ({count_in_words}).",
        is_confirmed=True,
    )
    paying: Clause = Clause(
        "Plaća se na račun Poverioca broj {account}, po modelu 97, uz poziv na broj naveden u tabeli.",
        is_confirmed=True,
    )
    booking: Clause = Clause(
        "Uplate se uračunavaju u rate po redosledu dospelosti, a iznos uplaćen preko dospele rate uračunava "
        "se u narednu."
    )
    current_bills: Clause = Clause(
        "Dužnik se obavezuje da, pored iznosa iz člana {article_of_repayment}, o dospelosti plaća i tekuće "
        "račune objedinjene naplate za isti prostor."
    )
    interest_stops: Clause = Clause(
        "Dok se ugovor ispunjava, na dug iz člana {article_of_debt}. ne obračunava se zatezna kamata posle "
        "{interest_until}.",
        is_confirmed=True,
    )
    enforcement: Clause = Clause(
        "Po stupanju ugovora na snagu Poverilac će predložiti odlaganje izvršenja, a kada Dužnik ispuni "
        "ugovor u celosti, obustavu izvršenja u predmetima: {cases}."
    )
    no_enforcement: Clause = Clause(
        "Dok se ugovor ispunjava, Poverilac neće pokretati postupak izvršenja radi naplate duga iz člana "
        "{article_of_debt}.",
        is_confirmed=True,
    )
    breach: Clause = Clause("Ugovor se raskida ako Dužnik {breaches}.")
    no_breach_rule: Clause = Clause(
        "Ugovor se raskida pismenom izjavom Poverioca ako Dužnik ne ispunjava obaveze iz ovog ugovora."
    )
    consequences: Clause = Clause("Raskidom ugovora:", is_confirmed=True)
    debt_falls_due: Clause = Clause("ceo neplaćeni dug iz člana {article_of_debt}. dospeva odmah;")
    write_off_lapses: Clause = Clause("{what} iz člana {article_of_write_off}. gubi dejstvo;")
    interest_resumes: Clause = Clause(
        "na neplaćenu glavnicu obračunava se zakonska zatezna kamata i za vreme posle {interest_until};"
    )
    payments_kept: Clause = Clause(
        "uplate po ovom ugovoru uračunavaju se u troškove postupka, a zatim u glavnicu, počev od najstarijeg "
        "meseca;"
    )
    enforcement_resumes: Clause = Clause("postupci izvršenja se nastavljaju, odnosno mogu se pokrenuti.")
    entry: Clause = Clause("Ugovor stupa na snagu danom potpisivanja.", is_confirmed=True)
    entry_on_certification: Clause = Clause(
        "Potpis Dužnika overava javni beležnik. Ugovor stupa na snagu kada Dužnik dostavi Poveriocu primerak "
        "sa overenim potpisom.",
        is_confirmed=True,
    )
    court: Clause = Clause("Za sporove iz ovog ugovora nadležan je {court}.")
    copies: Clause = Clause(
        "Ugovor je sačinjen u {copies} ({copies_in_words}) {copies_noun}, od kojih Poverilac zadržava "
        "{creditor_copies}, a Dužnik {debtor_copies}."
    )


DEFAULT_CLAUSES = ContractClauses()
