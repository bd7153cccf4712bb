"""Why a bill differs from the month before, in words a caller understands."""

from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from app.domain import bills
from app.domain.bills import Difference
from app.domain.charges import Charge
from app.domain.period import Period
from app.usecases.bills.details import NoSuchBill, as_charge, bill_lines, header_row


@dataclass(frozen=True, slots=True)
class Explained:
    """One of the two bills compared."""

    period: Period
    charged: Decimal
    discount: Decimal
    discount_percent: Decimal
    streak: int
    lines: tuple[Charge, ...]

    @property
    def discounted(self) -> Decimal:
        """What settles the bill until the discount date."""
        return self.charged - self.discount


@dataclass(frozen=True, slots=True)
class Explanation:
    """Two bills and every reason why the later one differs.

    ``differences`` name services and providers as printed; their amounts add up
    to the change of the discounted amount.  ``previous`` is None for the first
    bill of an account, which has nothing to differ from.
    """

    current: Explained
    previous: Explained | None
    differences: tuple[Difference, ...]

    @property
    def change(self) -> Decimal:
        """By how much more (or less) is to be paid in time than the month before."""
        before = self.previous.discounted if self.previous else Decimal(0)
        return self.current.discounted - before


def why_changed(session: Session, *, ident: int, period: Period) -> Explanation:
    """Explain a bill by the one of the month before.

    Raises: NoSuchBill.
    """
    names: dict[str, str] = {}
    current = _explained(session, ident, period, names)
    try:
        previous = _explained(session, ident, period.previous(), names)
    except NoSuchBill:
        return Explanation(current, None, ())
    differences = tuple(
        replace(
            found,
            service=names.get(found.service, found.service),
            provider=names.get(found.provider, found.provider),
        )
        for found in bills.compare(previous, current)
    )
    return Explanation(current, previous, differences)


def _explained(session: Session, ident: int, period: Period, names: dict[str, str]) -> Explained:
    row = header_row(session, ident=ident, period=period)
    lines = bill_lines(session, ident=ident, period=period, version=row.version)
    for line in lines:
        names[line.service_code] = line.service
        names[line.provider_code] = line.provider
    return Explained(
        period,
        row.charged,
        row.discount,
        row.discount_percent,
        row.streak,
        tuple(as_charge(line) for line in lines),
    )
