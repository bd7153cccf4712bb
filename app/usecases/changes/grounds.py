"""What a form stands on: which kinds there are for an account, the values on file, the month, the debt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.changes import (
    DECLARATIONS,
    ChangeKind,
    Declaration,
    EffectiveMonth,
    Value,
    declaration_of,
    effective_month,
    is_late,
)
from app.domain.faulty import readable
from app.domain.holders import HolderKind
from app.domain.plans import IN_FORCE
from app.domain.premises import ChargingMethod, PremisesKind
from app.domain.settings import DEFAULTS
from app.domain.validity import Dated, value_on
from app.usecases import accounts, enforcement, plans
from app.usecases.accounts import NoSuchAccount, SixSums
from app.usecases.changes.leaving import HolderLeaving, leaving_of
from app.usecases.changes.questions import row_of
from app.usecases.changes.requests import RequestRow
from app.usecases.enforcement import EnforcementCase
from app.usecases.plans import Plan
from db.queries.changes import grounds as queries
from db.queries.changes import requests


class FilingObstacle(StrEnum):
    """Why a kind of change cannot be filed on an account now."""

    ACCOUNT_CLOSED = "account_closed"
    NOT_OPEN_YET = "not_open_yet"
    """The number is only reserved: an account has to be opened first."""
    NEW_PREMISES_ONLY = "new_premises_only"
    """Opening an account is filed on a number that is reserved for it."""
    NATURAL_PERSON = "natural_person"
    LEGAL_PERSON = "legal_person"
    NO_ASSEMBLY = "no_assembly"
    NOT_HEATED = "not_heated"
    NO_WASTE_CHARGE = "no_waste_charge"
    NOT_A_HOME = "not_a_home"


_STILL_FOR_CLOSED = frozenset({ChangeKind.CORRECTION, ChangeKind.DELIVERY_ADDRESS, ChangeKind.EMAIL_DELIVERY})
_HOMES = frozenset({PremisesKind.FLAT, PremisesKind.HOUSE})
_HOMES_ONLY = frozenset({ChangeKind.MEMBERS, ChangeKind.DEATH, ChangeKind.SUBSIDY})
_NATURAL_ONLY = frozenset({ChangeKind.DEATH, ChangeKind.SUBSIDY})


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind in the chooser; ``why_not`` says why it is not offered."""

    kind: ChangeKind
    is_allowed: bool
    why_not: FilingObstacle | None


@dataclass(frozen=True, slots=True)
class DebtShown:
    """What a clerk should see before a change of user: the six sums, open cases, plans in force."""

    sums: SixSums
    cases: tuple[EnforcementCase, ...]
    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class FormGround:
    """What a form of one kind stands on for one account.

    ``current`` are the values on file by field, personal numbers masked;
    ``cutoffs`` is the cut-off setting through time.  ``debt`` is None for a kind
    that does not ask for it, and so is ``leaving`` where nobody else becomes the holder.
    """

    declaration: Declaration
    current: Mapping[str, Value]
    holder_kind: HolderKind
    by_members: bool
    area: Decimal | None
    cutoffs: tuple[Dated[int], ...]
    reporting_days: int
    open_duplicates: tuple[RequestRow, ...]
    debt: DebtShown | None
    leaving: HolderLeaving | None = None

    def effective_on(self, received_on: date) -> EffectiveMonth:
        """Tell from which month a request received on a day counts."""
        cutoff = value_on(self.cutoffs, day=received_on, default=int(DEFAULTS["change_cutoff_day"]))
        return effective_month(received_on, cutoff_day=cutoff)

    def is_late(self, happened_on: date, *, received_on: date) -> bool:
        """Tell whether the change was reported later than the duty asks."""
        return is_late(happened_on, received_on=received_on, reporting_days=self.reporting_days)


@dataclass(frozen=True, slots=True)
class StreetChoice:
    """A street of the code list."""

    id: int
    name: str
    settlement: str


def kinds_for(session: Session, *, ident: int, today: date) -> tuple[KindChoice, ...]:
    """Return every kind in the company's order, and whether it can be filed on this account."""
    row = queries.account(session, ident=ident)
    found = []
    for declaration in DECLARATIONS:
        why_not = _obstacle(declaration.kind, row, today)
        found.append(KindChoice(declaration.kind, why_not is None, why_not))
    return tuple(found)


