"""Composing a bill: lines, subsidy, interest of earlier months, discount, dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain import payment_reference
from app.domain.bills import dates
from app.domain.bills.discounts import DISCOUNT_LADDER, DiscountStep, discount_percent
from app.domain.charges import INTEREST, ISSUER, SUBSIDY, Charge, total
from app.domain.interest import Rate, accrued
from app.domain.money import ZERO, percent_of
from app.domain.period import Period

_NO_VAT = Decimal(0)
_ONE = Decimal("1.000")


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill as issued.

    ``charged`` is the sum of ``lines`` and splits into ``principal`` and
    ``interest``; ``discounted`` is what settles it until ``discount_until``.
    ``streak`` is the continuity the discount was granted on.
    """

    ident: int
    period: Period
    lines: tuple[Charge, ...]
    charged: Decimal
    principal: Decimal
    interest: Decimal
    subsidy: Decimal
    streak: int
    discount_percent: Decimal
    discount: Decimal
    issued_on: date
    discount_until: date
    due_on: date

    @property
    def discounted(self) -> Decimal:
        return self.charged - self.discount

    @property
    def reference(self) -> str:
        """The payment reference, by which a payment is booked to this very month."""
        return payment_reference.compose(self.ident, period=self.period)


@dataclass(frozen=True, slots=True)
class LatePrincipal:
    """A part of an earlier month's principal that stayed open past its due date.

    ``since`` is the due date, or the last day whose interest is already booked;
    ``until`` the day of payment, or the last day to be booked now.
    """

    period: Period
    principal: Decimal
    since: date
    until: date


def late_interest(delays: Iterable[LatePrincipal], *, rates: Sequence[Rate]) -> Decimal:
    """Return the interest to be booked on the next bill, each delay rounded by itself.

    Interest lines of earlier bills are no principal: leave them out of the delays.

    Raises: RateUnknown.
    """
    return sum(
        (accrued(delay.principal, due=delay.since, paid=delay.until, rates=rates) for delay in delays),
        ZERO,
    )


def compose_bill(
    ident: int,
    *,
    period: Period,
    charges: tuple[Charge, ...],
    subsidy_percent: Decimal,
    interest: Decimal,
    streak: int,
    has_open_debt: bool,
    holidays: frozenset[date],
    ladder: tuple[DiscountStep, ...] = DISCOUNT_LADDER,
) -> Bill:
    """Put a bill together.

    The subsidy is a share of the charges and is 0 percent for whoever is not
    entitled this month; the discount is a share of the principal after subsidy
    and never of interest.  ``holidays`` move the discount date.
    """
    lines = charges
    principal = total(charges)
    subsidy = ZERO
    if subsidy_percent:
        subsidy = -percent_of(principal, percent=subsidy_percent)
        principal += subsidy
        lines = (*lines, issuer_line(SUBSIDY, amount=subsidy))
    if interest:
        lines = (*lines, issuer_line(INTEREST, amount=interest))
    percent = discount_percent(streak, has_open_debt=has_open_debt, ladder=ladder)
    return Bill(
        ident,
        period,
        lines,
        principal + interest,
        principal,
        interest,
        subsidy,
        streak,
        percent,
        percent_of(principal, percent=percent) if percent and principal > 0 else ZERO,
        dates.issued_on(period),
        dates.discount_until(period, holidays=holidays),
        dates.due_on(period),
    )


def issuer_line(service: str, *, amount: Decimal) -> Charge:
    """Return a line of the company's own: one piece, free of VAT."""
    return Charge(service, ISSUER, _ONE, "", amount, amount, _NO_VAT, ZERO, amount)
