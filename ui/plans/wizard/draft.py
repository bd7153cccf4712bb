"""A plan that was begun and not registered, as it lies on disk."""

from collections.abc import Mapping
from typing import Any

from app.domain.period import NotAPeriod, Period
from app.domain.plans import Payer
from ui.plans.wizard.model import PlanModel


def kept_of(model: PlanModel, debtor: Mapping[str, str]) -> dict[str, Any]:
    """Return what was chosen so far, and what was typed of the debtor."""
    programme = model.programme.programme if model.programme is not None else None
    return {
        "payer": model.payer.value,
        "programme": [programme.programme_id, programme.version] if programme is not None else [],
        "left_out": sorted(period.ggmm for period in model.left_out),
        "own_counts": sorted(model.own_counts),
        "count": model.count,
        "debtor": dict(debtor),
    }


def choose_again(model: PlanModel, kept: Mapping[str, Any]) -> None:
    """Choose what was chosen when it was left; what cannot be read is chosen anew."""
    if str(kept.get("payer")) in set(Payer):
        model.payer = Payer(str(kept["payer"]))
    programme = _numbers(kept.get("programme"))
    if len(programme) == 2:
        model.want((programme[0], programme[1]))
    try:
        model.left_out = frozenset(Period.from_ggmm(one) for one in _numbers(kept.get("left_out")))
    except NotAPeriod:
        model.left_out = frozenset()
    model.own_counts = frozenset(_numbers(kept.get("own_counts")))
    model.count = next(iter(_numbers([kept.get("count")])), 0)


def _numbers(kept: object) -> list[int]:
    return [one for one in kept if isinstance(one, int)] if isinstance(kept, list) else []
