"""Requests to change data (zahtevi za promenu podataka), their papers, and what came of them.

A request belongs to an account and is shown by visit like everything else of it.
Who entered it, its number, its deadline and from which month it counts are the
server's; which moves are allowed is a table, filled from ``app.domain.changes``
at every upgrade and held by a trigger.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.changes import OPEN, VOID, ApplicantStanding, ChangeState, IntakeChannel, Mover, Route
from app.domain.period import Period
from db.models.columns import Base, one_of, within

_OPEN = text(within(OPEN))
_TEXTS = (
    "octet_length(new_values::text) <= 20000 AND length(applicant_name) <= 200"
    " AND length(applicant_id_card) <= 40 AND length(applicant_phone) <= 60"
    " AND length(applicant_email) <= 200 AND length(basis_act) <= 60"
    " AND length(basis_number) <= 120 AND length(basis_issuer) <= 200"
    " AND length(provider_order) <= 200 AND length(reason) <= 2000 AND length(note) <= 4000"
)


class Kind(Base):
    """A kind of change as the program declares it; ``is_current`` is false for one no longer offered."""

    __tablename__ = "change_kind"

    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[int] = mapped_column(SmallInteger)
    route: Mapped[Route] = mapped_column(one_of(Route, "route"))
    scope: Mapped[str]
    decider: Mapped[str]
    ground: Mapped[str]
    four_eyes: Mapped[bool]
    deadline_days: Mapped[int] = mapped_column(SmallInteger)
    is_current: Mapped[bool]
    declaration: Mapped[Any] = mapped_column(JSONB)


class Transition(Base):
    """A move that a request may make, and who may make it."""

    __tablename__ = "change_transition"

    route: Mapped[Route] = mapped_column(one_of(Route, "route"), primary_key=True)
    old_state: Mapped[ChangeState] = mapped_column(one_of(ChangeState, "old_state"), primary_key=True)
    new_state: Mapped[ChangeState] = mapped_column(one_of(ChangeState, "new_state"), primary_key=True)
    mover: Mapped[Mover] = mapped_column(one_of(Mover, "mover"), primary_key=True)


class Serial(Base):
    """The last number given at a branch in a year; its row lock is what leaves no gap."""

    __tablename__ = "change_serial"

    branch_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("branch.id"), primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    last_serial: Mapped[int]


class ReservedIdent(Base):
    """An ident promised to a request that asks for a new account; never given out again."""

    __tablename__ = "reserved_ident"
    __table_args__ = (Index("ix_reserved_ident_login_reserved_at", "login", "reserved_at"),)

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    login: Mapped[str]
    reserved_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Request(Base):
    """A request to change the data of one account.

    ``editors`` is whoever entered or edited its data: none of them may approve it
    where the kind asks for four eyes.  ``secrets`` holds personal numbers in full
    and is readable by nobody; ``new_values`` holds their masks.
    ``missing_papers`` and ``unseen_originals`` are kept by triggers.
    """

    __tablename__ = "change_request"
    __table_args__ = (
        UniqueConstraint("id"),
        UniqueConstraint("branch_id", "number_year", "number_serial"),
        CheckConstraint("happened_on <= received_on", name="happened_before_received"),
        CheckConstraint(
            "(number IS NULL) = (submitted_at IS NULL) AND (number IS NULL) = (number_serial IS NULL)"
            " AND (state IN ('draft', 'cancelled') OR number IS NOT NULL)",
            name="numbered",
        ),
        CheckConstraint(_TEXTS, name="texts"),
        CheckConstraint("mod(applies_from, 100) BETWEEN 1 AND 12", name="applies_from"),
        Index(
            "uq_change_request_undoes",
            "undoes",
            unique=True,
            postgresql_where=text(f"undoes IS NOT NULL AND NOT ({within(VOID)})"),
        ),
        Index("ix_change_request_entered_by_entered_at", "entered_by", "entered_at"),
        Index("ix_change_request_due", "state", "due_on", "id", postgresql_where=_OPEN),
        Index(
            "ix_change_request_kind_due",
            "state",
            "kind",
            "due_on",
            "id",
            postgresql_where=_OPEN,
        ),
        Index(
            "ix_change_request_branch_due",
            "branch_id",
            "state",
            "due_on",
            "id",
            postgresql_where=_OPEN,
        ),
        Index(
            "ix_change_request_branch_kind_due",
            "branch_id",
            "state",
            "kind",
            "due_on",
            "id",
            postgresql_where=_OPEN,
        ),
        Index(
            "ix_change_request_claimed_by",
            "claimed_by",
            "due_on",
            "id",
            postgresql_where=text(f"claimed_by IS NOT NULL AND {within(OPEN)}"),
        ),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    kind: Mapped[str] = mapped_column(ForeignKey("change_kind.code"))
    state: Mapped[ChangeState] = mapped_column(one_of(ChangeState, "state"), server_default="draft")
    channel: Mapped[IntakeChannel] = mapped_column(one_of(IntakeChannel, "channel"))
    branch_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("branch.id"))
    entered_by: Mapped[str] = mapped_column(server_default=text("session_user"))
    entered_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    editors: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    number: Mapped[str | None]
    number_year: Mapped[int | None] = mapped_column(SmallInteger)
    number_serial: Mapped[int | None]
    submitted_at: Mapped[datetime | None]
    received_on: Mapped[date | None]
    happened_on: Mapped[date | None]
    applicant_name: Mapped[str] = mapped_column(server_default="")
    applicant_standing: Mapped[ApplicantStanding | None] = mapped_column(
        one_of(ApplicantStanding, "applicant_standing")
    )
    applicant_id_card: Mapped[str] = mapped_column(server_default="")
    applicant_phone: Mapped[str] = mapped_column(server_default="")
    applicant_email: Mapped[str] = mapped_column(server_default="")
    basis_act: Mapped[str] = mapped_column(server_default="")
    basis_number: Mapped[str] = mapped_column(server_default="")
    basis_date: Mapped[date | None]
    basis_issuer: Mapped[str] = mapped_column(server_default="")
    old_values: Mapped[Any] = mapped_column(JSONB, server_default=text("'{}'"))
    new_values: Mapped[Any] = mapped_column(JSONB, server_default=text("'{}'"))
    secrets: Mapped[Any] = mapped_column(JSONB, server_default=text("'{}'"), deferred=True)
    applies_from: Mapped[Period | None]
    cutoff_day: Mapped[int | None] = mapped_column(SmallInteger)
    is_late: Mapped[bool] = mapped_column(server_default=text("false"))
    due_on: Mapped[date | None]
    missing_papers: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    unseen_originals: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    claimed_by: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    provider_id: Mapped[int | None] = mapped_column(SmallInteger, ForeignKey("provider.id"))
    sent_to_provider_at: Mapped[datetime | None]
    provider_order: Mapped[str] = mapped_column(server_default="")
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(server_default="")
    applied_at: Mapped[datetime | None]
    undoes: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("change_request.id"))
    note: Mapped[str] = mapped_column(server_default="")


def _of_a_request() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["ident", "request_id"], ["change_request.ident", "change_request.id"])


class Paper(Base):
    """A paper that came with a request: scanned, or only seen at the desk (no content then).

    What the file is, how big and its SHA-256 are the server's; the content is never altered.
    """

    __tablename__ = "change_paper"
    __table_args__ = (
        _of_a_request(),
        CheckConstraint("content IS NOT NULL OR is_original_seen", name="something"),
        CheckConstraint("is_original_seen = (original_seen_by IS NOT NULL)", name="seen_by"),
        CheckConstraint(
            "length(number) <= 30"
            " AND (number = '' OR number ~ '^[0-9A-Z/.-]{4,30}$' AND number !~ '^[0-9]{13}$')",
            name="number",
        ),
        CheckConstraint(
            "length(paper_kind) <= 60 AND length(act) <= 200 AND length(file_name) <= 200", name="volume"
        ),
        Index("ix_change_paper_added_by_added_at", "added_by", "added_at", postgresql_include=["size"]),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    paper_kind: Mapped[str]
    act: Mapped[str] = mapped_column(server_default="")
    number: Mapped[str] = mapped_column(server_default="")
    file_name: Mapped[str] = mapped_column(server_default="")
    content_type: Mapped[str] = mapped_column(server_default="")
    size: Mapped[int] = mapped_column(Computed("coalesce(octet_length(content), 0)", persisted=True))
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary, Computed("sha256(content)", persisted=True))
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    is_original_seen: Mapped[bool] = mapped_column(server_default=text("false"))
    original_seen_by: Mapped[str | None]
    original_seen_at: Mapped[datetime | None]
    added_by: Mapped[str] = mapped_column(server_default=text("session_user"))
    added_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Event(Base):
    """A move a request made: who, when, from where to where, and why."""

    __tablename__ = "change_event"
    __table_args__ = (_of_a_request(),)

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    login: Mapped[str]
    old_state: Mapped[ChangeState | None] = mapped_column(one_of(ChangeState, "old_state"))
    new_state: Mapped[ChangeState] = mapped_column(one_of(ChangeState, "new_state"))
    reason: Mapped[str] = mapped_column(server_default="")


class Effect(Base):
    """A row that a request altered when it took effect; personal numbers only in the closed ``secrets``.

    ``request_id`` is unique by itself: a change of a whole building touches
    accounts other than the one it was filed for.
    """

    __tablename__ = "change_effect"

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("change_request.id"), primary_key=True, index=True
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    table_name: Mapped[str]
    valid_from: Mapped[date | None]
    before: Mapped[Any | None] = mapped_column(JSONB)
    after: Mapped[Any | None] = mapped_column(JSONB)
    secrets: Mapped[Any | None] = mapped_column(JSONB, deferred=True)
