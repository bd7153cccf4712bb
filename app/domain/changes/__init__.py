"""Data changes (promene podataka na računima): what can be changed, by which papers, and who decides.

``kinds`` declares the fourteen kinds, ``declaring`` says how one is declared,
``lifecycle`` who may move a request where, ``filing`` from which month it counts,
``checking`` whether what was typed can be.
"""

from app.domain.changes.declaring import (
    ChangeKind,
    Decider,
    Declaration,
    Field,
    FieldType,
    Fixed,
    Ground,
    Need,
    Paper,
    PaperKind,
    Route,
    Scope,
    Target,
)
from app.domain.changes.filing import EffectiveMonth, IntakeChannel, Standing, effective_month, is_late
from app.domain.changes.kinds import DECLARATIONS, declaration_of
from app.domain.changes.lifecycle import (
    ENDED,
    NEEDS_REASON,
    OPEN,
    TRANSITIONS,
    ChangeState,
    Mover,
    Transition,
    next_states,
)

__all__ = [
    "DECLARATIONS",
    "ENDED",
    "NEEDS_REASON",
    "OPEN",
    "TRANSITIONS",
    "ChangeKind",
    "ChangeState",
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
    "Paper",
    "PaperKind",
    "Route",
    "Scope",
    "Standing",
    "Target",
    "Transition",
    "declaration_of",
    "effective_month",
    "is_late",
    "next_states",
]
