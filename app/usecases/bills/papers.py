"""Papers of a bill, ready to be looked at, printed, saved or sent: a copy of it, its payment slip alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.documents.slip import PaymentSlip
from app.documents.wording import Script
from app.domain.errors import Refused
from app.domain.period import Period
from app.usecases.bills.copying import bill_copy


class NothingToPay(Refused):
    """The bill is settled: there is nothing a slip could ask for."""


@dataclass(frozen=True, slots=True)
class WantedBillPaper:
    """A paper of which bill, in which script, as of when."""

    ident: int
    period: Period
    version: int
    script: Script
    now: datetime

    @property
    def file_name(self) -> str:
        """The name of its file, without an ending: 1234567-2606."""
        return f"{self.ident:07d}-{self.period.ggmm:04d}"


@dataclass(frozen=True, slots=True)
class BillPaper:
    """A finished paper of a bill; ``number`` counts the copies of one bill and is 0 on a slip."""

    pdf: bytes
    file_name: str
    number: int = 0


def copy_paper(session: Session, *, wanted: WantedBillPaper, reissue_id: int | None = None) -> BillPaper:
    """Make a copy of a bill: as the register has it, or without ``reissue_id`` as it would be.

    Raises: NoSuchBill, NoSuchReissue, IssuerUnknown.
    """
    from app.documents.bill import render

    copy = bill_copy(
        session,
        ident=wanted.ident,
        period=wanted.period,
        version=wanted.version,
        now=wanted.now,
        reissue_id=reissue_id,
    )
    number = copy.duplicate.number if copy.duplicate is not None else 0
    return BillPaper(render([copy], script=wanted.script), wanted.file_name, number)


def slip_paper(session: Session, *, wanted: WantedBillPaper) -> BillPaper:
    """Make the payment slip of a bill alone.

    Raises: NoSuchBill, IssuerUnknown, NothingToPay.
    """
    from app.documents.slip import render_slips

    slip = payment_slip(session, wanted=wanted)
    pdf = render_slips(
        [slip], script=wanted.script, title=slip.purpose, author=slip.payee[0], made_at=wanted.now
    )
    return BillPaper(pdf, wanted.file_name)


def payment_slip(session: Session, *, wanted: WantedBillPaper) -> PaymentSlip:
    """Return what a bill asks for on the day.

    Raises: NoSuchBill, IssuerUnknown, NothingToPay.
    """
    copy = bill_copy(
        session, ident=wanted.ident, period=wanted.period, version=wanted.version, now=wanted.now
    )
    if copy.slip is None:
        raise NothingToPay
    return copy.slip
