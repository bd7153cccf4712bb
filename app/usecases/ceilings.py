"""Ceilings: who came near one or to it, what was found of that, and one raised for somebody's task.

The database counts and refuses; here is what supervisors are told and do.  Whose
alerts somebody is told, the database decides as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from app.domain.ceilings import Ceiling, Doing
from app.usecases.pages import PageOfRows
from db import errors
from db.errors import Facts, RuleBroken
from db.queries import ceilings as queries


class CeilingReached(RuleBroken):
    """The person did as much as they may: ``counted`` of ``most``, and from ``again_at`` on it goes on."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.ceiling = Ceiling(facts.rule)
        self.counted = int(facts.detail["counted"])
        self.most = int(facts.detail["most"])
        again_at = facts.detail.get("again_at")
        self.again_at = datetime.fromisoformat(again_at) if again_at else None


class TooManyVisitsHeld(CeilingReached):
    """As many accounts are open at once as may be."""


class TooManyVisitsThisHour(CeilingReached):
    """As many accounts were opened within an hour as may be."""


class TooManyVisitsToday(CeilingReached):
    """As many accounts were opened today as may be."""


class TooManyRevealsThisHour(CeilingReached):
    """As many personal numbers were shown within an hour as may be."""


class TooManyRevealsToday(CeilingReached):
    """As many personal numbers were shown today as may be."""


class TooManyLookUpsThisHour(CeilingReached):
    """As many personal numbers were looked up within an hour as may be."""


class TooManyLookUpsToday(CeilingReached):
    """As many personal numbers were looked up today as may be."""


class TooManyCopiesThisHour(CeilingReached):
    """As many papers were made within an hour as may be."""


class TooManyCopiesToday(CeilingReached):
    """As many papers were made today as may be."""


class TooManyExportsToday(CeilingReached):
    """As many files were written today as may be."""


class TooManyShownThisHour(CeilingReached):
    """As many accounts were shown by searches since the full hour as may be."""


class TooManyShownToday(CeilingReached):
    """As many accounts were shown by searches today as may be."""


class TooManyExactLookUpsThisHour(CeilingReached):
    """As many telephones, addresses and numbers were looked up since the full hour as may be."""


class TooManyExactLookUpsToday(CeilingReached):
    """As many telephones, addresses and numbers were looked up today as may be."""


class TooManyMissesToday(CeilingReached):
    """As many wrong data were given today, by callers or in searches, as may be."""


class CeilingOwn(RuleBroken):
    """Nobody raises a ceiling for themselves."""


class CeilingUnknown(RuleBroken):
    """There is no such ceiling to be raised for this person."""


class CeilingSize(RuleBroken):
    """The number is not above what holds already, or beyond what may be given."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "most"
        self.above = int(facts.detail["above"])
        self.most = int(facts.detail["most"])


class CeilingDays(RuleBroken):
    """The day is over already, or further off than a ceiling is raised for."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "last_day"
        self.last_day = date.fromisoformat(facts.detail["last_day"])


class TooManyRaises(RuleBroken):
    """The supervisor raised as many ceilings today as may be."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.most = int(facts.detail["most"])


class RaiseOver(RuleBroken):
    """The raised ceiling has ended already."""


class NotOverseen(RuleBroken):
    """The person's doings are for others to look at."""


class AlertGone(RuleBroken):
    """Somebody looked at the alert already, or it is too long ago."""


REACHED: Mapping[Ceiling, type[CeilingReached]] = MappingProxyType(
    {
        Ceiling.VISITS_AT_ONCE: TooManyVisitsHeld,
        Ceiling.VISITS_AN_HOUR: TooManyVisitsThisHour,
        Ceiling.VISITS_A_DAY: TooManyVisitsToday,
        Ceiling.REVEALS_AN_HOUR: TooManyRevealsThisHour,
        Ceiling.REVEALS_A_DAY: TooManyRevealsToday,
        Ceiling.LOOK_UPS_AN_HOUR: TooManyLookUpsThisHour,
        Ceiling.LOOK_UPS_A_DAY: TooManyLookUpsToday,
        Ceiling.COPIES_AN_HOUR: TooManyCopiesThisHour,
        Ceiling.COPIES_A_DAY: TooManyCopiesToday,
        Ceiling.EXPORTS_A_DAY: TooManyExportsToday,
        Ceiling.SHOWN_AN_HOUR: TooManyShownThisHour,
        Ceiling.SHOWN_A_DAY: TooManyShownToday,
        Ceiling.EXACT_LOOK_UPS_AN_HOUR: TooManyExactLookUpsThisHour,
        Ceiling.EXACT_LOOK_UPS_A_DAY: TooManyExactLookUpsToday,
        Ceiling.MISSES_A_DAY: TooManyMissesToday,
    }
)
for _ceiling, _error in REACHED.items():
    errors.register(_ceiling.value, _error)
