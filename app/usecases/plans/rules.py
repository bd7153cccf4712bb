"""What the database refuses about payment plans, by the names of its rules.

What the domain refuses as well, before anything is sent, is the domain's error here too.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.errors import Refused
from app.domain.interest import RateUnknown
from app.domain.period import Period
from app.domain.plans import (
    CountNotOffered,
    InstalmentTooSmall,
    NothingToRepay,
    PlanState,
    TermsFaulty,
    TooManyInstalments,
)
from db import errors
from db.errors import Facts, RuleBroken
from db.refusals import PlanInForce


class NoPlanInForce(RuleBroken):
    """The plan is not in force, so nothing can be paid under it; ``state`` where one was meant."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.number = str(facts.detail.get("number", ""))
        self.state = _state(facts.detail.get("state"))


class PlanAwaiting(RuleBroken):
    """A contract of this account waits for its certification already."""


class NoSuchPlan(Refused):
    """The account has no such plan."""


class ProgrammeNotInForce(RuleBroken):
    """No plan may be signed under the programme today; ``valid_to`` is the day it was over."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.valid_from = _day(facts.detail.get("valid_from"))
        self.valid_to = _day(facts.detail.get("valid_to"))
        self.field = "programme"


class PayerNotAllowed(RuleBroken):
    """The programme is not for such a payer, or the account's holder is none."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "payer"


class BrokenBefore(RuleBroken):
    """A plan under this programme was broken, and it allows no other."""


class TooFewBills(RuleBroken):
    """The programme takes unsued debt only from so many unpaid bills on."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.least = int(facts.detail.get("least", 0))
        self.there_are = int(facts.detail.get("there_are", 0))
        self.field = "months"


class DebtChanged(Refused):
    """What was shown is not what is owed any more; ``months`` are those that changed, none if costs did."""

    field = "months"

    def __init__(self, *, months: tuple[Period, ...] = ()) -> None:
        super().__init__(*(str(month) for month in months))
        self.months = months


class SumsWrong(RuleBroken):
    """The sums or dates of the offer do not follow from the programme."""


class OverLimit(RuleBroken):
    """Somebody of this role may not sign for so much."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.most = Decimal(str(facts.detail.get("most", 0)))


class PlanMoveForbidden(RuleBroken):
    """The plan cannot go from ``old`` to ``new``: of two at once, the second sees what the first has done."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.old = _state(facts.detail.get("old"))
        self.new = _state(facts.detail.get("new"))


class PlanReasonMissing(RuleBroken):
    """Nobody cancels or undoes a plan without a reason."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "reason"


class UndoForbidden(RuleBroken):
    """A registration is undone the same day, by who made it, while nothing was paid; ``why`` not here."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.why = str(facts.detail.get("why", ""))


class PlanFieldWrong(RuleBroken):
    """A field of the contract is missing or cannot be read."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = str(facts.detail.get("field", ""))


class DayInFuture(RuleBroken):
    """Plans are followed up to today: nobody is late before the day."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "day"


class PaymentUsedUp(RuleBroken):
    """Nothing is left of the payment, or it is none of money."""


class PlanIsOver(RuleBroken):
    """The plan has ended, so no paper asks for money under it any more."""


class ProgrammePublished(RuleBroken):
    """A published version is never altered; other terms are a new version."""


class OwnPublication(RuleBroken):
    """Whoever wrote a version, or a part of it, does not publish it."""


class OverBounds(RuleBroken):
    """The version gives more than the administrator allows: ``most`` of percent or of instalments."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "steps"
        self.most = str(facts.detail.get("most", ""))
        self.is_percent = facts.detail.get("bound") == "percent"


class WithdrawalUnreasoned(RuleBroken):
    """Nothing that was published is withdrawn without a reason, on one line."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "reason"


class NotPublished(RuleBroken):
    """There is no published version ``version`` of the programme ``code`` that could be withdrawn."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.code = str(facts.detail.get("code", ""))
        self.version = str(facts.detail.get("version", ""))


