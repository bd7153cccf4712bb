"""What the articles of a contract say, before anything is drawn: its texts and the facts of the plan in them.

Every contract has the same articles under the same numbers, so that a clause may
name another's; what does not apply is said to be none rather than left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from app.documents.plans.clauses import Clause
from app.documents.plans.contract_data import ContractCase, ContractData
from app.documents.wording import day, money, percent
from app.domain import bank_account
from app.domain.account_number import to_text
from app.domain.money_in_words import Gender, form_of, number_in_words, rsd_in_words
from app.domain.plans import BreachRule, InterestRelief


class Article(IntEnum):
    """The articles by their numbers."""

    GROUND = 1
    DEBT = 2
    WRITE_OFF = 3
    REPAYMENT = 4
    CURRENT_BILLS = 5
    INTEREST = 6
    ENFORCEMENT = 7
    BREACH = 8
    ENTRY = 9
    COURT = 10
    COPIES = 11


TITLES: Mapping[Article, str] = {
    Article.GROUND: "Pravni osnov",
    Article.DEBT: "Priznanje duga",
    Article.WRITE_OFF: "Otpis",
    Article.REPAYMENT: "Otplata",
    Article.CURRENT_BILLS: "Tekući računi",
    Article.INTEREST: "Zatezna kamata",
    Article.ENFORCEMENT: "Postupak izvršenja",
    Article.BREACH: "Raskid i posledice",
    Article.ENTRY: "Stupanje na snagu",
    Article.COURT: "Nadležnost",
    Article.COPIES: "Primerci",
}


PLACES = frozenset(
    {
        *(
            "debt",
            "principal",
            "interest",
            "costs",
            "written_off_principal",
            "written_off_interest",
            "payable",
        ),
        *("debt_in_words", "principal_in_words", "interest_in_words", "costs_in_words", "payable_in_words"),
        *("written_off_principal_in_words", "written_off_interest_in_words"),
        *(
            "programme",
            "legal_basis",
            "premises",
            "ident",
            "percent",
            "interest_until",
            "first_due",
            "account",
        ),
        *("count", "count_in_words", "court", "copies", "copies_in_words", "copies_noun", "creditor_copies"),
        *("debtor_copies", "article_of_debt", "article_of_write_off", "article_of_repayment"),
        *("what", "cases", "breaches"),
    }
)
"""The facts a clause may ask for; the last three only where they are told."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A clause with its facts; ``number`` is 0 but in a list."""

    text: str
    is_confirmed: bool
    number: int = 0


class Articles:
    """The paragraphs of one contract."""

    def __init__(self, data: ContractData) -> None:
        self._data = data
        self._facts = _facts(data)

    def ground(self) -> list[Paragraph]:
        return [self._say(self._data.clauses.ground)]

    def acknowledgement(self) -> list[Paragraph]:
        """What stands before the debt by month."""
        return [self._say(self._data.clauses.acknowledgement)]

    def costs(self) -> list[Paragraph]:
        """What stands before the costs by case."""
        return [self._say(self._data.clauses.costs_by_case)]

    def debt(self) -> list[Paragraph]:
        """What stands after the debt by month."""
        clauses = self._data.clauses
        return [self._say(clauses.debt), self._say(clauses.limitation)]

    def write_off(self) -> list[Paragraph]:
        clauses, offer = self._data.clauses, self._data.offer
        said = []
        if offer.written_off_principal:
            said.append(self._say(clauses.principal_write_off))
        if offer.written_off_interest:
            said.append(self._say(clauses.interest_write_off))
        if not said:
            return [self._say(clauses.nothing_written_off)]
        if self._revived:
            said.append(self._say(clauses.write_off_condition, what=self._revived))
        return said

    def repayment(self) -> list[Paragraph]:
        """What stands before the plan of repayment."""
        clauses = self._data.clauses
        at_once = len(self._data.offer.instalments) == 1
        return [self._say(clauses.repayment_at_once if at_once else clauses.repayment)]

    def paying(self) -> list[Paragraph]:
        """What stands after the plan of repayment."""
        clauses = self._data.clauses
        said = [self._say(clauses.paying)]
        if len(self._data.offer.instalments) > 1:
            said.append(self._say(clauses.booking))
        return said

    def rest(self) -> list[tuple[Article, list[Paragraph]]]:
        """The articles after the repayment."""
        clauses, data = self._data.clauses, self._data
        cases = ", ".join(_case(case) for case in data.cases)
        enforcement = (
            self._say(clauses.enforcement, cases=cases) if cases else self._say(clauses.no_enforcement)
        )
        entry = clauses.entry if data.certification is None else clauses.entry_on_certification
        return [
            (Article.CURRENT_BILLS, [self._say(clauses.current_bills)]),
            (Article.INTEREST, [self._say(clauses.interest_stops)]),
            (Article.ENFORCEMENT, [enforcement]),
            (Article.BREACH, self._breach()),
            (Article.ENTRY, [self._say(entry)]),
            (Article.COURT, [self._say(clauses.court)]),
            (Article.COPIES, [self._say(clauses.copies)]),
        ]

    def _breach(self) -> list[Paragraph]:
        clauses, data = self._data.clauses, self._data
        breaches = " ili ".join(_breaches(data.breach, count=len(data.offer.instalments)))
        first = (
            self._say(clauses.breach, breaches=breaches) if breaches else self._say(clauses.no_breach_rule)
        )
        listed = [self._say(clauses.debt_falls_due)]
        if self._revived:
            listed.append(self._say(clauses.write_off_lapses, what=self._revived))
        if self._is_interest_revived:
            stays = data.does_interest_on_paid_stay
            listed.append(
                self._say(clauses.interest_on_paid_stays if stays else clauses.interest_on_paid_lapses)
            )
        listed += [
            self._say(clause)
            for clause in (clauses.interest_resumes, clauses.payments_kept, clauses.enforcement_resumes)
        ]
        numbered = [
            Paragraph(one.text, one.is_confirmed, number) for number, one in enumerate(listed, start=1)
        ]
        return [first, self._say(clauses.consequences), *numbered]

    @property
    def _revived(self) -> str:
        """What of the write-off a breach takes back; nothing when it was final at once."""
        if self._data.offer.written_off_principal and self._is_interest_revived:
            return "otpis glavnice i kamate"
        if self._data.offer.written_off_principal:
            return "otpis glavnice"
        return "otpis kamate" if self._is_interest_revived else ""

    @property
    def _is_interest_revived(self) -> bool:
        return (
            bool(self._data.offer.written_off_interest) and self._data.relief is InterestRelief.ON_FULFILMENT
        )

    def _say(self, clause: Clause, *, what: str = "", cases: str = "", breaches: str = "") -> Paragraph:
        own = {"what": what, "cases": cases, "breaches": breaches}
        return Paragraph(clause.filled({**self._facts, **own}), clause.is_confirmed)


