"""Payment plans under the four real programmes: signed in the window by keyboard, then kept or broken."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain import payment_reference
from app.domain.ips_qr import PaymentRequest
from app.domain.money import ZERO
from app.domain.plans import InstalmentState, PlanCause, PlanState
from tests.robots.clerk import Clerk
from tests.robots.debtors import Debtors
from tests.robots.lives import LIVES, asked_by, sign
from tests.robots.plans import Plans
from tests.robots.stage import CLERK, Stage
from ui.words import states, text

ALL = list(LIVES)


@pytest.fixture(scope="module")
def debtors(town) -> Debtors:
    return Debtors(town)


def pays(debtors: Debtors, plans: Plans, ident: str, slips: Sequence[PaymentRequest]) -> None:
    """Let the bank bring what each slip asks for on the day of its instalment, and follow that night."""
    assert plans.section.view.plan is not None
    for slip, one in zip(slips, plans.section.view.plan.instalments, strict=False):
        named = payment_reference.parse(slip.reference)
        assert (f"{named.ident:07d}", named.instalment) == (ident, one.number)
        debtors.bring(ident, slip.amount, reference=one.reference, on=one.due_on)
        debtors.night_of(one.due_on)


def returns(clerk: Clerk, ident: str) -> Plans:
    """Sign in again on whatever day it is, and look at the plans of the account."""
    clerk.signs_out()
    clerk.signs_in(CLERK)
    clerk.opens(ident)
    plans = Plans(clerk)
    plans.looks()
    return plans


@pytest.mark.parametrize("code", ALL)
def test_a_plan_is_signed_paid_by_its_slips_and_kept(
    stage: Stage, debtors: Debtors, tmp_path: Path, code: str
) -> None:
    life = LIVES[code]
    ident = life.kept
    life.moves_in(debtors, ident)
    clerk = stage.opens()
    clerk.signs_in(CLERK)

    slips = asked_by(sign(clerk, life, ident, path=tmp_path / "papers.pdf"))
    plans = Plans(clerk)
    payable = sum((slip.amount for slip in slips), ZERO)
    in_force = plans.amounts()
    pays(debtors, plans, ident, slips)
    plans = returns(clerk, ident)

    assert len(slips) == life.count
    assert (in_force["plan"], in_force["total"], in_force["sued"]) == (payable, payable + life.left, ZERO)
    assert plans.state() == states.word(PlanState.KEPT)
    after = plans.amounts()
    assert (after["plan"], after["sued"], after["overpaid"], after["total"]) == (ZERO, ZERO, ZERO, life.left)
    assert [one.state for one in plans.section.view.plan.instalments] == [InstalmentState.PAID] * life.count
    assert states.word(PlanCause.ALL_PAID) in " ".join(plans.events()[-1] + plans.events()[0])
    assert debtors.troubles() == []


@pytest.mark.parametrize("code", ALL)
def test_a_plan_that_is_not_paid_is_broken_as_the_window_foretold(
    stage: Stage, debtors: Debtors, tmp_path: Path, code: str
) -> None:
    life = LIVES[code]
    ident = life.broken
    life.moves_in(debtors, ident)
    clerk = stage.opens()
    clerk.signs_in(CLERK)
    clerk.opens(ident)
    plans = Plans(clerk)
    before = plans.amounts()
    slips = asked_by(sign(clerk, life, ident, path=tmp_path / "papers.pdf"))
    pays(debtors, plans, ident, slips[: life.paid])
    plans = returns(clerk, ident)
    day = plans.section.view.plan.breaks_on
    held = plans.amounts()

    eve = plans.asks_what_if(text.day(day - timedelta(days=1)))
    foretold = plans.asks_what_if(text.day(day))
    debtors.night_of(day)
    plans = returns(clerk, ident)

    paid = sum((slip.amount for slip in slips[: life.paid]), ZERO)
    assert held["plan"] == sum((slip.amount for slip in slips), ZERO) - paid
    assert states.word(PlanState.BROKEN) not in eve
    assert states.word(PlanState.BROKEN) in foretold
    assert plans.state() == states.word(PlanState.BROKEN)
    after = plans.amounts()
    # what was paid is set against the months, and all the rest is owed as it was
    assert (after["plan"], after["overpaid"]) == (ZERO, ZERO)
    assert after["total"] == before["total"] - paid
    assert after["sued"] == before["sued"]
    assert debtors.troubles() == []
