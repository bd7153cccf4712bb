"""Filing a request: which kinds there are for an account, the ground of a form, drafts, submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict

from sqlalchemy.orm import Session

from app.domain.changes import ChangeKind, Declaration, EffectiveMonth, Value
from app.domain.errors import NeedsConfirmation
from app.domain.holders import HolderKind
from app.usecases.accounts import SixSums
from app.usecases.changes.reading import Filing, RequestRow
from app.usecases.enforcement import EnforcementCase
from app.usecases.plans import Plan


class Obstacle(StrEnum):
    """Why a kind of change cannot be filed on an account now."""

    ACCOUNT_CLOSED = "account_closed"
    NEW_PREMISES_ONLY = "new_premises_only"
    """Opening an account is filed on a number that is reserved for it."""
    NATURAL_PERSON = "natural_person"
    LEGAL_PERSON = "legal_person"
    NO_ASSEMBLY = "no_assembly"
    NOT_HEATED = "not_heated"
    NO_WASTE_CHARGE = "no_waste_charge"
    NOT_A_HOME = "not_a_home"
    NOT_BY_PHONE = "not_by_phone"
    """Whoever serves by telephone only cannot take this kind."""


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind in the chooser; ``why_not`` says why it is not offered."""

    kind: ChangeKind
    is_allowed: bool
    why_not: Obstacle | None


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
    ``effective`` is the month a request received today would count from;
    ``debt`` is None for a kind that does not ask for it.
    """

    declaration: Declaration
    current: Mapping[str, Value]
    holder_kind: HolderKind
    by_members: bool
    area: Decimal | None
    effective: EffectiveMonth
    cutoffs: tuple[tuple[date, int], ...]
    reporting_days: int
    open_duplicates: tuple[RequestRow, ...]
    debt: DebtShown | None


@dataclass(frozen=True, slots=True)
class StreetChoice:
    """A street of the code list."""

    id: int
    name: str
    settlement: str


class Saved(TypedDict):
    """A draft as it was saved."""

    request_id: int
    version: int


class Submitted(TypedDict):
    """A request with its number; ``applies_from`` is a ggmm, ``due_on`` an ISO day."""

    request_id: int
    version: int
    number: str
    applies_from: int
    is_late: bool
    due_on: str


class SubmissionNeedsConfirmation(NeedsConfirmation):
    """The request is late, or another of the same kind is open on the account.

    ``duplicates`` are the numbers of the open ones; ``days`` how long after the
    change it was reported, 0 if in time.
    """

    def __init__(self, *, duplicates: tuple[str, ...], days: int) -> None:
        super().__init__(duplicates, days)
        self.duplicates = duplicates
        self.days = days


def kinds_for(session: Session, *, ident: int, today: date) -> tuple[KindChoice, ...]:
    """Return every kind in the company's order, and whether it can be filed on this account."""
    raise NotImplementedError


def current_values(session: Session, *, ident: int, kind: ChangeKind) -> dict[str, Value]:
    """Return what is on file now for the fields of a kind; personal numbers are masked."""
    raise NotImplementedError


def form_of(session: Session, *, ident: int, kind: ChangeKind, today: date) -> FormGround:
    """Return what a form of this kind stands on."""
    raise NotImplementedError


def streets_like(session: Session, *, text: str, limit: int = 20) -> tuple[StreetChoice, ...]:
    """Return streets whose names hold the words typed, in either script, without diacritics too."""
    raise NotImplementedError


def reserve_account(session: Session) -> int:
    """Take the number of an account to be opened, and hold a visit to it."""
    raise NotImplementedError


def save_draft(
    session: Session, *, ident: int, kind: ChangeKind, filing: Filing, values: Mapping[str, Value]
) -> Saved:
    """Save a new request as a draft; it has no number yet."""
    raise NotImplementedError


def change_draft(
    session: Session,
    *,
    ident: int,
    request_id: int,
    seen_version: int,
    filing: Filing,
    values: Mapping[str, Value],
) -> Saved:
    """Change a draft, or a request that was returned for completion.

    Raises: NotEditable; Conflict with who changed it since ``seen_version``, when,
    and the fields as they are stored now.
    """
    raise NotImplementedError


def submit(session: Session, *, ident: int, request_id: int, seen_version: int, confirmed: bool) -> Submitted:
    """Submit a draft, or a request that was completed; the database gives it its number.

    Raises: SubmissionNeedsConfirmation unless ``confirmed``; Conflict; refusals with ``field``.
    """
    raise NotImplementedError
