"""The timeline: everything that happened to an account, in one list, the latest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.faulty import Faulty, RowKind
from app.domain.period import Period
from app.usecases.faulty import read_each
from app.usecases.pages import PageOfRows, cut
from db.queries import timeline as queries

PAGE = 100
_AFTER_THE_LAST = (datetime(9999, 1, 1, tzinfo=UTC), "", 0)

TimelineKey = tuple[datetime, str, int]
"""Where a page of the timeline ends."""


class EventKind(StrEnum):
    """What can happen to an account."""

    BILL_ISSUED = "bill_issued"
    BILL_CORRECTED = "bill_corrected"
    PAYMENT = "payment"
    NOTICE_DRAWN = "notice_drawn"
    NOTICE_DELIVERED = "notice_delivered"
    CASE_STEP = "case_step"
    PLAN_STEP = "plan_step"
    PLAN_PAPER = "plan_paper"
    REISSUE = "reissue"
    NOTE = "note"
    HOLDER = "holder"
    PREMISES = "premises"
    SUBSIDY = "subsidy"
    CHANGE = "change"
    DELIVERY_CHANGED = "delivery_changed"
    PORTAL_REGISTERED = "portal_registered"
    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_CLOSED = "account_closed"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.  Which parts are filled depends on ``kind``:

    ==================  =====================================================================
    BILL_ISSUED         ``period``, ``amount`` charged; BILL_CORRECTED too, with the reason in ``text``
    PAYMENT             ``amount``, ``state`` PaymentChannel, ``number`` reference, ``text`` payer
    NOTICE_DRAWN        ``number``, ``amount``, ``state`` NoticeState, ``text`` NoticeKind
    NOTICE_DELIVERED    ``number``, ``amount``, ``state`` NoticeState, ``text`` the way of delivery
    CASE_STEP           ``number``, ``amount`` claimed, ``state`` CaseStep; ended: ``text`` CaseState
    PLAN_STEP           ``number``, ``amount`` payable, ``state`` signed, certified or ended;
                        ended: ``text`` PlanState
    PLAN_PAPER          ``number`` of the contract, ``state`` PlanPaper, ``text`` Medium, ``who``
    REISSUE             ``period``, ``number`` Medium, ``state`` Reason, ``text`` note, ``who``
    NOTE                ``text``, ``state`` Channel, ``who``
    HOLDER              ``text`` name, ``state`` HolderKind
    PREMISES            ``state`` PremisesKind, ``amount`` m², ``number`` members, ``text`` reason
    SUBSIDY             ``state`` Category, ``amount`` percent, ``text`` decision
    CHANGE              ``number`` of the request, ``state`` ChangeState it went into, ``text`` ChangeKind,
                        ``period`` it counts from, ``who``
    DELIVERY_CHANGED    ``state`` email_on, email_off, paper_on, paper_off, address; ``text`` e-mail, ``who``
    PORTAL_REGISTERED   ``text`` user name
    ==================  =====================================================================

    ``record_id`` is the row to open in its section; ``moment`` is known for what people did here.
    """

    kind: EventKind
    day: date
    moment: datetime | None
    record_id: int | None
    period: Period | None
    number: str
    state: str
    amount: Decimal | None
    text: str
    who: str


def timeline_page(
    session: Session,
    *,
    ident: int,
    kinds: Collection[EventKind] = tuple(EventKind),
    before: TimelineKey | None = None,
    limit: int = PAGE,
) -> PageOfRows[Event | Faulty, TimelineKey]:
    """Return events of an account, the latest first; ``before`` is the page's key."""
    rows = queries.page(
        session,
        ident=ident,
        kinds=[kind.value for kind in kinds],
        before=before or _AFTER_THE_LAST,
        at_most=limit + 1,
    )
    kept, has_more = cut(rows, limit=limit)
    last = kept[-1] if has_more else None
    return PageOfRows(
        read_each(kept, _event, kind=RowKind.EVENT, number=lambda row: row.day.isoformat()),
        (last.at, last.kind, last.row_no) if last is not None else None,
    )


def _event(row: Row[Any]) -> Event:
    return Event(
        kind=EventKind(row.kind),
        day=row.day,
        moment=row.moment,
        record_id=row.record_id,
        period=Period.from_ggmm(row.ggmm) if row.ggmm else None,
        number=row.number,
        state=row.state,
        amount=row.amount,
        text=row.words or "",
        who=row.who or "",
    )
