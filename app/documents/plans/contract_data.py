"""What a contract is made of: parties, debt by month, cases, the offer that was accepted, and its terms.

Plain values: the same are given for the preview of an offer and for a contract
signed long ago.  What nobody knows yet is left empty and printed as a line to be
filled in by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from app.documents.bill.copy import Issuer
from app.documents.plans.clauses import ContractClauses
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans import BreachRule, InterestRelief, Offer, OfferedInstalment


class SumsDisagree(ValueError):
    """Months, cases or instalments do not make up the offer: a bug of whoever put the contract together."""


class CaseMissing(ValueError):
    """A month is in a case that is not among the cases: a bug of whoever put the contract together."""


@dataclass(frozen=True, slots=True)
class Creditor:
    """The company: ``account`` has 18 digits, ``representative`` signs, ``office`` is what he is."""

    issuer: Issuer
    account: str
    representative: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class Representative:
    """Who signs for somebody else, and on what basis: an office, or a power of attorney."""

    name: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class NaturalDebtor:
    """A person; ``address`` in up to two lines, ``id_card`` with who issued it.

    Where somebody signs for him, ``representative`` says who and on what basis.

    A foreigner has ``foreigner_number`` (evidencijski broj) and no JMBG.  Somebody who
    was an entrepreneur owes under the ``former_business`` deleted from the register.
    """

    name: str
    address: tuple[str, ...]
    jmbg: str = ""
    foreigner_number: str = ""
    id_card: str = ""
    former_business: str = ""
    representative: Representative | None = None
    contact: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LegalDebtor:
    """A firm and who signs for it; ``seat`` in up to two lines."""

    name: str
    seat: tuple[str, ...]
    tax_number: str
    company_number: str
    representative: Representative | None = None
    contact: str = ""
    note: str = ""


Debtor = NaturalDebtor | LegalDebtor


@dataclass(frozen=True, slots=True)
class ContractMonth:
    """A month of the debt that is acknowledged."""

    period: Period
    due_on: date
    principal: Decimal
    interest: Decimal
    is_sued: bool = False
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class ContractCase:
    """An enforcement case over months of the debt, and its open costs, which may be nothing."""

    case_number: str
    bailiff: str
    costs: Decimal


@dataclass(frozen=True, slots=True)
class Certification:
    """The notary's certification of the debtor's signature; empty until it was done."""

    number: str = ""
    certified_on: date | None = None
    notary: str = ""


@dataclass(frozen=True, slots=True)
class SlipPayee:
    """What slips need beside the contract: who is paid, and under which payment code."""

    payee: tuple[str, ...]
    payment_code: str


@dataclass(frozen=True, slots=True)
class ContractData:
    """A contract on acknowledging a debt and repaying it.

    ``number`` is empty as long as it is a proposal, which is then written across every
    page.  ``interest_until`` is the day up to and including which interest was counted.
    ``certification`` is None where the programme asks for no notary.

    Raises: SumsDisagree, CaseMissing.
    """

    number: str
    signed_on: date
    place: str
    made_at: datetime
    programme: str
    legal_basis: str
    creditor: Creditor
    debtor: Debtor
    ident: int
    premises_address: str
    months: tuple[ContractMonth, ...]
    cases: tuple[ContractCase, ...]
    offer: Offer
    relief: InterestRelief
    breach: BreachRule
    interest_until: date
    payment: SlipPayee
    court: str
    creditor_copies: int
    debtor_copies: int
    clauses: ContractClauses
    certification: Certification | None = None
    branch: str = ""
    does_interest_on_paid_stay: bool = True
    """Whether a breach revives interest until the signing on principal that was paid as well."""

    paid: Mapping[int, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    """What was paid of instalments by their numbers: slips ask for the rest, the contract stays as signed."""

    is_over: bool = False
    """Whether the plan has ended, so that nothing is paid under it any more."""

    def __post_init__(self) -> None:
        offer = self.offer
        for name, said, expected in (
            ("principal", sum((month.principal for month in self.months), ZERO), offer.principal),
            ("interest", sum((month.interest for month in self.months), ZERO), offer.interest),
            ("costs", sum((case.costs for case in self.cases), ZERO), offer.costs),
            ("instalments", sum((one.amount for one in offer.instalments), ZERO), offer.payable),
        ):
            if said != expected:
                raise SumsDisagree(f"{name}: {said} listed, {expected} offered")
        # what the creditor promises about enforcement follows from the cases, not from the months
        missing = {month.case_number for month in self.months} - {case.case_number for case in self.cases}
        if missing - {""} or (any(month.is_sued for month in self.months) and not self.cases):
            raise CaseMissing(", ".join(sorted(missing)))

    @property
    def is_proposal(self) -> bool:
        return not self.number

    @property
    def open_instalments(self) -> tuple[OfferedInstalment, ...]:
        """What is still to be paid, instalment by instalment; nothing once the plan is over."""
        return tuple(
            replace(one, amount=one.amount - self.paid.get(one.number, ZERO))
            for one in self.offer.instalments
            if not self.is_over and one.amount > self.paid.get(one.number, ZERO)
        )

    @property
    def debt(self) -> Decimal:
        """All that is acknowledged."""
        return self.offer.principal + self.offer.interest + self.offer.costs

    @property
    def copies(self) -> int:
        return self.creditor_copies + self.debtor_copies
