"""Payment plans: what is owed and on what terms it may be repaid, signing, and what became of plans."""

from app.usecases.plans import rules
from app.usecases.plans.reading import Instalment, Plan, PlanItem, plans_of

__all__ = ["Instalment", "Plan", "PlanItem", "plans_of", "rules"]
