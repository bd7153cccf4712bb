"""Payment plans: what is owed and on what terms it may be repaid, signing, and what became of plans.

``debts`` what an account owes, ``choosing`` under which programme and at what cost,
``signing`` from contract to force and back, ``papers`` and ``printing`` what is handed
out of it, ``watching`` what becomes of it,
``reading`` the plans of an account, ``telling`` all about one of them, ``permitting``
what may be done with it, ``portfolio`` those of all, ``drafting`` the programmes
themselves, ``bounds`` what they may give at most.
"""

from app.usecases.plans.bounds import ProgrammeBounds, programme_bounds, set_programme_bounds
from app.usecases.plans.choosing import (
    Choices,
    ProgrammeChoice,
    ProgrammeVersion,
    offers_on,
    programmes,
)
from app.usecases.plans.debts import CaseOwed, Debt, DebtChange, DebtSums, MonthOwed, debt_of
from app.usecases.plans.details import LeftOver, PlanPayment, PlanStory, story_of
from app.usecases.plans.drafting import (
    Drafted,
    DraftFields,
    EditedVersion,
    Trial,
    change_programme_draft,
    draft_programme,
    largest_debts,
    programme_versions,
    publish_programme,
    try_programme,
)
from app.usecases.plans.ground import OnFile, SigningGround, ground_of
from app.usecases.plans.papers import contract_ahead, contract_of, hand_out
from app.usecases.plans.permitting import (
    Barrier,
    PlanAct,
    barriers,
    bookable,
    is_over_limit,
    may_sign,
    signing_limit,
)
from app.usecases.plans.portfolio import (
    PortfolioCount,
    PortfolioKey,
    PortfolioRow,
    Which,
    portfolio,
    portfolio_counts,
    portfolio_rest,
)
from app.usecases.plans.printing import ContractPaper, plan_paper, proposal_paper
from app.usecases.plans.questions import Instalment, Plan, PlanItem, plan_named, plan_of, plans_of
from app.usecases.plans.signing import (
    Booked,
    DebtorFields,
    Signed,
    book_payment,
    cancel,
    certify,
    register,
    undo,
)
from app.usecases.plans.watching import Followed, PlanEvent, WhatIf, follow, history, what_if

__all__ = [
    "Barrier",
    "Booked",
    "CaseOwed",
    "Choices",
    "ContractPaper",
    "Debt",
    "DebtChange",
    "DebtSums",
    "DebtorFields",
    "DraftFields",
    "Drafted",
    "EditedVersion",
    "Followed",
    "Instalment",
    "LeftOver",
    "MonthOwed",
    "OnFile",
    "Plan",
    "PlanAct",
    "PlanEvent",
    "PlanItem",
    "PlanPayment",
    "PlanStory",
    "PortfolioCount",
    "PortfolioKey",
    "PortfolioRow",
    "ProgrammeBounds",
    "ProgrammeChoice",
    "ProgrammeVersion",
    "Signed",
    "SigningGround",
    "Trial",
    "WhatIf",
    "Which",
    "barriers",
    "book_payment",
    "bookable",
    "cancel",
    "certify",
    "change_programme_draft",
    "contract_ahead",
    "contract_of",
    "debt_of",
    "draft_programme",
    "follow",
    "ground_of",
    "hand_out",
    "history",
    "is_over_limit",
    "largest_debts",
    "may_sign",
    "offers_on",
    "plan_named",
    "plan_of",
    "plan_paper",
    "plans_of",
    "portfolio",
    "portfolio_counts",
    "portfolio_rest",
    "programme_bounds",
    "programme_versions",
    "programmes",
    "proposal_paper",
    "publish_programme",
    "register",
    "set_programme_bounds",
    "signing_limit",
    "story_of",
    "try_programme",
    "undo",
    "what_if",
]
