"""Signing a plan, certifying it, taking it back; and money that is set against it by hand."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TypedDict

from sqlalchemy.orm import Session

from app.domain.plans import MonthOfDebt, Offer
from db.queries.plans import writing


@dataclass(frozen=True, slots=True)
class DebtorFields:
    """What the contract says of the debtor beyond what is on file; empty where it says nothing."""

    name: str = ""
    address: str = ""
    id_card: str = ""
    id_card_issuer: str = ""
    phone: str = ""
    email: str = ""
    representative: str = ""
    representative_basis: str = ""
    note: str = ""


class Signed(TypedDict):
    """A plan after it was signed, certified or ended."""

    plan_id: int
    contract_number: str
    state: str


class Booked(TypedDict):
    """What a payment did to a plan; amounts are texts."""

    plan_id: int
    settled: str
    left: str
    state: str


def register(
    session: Session,
    *,
    ident: int,
    programme_id: int,
    version: int,
    months: Sequence[MonthOfDebt],
    offer: Offer,
    debtor: DebtorFields | None = None,
) -> Signed:
    """Sign a plan as it was shown: these months, this offer.

    The database computes debt and offer again and signs only what is the same to
    the para.

    Raises: PlanInForce, PlanAwaiting, ProgrammeNotInForce, PayerNotAllowed,
    BrokenBefore, TooFewBills, DebtChanged, SumsWrong, TooManyInstalments, CountNotOffered,
    InstalmentTooSmall, NothingToRepay, OverLimit, PlanFieldWrong, VisitNotOpen.
    """
    fields = asdict(debtor or DebtorFields())
    given = {
        "programme_id": programme_id,
        "version": version,
        "payer": offer.payer.value,
        "instalments": len(offer.instalments),
        "months": [
            {"ggmm": one.period.ggmm, "principal": str(one.principal), "interest": str(one.interest)}
            for one in months
        ],
        "costs": str(offer.costs),
        "written_off_principal": str(offer.written_off_principal),
        "written_off_interest": str(offer.written_off_interest),
        "payable": str(offer.payable),
        "schedule": [[one.due_on.isoformat(), str(one.amount)] for one in offer.instalments],
        "debtor": {name: value.strip() for name, value in fields.items() if value.strip()},
    }
    return _signed(writing.register(session, ident=ident, given=given))


def certify(session: Session, *, ident: int, plan_id: int, uop_number: str, certified_on: date) -> Signed:
    """Put a contract in force that a notary has certified.

    Raises: PlanMoveForbidden, DebtChanged, PlanFieldWrong, PlanInForce, NoSuchPlan.
    """
    return _signed(
        writing.certify(
            session, ident=ident, plan_id=plan_id, uop_number=uop_number.strip(), certified_on=certified_on
        )
    )


def cancel(session: Session, *, ident: int, plan_id: int, reason: str) -> Signed:
    """End a plan by right; what was paid is credited to its debts.

    Raises: NotServing, PlanReasonMissing, PlanMoveForbidden, NoSuchPlan.
    """
    return _signed(writing.cancel(session, ident=ident, plan_id=plan_id, reason=reason.strip()))


def undo(session: Session, *, ident: int, plan_id: int, reason: str) -> Signed:
    """Take back a registration of today under which nothing was paid.

    Raises: UndoForbidden, PlanReasonMissing, NoSuchPlan.
    """
    return _signed(writing.undo(session, ident=ident, plan_id=plan_id, reason=reason.strip()))


def book_payment(session: Session, *, ident: int, payment_id: int) -> Booked:
    """Set what is left of a payment against the instalments of the plan in force, and follow the plan.

    Raises: NoPlanInForce, PaymentUsedUp.
    """
    done = writing.book(session, ident=ident, payment_id=payment_id)
    return Booked(
        plan_id=done["plan_id"], settled=done["settled"], left=done["left"], state=str(done["state"])
    )


def _signed(done: dict[str, object], /) -> Signed:
    return Signed(
        plan_id=int(str(done["plan_id"])),
        contract_number=str(done["contract_number"]),
        state=str(done["state"]),
    )
