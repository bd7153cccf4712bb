"""How a kind of change is declared: its fields, its papers, who decides it, and what it alters.

A declaration is the whole of a kind.  The form on the screen, the checklist of
papers, the checks, the printed blank, the receipt and what the database writes
when a change takes effect are all made from it, so adding a kind touches one
place (``kinds.py``).  The database holds a copy of every declaration, brought in
line at each upgrade, and trusts that copy only.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class ChangeKind(StrEnum):
    """What can be changed on an account (vrste promene podataka na računima)."""

    HOLDER = "holder"
    MEMBERS = "members"
    CHARGING_METHOD = "charging_method"
    STOP_HEATING = "stop_heating"
    STOP_WASTE = "stop_waste"
    OPEN_ACCOUNT = "open_account"
    CLOSE_ACCOUNT = "close_account"
    AREA = "area"
    PURPOSE = "purpose"
    DELIVERY_ADDRESS = "delivery_address"
    EMAIL_DELIVERY = "email_delivery"
    LEGAL_PERSON = "legal_person"
    DEATH = "death"
    CORRECTION = "correction"
    SUBSIDY = "subsidy"


class FieldType(StrEnum):
    """What may be typed into a field, and how it is kept.

    Everything is kept as text but ``COUNT`` (an integer) and ``FLAG`` (true or
    false); ``AREA`` and ``PERCENT`` are decimals with a point, ``DATE`` is ISO 8601.
    """

    TEXT = "text"
    JMBG = "jmbg"
    PIB = "pib"
    COMPANY_NUMBER = "company_number"
    PHONE = "phone"
    EMAIL = "email"
    AREA = "area"
    COUNT = "count"
    PERCENT = "percent"
    DATE = "date"
    CHOICE = "choice"
    FLAG = "flag"
    STREET = "street"
    """The id of a street of the code list, as text."""


class Decider(StrEnum):
    """Who has the last word at the desk."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"


class Ground(StrEnum):
    """On whose say the change stands: the applicant's papers, or somebody else's decision."""

    PAPERS = "papers"
    PROVIDER_ORDER = "provider_order"
    ASSEMBLY_DECISION = "assembly_decision"
    SECRETARIAT_DECISION = "secretariat_decision"


class Route(StrEnum):
    """The way of a request: past the provider never, if need be, or always."""

    DESK = "desk"
    CONSULTED = "consulted"
    PROVIDER = "provider"


class Scope(StrEnum):
    """How far a change reaches."""

    ACCOUNT = "account"
    BUILDING = "building"


class Need(StrEnum):
    """When a field or a paper is asked for."""

    ALWAYS = "always"
    OPTIONAL = "optional"
    NATURAL_PERSON = "natural_person"
    """Only if the (new) holder is a natural person."""
    LEGAL_PERSON = "legal_person"
    BY_MEMBERS = "by_members"
    """Only where shared consumption is divided by members of households."""
    PROXY = "proxy"
    """Only if a proxy applies."""


class PaperKind(StrEnum):
    """A paper that a change can ask for."""

    REQUEST = "request"
    TITLE = "title"
    MEMBERS_CERTIFICATE = "members_certificate"
    IDENTITY_CARD = "identity_card"
    ASSEMBLY_DECISION = "assembly_decision"
    PROVIDER_ORDER = "provider_order"
    WRITTEN_NOTICE = "written_notice"
    CADASTRE_EXTRACT = "cadastre_extract"
    PURPOSE_ACT = "purpose_act"
    REGISTER_EXTRACT = "register_extract"
    AUTHORIZATION = "authorization"
    DEATH_CERTIFICATE = "death_certificate"
    SECRETARIAT_DECISION = "secretariat_decision"
    EMAIL_CONSENT = "email_consent"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TargetColumn:
    """The column a field is written to when the change takes effect."""

    table: str
    column: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``table.column``."""
        table, _, column = text.partition(".")
        return cls(table, column)

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


@dataclass(frozen=True, slots=True)
class Field:
    """One datum of a form.  ``target`` is None for what only explains the request.

    ``choices`` are the values of a CHOICE; ``longest`` bounds texts, ``most`` and
    ``least`` bound numbers.  A field bound to a person's kind or to charging by
    members (``need``) is shown only then, and must then be filled unless it
    ``may_be_empty``.
    """

    name: str
    type: FieldType
    target: TargetColumn | None = None
    need: Need = Need.ALWAYS
    may_be_empty: bool = False
    choices: tuple[str, ...] = ()
    longest: int = 120
    least: int = 0
    most: int = 1_000_000

    @property
    def is_secret(self) -> bool:
        """True for numbers that are shown masked and revealed on record only."""
        return self.type is FieldType.JMBG


@dataclass(frozen=True, slots=True)
class ChecklistPaper:
    """A paper of the checklist; ``must_see_original`` asks for the original at the desk.

    ``must_identify`` asks for a paper that says who somebody is: one of which no copy
    is kept counts by its number, and only where a second person approves.
    ``is_one_of`` lists the kinds of act that will do, such as a contract of sale
    or a ruling on inheritance.
    """

    kind: PaperKind
    need: Need = Need.ALWAYS
    must_see_original: bool = False
    is_one_of: tuple[str, ...] = ()
    must_identify: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """A column that this kind of change always sets to the same value."""

    target: TargetColumn
    value: bool | int | str


@dataclass(frozen=True, slots=True)
class Declaration:
    """A kind of change.

    ``number`` is the kind's place in the company's list.  ``four_eyes`` forbids
    whoever entered a request, or brought a paper to it, to approve it.  ``shows_debt`` puts open debt, cases
    and plans before the clerk.  ``deadline_days`` is how long a decision may take
    unless the setting ``change_deadline_days`` says otherwise.
    """

    kind: ChangeKind
    number: int
    fields: tuple[Field, ...]
    papers: tuple[ChecklistPaper, ...]
    decider: Decider = Decider.CLERK
    ground: Ground = Ground.PAPERS
    route: Route = Route.DESK
    scope: Scope = Scope.ACCOUNT
    four_eyes: bool = True
    shows_debt: bool = False
    fixed: tuple[Fixed, ...] = ()
    deadline_days: int = 15

    def __post_init__(self) -> None:
        # a name or a personal number makes somebody else the debtor: never on one person's word
        if not self.four_eyes and any(
            field.target is not None and field.target.table == "holder" for field in self.fields
        ):
            raise ValueError(f"{self.kind} changes who the holder is, so it takes two persons")

    @property
    def names_another_person(self) -> bool:
        """True if somebody else becomes the holder: nothing of the one before is carried over to them."""
        return any(str(field.target) == "holder.kind" for field in self.fields)

    def field(self, name: str) -> Field:
        """Return the field called ``name``.

        Raises: KeyError.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)
