"""The account as its header shows it: who, what, where, the six sums, and what needs attention.

An agent who has not verified the caller sees a name and an address and nothing
else: row security hides the rest, and the header says so by ``is_disclosed``.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain import limitation
from app.domain.errors import Refused
from app.domain.holders import HolderKind
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.premises import PremisesKind
from app.domain.visits import Channel, Purpose
from db.queries import accounts as queries


class NoSuchAccount(Refused):
    """There is no account of that number."""

    field = "ident"

    def __init__(self, ident: int) -> None:
        super().__init__(ident)
        self.ident = ident


class AlertKind(StrEnum):
    """What a clerk should know before saying anything; in order of weight."""

    CLOSED = "closed"
    ENFORCEMENT_OPEN = "enforcement_open"
    INSTALMENT_LATE = "instalment_late"
    PLAN_IN_FORCE = "plan_in_force"
    NOTICE_UNANSWERED = "notice_unanswered"
    NEAR_LIMITATION = "near_limitation"
    SUBSIDIZED = "subsidized"
    EMAIL_BILLS_OFF = "email_bills_off"
    LEGAL_PERSON = "legal_person"


class AlertTarget(StrEnum):
    """Where an alert's one action leads: a section of the account, or switching delivery on."""

    BILLS = "bills"
    ENFORCEMENT = "enforcement"
    PLANS = "plans"
    NOTICES = "notices"
    DATA = "data"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Alert:
    """One fact and where its action leads.  Which parts are filled depends on ``kind``:

    ======================  ===============================================================
    CLOSED                  ``day`` closed on
    ENFORCEMENT_OPEN        ``number`` of the latest case, ``state`` (CaseState), ``day`` of its
                            latest step, ``amount`` claimed by all, ``count`` of open cases
    INSTALMENT_LATE         ``number`` of the contract, ``day`` the first fell due, ``amount``
                            late, ``count`` of late instalments
    PLAN_IN_FORCE           ``number`` of the contract, ``day`` and ``amount`` of the next
                            instalment (none when all are paid), ``count`` its number
    NOTICE_UNANSWERED       ``number``, ``day`` to pay until, ``amount`` asked for
    NEAR_LIMITATION         ``day`` the first month is or was barred, ``state`` (LimitationState) of that
                            month, ``amount``, ``count`` of months
    SUBSIDIZED              ``state`` (subsidy Category), ``amount`` in percent, ``day`` it ends
    EMAIL_BILLS_OFF         ``number`` the e-mail address on file, maybe empty
    LEGAL_PERSON            ``number`` the PIB: the bill goes out as an e-invoice (SEF)
    ======================  ===============================================================
    """

    kind: AlertKind
    target: AlertTarget
    number: str = ""
    state: str = ""
    day: date | None = None
    amount: Decimal | None = None
    count: int = 0
    record_id: int | None = None


@dataclass(frozen=True, slots=True)
class SixSums:
    """The sums the customer sees on the portal, by the portal's names."""

    total: Decimal
    current_month: Decimal
    unsued: Decimal
    sued: Decimal
    plan: Decimal
    overpaid: Decimal


@dataclass(frozen=True, slots=True)
class HeldVisit:
    """The visit the signed-in person holds to the account."""

    purpose: Purpose
    channel: Channel
    is_verified: bool


@dataclass(frozen=True, slots=True)
class AccountHeader:
    """What stays on top of an open account.

    ``premises_kind``, ``area``, ``members``, ``sums``, ``latest_period`` and
    ``alerts`` are empty unless ``is_disclosed``.
    """

    ident: int
    name: str
    address: str
    is_closed: bool
    is_disclosed: bool
    must_verify: bool
    visit: HeldVisit | None
    holder_kind: HolderKind | None
    premises_kind: PremisesKind | None
    area: Decimal | None
    members: int | None
    sums: SixSums | None
    latest_period: Period | None
    alerts: tuple[Alert, ...]


