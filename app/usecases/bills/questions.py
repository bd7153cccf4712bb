"""What the bills of an account are asked for: each question is one transaction, one picture."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.period import Period
from app.usecases.bills.details import BillDetail, BillRow, YearOfBills, bill_detail, bill_page, bill_years
from app.usecases.bills.explaining import Explanation, why_changed
from app.usecases.reissues import Reissue, copies_of_bill


@dataclass(frozen=True, slots=True)
class BillsOfYear:
    """The bills of one year among all the years there are bills of; year 0 when there are none."""

    years: tuple[YearOfBills, ...]
    year: int
    rows: tuple[BillRow, ...]

    @property
    def sums(self) -> YearOfBills | None:
        """The year that is shown, added up."""
        return next((found for found in self.years if found.year == self.year), None)


@dataclass(frozen=True, slots=True)
class WholeBill:
    """A bill with everything the detail says of it.

    ``why`` is None for a version that was replaced: what it changed against was
    replaced with it.
    """

    detail: BillDetail
    why: Explanation | None
    copies: tuple[Reissue, ...]


def bill_list(session: Session, *, ident: int, today: date, year: int) -> BillsOfYear:
    """Return the bills of ``year``, or of the latest year when it has none."""
    years = bill_years(session, ident=ident)
    known = [found.year for found in years]
    shown = year if year in known else max(known, default=0)
    rows = bill_page(session, ident=ident, today=today, year=shown).rows if shown else ()
    return BillsOfYear(years, shown, rows)


def whole_bill(session: Session, *, ident: int, period: Period, today: date) -> WholeBill:
    """Return the bill of a month in the version that is in force.

    Raises: NoSuchBill.
    """
    return WholeBill(
        bill_detail(session, ident=ident, period=period, today=today),
        why_changed(session, ident=ident, period=period),
        copies_of_bill(session, ident=ident, period=period),
    )


def replaced_bill(session: Session, *, ident: int, period: Period, today: date, version: int) -> WholeBill:
    """Return a bill as it was before it was corrected.

    Raises: NoSuchBill.
    """
    return WholeBill(
        bill_detail(session, ident=ident, period=period, today=today, version=version),
        None,
        copies_of_bill(session, ident=ident, period=period),
    )