def _facts(data: ContractData) -> dict[str, str]:
    offer = data.offer
    sums = {
        "debt": data.debt,
        "principal": offer.principal,
        "interest": offer.interest,
        "costs": offer.costs,
        "written_off_principal": offer.written_off_principal,
        "written_off_interest": offer.written_off_interest,
        "payable": offer.payable,
    }
    count = len(offer.instalments)
    return {
        **{name: f"{money(amount)} dinara" for name, amount in sums.items()},
        **{f"{name}_in_words": _in_words(amount) for name, amount in sums.items()},
        "programme": data.programme,
        "legal_basis": f"{data.legal_basis.rstrip('.')}.",
        "premises": data.premises_address,
        "ident": to_text(data.ident),
        "percent": percent(offer.discount_percent),
        "interest_until": f"{day(data.interest_until)} godine",
        "first_due": f"{day(offer.first.due_on)} godine",
        "count": str(count),
        "count_in_words": number_in_words(count, gender=Gender.FEMININE),
        "account": bank_account.dashed(data.creditor.account),
        "court": data.court,
        "copies": str(data.copies),
        "copies_in_words": number_in_words(data.copies),
        "copies_noun": form_of(
            data.copies, one="primerku", few="istovetna primerka", many="istovetnih primeraka"
        ),
        "creditor_copies": str(data.creditor_copies),
        "debtor_copies": str(data.debtor_copies),
        "article_of_debt": str(Article.DEBT),
        "article_of_write_off": str(Article.WRITE_OFF),
        "article_of_repayment": str(Article.REPAYMENT),
    }


def _case(case: ContractCase) -> str:
    number = case.case_number or "predmet čiji broj još nije određen"
    return f"{number} (javni izvršitelj {case.bailiff})" if case.bailiff else number


def _in_words(amount: Decimal) -> str:
    return f"slovima: {rsd_in_words(amount)}"


def _breaches(rule: BreachRule, *, count: int) -> list[str]:
    """What a debtor does to break a plan, as ends of the sentence that begins with him."""
    made = []
    if rule.missed_instalments:
        missed = rule.in_a_row(of=count)
        noun = form_of(
            missed, one="dospelu ratu", few="uzastopne dospele rate", many="uzastopnih dospelih rata"
        )
        what = _counted(missed, noun, Gender.FEMININE)
        whose = "njene dospelosti" if missed == 1 else "dospelosti poslednje od njih"
        if count == 1:
            what, whose = f"ne plati iznos iz člana {Article.REPAYMENT}. o dospelosti", "dospelosti"
        else:
            what = f"ne plati {what}"
        if rule.days_of_grace:
            what = f"{what.removesuffix(' o dospelosti')} ni u roku od {rule.days_of_grace} dana od {whose}"
        made.append(what)
    if rule.unpaid_bills:
        noun = form_of(
            rule.unpaid_bills,
            one="dospeli tekući račun",
            few="dospela tekuća računa",
            many="dospelih tekućih računa",
        )
        made.append(f"ne plati {_counted(rule.unpaid_bills, noun, Gender.MASCULINE)}")
    return made


def _counted(number: int, noun: str, gender: Gender) -> str:
    return noun if number == 1 else f"{number_in_words(number, gender=gender)} {noun}"
