"""What an account owes on a day: months with their interest and how it came, cases with their costs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.enforcement import CaseState
from app.domain.interest import RateTable, Segment, accrued, segments
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans import MonthOfDebt
from app.usecases.settings import holidays_of
from db.queries.plans import owed as queries

_Owed = TypeVar("_Owed", Period, str)


@dataclass(frozen=True, slots=True)
class MonthOwed:
    """A month of debt, and how its interest came.

    ``interest_on_bill`` is what is open of the interest its bill asks for;
    ``acknowledged`` what a contract that ended left of the interest it stated, on no
    bill yet; the rest accrued on the principal since ``accrue_from``, in ``segments``.
    """

    month: MonthOfDebt
    interest_on_bill: Decimal
    acknowledged: Decimal
    accrue_from: date
    segments: tuple[Segment, ...]

    @property
    def accrued(self) -> Decimal:
        return self.month.interest - self.interest_on_bill - self.acknowledged

    # what a notice or a case claims of it, by the names app.domain.notices knows

    @property
    def period(self) -> Period:
        return self.month.period

    @property
    def open_principal(self) -> Decimal:
        return self.month.principal

    @property
    def open_interest(self) -> Decimal:
        return self.interest_on_bill

    @property
    def accrued_until(self) -> date:
        return self.accrue_from


@dataclass(frozen=True, slots=True)
class CaseOwed:
    """An enforcement case that claims something, with what is open of its costs."""

    id: int
    number: str
    state: CaseState
    costs: Decimal
    bailiff: str
    bailiff_seat: str


@dataclass(frozen=True, slots=True)
class DebtSums:
    """What chosen months come to, with the open costs of the cases that claim them."""

    principal: Decimal
    interest: Decimal
    costs: Decimal

    @property
    def total(self) -> Decimal:
        return self.principal + self.interest + self.costs


@dataclass(frozen=True, slots=True)
class DebtChange:
    """What became of a month, or of the costs of a case, between two looks; None where it was not owed."""

    what: Period | str
    before: Decimal | None
    now: Decimal | None


@dataclass(frozen=True, slots=True)
class Debt:
    """Everything overdue on a day that no plan has, the oldest month first."""

    months: tuple[MonthOwed, ...]
    cases: tuple[CaseOwed, ...]
    holidays: frozenset[date]
    as_of: date

    @property
    def months_of_debt(self) -> tuple[MonthOfDebt, ...]:
        return tuple(one.month for one in self.months)

    def of(self, periods: Collection[Period]) -> tuple[MonthOfDebt, ...]:
        """Return the chosen months, as offers take them."""
        return tuple(one.month for one in self.months if one.month.period in periods)

    def cases_of(self, periods: Collection[Period]) -> tuple[CaseOwed, ...]:
        """Return the cases that claim any of these months."""
        ids = {month.case_id for month in self.of(periods)}
        return tuple(case for case in self.cases if case.id in ids)

    def costs_of(self, periods: Collection[Period]) -> Decimal:
        """Return the open costs of the cases that claim any of these months."""
        return sum((case.costs for case in self.cases_of(periods)), ZERO)

    def sums_of(self, periods: Collection[Period]) -> DebtSums:
        """Add up these months."""
        chosen = self.of(periods)
        return DebtSums(
            sum((month.principal for month in chosen), ZERO),
            sum((month.interest for month in chosen), ZERO),
            self.costs_of(periods),
        )

    def changes_since(self, before: "Debt") -> tuple[DebtChange, ...]:
        """Name what is owed otherwise than it was: months in order, then the costs of cases."""
        months = _changes(
            {one.month.period: one.month.amount for one in before.months},
            {one.month.period: one.month.amount for one in self.months},
        )
        costs = _changes(
            {case.number: case.costs for case in before.cases},
            {case.number: case.costs for case in self.cases},
        )
        return months + costs


def _changes(before: Mapping[_Owed, Decimal], now: Mapping[_Owed, Decimal], /) -> tuple[DebtChange, ...]:
    return tuple(
        DebtChange(what, before.get(what), now.get(what))
        for what in sorted(before.keys() | now.keys())
        if before.get(what) != now.get(what)
    )


def debt_of(session: Session, *, ident: int, today: date) -> Debt:
    """Return what an account owes today.

    Raises: VisitNotOpen, RateUnknown, Illegible.
    """
    tables = queries.tables(session)
    rates = RateTable([(date.fromisoformat(day), Decimal(percent)) for day, percent in tables.rates or ()])
    return Debt(
        _months(queries.months(session, ident=ident, on_day=today), rates, today),
        tuple(
            CaseOwed(row.id, row.number, CaseState(row.state), row.costs, row.bailiff, row.seat)
            for row in queries.cases(session, ident=ident)
        ),
        holidays_of(tables.holidays),
        today,
    )


def _months(rows: Sequence[Row[Any]], rates: RateTable, today: date, /) -> tuple[MonthOwed, ...]:
    found = []
    for row in rows:
        since = accrued(row.principal, due=row.accrue_from, paid=today, rates=rates)
        month = MonthOfDebt(
            Period.from_ggmm(row.ggmm),
            row.due_on,
            row.principal,
            row.interest_on_bill + row.acknowledged + since,
            row.is_sued,
            row.case_id or 0,
        )
        ran = segments(row.accrue_from, paid=today, rates=rates) if row.principal > ZERO else ()
        found.append(MonthOwed(month, row.interest_on_bill, row.acknowledged, row.accrue_from, ran))
    return tuple(found)
