"""What a copy of a bill is made of: everything the page says, already decided and computed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.documents.slip import PaymentSlip
from app.domain.charges import VatSum
from app.domain.period import Period

MOST_PROVIDERS, MOST_ELEMENTS, MOST_RATES = 20, 8, 6
"""What the panels of the first page have room for; a bill of the trade has about a third of it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value, in Latin."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """The company in whose name bills are issued; ``support`` is whom to ask and where to complain."""

    name: str
    street: str
    place: str
    tax_number: str
    company_number: str
    support: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class PremisesFacts:
    """The premises as they were charged; areas in square meters."""

    kind: str
    purpose: str
    area: Decimal | None
    heated_area: Decimal | None
    members: int | None
    charging_method: str


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One charged service.  ``base`` + ``vat`` = ``amount``."""

    provider_code: str
    service_code: str
    service: str
    unit: str
    quantity: Decimal
    price: Decimal
    base: Decimal
    vat_percent: Decimal
    vat: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ProviderSum:
    """What a bill owes one provider; ``code`` links it with its lines."""

    code: str
    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Obligations:
    """The six sums of the account on a day."""

    as_of: date
    total: Decimal
    current_month: Decimal
    unsued: Decimal
    sued: Decimal
    plan: Decimal
    overpaid: Decimal


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Who issued this copy again, where, when, and how many times it has been done with this one."""

    operator: str
    branch: str
    moment: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A later version of a bill replaces the one before it."""

    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class BillCopy:
    """One bill as it is to be printed.

    ``charged`` is the sum of the lines; with ``subsidy`` taken off and
    ``interest`` added it makes ``total``, the amount of the month after
    ``discount_until``; ``discount`` is what a payer saves until then (zero for
    none).  ``paid`` is what has been received for this bill.  ``slip`` asks for
    what is payable on the day of printing, and is missing when nothing is.

    Raises: ValueError when the sums do not add up or a panel would overflow.
    """

    issuer: Issuer
    ident: int
    period: Period
    number: str
    issued_on: date
    discount_until: date
    due_on: date
    holder: str
    tax_number: str
    premises_address: tuple[str, ...]
    delivery_name: str
    delivery_address: tuple[str, ...]
    premises: PremisesFacts
    elements: tuple[Fact, ...]
    providers: tuple[ProviderSum, ...]
    lines: tuple[CopyLine, ...]
    vat: tuple[VatSum, ...]
    charged: Decimal
    subsidy: Decimal
    interest: Decimal
    total: Decimal
    discount_percent: Decimal
    discount: Decimal
    paid: Decimal
    obligations: Obligations
    slip: PaymentSlip | None
    duplicate: Duplicate | None
    correction: Correction | None = None

    def __post_init__(self) -> None:
        if self.charged - self.subsidy + self.interest != self.total:
            raise ValueError(f"{self.charged} - {self.subsidy} + {self.interest} is not {self.total}")
        if sum((line.amount for line in self.lines), Decimal(0)) != self.charged:
            raise ValueError(f"the lines do not add up to {self.charged}")
        if sum((provider.amount for provider in self.providers), Decimal(0)) != self.charged:
            raise ValueError(f"the providers do not add up to {self.charged}")
        for most, rows in (
            (MOST_PROVIDERS, self.providers),
            (MOST_ELEMENTS, self.elements),
            (MOST_RATES, self.vat),
        ):
            if len(rows) > most:
                raise ValueError(f"the page has no room for {len(rows)} of {type(rows[0]).__name__}")

    @property
    def discounted(self) -> Decimal:
        """What is to be paid until the discount date."""
        return self.total - self.discount

    @property
    def has_discount(self) -> bool:
        return self.discount > 0

    @property
    def payable(self) -> Decimal:
        """What the slip asks for."""
        return self.slip.amount if self.slip else Decimal("0.00")
