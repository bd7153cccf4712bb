"""Which step of the wizard a refusal of the database belongs to."""

from app.domain.plans import CountNotOffered, InstalmentTooSmall, NothingToRepay, TooManyInstalments
from app.usecases.plans import rules
from db.refusals import PlanInForce
from ui.plans.wizard.steps_bar import WizardStep

_CONCERNS: tuple[tuple[WizardStep, tuple[type[Exception], ...]], ...] = (
    (
        WizardStep.PROGRAMME,
        (
            PlanInForce,
            rules.PlanAwaiting,
            rules.ProgrammeNotInForce,
            rules.PayerNotAllowed,
            rules.BrokenBefore,
            rules.TooFewBills,
        ),
    ),
    (WizardStep.MONTHS, (rules.DebtChanged, NothingToRepay)),
    (
        WizardStep.OFFER,
        (rules.SumsWrong, TooManyInstalments, CountNotOffered, InstalmentTooSmall, rules.OverLimit),
    ),
    (WizardStep.DEBTOR, (rules.PlanFieldWrong,)),
)


def concerned_step(error: Exception) -> WizardStep | None:
    """Return where what was refused is chosen; None where it concerns the whole."""
    return next((step for step, kinds in _CONCERNS if isinstance(error, kinds)), None)
