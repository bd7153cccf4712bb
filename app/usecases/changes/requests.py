"""A request as it is shown: its row in a list, and the whole of it with papers, steps and effects."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from app.domain.changes import (
    ApplicantStanding,
    ChangeKind,
    ChangeState,
    ChecklistPaper,
    EffectiveMonth,
    IntakeChannel,
    Need,
    PaperKind,
    Value,
)
from app.domain.errors import Refused
from app.domain.holders import HolderKind
from app.domain.period import Period


class NoSuchRequest(Refused):
    """The account has no such request (or none the visit held lets be read)."""

    def __init__(self, ident: int, request_id: int) -> None:
        super().__init__(f"{ident} {request_id}")
        self.ident = ident
        self.request_id = request_id


class NoSuchPaper(Refused):
    """The request has no such paper, or it was only seen and not scanned."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in the account's list; ``number`` is empty and ``due_on`` None while it is a draft."""

    id: int
    number: str
    kind: ChangeKind
    state: ChangeState
    channel: IntakeChannel
    received_on: date | None
    happened_on: date | None
    due_on: date | None
    applies_from: Period | None
    is_late: bool
    entered_by: str
    entered_at: datetime
    decided_by: str
    decided_at: datetime | None
    undoes: int | None
    version: int


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the form with the value on file when it was submitted, and the value asked for.

    Personal numbers are masked on both sides.  ``is_fixed`` marks a column that the
    kind itself sets, whatever is typed.
    """

    name: str
    old: Value
    new: Value
    is_fixed: bool = False

    @property
    def is_changed(self) -> bool:
        """True if the two values differ."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of a request; ``size`` is 0 for one that was only seen.  ``sha256`` is in hex.

    ``number`` was read off a paper of which no copy is kept, such as an identity card.
    """

    id: int
    kind: PaperKind
    act: str
    file_name: str
    content_type: str
    size: int
    sha256: str
    is_original_seen: bool
    original_seen_by: str
    original_seen_at: datetime | None
    added_by: str
    added_at: datetime
    number: str = ""


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """A line of the checklist: what is asked for, and what of it is there."""

    kind: PaperKind
    need: Need
    must_see_original: bool
    is_one_of: tuple[str, ...]
    papers: tuple[PaperRow, ...]
    must_identify: bool = False

    @classmethod
    def of(cls, paper: ChecklistPaper, papers: Iterable[PaperRow] = ()) -> Self:
        """Put a paper of the declaration and what was brought of it together."""
        return cls(
            paper.kind,
            paper.need,
            paper.must_see_original,
            paper.is_one_of,
            tuple(papers),
            paper.must_identify,
        )

    @property
    def is_missing(self) -> bool:
        """True if it has to be here and is not; what says who somebody is, in copy or by its number."""
        if self.is_optional:
            return False
        return not any(paper.size or paper.number or not self.must_identify for paper in self.papers)

    @property
    def is_optional(self) -> bool:
        """True for what is welcome, but not needed."""
        return self.need is Need.OPTIONAL

    @property
    def is_satisfied(self) -> bool:
        """True if the paper is there, and its original was seen where that is asked."""
        if self.is_missing:
            return False
        if self.must_see_original:
            return any(paper.is_original_seen for paper in self.papers)
        return bool(self.papers) or self.is_optional


@dataclass(frozen=True, slots=True)
class RequestEvent:
    """A step of a request: from which state to which, by whom and why."""

    happened_at: datetime
    login: str
    who: str
    old_state: ChangeState | None
    new_state: ChangeState
    reason: str


@dataclass(frozen=True, slots=True)
class AppliedRow:
    """A row that applying the request wrote, before and after."""

    table: str
    valid_from: date | None
    before: Mapping[str, Value]
    after: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Filing:
    """How a request came in, from whom, and on which ground (isprava, broj, datum, organ).

    A draft may lack the days and the standing; submitting asks for them.
    """

    channel: IntakeChannel
    received_on: date | None
    happened_on: date | None
    applicant_name: str = ""
    applicant_standing: ApplicantStanding | None = ApplicantStanding.OWNER
    applicant_id_card: str = ""
    applicant_phone: str = ""
    applicant_email: str = ""
    basis_act: str = ""
    basis_number: str = ""
    basis_date: date | None = None
    basis_issuer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProviderChoice:
    """A provider that can be asked about a request."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Request:
    """One request, whole.

    ``effective`` tells the month it counts from and why (as it stands today for a
    draft); ``moves`` are the states the signed-in person may put it into now:
    the database decides, this only hides buttons.  ``undone_by`` is the inverse
    request, ``undoes`` the one this takes back.
    """

    ident: int
    id: int
    version: int
    kind: ChangeKind
    state: ChangeState
    number: str
    filing: Filing
    fields: tuple[FieldChange, ...]
    checklist: tuple[PaperAsked, ...]
    papers: tuple[PaperRow, ...]
    events: tuple[RequestEvent, ...]
    applied_rows: tuple[AppliedRow, ...]
    effective: EffectiveMonth
    is_late: bool
    due_on: date | None
    branch_id: int
    branch: str
    entered_login: str
    entered_by: str
    entered_at: datetime
    submitted_at: datetime | None
    claimed_login: str
    claimed_by: str
    claimed_at: datetime | None
    is_claimed_by_me: bool
    provider: ProviderChoice | None
    sent_to_provider_at: datetime | None
    provider_order: str
    decided_by: str
    decided_at: datetime | None
    reason: str
    applied_at: datetime | None
    undoes: int | None
    undone_by: int | None
    holder_kind: HolderKind
    by_members: bool
    moves: frozenset[ChangeState]
    is_editable: bool
    can_undo: bool

    @property
    def values(self) -> dict[str, Value]:
        """The values asked for, by field."""
        return {change.name: change.new for change in self.fields if not change.is_fixed or self.undoes}

    @property
    def days_late(self) -> int:
        """How many days after the change it was reported, where the rules ask for it sooner; else 0."""
        received, happened = self.filing.received_on, self.filing.happened_on
        if not self.is_late or received is None or happened is None:
            return 0
        return (received - happened).days
