"""The papers of a plan, made on the threads of the questions: the contract, its slips, or both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.documents.plans import ContractData
from app.documents.wording import Script
from app.domain.plans import PlanPaper

Question = Callable[[Session], ContractData]
"""What brings the contract a paper is made of."""


@dataclass(frozen=True, slots=True)
class MadePlanPaper:
    """A finished paper, and what there is to know of its contract."""

    pdf: bytes
    paper: PlanPaper
    script: Script
    ident: int
    number: str
    file_name: str
    """What the file may be called, without an ending."""

    has_slips: bool
    creditor_copies: int
    debtor_copies: int
    is_to_be_signed: bool
    """Whether it was signed, or is to be, on the day it was asked for."""

    awaits_certification: bool = False
    apart: tuple[bytes, ...] = ()
    """The contract and the slips each by itself, where the paper is both."""

    @property
    def copies(self) -> int:
        """How many are signed of it: as many as there are parties to keep one, and one of anything else."""
        of_contract = self.paper in (PlanPaper.CONTRACT, PlanPaper.BOTH)
        return self.creditor_copies + self.debtor_copies if of_contract and self.is_to_be_signed else 1


def make(
    session: Session, *, question: Question, paper: PlanPaper, script: Script, today: date
) -> MadePlanPaper:
    """Ask for a contract and make of it what is wanted, or the contract alone where nothing is to be paid.

    Raises: whatever the question does.
    """
    import pypdfium2  # noqa: F401 - loaded here, so that the preview need not wait for it

    from app.documents.plans import contract, contract_slips

    data = question(session)
    has_slips = bool(data.number and data.open_instalments)
    if data.is_proposal:
        paper = PlanPaper.PROPOSAL
    elif not has_slips or paper is PlanPaper.PROPOSAL:
        paper = PlanPaper.CONTRACT
    apart: tuple[bytes, ...] = ()
    if paper is PlanPaper.SLIPS:
        pdf = contract_slips(data, script=script)
    elif paper is PlanPaper.BOTH:
        apart = (contract(data, script=script), contract_slips(data, script=script))
        pdf = _joined(*apart)
    else:
        pdf = contract(data, script=script)
    what = data.number.replace("/", "-") if data.number else f"predlog-{data.signed_on:%Y-%m-%d}"
    name = f"{data.ident:07d}-{what}" + ("-uplatnice" if paper is PlanPaper.SLIPS else "")
    return MadePlanPaper(
        pdf,
        paper,
        script,
        data.ident,
        data.number,
        name,
        has_slips,
        data.creditor_copies,
        data.debtor_copies,
        data.signed_on == today,
        data.certification is not None and data.certification.certified_on is None,
        apart,
    )


def _joined(first: bytes, second: bytes) -> bytes:
    from io import BytesIO

    import pypdf

    writer = pypdf.PdfWriter(clone_from=BytesIO(first))
    writer.append(BytesIO(second), import_outline=False)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
