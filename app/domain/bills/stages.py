"""The stages the debt of a month can be at: they make the six sums of an account."""

from enum import StrEnum


class BillStage(StrEnum):
    """Where the open amount of a bill stands in the six sums of its account."""

    CURRENT = "current"
    UNSUED = "unsued"
    SUED = "sued"
    PLAN = "plan"


TRANSITIONS: dict[BillStage, frozenset[BillStage]] = {
    BillStage.CURRENT: frozenset({BillStage.UNSUED, BillStage.PLAN}),
    BillStage.UNSUED: frozenset({BillStage.SUED, BillStage.PLAN}),
    BillStage.SUED: frozenset({BillStage.UNSUED, BillStage.PLAN}),
    BillStage.PLAN: frozenset({BillStage.UNSUED, BillStage.SUED}),
}
"""A case that ends uncollected gives its months back; a broken plan returns them where they were."""