class BoundsFaulty(RuleBroken):
    """Bounds begin today or later, are percents and counts that can be, and have a reason."""


class OwnProgramme(RuleBroken):
    """Whoever published a programme signs no plan under it for so many ``days``."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.days = int(facts.detail.get("days", 0))


class ProgrammeFieldMissing(RuleBroken):
    """A programme has a code, a name and, once published, a legal basis."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = str(facts.detail.get("field", ""))


class DraftOutdated(RuleBroken):
    """Somebody else changed the draft meanwhile."""


class ProgrammeBackdated(RuleBroken):
    """Plans were signed under other terms on days the draft would be in force."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "valid_from"


class NoProgramme(Refused):
    """There is no such programme, or no such version of it."""

    field = "programme"


def _count_refused(facts: Facts) -> Refused:
    count, most = int(facts.detail["count"]), int(facts.detail["most"])
    return TooManyInstalments(most) if count > most else CountNotOffered(tuple(facts.detail["counts"]))


def _instalment_too_small(facts: Facts) -> Refused:
    return InstalmentTooSmall(Decimal(facts.detail["smallest"]), Decimal(facts.detail["least"]))


def _nothing_to_repay(_facts: Facts) -> Refused:
    return NothingToRepay()


def _rate_unknown(facts: Facts) -> Refused:
    return RateUnknown(date.fromisoformat(facts.detail["day"]))


def _terms_faulty(facts: Facts) -> Refused:
    return TermsFaulty(str(facts.detail["field"]))


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _state(value: Any) -> PlanState | None:
    return PlanState(value) if value else None


def _no_such_plan(_facts: Facts) -> NoSuchPlan:
    return NoSuchPlan()


def _debt_changed(facts: Facts) -> DebtChanged:
    months = facts.detail.get("months") or ()
    return DebtChanged(months=tuple(Period.from_ggmm(int(ggmm)) for ggmm in months))


errors.register("plan_in_force", PlanInForce)
errors.register("uq_plan_awaiting", PlanAwaiting)
errors.register("plan_not_in_force", NoPlanInForce)
errors.register("plan_unknown", _no_such_plan)
errors.register("plan_programme_not_in_force", ProgrammeNotInForce)
errors.register("plan_payer_not_allowed", PayerNotAllowed)
errors.register("plan_broken_before", BrokenBefore)
errors.register("plan_too_few_bills", TooFewBills)
errors.register("plan_debt_changed", _debt_changed)
errors.register("plan_sums_wrong", SumsWrong)
errors.register("plan_count_not_offered", _count_refused)
errors.register("plan_instalment_too_small", _instalment_too_small)
errors.register("plan_nothing_to_repay", _nothing_to_repay)
errors.register("plan_over_limit", OverLimit)
errors.register("plan_transition_forbidden", PlanMoveForbidden)
errors.register("plan_reason_missing", PlanReasonMissing)
errors.register("plan_undo_forbidden", UndoForbidden)
errors.register("plan_field_wrong", PlanFieldWrong)
errors.register("plan_day_in_future", DayInFuture)
errors.register("plan_payment_used_up", PaymentUsedUp)
errors.register("interest_rate_unknown", _rate_unknown)
errors.register("plan_paper_over", PlanIsOver)
errors.register("programme_published", ProgrammePublished)
errors.register("programme_terms_faulty", _terms_faulty)
errors.register("programme_field_missing", ProgrammeFieldMissing)
errors.register("programme_draft_outdated", DraftOutdated)
errors.register("programme_backdated", ProgrammeBackdated)
errors.register("programme_own_publication", OwnPublication)
errors.register("programme_over_bounds", OverBounds)
errors.register("programme_bounds_faulty", BoundsFaulty)
errors.register("programme_withdrawal_unreasoned", WithdrawalUnreasoned)
errors.register("programme_not_published", NotPublished)
errors.register("plan_programme_own", OwnProgramme)
