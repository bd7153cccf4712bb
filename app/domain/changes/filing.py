"""How a request comes in: by which way, from whom, and from which month it counts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.period import Period


class IntakeChannel(StrEnum):
    """The way a request reached the desk; a telephone announcement needs its papers later."""

    COUNTER = "counter"
    POST = "post"
    EMAIL = "email"
    PORTAL = "portal"
    PHONE = "phone"


class ApplicantStanding(StrEnum):
    """In what capacity somebody applies (svojstvo)."""

    OWNER = "owner"
    TENANT = "tenant"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class EffectiveMonth:
    """From which month a change counts, and by which rule."""

    period: Period
    received_on: date
    cutoff_day: int

    @property
    def is_after_cutoff(self) -> bool:
        """True if the month of receipt was missed."""
        return self.received_on.day > self.cutoff_day


def effective_month(received_on: date, *, cutoff_day: int) -> EffectiveMonth:
    """Find the first month a change is charged in: the month of receipt up to the cut-off day, else the next.

    The day is a dated setting: 15 once, 20 by the rule published later.

    >>> str(effective_month(date(2026, 12, 21), cutoff_day=20).period)
    '01/2027'
    """
    month = Period(received_on.year, received_on.month)
    return EffectiveMonth(month if received_on.day <= cutoff_day else month.next(), received_on, cutoff_day)


def is_late(happened_on: date, *, received_on: date, reporting_days: int) -> bool:
    """Tell whether a change was reported later than the duty asks (eight days)."""
    return (received_on - happened_on).days > reporting_days
