"""What the company says of itself in a contract on a day: who signs, its court, its copies, every text."""

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.documents.plans import PLACES, Clause, ContractClauses, Creditor, SlipPayee
from app.domain import bank_account
from app.domain.errors import Refused
from app.domain.faulty import RowKind, reading
from app.domain.plans import INTEREST_ON_PAID, InterestOnPaid
from app.usecases.bills import issuer_on
from db.queries import settings

_SIGNER, _COPIES = "contract_representative", "contract_copies"
_CLAUSES = tuple(field.name for field in fields(ContractClauses))
_NAMES = (
    "payment_account",
    "payment_code",
    _SIGNER,
    "contract_court",
    _COPIES,
    INTEREST_ON_PAID,
    *(f"contract_clause_{name}" for name in _CLAUSES),
)


class ContractSettingMissing(Refused):
    """A setting that a contract is made of has no value on the day; ``field`` is its name."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class ContractTextFaulty(Refused):
    """The text in the setting ``field`` asks for a fact that no contract has: ``place``."""

    def __init__(self, field: str, *, place: str) -> None:
        super().__init__(f"{field}: {place}")
        self.field = field
        self.place = place


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """The same for every contract signed on a day."""

    creditor: Creditor
    place: str
    payment: SlipPayee
    court: str
    creditor_copies: int
    debtor_copies: int
    clauses: ContractClauses
    does_interest_on_paid_stay: bool


def contract_terms(session: Session, *, on_day: date) -> ContractTerms:
    """Return what contracts signed on a day say of the company.

    Raises: IssuerUnknown, ContractSettingMissing, ContractTextFaulty, Illegible.
    """
    issuer = issuer_on(session, today=on_day)
    stored = settings.in_force_with_marks(session, names=_NAMES, today=on_day)
    missing = next((name for name in _NAMES if name not in stored), None)
    if missing is not None:
        raise ContractSettingMissing(missing)

    def value(name: str) -> Any:
        return stored[name][0]

    with reading(RowKind.SETTING, number=_SIGNER):
        signed_by = str(value(_SIGNER).get("name", "")), str(value(_SIGNER).get("office", ""))
    with reading(RowKind.SETTING, number=_COPIES):
        copies = int(value(_COPIES)["creditor"]), int(value(_COPIES)["debtor"])
    clauses = {}
    for name in _CLAUSES:
        setting = f"contract_clause_{name}"
        text, is_unconfirmed = stored[setting]
        clause = clauses[name] = Clause(str(text), is_confirmed=not is_unconfirmed)
        unknown = next((place for place in clause.places if place not in PLACES), None)
        if unknown is not None:
            raise ContractTextFaulty(setting, place=unknown)
    return ContractTerms(
        Creditor(issuer, bank_account.compact(value("payment_account")), *signed_by),
        re.sub(r"^\d+\s+", "", issuer.place),
        SlipPayee((issuer.name, issuer.street, issuer.place), value("payment_code")),
        str(value("contract_court")),
        *copies,
        ContractClauses(**clauses),
        InterestOnPaid(value(INTEREST_ON_PAID)) is InterestOnPaid.STAYS,
    )
