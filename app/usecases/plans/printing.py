"""The papers of a plan, ready to be looked at, printed, saved or sent: proposal, contract and slips."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.documents.plans import ContractData, file_name, paper_set
from app.documents.wording import Script
from app.domain.plans import MonthOfDebt, Offer, PlanPaper
from app.usecases.plans.papers import contract_ahead, contract_of
from app.usecases.plans.signing import DebtorFields


@dataclass(frozen=True, slots=True)
class ContractPaper:
    """A finished paper, and what there is to know of its contract."""

    pdf: bytes
    file_name: str
    """What the file may be called, without an ending."""
    paper: PlanPaper
    """What it is: the contract where slips were wanted and nothing is left to pay."""
    script: Script
    ident: int
    number: str
    has_slips: bool
    creditor_copies: int
    debtor_copies: int
    is_to_be_signed: bool
    """Whether it was signed, or is to be, on the day it was asked for."""
    awaits_certification: bool
    apart: tuple[bytes, ...]
    """The contract and the slips each by itself, where the paper is both."""

    @property
    def copies(self) -> int:
        """How many are signed of it: as many as there are parties to keep one, and one of anything else."""
        of_contract = self.paper in (PlanPaper.CONTRACT, PlanPaper.BOTH)
        return self.creditor_copies + self.debtor_copies if of_contract and self.is_to_be_signed else 1


def proposal_paper(
    session: Session,
    *,
    ident: int,
    programme_id: int,
    version: int,
    months: Sequence[MonthOfDebt],
    offer: Offer,
    debtor: DebtorFields,
    script: Script,
    today: date,
) -> ContractPaper:
    """Make the contract as it would be signed today.

    Raises: NoProgramme, DebtChanged, NoSuchAccount, IssuerUnknown, SumsDisagree.
    """
    data = contract_ahead(
        session,
        ident=ident,
        programme_id=programme_id,
        version=version,
        months=months,
        offer=offer,
        debtor=debtor,
        today=today,
    )
    return _made(data, PlanPaper.PROPOSAL, script, today)


def plan_paper(
    session: Session,
    *,
    ident: int,
    plan_id: int,
    paper: PlanPaper,
    script: Script,
    today: date,
    paper_id: int | None = None,
) -> ContractPaper:
    """Make a paper of a registered plan, or the contract alone where nothing is left to pay.

    With ``paper_id`` it is the one that ``hand_out`` put into the register.

    Raises: NoSuchPlan, NoSuchPlanPaper, NoSuchAccount, IssuerUnknown, ContractSettingMissing,
    ContractTextFaulty, MustBeRecorded.
    """
    data = contract_of(session, ident=ident, plan_id=plan_id, today=today, paper_id=paper_id)
    if not _has_slips(data) or paper is PlanPaper.PROPOSAL:
        paper = PlanPaper.CONTRACT
    return _made(data, paper, script, today)


def _has_slips(data: ContractData) -> bool:
    return bool(data.number and data.open_instalments)


def _made(data: ContractData, paper: PlanPaper, script: Script, today: date) -> ContractPaper:
    made = paper_set(data, paper=paper, script=script)
    return ContractPaper(
        pdf=made.pdf,
        file_name=file_name(data, paper=paper),
        paper=paper,
        script=script,
        ident=data.ident,
        number=data.number,
        has_slips=_has_slips(data),
        creditor_copies=data.creditor_copies,
        debtor_copies=data.debtor_copies,
        is_to_be_signed=data.signed_on == today,
        awaits_certification=data.certification is not None and data.certification.certified_on is None,
        apart=made.apart,
    )
