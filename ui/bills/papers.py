"""Papers made for the screen, the printer and the clipboard: read, rendered, and perhaps written to disk.

Everything here runs on the threads of the questions, reportlab and pdfium are
loaded there too: the window never waits for a paper.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.documents.slip import PaymentSlip
from app.documents.wording import Script
from app.domain.errors import SalterError
from app.domain.office_time import ZONE
from app.domain.period import Period
from app.usecases import bills


class CannotWrite(SalterError):
    """The file could not be written where it was wanted."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path)
        self.path = path
        self.reason = reason


class NothingToPay(SalterError):
    """The bill is settled: there is nothing a slip could ask for."""


@dataclass(frozen=True, slots=True)
class WantedBillPaper:
    """Which paper, of which bill, as of when."""

    ident: int
    period: Period
    version: int
    script: Script
    now: datetime

    @property
    def name(self) -> str:
        """The name of its file, without an ending: 1234567-2606."""
        return f"{self.ident:07d}-{self.period.ggmm:04d}"


def moment_of(today: date) -> datetime:
    """Return the time of this workstation on the day of the server.

    It only stands on what is looked at; the moment on a copy is the register's.
    """
    return datetime.combine(today, datetime.now(ZONE).time(), ZONE)


@dataclass(frozen=True, slots=True)
class BillPaper:
    """A finished paper; ``number`` counts the copies of one bill and is 0 of a slip."""

    pdf: bytes
    number: int = 0


def bill_paper(
    session: Session, *, wanted: WantedBillPaper, reissue_id: int | None, path: str = ""
) -> BillPaper:
    """Render a copy of a bill: as registered, or without ``reissue_id`` as it would be.

    With a ``path`` it is written there as well.

    Raises: NoSuchBill, NoSuchReissue, IssuerUnknown, CannotWrite.
    """
    from app.documents.bill import render

    copy = bills.bill_copy(
        session,
        ident=wanted.ident,
        period=wanted.period,
        version=wanted.version,
        now=wanted.now,
        reissue_id=reissue_id,
    )
    number = copy.duplicate.number if copy.duplicate is not None else 0
    return _finished(render([copy], script=wanted.script), number, path)


def slip_paper(session: Session, *, wanted: WantedBillPaper, path: str = "") -> BillPaper:
    """Render the payment slip of a bill alone.

    Raises: NoSuchBill, IssuerUnknown, NothingToPay, CannotWrite.
    """
    from app.documents.slip import render_slips

    slip = payment_slip(session, wanted=wanted)
    pdf = render_slips(
        [slip], script=wanted.script, title=slip.purpose, author=slip.payee[0], made_at=wanted.now
    )
    return _finished(pdf, 0, path)


def payment_slip(session: Session, *, wanted: WantedBillPaper) -> PaymentSlip:
    """Return what a bill asks for on the day.

    Raises: NoSuchBill, IssuerUnknown, NothingToPay.
    """
    copy = bills.bill_copy(
        session, ident=wanted.ident, period=wanted.period, version=wanted.version, now=wanted.now
    )
    if copy.slip is None:
        raise NothingToPay
    return copy.slip


def _finished(pdf: bytes, number: int, path: str) -> BillPaper:
    import pypdfium2  # noqa: F401 - loaded here, so that the preview need not wait for it

    if path:
        try:
            Path(path).write_bytes(pdf)
        except OSError as error:
            raise CannotWrite(path, error.strerror or "") from error
    return BillPaper(pdf, number)
