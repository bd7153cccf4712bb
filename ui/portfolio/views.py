"""Which plans are looked at: a list, narrowed by programme, branch and state; and what is counted of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.plans import PlanState
from app.usecases.plans import PortfolioCount, Which

VIEWS = (Which.ALL, Which.ARRIVING, Which.MISSED, Which.BREAKING, Which.AWAITING)
"""The lists as they stand in the window, from left to right."""

STATES = (
    PlanState.AWAITING_CERTIFICATION,
    PlanState.ACTIVE,
    PlanState.IN_ARREARS,
    PlanState.KEPT,
    PlanState.BROKEN,
    PlanState.CANCELLED,
)
"""The states a plan stays in for longer than its registration takes."""


@dataclass(frozen=True, slots=True)
class ChosenPlans:
    """What is to be listed; None is all of them."""

    which: Which = Which.ALL
    programme_id: int | None = None
    branch_id: int | None = None
    state: PlanState | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether something beside the list itself was chosen."""
        return (self.programme_id, self.branch_id, self.state) != (None, None, None)


@dataclass(frozen=True, slots=True)
class ProgrammeFilter:
    """A programme that plans were signed under."""

    id: int
    code: str
    name: str


class Breakdown(StrEnum):
    """What the rows of the numbers on top are."""

    PROGRAMME = "programme"
    BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class GroupCount:
    """The plans of a programme or a branch by their states, or of all together."""

    breakdown: Breakdown
    key: int | None
    """The number of the programme or branch; none of plans without a branch, and of the sum."""

    programme: ProgrammeFilter | None
    is_sum: bool
    states: tuple[tuple[PlanState, int], ...]
    count: int
    payable: Decimal

    def of(self, state: PlanState) -> int:
        """Return how many plans are in a state."""
        return dict(self.states).get(state, 0)


def programmes_of(counts: Iterable[PortfolioCount]) -> tuple[ProgrammeFilter, ...]:
    """Return the programmes that plans were signed under, the latest first."""
    found = {
        count.programme_id: ProgrammeFilter(count.programme_id, count.programme_code, count.programme)
        for count in counts
    }
    return tuple(found[number] for number in sorted(found, reverse=True))


def counts_by_view(counts: Iterable[PortfolioCount], *, chosen: ChosenPlans) -> dict[Which, int]:
    """Return how many plans each list has under what is chosen beside it; a state narrows all plans only."""
    found = dict.fromkeys(VIEWS, 0)
    for count in counts:
        if chosen.programme_id not in (None, count.programme_id):
            continue
        if chosen.branch_id not in (None, count.branch_id):
            continue
        for which in VIEWS:
            if which is not Which.ALL or chosen.state in (None, count.state):
                found[which] += count.of(which)
    return found


def counts_by_group(
    counts: Sequence[PortfolioCount], *, breakdown: Breakdown, chosen: ChosenPlans
) -> tuple[GroupCount, ...]:
    """Return a row for each programme of the chosen branch, or each branch of the chosen programme.

    The latest programme and the busiest branch come first; the sum stands last where there are several.
    """
    if breakdown is Breakdown.PROGRAMME:
        kept = [count for count in counts if chosen.branch_id in (None, count.branch_id)]
        rows = [
            _together([count for count in kept if count.programme_id == one.id], breakdown, one.id, one)
            for one in programmes_of(kept)
        ]
    else:
        kept = [count for count in counts if chosen.programme_id in (None, count.programme_id)]
        rows = [
            _together([count for count in kept if count.branch_id == key], breakdown, key)
            for key in {count.branch_id for count in kept}
        ]
        rows.sort(key=lambda row: (-row.count, row.key or 0))
    if len(rows) > 1:
        rows.append(_together(kept, breakdown, None, is_sum=True))
    return tuple(rows)


def _together(
    counts: Sequence[PortfolioCount],
    breakdown: Breakdown,
    key: int | None,
    programme: ProgrammeFilter | None = None,
    *,
    is_sum: bool = False,
) -> GroupCount:
    return GroupCount(
        breakdown=breakdown,
        key=key,
        programme=programme,
        is_sum=is_sum,
        states=tuple(
            (state, sum(count.count for count in counts if count.state is state)) for state in PlanState
        ),
        count=sum(count.count for count in counts),
        payable=sum((count.payable for count in counts), Decimal(0)),
    )
