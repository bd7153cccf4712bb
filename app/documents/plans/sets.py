"""What a plan hands out in one go: the contract, its slips, or both, and how the file is called."""

from dataclasses import dataclass
from io import BytesIO

from app.documents.plans.contract import contract
from app.documents.plans.contract_data import ContractData
from app.documents.plans.slips import contract_slips
from app.documents.wording import Script
from app.domain.plans import PlanPaper


@dataclass(frozen=True, slots=True)
class PaperSet:
    """One PDF, and where it is contract and slips, each of them by itself, in that order."""

    pdf: bytes
    apart: tuple[bytes, ...] = ()


def paper_set(data: ContractData, *, paper: PlanPaper, script: Script) -> PaperSet:
    """Make what is wanted of a contract; slips only of one that ``has_slips``."""
    if paper is PlanPaper.SLIPS:
        return PaperSet(contract_slips(data, script=script))
    if paper is PlanPaper.BOTH:
        apart = (contract(data, script=script), contract_slips(data, script=script))
        return PaperSet(_joined(*apart), apart)
    return PaperSet(contract(data, script=script))


def file_name(data: ContractData, *, paper: PlanPaper) -> str:
    """Return how a file with the paper may be called, without an ending."""
    what = data.number.replace("/", "-") if data.number else f"predlog-{data.signed_on:%Y-%m-%d}"
    return f"{data.ident:07d}-{what}" + ("-uplatnice" if paper is PlanPaper.SLIPS else "")


def _joined(first: bytes, second: bytes) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=BytesIO(first))
    writer.append(BytesIO(second), import_outline=False)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
