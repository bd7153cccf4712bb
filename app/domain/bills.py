"""Bills: the stages the debt of a month can be at."""

from enum import StrEnum


class BillStage(StrEnum):
    """Where the open amount of a bill stands in the six sums of its account."""

    CURRENT = "current"
    UNSUED = "unsued"
    SUED = "sued"
    PLAN = "plan"