def account_header(session: Session, *, ident: int, today: date) -> AccountHeader:
    """Return the header of an account, as far as the visit held lets it be read.

    Raises: NoSuchAccount.
    """
    row = queries.header(session, ident=ident, today=today, warning_days=limitation.SOON.days)
    if row is None:
        raise NoSuchAccount(ident)
    return AccountHeader(
        ident=row.ident,
        name=row.name,
        address=row.address,
        is_closed=row.is_closed,
        is_disclosed=row.is_disclosed,
        must_verify=row.must_verify,
        visit=_visit(row),
        holder_kind=HolderKind(row.holder_kind) if row.holder_kind else None,
        premises_kind=PremisesKind(row.premises_kind) if row.premises_kind else None,
        area=row.area,
        members=row.members,
        sums=_sums(row) if row.is_disclosed else None,
        latest_period=Period.from_ggmm(row.latest_ggmm) if row.latest_ggmm else None,
        alerts=_alerts(row, today) if row.is_disclosed else (),
    )


def _visit(row: Row[Any]) -> HeldVisit | None:
    if row.visited_at is None:
        return None
    return HeldVisit(Purpose(row.purpose), Channel(row.channel), is_verified=row.verified_at is not None)


def _sums(row: Row[Any]) -> SixSums:
    if row.total is None:  # an account that was never billed has no balance yet
        return SixSums(ZERO, ZERO, ZERO, ZERO, ZERO, ZERO)
    return SixSums(row.total, row.current_month, row.unsued, row.sued, row.plan, row.overpaid)


def _alerts(row: Row[Any], today: date) -> tuple[Alert, ...]:
    found: list[Alert] = []
    if row.closed_on is not None:
        found.append(Alert(AlertKind.CLOSED, AlertTarget.DATA, day=row.closed_on))
    if row.cases:
        found.append(
            Alert(
                AlertKind.ENFORCEMENT_OPEN,
                AlertTarget.ENFORCEMENT,
                number=row.case_number,
                state=row.case_state,
                day=row.case_since,
                amount=row.claimed,
                count=row.cases,
                record_id=row.case_id,
            )
        )
    if row.plan_id is not None:
        found.append(_plan_alert(row))
    if row.notice_id is not None:
        found.append(
            Alert(
                AlertKind.NOTICE_UNANSWERED,
                AlertTarget.NOTICES,
                number=row.notice_number,
                day=row.pay_until,
                amount=row.asked,
                record_id=row.notice_id,
            )
        )
    if row.expiring_months:
        found.append(
            Alert(
                AlertKind.NEAR_LIMITATION,
                AlertTarget.BILLS,
                state=limitation.limitation_state(row.expires_on, today=today),
                day=row.expires_on,
                amount=row.expiring_open,
                count=row.expiring_months,
            )
        )
    if row.subsidy_category is not None:
        found.append(
            Alert(
                AlertKind.SUBSIDIZED,
                AlertTarget.DATA,
                state=row.subsidy_category,
                day=row.subsidy_until,
                amount=row.subsidy_percent,
            )
        )
    if row.closed_on is None and not row.by_email and (row.email or row.portal_user):
        found.append(Alert(AlertKind.EMAIL_BILLS_OFF, AlertTarget.DELIVERY, number=row.email))
    if row.holder_kind == HolderKind.LEGAL:
        found.append(Alert(AlertKind.LEGAL_PERSON, AlertTarget.DATA, number=row.pib or ""))
    return tuple(found)


def _plan_alert(row: Row[Any]) -> Alert:
    if row.late:
        return Alert(
            AlertKind.INSTALMENT_LATE,
            AlertTarget.PLANS,
            number=row.contract_number,
            day=row.next_due_on,
            amount=row.late_open,
            count=row.late,
            record_id=row.plan_id,
        )
    return Alert(
        AlertKind.PLAN_IN_FORCE,
        AlertTarget.PLANS,
        number=row.contract_number,
        day=row.next_due_on,
        amount=row.next_open,
        count=row.next_no or 0,
        record_id=row.plan_id,
    )
