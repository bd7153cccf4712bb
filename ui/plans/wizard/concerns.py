"""Which step of the wizard a refusal of the database belongs to."""

from app.usecases.plans import rules
from db.refusals import PlanInForce
from ui.plans.wizard.steps_bar import Step

_CONCERNS: tuple[tuple[Step, tuple[type[Exception], ...]], ...] = (
    (
        Step.PROGRAMME,
        (
            PlanInForce,
            rules.PlanAwaiting,
            rules.ProgrammeNotInForce,
            rules.PayerNotAllowed,
            rules.BrokenBefore,
            rules.TooFewBills,
        ),
    ),
    (Step.MONTHS, (rules.DebtChanged, rules.NothingLeftToRepay)),
    (Step.OFFER, (rules.SumsWrong, rules.CountNotAllowed, rules.InstalmentUnderLeast, rules.OverLimit)),
    (Step.DEBTOR, (rules.PlanFieldWrong,)),
)


def concerned_step(error: Exception) -> Step | None:
    """Return where what was refused is chosen; None where it concerns the whole."""
    return next((step for step, kinds in _CONCERNS if isinstance(error, kinds)), None)
