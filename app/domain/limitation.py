"""Limitation (zastarelost): when a debtor could object that a claim is too old.

Household utilities: one year from the due date (ZOO art. 378); claims fixed by a
final decision: ten (art. 379).  An acknowledgement of debt, as a payment plan is,
or a filing starts the term again (art. 387, 388).  A court minds it only when the
debtor objects, so it is shown as information and nothing is ever deleted by it.  How long a
term is, is a setting (``limitation_months``); which months are near its end, the
query of an account's header tells.
"""

from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=60)


class LimitationState(StrEnum):
    """How near the end of the term is."""

    RUNNING = "running"
    SOON = "soon"
    PASSED = "passed"


def limitation_state(ends: date, *, today: date) -> LimitationState:
    """Tell how near the end of a term is: soon means within sixty days."""
    if today > ends:
        return LimitationState.PASSED
    return LimitationState.SOON if ends - today <= SOON else LimitationState.RUNNING
