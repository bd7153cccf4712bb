"""Papers of a plan: what leaves the desk about it."""

from enum import StrEnum


class PlanPaper(StrEnum):
    """What is handed out: of a plan that is not registered yet there is a proposal only."""

    CONTRACT = "contract"
    SLIPS = "slips"
    BOTH = "both"
    PROPOSAL = "proposal"
