"""The contract of a plan, as it will be or as it was signed, and what is handed out of it.

Nothing leaves the desk without an entry in the register; the number of a person is
on the contract in full only where the entry was made, and is hidden from the eye.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.documents.plans import (
    Certification,
    ContractCase,
    ContractData,
    ContractMonth,
    Debtor,
    LegalDebtor,
    NaturalDebtor,
    Representative,
)
from app.domain import bills
from app.domain.errors import Refused
from app.domain.holders import HolderKind
from app.domain.money import ZERO
from app.domain.office_time import ZONE, in_the_office
from app.domain.plans import ENDED, MonthOfDebt, Offer, OfferedInstalment, Payer, PlanPaper, Terms
from app.domain.reissues import Medium
from app.usecases import visits
from app.usecases.accounts import NoSuchAccount
from app.usecases.bills.copying import address_lines, holder_name
from app.usecases.plans.choosing import terms_of
from app.usecases.plans.contract_terms import contract_terms
from app.usecases.plans.questions import Plan, plan_of
from app.usecases.plans.rules import DebtChanged, NoProgramme, NoSuchPlan
from app.usecases.plans.signing import DebtorFields
from db.queries.plans import owed, papers

_FOR_CONTRACT = "ugovor"
"""Why a number was looked at, as the read log has it: in Serbian, for supervisors read it."""


class NoSuchPlanPaper(Refused):
    """The register has no such paper of this plan."""


@dataclass(frozen=True, slots=True)
class _Signed:
    """What is the same of a contract that is to be signed and of one that was."""

    number: str
    signed_on: date
    made_at: datetime
    programme: str
    legal_basis: str
    terms: Terms
    branch_id: int | None
    certification: Certification | None


def contract_ahead(
    session: Session,
    *,
    ident: int,
    programme_id: int,
    version: int,
    months: Sequence[MonthOfDebt],
    offer: Offer,
    debtor: DebtorFields,
    today: date,
) -> ContractData:
    """Return the contract as it would be signed today: what ``register`` takes, and no number yet.

    Raises: NoProgramme, Illegible, DebtChanged, NoSuchAccount, IssuerUnknown, SumsDisagree.
    """
    row = owed.version(session, programme_id=programme_id, version=version)
    if row is None:
        raise NoProgramme
    terms = terms_of(row)
    signed = _Signed(
        number="",
        signed_on=today,
        made_at=datetime.combine(today, time(), ZONE),
        programme=row.name,
        legal_basis=_basis(row),
        terms=terms,
        branch_id=None,
        certification=Certification() if terms.is_certified else None,
    )
    costs = {case.id: case.costs for case in owed.cases(session, ident=ident)}
    cases = {month.case_id: costs.get(month.case_id, ZERO) for month in months if month.is_sued}
    if sum(cases.values(), ZERO) != offer.costs:
        raise DebtChanged
    fields = {name: getattr(debtor, name).strip() for name in DebtorFields.__slots__}
    return _contract(session, ident, signed, months, cases, offer, fields)


def contract_of(
    session: Session, *, ident: int, plan_id: int, today: date, paper_id: int | None = None
) -> ContractData:
    """Return the contract of a plan as it was signed, with its certification once it has one.

    With ``paper_id`` it is the one that ``hand_out`` put into the register: the
    debtor's number is in full.

    Raises: NoSuchPlan, NoSuchPlanPaper, NoSuchAccount, IssuerUnknown, ContractSettingMissing,
    ContractTextFaulty, MustBeRecorded, Illegible.
    """
    plan = plan_of(session, ident=ident, plan_id=plan_id, today=today)
    if plan is None:
        raise NoSuchPlan
    row = owed.version(session, programme_id=plan.programme_id, version=plan.programme_version)
    if row is None:
        raise NoProgramme
    terms = terms_of(row)
    made_at = plan.created_at
    if paper_id is not None:
        entry = papers.handed_out(session, ident=ident, plan_id=plan_id, paper_id=paper_id)
        if entry is None:
            raise NoSuchPlanPaper
        made_at = entry.made_at
    certified = Certification(plan.certification_number, plan.certified_on)
    signed = _Signed(
        number=plan.contract_number,
        signed_on=plan.signed_on,
        made_at=in_the_office(made_at),
        programme=plan.programme,
        legal_basis=_basis(row),
        terms=terms,
        branch_id=plan.branch_id,
        certification=certified if terms.is_certified or plan.certified_on is not None else None,
    )
    due = papers.due_days(session, ident=ident, months=[item.period.ggmm for item in plan.items])
    months = [
        MonthOfDebt(
            item.period,
            # bills of long ago are not kept; when they fell due follows from their months
            due.get(item.period.ggmm) or bills.due_on(item.period),
            item.principal,
            item.interest,
            item.was_sued,
            item.case_id or 0,
        )
        for item in plan.items
    ]
    # months sued before the register knew of cases are in one without a number
    cases = {month.case_id: ZERO for month in months if month.is_sued} | dict(plan.costs_by_case)
    made = _contract(session, ident, signed, months, cases, _offer(plan), plan.debtor)
    paid = {one.number: one.paid for one in plan.instalments if one.paid}
    made = replace(made, paid=paid, is_over=plan.state in ENDED)
    if paper_id is None or not isinstance(made.debtor, NaturalDebtor) or not made.debtor.jmbg:
        return made
    party = papers.party(session, ident=ident, on_day=plan.signed_on)
    number = (
        visits.revealed_personal_number(session, ident=ident, valid_from=party.holder_from) if party else ""
    )
    return replace(made, debtor=replace(made.debtor, jmbg=number or ""))


def hand_out(
    session: Session, *, ident: int, plan_id: int | None, paper: PlanPaper, medium: Medium, script: str
) -> int:
    """Enter a paper in the register before it leaves, and return the entry's id for ``contract_of``.

    Without a plan it is a proposal.

    Where the debtor's number will be on it, the look at that number is on record too.
    ``script`` is ``latin`` or ``cyrillic``.

    Raises: NoSuchPlan, PlanIsOver, VisitNotOpen; Forbidden to who signs no plans.
    """
    made = papers.hand_out(session, ident=ident, plan_id=plan_id, paper=paper, medium=medium, script=script)
    if plan_id is not None and paper is not PlanPaper.SLIPS:
        plan = papers.plan(session, ident=ident, plan_id=plan_id)
        if plan is None:
            raise NoSuchPlan
        party = papers.party(session, ident=ident, on_day=plan.signed_on)
        if party is not None and party.jmbg_masked:
            visits.reveal_personal_number(
                session,
                ident=ident,
                valid_from=party.holder_from,
                reason=f"{_FOR_CONTRACT} {plan.contract_number}",
            )
    return made


def _offer(plan: Plan) -> Offer:
    return Offer(
        plan.payer,
        plan.principal,
        plan.interest,
        plan.costs,
        plan.discount_percent,
        plan.written_off_principal,
        plan.written_off_interest,
        tuple(OfferedInstalment(one.number, one.due_on, one.amount) for one in plan.instalments),
    )


def _contract(
    session: Session,
    ident: int,
    signed: _Signed,
    months: Sequence[MonthOfDebt],
    costs: Mapping[int, Decimal],
    offer: Offer,
    fields: Mapping[str, str],
) -> ContractData:
    party = papers.party(session, ident=ident, on_day=signed.signed_on)
    if party is None:
        raise NoSuchAccount(ident)
    terms = contract_terms(session, on_day=signed.signed_on)
    known = {row.id: row for row in papers.cases(session, ident=ident, cases=list(costs))}
    cases = tuple(_case(known.get(case_id), amount) for case_id, amount in costs.items())
    return ContractData(
        number=signed.number,
        signed_on=signed.signed_on,
        place=terms.place,
        made_at=signed.made_at,
        programme=signed.programme,
        legal_basis=signed.legal_basis,
        creditor=terms.creditor,
        debtor=_debtor(party, offer.payer, fields),
        ident=ident,
        premises_address=", ".join(address_lines(party)),
        months=tuple(
            ContractMonth(
                month.period,
                month.due_on,
                month.principal,
                month.interest,
                month.is_sued,
                known[month.case_id].number if month.is_sued and month.case_id in known else "",
            )
            for month in months
        ),
        cases=cases,
        offer=offer,
        relief=signed.terms.interest,
        breach=signed.terms.breach,
        interest_until=signed.signed_on,
        payment=terms.payment,
        court=terms.court,
        creditor_copies=terms.creditor_copies,
        debtor_copies=terms.debtor_copies,
        clauses=terms.clauses,
        certification=signed.certification,
        branch=papers.branch(session, branch_id=signed.branch_id),
        does_interest_on_paid_stay=terms.does_interest_on_paid_stay,
    )


def _basis(version: Row[Any]) -> str:
    return ", ".join(part.rstrip(".") for part in (version.legal_basis, version.decision) if part)


def _case(row: Row[Any] | None, amount: Decimal) -> ContractCase:
    if row is None:
        return ContractCase("", "", amount)
    return ContractCase(row.number, row.bailiff, amount)


def _debtor(party: Row[Any], payer: Payer, fields: Mapping[str, str]) -> Debtor:
    """Who signs: as the clerk wrote it down, and where he wrote nothing, as the holder is on file."""
    written = fields.get("address", "")
    address = (written,) if written else address_lines(party)
    name = fields.get("name") or holder_name(party)
    id_card = ", ".join(part for part in (fields.get("id_card"), fields.get("id_card_issuer")) if part)
    contact = ", ".join(part for part in (fields.get("phone"), fields.get("email")) if part)
    signer = fields.get("representative", "")
    representative = Representative(signer, fields.get("representative_basis", "")) if signer else None
    note = fields.get("note", "")
    is_legal = party.holder_kind == HolderKind.LEGAL
    if is_legal and payer is not Payer.FORMER_ENTREPRENEUR:
        return LegalDebtor(
            name,
            address,
            party.pib or "",
            party.company_number or "",
            representative=representative,
            contact=contact,
            note=note,
        )
    former = ""
    if is_legal:
        number = f", MB {party.company_number}" if party.company_number else ""
        former = f"{party.business_name}{number}"
    return NaturalDebtor(
        name,
        address,
        jmbg=party.jmbg_masked or "",
        id_card=id_card,
        former_business=former,
        representative=representative,
        contact=contact,
        note=note,
    )
