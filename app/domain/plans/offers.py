"""Offers: what a plan would cost in so many instalments, side by side.

The offer that is shown is the plan that is saved: contract, slips and rows are
made from it, and the database checks every sum of it again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.domain.errors import Refused
from app.domain.money import PARA, ZERO, percent_of, split
from app.domain.period import Period
from app.domain.plans.eligibility import MonthOfDebt
from app.domain.plans.programmes import FirstDue, InterestRelief, Payer, Terms
from app.domain.plans.schedules import InstalmentTooSmall, due_dates


class NothingToRepay(Refused):
    """No month was chosen, or what was chosen leaves nothing to pay."""

    field = "months"


class TooManyInstalments(Refused):
    """The programme does not split this debt into so many instalments."""

    field = "instalments"

    def __init__(self, most: int) -> None:
        super().__init__(str(most))
        self.most = most


class CountNotOffered(Refused):
    """The programme knows no such number of instalments."""

    field = "instalments"

    def __init__(self, counts: tuple[int, ...]) -> None:
        super().__init__(str(counts))
        self.counts = counts


@dataclass(frozen=True, slots=True)
class OfferedInstalment:
    """One payment of an offer."""

    number: int
    due_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Offer:
    """A debt repaid in instalments.

    principal + interest + costs = written_off_principal + written_off_interest +
    the sum of the instalments, always and to the para.
    """

    payer: Payer
    principal: Decimal
    interest: Decimal
    costs: Decimal
    discount_percent: Decimal
    written_off_principal: Decimal
    written_off_interest: Decimal
    instalments: tuple[OfferedInstalment, ...]

    @property
    def payable(self) -> Decimal:
        """What is to be paid in all."""
        return self.principal + self.interest + self.costs - self.saved

    @property
    def saved(self) -> Decimal:
        """What is written off."""
        return self.written_off_principal + self.written_off_interest

    @property
    def first(self) -> OfferedInstalment:
        return self.instalments[0]

    @property
    def last(self) -> OfferedInstalment:
        return self.instalments[-1]

    @property
    def monthly(self) -> Decimal:
        """The regular instalment: the second where there is one, for the first may be a down payment."""
        return self.instalments[min(1, len(self.instalments) - 1)].amount


def offer(
    terms: Terms,
    *,
    payer: Payer,
    months: Sequence[MonthOfDebt],
    costs: Decimal,
    instalments: int,
    signed_on: date,
    holidays: frozenset[date],
) -> Offer:
    """Compute a plan over the chosen months, signed on a day.

    A debt is never split finer than the least instalment allows, nor than the
    payer's ladder and the size of the debt do.  The whole at once may be of any size.

    Raises: NothingToRepay, CountNotOffered, TooManyInstalments, InstalmentTooSmall.
    """
    principal = sum((month.principal for month in months), ZERO)
    interest = sum((month.interest for month in months), ZERO)
    percent = terms.discount_percent(payer, instalments=instalments) if instalments > 0 else None
    most = terms.most_instalments(payer, debt=principal + interest + costs)
    if instalments > most > 0:
        raise TooManyInstalments(most)
    if percent is None:
        raise CountNotOffered(tuple(step.instalments for step in terms.steps_for(payer)))
    off_principal = percent_of(principal, percent=percent)
    off_interest = ZERO if terms.interest is InterestRelief.NONE else interest
    payable = principal + interest + costs - off_principal - off_interest
    if payable <= ZERO:
        raise NothingToRepay
    parts = _parts(terms, payable, instalments)
    first = first_due(terms, signed_on=signed_on)
    days = due_dates(first, instalments=instalments, holidays=holidays)
    return Offer(
        payer,
        principal,
        interest,
        costs,
        percent,
        off_principal,
        off_interest,
        tuple(
            OfferedInstalment(number, day, part)
            for number, (day, part) in enumerate(zip(days, parts, strict=True), start=1)
        ),
    )


def offers(
    terms: Terms,
    *,
    payer: Payer,
    months: Sequence[MonthOfDebt],
    costs: Decimal,
    counts: Iterable[int],
    signed_on: date,
    holidays: frozenset[date],
) -> tuple[Offer | Refused, ...]:
    """Compute an offer for each number of instalments, or the refusal that says why there is none."""
    found: list[Offer | Refused] = []
    for count in counts:
        try:
            found.append(
                offer(
                    terms,
                    payer=payer,
                    months=months,
                    costs=costs,
                    instalments=count,
                    signed_on=signed_on,
                    holidays=holidays,
                )
            )
        except Refused as refusal:
            found.append(refusal)
    return tuple(found)


def standard_counts(terms: Terms, *, payer: Payer, debt: Decimal) -> tuple[int, ...]:
    """List the numbers of instalments to put side by side: the payer's steps, as far as the debt allows."""
    most = terms.most_instalments(payer, debt=debt)
    counts = {min(step.instalments, most) for step in terms.steps_for(payer) if most}
    if not terms.takes_other_counts:
        counts &= {step.instalments for step in terms.steps_for(payer)}
    return tuple(sorted(counts))


def counts_to_tell(terms: Terms, *, payer: Payer, debt: Decimal) -> tuple[int, ...]:
    """List the numbers of instalments a customer is told of: those to be had, and the steps too long."""
    steps = {step.instalments for step in terms.steps_for(payer)}
    return tuple(sorted(steps.union(standard_counts(terms, payer=payer, debt=debt))))


def first_due(terms: Terms, *, signed_on: date) -> date:
    """Return the day of the first instalment, before it is moved off weekends and holidays."""
    if terms.first_due is FirstDue.END_OF_NEXT_MONTH:
        return Period.of(signed_on).next().last_day
    return signed_on + timedelta(days=terms.first_due_days)


def _parts(terms: Terms, payable: Decimal, count: int) -> tuple[Decimal, ...]:
    if terms.down_payment_percent and count > 1:
        down = percent_of(payable, percent=terms.down_payment_percent)
        parts = (down, *split(payable - down, parts=count - 1))
    else:
        parts = split(payable, parts=count)
    least = max(terms.least_instalment, PARA) if count > 1 else PARA
    if min(parts) < least:
        raise InstalmentTooSmall(min(parts), least)
    return parts
