"""Plans for the desks of these tests: four months owed, repaid in four round instalments."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.usecases import plans
from tests.invented_day import invent_day
from tests.ui.plans.conftest import SIGNED_ON, Scene
from tests.usecases.conftest import ANA, CLERK, SUPERVISOR
from tests.usecases.planned import FREE, office_day, owe, programme, reference, sign, sue


def sign_plan(scene: Scene, *, count: int = 4, costs: str = "", again: bool = False, **terms: Any) -> int:
    """Sign a plan over four months of 1.000,00 and return its id; for ``costs`` the oldest is sued.

    ``again`` signs over what an earlier plan left.
    """
    with scene.changed() as town:
        today = office_day(town)
        periods = [] if again else owe(town, 6, 5, 4, 3)
        if costs:
            sue(town, periods[:1], costs=costs, on=today)
        version = programme(town, replace(FREE, **terms))
        with town.visiting(CLERK, ANA) as session:
            return sign(session, today=today, version=version, count=count)["plan_id"]


def end_plan(scene: Scene) -> None:
    """Let a supervisor cancel the plan in force, or the contract that waits."""
    with scene.changed() as town, town.visiting(SUPERVISOR, ANA) as session:
        plan = plans.plans_of(session, ident=ANA, today=SIGNED_ON)[0]
        plans.cancel(session, ident=ANA, plan_id=plan.id, reason="odustao")


def pay_instalment(scene: Scene, amount: str, *, number: int, signed_on: date) -> None:
    """Let the bank bring money by the reference of an instalment, today."""
    with scene.changed() as town:
        day = office_day(town)
        town.receive(ANA, amount, on=day, reference=reference(signed_on, number))


def pay_loosely(scene: Scene, amount: str) -> int:
    """Let somebody bring money that says nothing of what it is for."""
    with scene.changed() as town:
        return town.pay(ANA, amount, on=office_day(town))


def follow_on(scene: Scene, day: date) -> None:
    """Let it be a day, and let the monitor look."""
    with scene.changed() as town:
        invent_day(town.run, day)
        town.run("SELECT move_plans(:day, NULL, NULL)", day=day)