def _obstacle(kind: ChangeKind, row: Row[Any], today: date) -> FilingObstacle | None:
    if kind is ChangeKind.OPEN_ACCOUNT:
        return FilingObstacle.NEW_PREMISES_ONLY if row.is_open else None
    if not row.is_open:
        return FilingObstacle.NOT_OPEN_YET
    if row.closed_on is not None and row.closed_on <= today and kind not in _STILL_FOR_CLOSED:
        return FilingObstacle.ACCOUNT_CLOSED
    if kind is ChangeKind.LEGAL_PERSON and row.holder_kind != HolderKind.LEGAL:
        return FilingObstacle.NATURAL_PERSON
    if kind in _NATURAL_ONLY and row.holder_kind == HolderKind.LEGAL:
        return FilingObstacle.LEGAL_PERSON
    if kind in _HOMES_ONLY and row.premises_kind not in _HOMES:
        return FilingObstacle.NOT_A_HOME
    if kind is ChangeKind.CHARGING_METHOD and row.premises_kind != PremisesKind.FLAT:
        return FilingObstacle.NO_ASSEMBLY
    if kind is ChangeKind.STOP_HEATING and not row.heated_area:
        return FilingObstacle.NOT_HEATED
    if kind is ChangeKind.STOP_WASTE and not row.has_waste:
        return FilingObstacle.NO_WASTE_CHARGE
    return None


def current_values(session: Session, *, ident: int, kind: ChangeKind) -> dict[str, Value]:
    """Return what is on file now for the fields of a kind; personal numbers are masked."""
    return queries.current_values(session, ident=ident, kind=kind.value)


def form_of(session: Session, *, ident: int, kind: ChangeKind, today: date) -> FormGround:
    """Return what a form of this kind stands on."""
    declaration = declaration_of(kind)
    row = queries.ground(session, ident=ident, kind=kind.value, today=today)
    duplicates = requests.open_of_kind(session, ident=ident, kind=kind.value)
    cutoffs = tuple(Dated(date.fromisoformat(since), None, int(day)) for since, day in row.cutoffs)
    return FormGround(
        declaration=declaration,
        current=dict(row.current or {}),
        holder_kind=HolderKind(row.holder_kind or HolderKind.NATURAL),
        by_members=row.charging_method == ChargingMethod.MEMBERS,
        area=row.area,
        cutoffs=cutoffs,
        reporting_days=int(row.reporting_days),
        open_duplicates=tuple(row_of(one) for one in duplicates),
        debt=_debt(session, ident, today) if declaration.shows_debt else None,
        leaving=_leaving(session, ident, declaration),
    )


def _leaving(session: Session, ident: int, declaration: Declaration) -> HolderLeaving | None:
    if not declaration.names_another_person or declaration.kind is ChangeKind.OPEN_ACCOUNT:
        return None
    return leaving_of(session, ident=ident)


def _debt(session: Session, ident: int, today: date) -> DebtShown:
    header = accounts.account_header(session, ident=ident, today=today)
    if header.sums is None:
        raise NoSuchAccount(ident)
    return DebtShown(
        header.sums,
        tuple(case for case in enforcement.cases_of(session, ident=ident) if case.is_open),
        tuple(
            plan
            for plan in readable(plans.plans_of(session, ident=ident, today=today))
            if plan.state in IN_FORCE
        ),
    )


def streets_like(session: Session, *, text: str, limit: int = 20) -> tuple[StreetChoice, ...]:
    """Return streets whose names hold the words typed, in either script, without diacritics too."""
    if not text.strip():
        return ()
    return tuple(
        StreetChoice(row.id, row.name, row.settlement)
        for row in queries.streets_like(session, typed=text.strip(), at_most=limit)
    )


def street_named(session: Session, *, street_id: int) -> StreetChoice | None:
    """Return a street of the code list by its id."""
    row = queries.street(session, street_id=street_id)
    return None if row is None else StreetChoice(row.id, row.name, row.settlement)


def reserve_account(session: Session) -> int:
    """Take the number of an account to be opened, and hold a visit to it."""
    return queries.reserve_ident(session)