errors.register("alert_gone", AlertGone)
errors.register("ceiling_days", CeilingDays)
errors.register("ceiling_own", CeilingOwn)
errors.register("ceiling_raise_over", RaiseOver)
errors.register("ceiling_raises_too_many", TooManyRaises)
errors.register("ceiling_size", CeilingSize)
errors.register("ceiling_unknown", CeilingUnknown)
errors.register("not_overseen", NotOverseen)


@dataclass(frozen=True, slots=True)
class CeilingAlert:
    """Somebody near a ceiling or at it: how much in the hour, the day or the moment that began then."""

    login: str
    full_name: str
    branch: str
    ceiling: Ceiling
    counted: int
    most: int
    began_at: datetime
    last_at: datetime

    @property
    def is_reached(self) -> bool:
        """Whether the ceiling itself was reached."""
        return self.counted >= self.most


@dataclass(frozen=True, slots=True)
class Raise:
    """A ceiling raised for somebody's task until the end of a day, or until it was ended."""

    id: int
    login: str
    full_name: str
    ceiling: Ceiling
    most: int
    last_day: date
    reason: str
    raised_by: str
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class RecordedDoing:
    """One thing somebody did that is counted; ``detail`` is what its record says."""

    done_at: datetime
    doing: Doing
    ident: int | None
    name: str
    address: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """How much somebody did by now of what they may."""

    ceiling: Ceiling
    counted: int
    most: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here now."""

    login: str
    full_name: str


def alerts(session: Session) -> tuple[CeilingAlert, ...]:
    """Tell who came near a ceiling lately and was not looked at yet, those first who reached one."""
    return tuple(
        CeilingAlert(
            row.login,
            row.full_name,
            row.branch,
            Ceiling(row.ceiling),
            row.counted,
            row.most,
            row.began_at,
            row.last_at,
        )
        for row in queries.alerts(session)
    )


def see_alert(session: Session, *, login: str, ceiling: Ceiling, began_at: datetime, reason: str) -> None:
    """Write down that an alert was looked at, and what was found.

    Raises: ReasonMissing, NotOverseen, AlertGone.
    """
    queries.see_alert(session, login=login, ceiling=ceiling.value, began_at=began_at, reason=reason)


def doings(
    session: Session,
    *,
    login: str,
    since: datetime,
    until: datetime,
    doing: Doing | None = None,
    before: datetime | None = None,
    limit: int = 200,
) -> PageOfRows[RecordedDoing, datetime]:
    """List what somebody did in a time, the latest first; ``doing`` narrows it to one kind.

    Raises: NotOverseen.
    """
    rows = queries.doings(
        session, login=login, what=doing, since=since, until=until, before=before, limit=limit
    )
    done = tuple(
        RecordedDoing(row.done_at, Doing(row.what), row.ident, row.name or "", row.address or "", row.detail)
        for row in rows
    )
    return PageOfRows(done, done[-1].done_at if len(done) >= limit else None)


def standing(session: Session, *, login: str) -> tuple[Standing, ...]:
    """Tell how near somebody is to each ceiling now, in the order of the ceilings.

    Raises: NotOverseen.
    """
    by_name = {Ceiling(row.ceiling): row for row in queries.standing(session, login=login)}
    return tuple(
        Standing(ceiling, by_name[ceiling].counted, by_name[ceiling].most)
        for ceiling in Ceiling
        if ceiling in by_name
    )


def raises_in_force(session: Session) -> tuple[Raise, ...]:
    """List the ceilings that are raised now, those first that end first."""
    return tuple(
        Raise(
            row.id,
            row.login,
            row.full_name,
            row.ceiling,
            row.most,
            row.last_day,
            row.reason,
            row.raised_by,
            row.raised_at,
        )
        for row in queries.raises_in_force(session)
    )


def raise_ceiling(
    session: Session, *, login: str, ceiling: Ceiling, most: int, last_day: date, reason: str
) -> int:
    """Let a colleague do more until the end of a day, and return the id of the record.

    Raises: NotServing, CeilingOwn, CeilingUnknown, ReasonMissing, CeilingSize, CeilingDays, TooManyRaises.
    """
    return queries.raise_ceiling(
        session, login=login, ceiling=ceiling.value, most=most, last_day=last_day, reason=reason
    )


def end_raise(session: Session, *, raise_id: int) -> None:
    """Let a raised ceiling be what it was, from now on.

    Raises: NotServing, RaiseOver.
    """
    queries.end_raise(session, raise_id=raise_id)


def colleagues(session: Session) -> tuple[Colleague, ...]:
    """List those who serve now, but whoever asks, by name."""
    return tuple(Colleague(row.login, row.full_name) for row in queries.colleagues(session))
