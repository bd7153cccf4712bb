"""The papers of a plan, made on the threads of the questions: the contract, its slips, or both."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.documents.plans import ContractData
from app.documents.wording import Script
from app.domain.plans import PlanPaper

Question = Callable[[Session], ContractData]
"""What brings the contract a paper is made of."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished paper, and what the file it is saved to may be called."""

    pdf: bytes
    file_name: str
    number: str


def make(session: Session, *, question: Question, paper: PlanPaper, script: Script) -> Made:
    """Ask for a contract and make of it what is wanted; of a proposal there are no slips.

    Raises: whatever the question does.
    """
    import pypdfium2  # noqa: F401 - loaded here, so that the preview need not wait for it

    from app.documents.plans import contract, contract_slips

    data = question(session)
    if paper is PlanPaper.SLIPS and not data.is_proposal:
        pdf = contract_slips(data, script=script)
    elif paper is PlanPaper.BOTH and not data.is_proposal:
        pdf = _joined(contract(data, script=script), contract_slips(data, script=script))
    else:
        pdf = contract(data, script=script)
    what = data.number.replace("/", "-") if data.number else f"predlog-{data.signed_on:%Y-%m-%d}"
    return Made(pdf, f"{data.ident:07d}-{what}", data.number)


def _joined(first: bytes, second: bytes) -> bytes:
    from io import BytesIO

    import pypdf

    writer = pypdf.PdfWriter(clone_from=BytesIO(first))
    writer.append(BytesIO(second), import_outline=False)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
