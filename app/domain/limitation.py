"""Limitation (zastarelost): when a debtor could object that a claim is too old.

Household utilities: one year from the due date (ZOO art. 378); claims fixed by a
final decision: ten (art. 379).  An acknowledgement of debt, as a payment plan is,
or a filing starts the term again (art. 387, 388).  A court minds it only when the
debtor objects, so it is shown as information and nothing is ever deleted by it.
"""

from datetime import date, timedelta
from enum import StrEnum

HOUSEHOLD_YEARS = 1
FINAL_DECISION_YEARS = 10
SOON = timedelta(days=60)


class LimitationState(StrEnum):
    """How near the end of the term is."""

    RUNNING = "running"
    SOON = "soon"
    PASSED = "passed"


def ends_on(due_on: date, *, years: int = HOUSEHOLD_YEARS, interrupted_on: date | None = None) -> date:
    """Return the last day of the term, counted anew from an interruption if there was one.

    >>> ends_on(date(2024, 2, 29))
    datetime.date(2025, 2, 28)
    """
    start = max(due_on, interrupted_on) if interrupted_on else due_on
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 2, 28)


def limitation_state(ends: date, *, today: date) -> LimitationState:
    """Tell how near the end of a term is: soon means within sixty days."""
    if today > ends:
        return LimitationState.PASSED
    return LimitationState.SOON if ends - today <= SOON else LimitationState.RUNNING
