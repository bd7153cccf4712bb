"""Enforcement (utuženje): the states a case before a public bailiff goes through.

The creditor proposes, the bailiff decides; the debtor may object within eight days
of service.  While a payment plan is in force its cases rest; a broken plan wakes
them.
"""

import re
from enum import StrEnum

from app.domain.errors import Refused
from app.domain.script import to_latin


class CaseState(StrEnum):
    """Where a case stands."""

    PREPARED = "prepared"
    FILED = "filed"
    DECIDED = "decided"
    OBJECTED = "objected"
    FINAL = "final"
    EXECUTING = "executing"
    SUSPENDED_BY_PLAN = "suspended_by_plan"
    COLLECTED = "collected"
    DISCONTINUED = "discontinued"
    DISMISSED = "dismissed"
    TIME_BARRED = "time_barred"


ENDED = frozenset({CaseState.COLLECTED, CaseState.DISCONTINUED, CaseState.DISMISSED, CaseState.TIME_BARRED})
"""States in which a case claims nothing any more."""

_ALWAYS = frozenset({CaseState.COLLECTED, CaseState.DISCONTINUED, CaseState.SUSPENDED_BY_PLAN})

TRANSITIONS: dict[CaseState, frozenset[CaseState]] = {
    CaseState.PREPARED: frozenset({CaseState.FILED}) | _ALWAYS,
    CaseState.FILED: frozenset({CaseState.DECIDED, CaseState.DISMISSED}) | _ALWAYS,
    CaseState.DECIDED: frozenset({CaseState.OBJECTED, CaseState.FINAL}) | _ALWAYS,
    CaseState.OBJECTED: frozenset({CaseState.FINAL, CaseState.DISMISSED, CaseState.TIME_BARRED}) | _ALWAYS,
    CaseState.FINAL: frozenset({CaseState.EXECUTING}) | _ALWAYS,
    CaseState.EXECUTING: frozenset({CaseState.TIME_BARRED}) | _ALWAYS,
    CaseState.SUSPENDED_BY_PLAN: (frozenset(CaseState) - {CaseState.SUSPENDED_BY_PLAN, CaseState.DISMISSED}),
    **dict.fromkeys(ENDED, frozenset()),
}

_CASE_NUMBER = re.compile(
    r"""(?ix)
    (i \.? \s? iv | i \.? \s? i | iv) \.?  # the register: of authentic documents, or of enforceable titles
    [\s-]* (\d{1,6}) \s* / \s* (\d{4} | \d{2})
    """,
    re.ASCII,
)
_REGISTERS = {"iiv": "I.Iv", "iv": "I.Iv", "ii": "I.I"}


class NotACaseNumber(Refused):
    """The text is not a bailiff's case number."""

    field = "case_number"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def normalize_case_number(text: str) -> str:
    """Return a bailiff's case number as registers write it.

    Tolerant of script, dots and blanks: the grammar is known from use only.

    Raises: NotACaseNumber.

    >>> normalize_case_number("И.Ив 1234/2024"), normalize_case_number("i.i-7/24")
    ('I.Iv 1234/2024', 'I.I 7/2024')
    """
    match = _CASE_NUMBER.fullmatch(to_latin(text).strip())
    if match is None:
        raise NotACaseNumber(text)
    register = _REGISTERS[re.sub(r"[\s.]", "", match[1]).lower()]
    year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
    return f"{register} {int(match[2])}/{year}"
