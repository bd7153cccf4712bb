"""What may be done with a plan, by whom, and why not: told before it is tried.

The database decides; here is the same rule for the window, so that nothing is
offered that would be refused, and what is not offered says why.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.plans import ENDED, IN_FORCE, Offer, PlanState, Terms
from app.usecases.plans.details import LeftOver
from app.usecases.plans.questions import Plan
from app.usecases.staff import Me


class PlanAct(StrEnum):
    """What can be done with a plan that is registered."""

    CERTIFY = "certify"
    CANCEL = "cancel"
    UNDO = "undo"
    BOOK = "book"
    WHAT_IF = "what_if"


class Barrier(StrEnum):
    """Why it cannot be done now, or not by this person."""

    AGENT = "agent"
    """Agents tell of plans and sign none."""

    NOT_SUPERVISOR = "not_supervisor"
    NOT_AWAITING = "not_awaiting"
    NOT_IN_FORCE = "not_in_force"
    ENDED = "ended"
    ANOTHER_DAY = "another_day"
    ANOTHER_PERSON = "another_person"
    MONEY = "money"
    """Something was paid under it."""

    NO_MONEY = "no_money"
    """No payment of the account has anything left over."""


def may_sign(me: Me) -> bool:
    """Tell whether this person signs plans and hands out their papers; others tell what they would cost."""
    return me.decides


def signing_limit(terms: Terms, *, me: Me) -> Decimal | None:
    """Return how much may be payable under a plan that this person signs; None without a bound."""
    return terms.most_payable.get(me.role.value)


def is_over_limit(offer: Offer, *, terms: Terms, me: Me) -> bool:
    """Tell whether signing the offer is beyond this person."""
    limit = signing_limit(terms, me=me)
    return limit is not None and offer.payable > limit


def bookable(plan: Plan, left_over: Sequence[LeftOver]) -> tuple[LeftOver, ...]:
    """Return the payments that may be set against a plan.

    Of one that was found broken, those received before the day of breach: with
    enough of them it is in force again.
    """
    if plan.state is PlanState.BROKEN:
        return tuple(one for one in left_over if plan.breaks_on is None or one.received_on < plan.breaks_on)
    return tuple(left_over)


def barriers(plan: Plan, *, me: Me, today: date, has_left_over: bool) -> dict[PlanAct, Barrier | None]:
    """Tell of each act why it cannot be done; None where it can.

    ``has_left_over``: whether any payment is bookable on it.
    """
    found: dict[PlanAct, Barrier | None] = {
        PlanAct.CERTIFY: None if plan.state is PlanState.AWAITING_CERTIFICATION else Barrier.NOT_AWAITING,
        PlanAct.CANCEL: _first(
            (plan.state in ENDED, Barrier.ENDED), (not me.supervises, Barrier.NOT_SUPERVISOR)
        ),
        PlanAct.UNDO: _first(
            (plan.state in ENDED, Barrier.ENDED),
            (plan.signed_on != today, Barrier.ANOTHER_DAY),
            (not plan.is_mine and not me.supervises, Barrier.ANOTHER_PERSON),
            (plan.paid > 0, Barrier.MONEY),
        ),
        PlanAct.BOOK: _first(
            (plan.state not in IN_FORCE | {PlanState.BROKEN}, Barrier.NOT_IN_FORCE),
            (plan.state is PlanState.BROKEN and not has_left_over, Barrier.NOT_IN_FORCE),
            (not has_left_over, Barrier.NO_MONEY),
        ),
    }
    if not may_sign(me):
        found = dict.fromkeys(found, Barrier.AGENT)
    found[PlanAct.WHAT_IF] = None if plan.state in IN_FORCE else Barrier.NOT_IN_FORCE
    return found


def _first(*reasons: tuple[bool, Barrier]) -> Barrier | None:
    return next((barrier for holds, barrier in reasons if holds), None)
