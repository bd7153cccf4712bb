"""Payment plans (reprogram): a debt acknowledged, and repaid in instalments under a programme of the city.

``programmes`` says on what terms, ``eligibility`` for which debts and for whom,
``offers`` at what cost, ``schedules`` in which parts, ``following`` whether the
plan is kept, ``ending`` what is owed when it is not.
"""

from app.domain.plans.eligibility import Ineligibility, MonthOfDebt, WhyNot, coverable, obstacle
from app.domain.plans.ending import INTEREST_ON_PAID, HeldMonth, InterestOnPaid, Left, LeftMonth, leave
from app.domain.plans.following import Verdict, breaks_on, follow, is_in_time
from app.domain.plans.offers import (
    CountNotOffered,
    NothingToRepay,
    Offer,
    OfferedInstalment,
    TooManyInstalments,
    counts_to_tell,
    offer,
    offers,
    standard_counts,
)
from app.domain.plans.papers import PlanPaper
from app.domain.plans.programmes import (
    BreachRule,
    DebtRule,
    FirstDue,
    InterestRelief,
    LadderStep,
    Payer,
    SizeRule,
    Terms,
    TermsFaulty,
    VersionState,
)
from app.domain.plans.schedules import InstalmentTooSmall, Schedule, due_dates, schedule
from app.domain.plans.states import (
    ENDED,
    IN_FORCE,
    IN_THE_WAY,
    TRANSITIONS,
    InstalmentState,
    PlanCause,
    PlanState,
    instalment_state,
)

__all__ = [
    "ENDED",
    "INTEREST_ON_PAID",
    "IN_FORCE",
    "IN_THE_WAY",
    "TRANSITIONS",
    "BreachRule",
    "CountNotOffered",
    "DebtRule",
    "FirstDue",
    "HeldMonth",
    "Ineligibility",
    "InstalmentState",
    "InstalmentTooSmall",
    "InterestOnPaid",
    "InterestRelief",
    "LadderStep",
    "Left",
    "LeftMonth",
    "MonthOfDebt",
    "NothingToRepay",
    "Offer",
    "OfferedInstalment",
    "Payer",
    "PlanCause",
    "PlanPaper",
    "PlanState",
    "Schedule",
    "SizeRule",
    "Terms",
    "TermsFaulty",
    "TooManyInstalments",
    "Verdict",
    "VersionState",
    "WhyNot",
    "breaks_on",
    "counts_to_tell",
    "coverable",
    "due_dates",
    "follow",
    "instalment_state",
    "is_in_time",
    "leave",
    "obstacle",
    "offer",
    "offers",
    "schedule",
    "standard_counts",
]
