"""Bills of an account: the list, the years, and one bill line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain import bills, payment_reference
from app.domain.bills import BillStage
from app.domain.charges import INTEREST, SUBSIDY, Charge, VatSum, by_provider, vat_by_rate
from app.domain.errors import Refused
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.premises import ChargingMethod, PremisesKind
from app.usecases.pages import PageOfRows, cut
from db.queries import bills as queries

PAGE = 200
_FIRST_GGMM, _AFTER_THE_LAST_GGMM = 1, 9913


class NoSuchBill(Refused):
    """The account has no bill for that month (or none the visit held lets be read)."""

    field = "period"

    def __init__(self, ident: int, period: Period) -> None:
        super().__init__(f"{ident} {period}")
        self.ident = ident
        self.period = period


class BillState(StrEnum):
    """A bill as the list shows it: settled, or where its open amount stands."""

    PAID = "paid"
    CURRENT = "current"
    UNPAID = "unpaid"
    PARTLY_PAID = "partly_paid"
    OVERDUE = "overdue"
    SUED = "sued"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class BillRow:
    """A bill in the list.

    ``payable`` settles it today: the discounted amount until ``discount_until``,
    afterwards what is ``open``.
    """

    period: Period
    version: int
    issued_on: date
    discount_until: date
    due_on: date
    charged: Decimal
    paid: Decimal
    open: Decimal
    discount: Decimal
    discount_percent: Decimal
    interest: Decimal
    payable: Decimal
    state: BillState


@dataclass(frozen=True, slots=True)
class YearOfBills:
    """The bills of one year, added up."""

    year: int
    bills: int
    charged: Decimal
    paid: Decimal
    open: Decimal


@dataclass(frozen=True, slots=True)
class BillLine:
    """A charge as printed; ``base`` + ``vat`` = ``amount`` = quantity x price.

    ``service_code`` is the code of the price list, ``number`` the line's place on
    the bill; ``provider_no`` and ``service_no`` are the short numbers in print.
    """

    number: int
    provider_no: str
    service_no: str
    service_code: str
    service: str
    provider_code: str
    provider: str
    provider_phone: str
    unit: str
    quantity: Decimal
    price: Decimal
    base: Decimal
    vat_percent: Decimal
    vat: Decimal
    amount: Decimal
    is_seasonal: bool

    @property
    def is_of_issuer(self) -> bool:
        """True for interest and subsidy, which no provider charged."""
        return self.service_code in (INTEREST, SUBSIDY)


@dataclass(frozen=True, slots=True)
class ProviderGroup:
    """The lines of one provider and their sum."""

    code: str
    name: str
    phone: str
    amount: Decimal
    lines: tuple[BillLine, ...]


class LinkKind(StrEnum):
    """What can name a month."""

    PAYMENT = "payment"
    NOTICE = "notice"
    CASE = "case"
    PLAN = "plan"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class BillLink:
    """Something that names this month; ``state`` is a value of the noun's own enumeration.

    Of a payment ``state`` is its channel, ``number`` its reference and ``amount`` the
    part allocated here; of a version ``record_id`` is its number and ``state`` its reason.
    """

    kind: LinkKind
    record_id: int
    number: str
    day: date | None
    state: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BillDetail:
    """One bill, whole.  ``charged`` is the sum of all lines, interest and subsidy included."""

    ident: int
    period: Period
    version: int
    is_current_version: bool
    correction_reason: str
    issued_on: date
    discount_until: date
    due_on: date
    charged: Decimal
    paid: Decimal
    open: Decimal
    interest: Decimal
    subsidy: Decimal
    discount: Decimal
    discount_percent: Decimal
    streak: int
    payable: Decimal
    reference: str
    state: BillState
    premises_kind: PremisesKind
    area: Decimal
    heated_area: Decimal
    members: int
    charging_method: ChargingMethod
    prior_unsued: Decimal
    prior_sued: Decimal
    prior_plan: Decimal
    prior_overpaid: Decimal
    providers: tuple[ProviderGroup, ...]
    vat: tuple[VatSum, ...]
    links: tuple[BillLink, ...]

    @property
    def discounted(self) -> Decimal:
        """What settles the bill until the discount date."""
        return self.charged - self.discount

    @property
    def lines(self) -> tuple[BillLine, ...]:
        """All lines in the order they are printed."""
        return tuple(line for group in self.providers for line in group.lines)


def bill_page(
    session: Session,
    *,
    ident: int,
    today: date,
    before: Period | None = None,
    year: int | None = None,
    limit: int = PAGE,
) -> PageOfRows[BillRow, Period]:
    """Return bills of an account, the latest first: all, or those of one (four-digit) year.

    ``before`` is the page's key.  An account that may not be read has none.
    """
    first, last = _FIRST_GGMM, _AFTER_THE_LAST_GGMM
    if year is not None:
        first, last = Period(year, 1).ggmm, Period(year, 12).ggmm + 1
    if before is not None:
        last = min(last, before.ggmm)
    rows = queries.page(session, ident=ident, from_ggmm=first, before_ggmm=last, at_most=limit + 1)
    kept, has_more = cut(rows, limit=limit)
    page = tuple(_bill_row(row, today) for row in kept)
    return PageOfRows(page, page[-1].period if has_more else None)


def bill_years(session: Session, *, ident: int) -> tuple[YearOfBills, ...]:
    """Return the years there are bills of, the latest first."""
    return tuple(
        YearOfBills(2000 + row.year, row.bills, row.charged, row.paid, row.open)
        for row in queries.years(session, ident=ident)
    )


def bill_detail(
    session: Session, *, ident: int, period: Period, today: date, version: int | None = None
) -> BillDetail:
    """Return one bill by its month; ``version`` asks for one that was corrected since.

    Raises: NoSuchBill.
    """
    row = header_row(session, ident=ident, period=period, version=version)
    lines = bill_lines(session, ident=ident, period=period, version=row.version)
    charges = [as_charge(line) for line in lines if not line.is_of_issuer]
    return BillDetail(
        ident=ident,
        period=period,
        version=row.version,
        is_current_version=row.version == row.current_version,
        correction_reason=row.reason,
        issued_on=row.issued_on,
        discount_until=row.discount_until,
        due_on=row.due_on,
        charged=row.charged,
        paid=row.paid,
        open=row.open,
        interest=row.interest,
        subsidy=sum((line.amount for line in lines if line.service_code == SUBSIDY), ZERO),
        discount=row.discount,
        discount_percent=row.discount_percent,
        streak=row.streak,
        payable=payable_today(row, today=today),
        reference=payment_reference.compose(ident, period=period),
        state=state_of(row, today=today),
        premises_kind=PremisesKind(row.kind),
        area=row.area,
        heated_area=row.heated_area,
        members=row.members,
        charging_method=ChargingMethod(row.charging_method),
        prior_unsued=row.prior_unsued,
        prior_sued=row.prior_sued,
        prior_plan=row.prior_plan,
        prior_overpaid=row.prior_overpaid,
        providers=_by_provider(lines),
        vat=vat_by_rate(charges),
        links=tuple(
            BillLink(
                LinkKind(link.kind), link.record_id, link.number, link.day, link.state or "", link.amount
            )
            for link in queries.links(session, ident=ident, ggmm=period.ggmm)
        ),
    )


def header_row(session: Session, *, ident: int, period: Period, version: int | None = None) -> Row[Any]:
    """Return the row of one bill, the current version when none is named.

    Raises: NoSuchBill.
    """
    row = queries.bill(session, ident=ident, ggmm=period.ggmm, version=version)
    if row is None:
        raise NoSuchBill(ident, period)
    return row


def bill_lines(session: Session, *, ident: int, period: Period, version: int) -> tuple[BillLine, ...]:
    """Return the lines of one version of a bill in the order they are printed."""
    return tuple(
        BillLine(
            number=row.line_no,
            provider_no=f"{row.provider_id:02d}",
            service_no=f"{row.position:04d}",
            service_code=row.service_code,
            service=row.service,
            provider_code=row.provider_code,
            provider=row.provider,
            provider_phone=row.provider_phone,
            unit=row.unit,
            quantity=row.quantity,
            price=row.price,
            base=row.amount - row.vat,
            vat_percent=row.vat_percent,
            vat=row.vat,
            amount=row.amount,
            is_seasonal=row.is_seasonal,
        )
        for row in queries.lines(session, ident=ident, ggmm=period.ggmm, version=version)
    )


def as_charge(line: BillLine) -> Charge:
    """Return a line as the charge engine made it."""
    return Charge(
        service=line.service_code,
        provider=line.provider_code,
        quantity=line.quantity,
        unit=line.unit,
        price=line.price,
        base=line.base,
        vat_percent=line.vat_percent,
        vat=line.vat,
        amount=line.amount,
        is_seasonal=line.is_seasonal,
    )


def state_of(row: Row[Any], *, today: date) -> BillState:
    """Tell how a bill stands today, by its balance."""
    if not row.open:
        return BillState.PAID
    if row.stage == BillStage.PLAN:
        return BillState.PLAN
    if row.stage == BillStage.SUED:
        return BillState.SUED
    if row.due_on < today:
        return BillState.OVERDUE
    if row.paid:
        return BillState.PARTLY_PAID
    return BillState.CURRENT if row.ggmm == row.latest_ggmm else BillState.UNPAID


def payable_today(row: Row[Any], *, today: date) -> Decimal:
    """Return what settles a bill today, by its balance and the rule of the discount in force."""
    earned_by = bills.EarnedBy(row.discount_earned_by)
    return bills.payable(row, open_amount=row.open, today=today, earned_by=earned_by)


def _bill_row(row: Row[Any], today: date) -> BillRow:
    return BillRow(
        period=Period.from_ggmm(row.ggmm),
        version=row.version,
        issued_on=row.issued_on,
        discount_until=row.discount_until,
        due_on=row.due_on,
        charged=row.charged,
        paid=row.paid,
        open=row.open,
        discount=row.discount,
        discount_percent=row.discount_percent,
        interest=row.interest,
        payable=payable_today(row, today=today),
        state=state_of(row, today=today),
    )


def _by_provider(lines: Sequence[BillLine]) -> tuple[ProviderGroup, ...]:
    sums = by_provider(as_charge(line) for line in lines)
    groups = []
    for code, amount in sums.items():
        own = tuple(line for line in lines if line.provider_code == code)
        groups.append(ProviderGroup(code, own[0].provider, own[0].provider_phone, amount, own))
    return tuple(groups)
