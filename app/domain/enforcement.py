"""Enforcement (utuženje): the states a case before a public bailiff goes through."""

from enum import StrEnum


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
