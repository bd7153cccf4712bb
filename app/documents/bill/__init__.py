"""The copy of a bill (kopija računa) as an A4 document, one or many.

Page one holds the amounts by provider, the state of the account and the payment
slip; the specification of services follows on it, and on further pages when it
is long.  The same copies give the same bytes.
"""

from collections.abc import Iterable
from datetime import datetime, time
from typing import BinaryIO

from app.documents.bill.copy import (
    BillCopy,
    CopyLine,
    Correction,
    Duplicate,
    Fact,
    Issuer,
    Obligations,
    PremisesFacts,
    ProviderSum,
)
from app.documents.bill.page import lay_out
from app.documents.paper import PdfPaper
from app.documents.wording import Script, written
from app.domain.account_number import to_text

__all__ = [
    "BillCopy",
    "CopyLine",
    "Correction",
    "Duplicate",
    "Fact",
    "Issuer",
    "Obligations",
    "PremisesFacts",
    "ProviderSum",
    "Script",
    "render",
    "render_to",
]


def render(copies: Iterable[BillCopy], *, script: Script) -> bytes:
    """Make one PDF of the copies, in the order given.

    Raises: ValueError when there is none.
    """
    remaining = iter(copies)
    first = next(remaining, None)
    if first is None:
        raise ValueError("no bill to print")
    second = next(remaining, None)
    paper = _paper(first, script=script, single=second is None)
    lay_out(paper, first, script=script)
    if second is not None:
        lay_out(paper, second, script=script)
        for copy in remaining:
            lay_out(paper, copy, script=script)
    return paper.content()


def render_to(target: BinaryIO, copies: Iterable[BillCopy], *, script: Script) -> int:
    """Write one PDF of the copies to a file as they come; return how many bills it holds.

    Raises: ValueError when there is none.
    """
    count = 0

    def counted() -> Iterable[BillCopy]:
        nonlocal count
        for copy in copies:
            count += 1
            yield copy

    target.write(render(counted(), script=script))
    return count


def _paper(copy: BillCopy, *, script: Script, single: bool) -> PdfPaper:
    """A document dated by the moment of reissue, or the day of issue; it names nobody but the issuer."""
    made_at = copy.duplicate.moment if copy.duplicate else datetime.combine(copy.issued_on, time())
    title = f"Računi za {copy.period}"
    if single:
        kind = "Duplikat računa" if copy.duplicate else "Račun"
        title = f"{kind} {to_text(copy.ident)}-{copy.period.ggmm:04d}"
    return PdfPaper(
        title=written(title, script),
        author=written(copy.issuer.name, script),
        subject=written(f"Račun objedinjene naplate za {copy.period}", script),
        language=script.language,
        made_at=made_at,
    )
