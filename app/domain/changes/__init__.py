"""Data changes (promene podataka na računima): what can be changed, by which papers, and who decides.

``kinds`` declares the fourteen kinds, ``declaring`` says how one is declared,
``asking`` what a form asks for in the case at hand, ``reading`` how what was typed
is stored, ``checking`` whether it can be, ``problems`` what is wrong where it cannot,
``consequence`` what the next bill will be, ``lifecycle`` who may move a request where,
``filing`` from which month it counts.
"""

from app.domain.changes.asking import (
    Circumstances,
    Value,
    asked_fields,
    asked_papers,
    circumstances,
    must_be_filled,
)
from app.domain.changes.checking import check, check_days
from app.domain.changes.declaring import (
    ChangeKind,
    ChecklistPaper,
    Decider,
    Declaration,
    Field,
    FieldType,
    Fixed,
    Ground,
    Need,
    PaperKind,
    Route,
    Scope,
    TargetColumn,
)
from app.domain.changes.filing import (
    ApplicantStanding,
    EffectiveMonth,
    IntakeChannel,
    effective_month,
    is_late,
)
from app.domain.changes.kinds import DECLARATIONS, declaration_of
from app.domain.changes.lifecycle import (
    EDITABLE,
    ENDED,
    OPEN,
    TRANSITIONS,
    VOID,
    WITH_DECISION,
    WITH_RECEIPT,
    ChangeState,
    Mover,
    Transition,
)
from app.domain.changes.problems import Problem, Rule
from app.domain.changes.reading import canonical, clean, readable

__all__ = [
    "DECLARATIONS",
    "EDITABLE",
    "ENDED",
    "OPEN",
    "TRANSITIONS",
    "VOID",
    "WITH_DECISION",
    "WITH_RECEIPT",
    "ApplicantStanding",
    "ChangeKind",
    "ChangeState",
    "ChecklistPaper",
    "Circumstances",
    "Decider",
    "Declaration",
    "EffectiveMonth",
    "Field",
    "FieldType",
    "Fixed",
    "Ground",
    "IntakeChannel",
    "Mover",
    "Need",
    "PaperKind",
    "Problem",
    "Route",
    "Rule",
    "Scope",
    "TargetColumn",
    "Transition",
    "Value",
    "asked_fields",
    "asked_papers",
    "canonical",
    "check",
    "check_days",
    "circumstances",
    "clean",
    "declaration_of",
    "effective_month",
    "is_late",
    "must_be_filled",
    "readable",
]
